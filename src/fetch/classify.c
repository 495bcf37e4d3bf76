/* See classify.h. */
#include "fetch/classify.h"

#include <string.h>
#include <strings.h>

/* The first that is found counts: what stands higher is said beside what stands lower. */
static const struct {
	enum ask_class reason;
	const char *words;
} table[] = {
    {ASK_HOST_KEY, "REMOTE HOST IDENTIFICATION HAS CHANGED"},
    {ASK_HOST_KEY, "Host key verification failed"},
    {ASK_HOST_KEY, "no matching host key type found"},
    {ASK_CERTIFICATE, "SSL certificate problem"},
    {ASK_CERTIFICATE, "certificate verification failed"},
    {ASK_CERTIFICATE, "certificate verify failed"},
    {ASK_CERTIFICATE, "certificate subject name"},
    {ASK_CERTIFICATE, "does not match target host name"},
    {ASK_BUSY, "returned error: 429"},
    {ASK_BUSY, "returned error: 502"},
    {ASK_BUSY, "returned error: 503"},
    {ASK_BUSY, "returned error: 504"},
    {ASK_BUSY, "Too many requests"},
    {ASK_BUSY, "rate limit exceeded"},
    {ASK_BUSY, "Exceeded MaxStartups"},
    {ASK_AUTHENTICATION, "Permission denied"},
    {ASK_AUTHENTICATION, "Authentication failed"},
    {ASK_AUTHENTICATION, "Too many authentication failures"},
    {ASK_AUTHENTICATION, "could not read Username"},
    {ASK_AUTHENTICATION, "could not read Password"},
    {ASK_AUTHENTICATION, "unable to get password"},
    {ASK_AUTHENTICATION, "returned error: 401"},
    {ASK_AUTHENTICATION, "returned error: 403"},
    {ASK_AUTHENTICATION, "Access denied"},
    {ASK_NOT_FOUND, "does not appear to be a git repository"},
    {ASK_NOT_FOUND, "returned error: 404"},
    {ASK_NOT_FOUND, "returned error: 410"},
    {ASK_NOT_FOUND, "Repository not found"},
    {ASK_NOT_FOUND, "not found"},
    {ASK_NOT_FOUND, "' does not exist"},
    {ASK_TIMEOUT, "timed out"},
    {ASK_TIMEOUT, "Timeout was reached"},
    {ASK_TIMEOUT, "Operation too slow"},
    {ASK_UNREACHABLE, "Could not resolve host"},
    {ASK_UNREACHABLE, "unable to look up"},
    {ASK_UNREACHABLE, "name resolution"},
    {ASK_UNREACHABLE, "Connection refused"},
    {ASK_UNREACHABLE, "No route to host"},
    {ASK_UNREACHABLE, "Network is unreachable"},
    {ASK_UNREACHABLE, "Failed to connect"},
    {ASK_UNREACHABLE, "Couldn't connect"},
    {ASK_UNREACHABLE, "unable to connect"},
    {ASK_UNREACHABLE, "Connection reset"},
    {ASK_UNREACHABLE, "Connection closed by"},
    {ASK_UNREACHABLE, "closed by remote host"},
    {ASK_UNREACHABLE, "kex_exchange_identification"},
    {ASK_UNREACHABLE, "Empty reply from server"},
    {ASK_UNREACHABLE, "Broken pipe"},
    {ASK_UNREACHABLE, "unexpected disconnect"},
    {ASK_UNREACHABLE, "early EOF"},
    {ASK_UNREACHABLE, "RPC failed"},
};

static bool holds(struct slice text, struct slice words)
{
	for (size_t i = 0; i + words.len <= text.len; i++) {
		if (strncasecmp(text.ptr + i, words.ptr, words.len) == 0)
			return true;
	}
	return false;
}

enum ask_class classify_words(struct slice text)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (holds(text, slice_of(table[i].words)))
			return table[i].reason;
	}
	return ASK_NONE;
}
