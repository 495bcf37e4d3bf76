/* See failure.h. */
#include "base/failure.h"

#include <strings.h>

const char *failure_text(enum failure failure)
{
	switch (failure) {
	case FAILURE_NONE:
		return "";
	case FAILURE_AUTHENTICATION:
		return "authentication failed";
	case FAILURE_HOST_KEY:
		return "the host key cannot be verified";
	case FAILURE_CERTIFICATE:
		return "the certificate cannot be verified";
	case FAILURE_UNREACHABLE:
		return "the host is unreachable";
	case FAILURE_NOT_FOUND:
		return "the repository was not found";
	case FAILURE_TIMEOUT:
		return "the host did not answer in time";
	case FAILURE_BUSY:
		return "the host is busy";
	case FAILURE_DIVERGED:
		return "the branches have diverged";
	case FAILURE_LOCAL_CHANGES:
		return "local changes are in the way";
	case FAILURE_OTHER:
		break;
	}
	return "the host's answer is not understood";
}

bool failure_is_transient(enum failure failure)
{
	return failure == FAILURE_UNREACHABLE || failure == FAILURE_TIMEOUT || failure == FAILURE_BUSY;
}

/* The first that is found counts: what stands higher is said beside what stands lower. */
static const struct {
	enum failure reason;
	const char *words;
} table[] = {
    {FAILURE_HOST_KEY, "REMOTE HOST IDENTIFICATION HAS CHANGED"},
    {FAILURE_HOST_KEY, "Host key verification failed"},
    {FAILURE_HOST_KEY, "no matching host key type found"},
    {FAILURE_CERTIFICATE, "SSL certificate problem"},
    {FAILURE_CERTIFICATE, "certificate verification failed"},
    {FAILURE_CERTIFICATE, "certificate verify failed"},
    {FAILURE_CERTIFICATE, "certificate subject name"},
    {FAILURE_CERTIFICATE, "does not match target host name"},
    {FAILURE_BUSY, "returned error: 429"},
    {FAILURE_BUSY, "returned error: 502"},
    {FAILURE_BUSY, "returned error: 503"},
    {FAILURE_BUSY, "returned error: 504"},
    {FAILURE_BUSY, "Too many requests"},
    {FAILURE_BUSY, "rate limit exceeded"},
    {FAILURE_BUSY, "Exceeded MaxStartups"},
    {FAILURE_AUTHENTICATION, "Permission denied"},
    {FAILURE_AUTHENTICATION, "Authentication failed"},
    {FAILURE_AUTHENTICATION, "Too many authentication failures"},
    {FAILURE_AUTHENTICATION, "could not read Username"},
    {FAILURE_AUTHENTICATION, "could not read Password"},
    {FAILURE_AUTHENTICATION, "unable to get password"},
    {FAILURE_AUTHENTICATION, "returned error: 401"},
    {FAILURE_AUTHENTICATION, "returned error: 403"},
    {FAILURE_AUTHENTICATION, "Access denied"},
    {FAILURE_NOT_FOUND, "does not appear to be a git repository"},
    {FAILURE_NOT_FOUND, "returned error: 404"},
    {FAILURE_NOT_FOUND, "returned error: 410"},
    {FAILURE_NOT_FOUND, "Repository not found"},
    {FAILURE_NOT_FOUND, "not found"},
    {FAILURE_NOT_FOUND, "' does not exist"},
    {FAILURE_TIMEOUT, "timed out"},
    {FAILURE_TIMEOUT, "Timeout was reached"},
    {FAILURE_TIMEOUT, "Operation too slow"},
    {FAILURE_UNREACHABLE, "Could not resolve host"},
    {FAILURE_UNREACHABLE, "unable to look up"},
    {FAILURE_UNREACHABLE, "name resolution"},
    {FAILURE_UNREACHABLE, "Connection refused"},
    {FAILURE_UNREACHABLE, "No route to host"},
    {FAILURE_UNREACHABLE, "Network is unreachable"},
    {FAILURE_UNREACHABLE, "Failed to connect"},
    {FAILURE_UNREACHABLE, "Couldn't connect"},
    {FAILURE_UNREACHABLE, "unable to connect"},
    {FAILURE_UNREACHABLE, "Connection reset"},
    {FAILURE_UNREACHABLE, "Connection closed by"},
    {FAILURE_UNREACHABLE, "closed by remote host"},
    {FAILURE_UNREACHABLE, "kex_exchange_identification"},
    {FAILURE_UNREACHABLE, "Empty reply from server"},
    {FAILURE_UNREACHABLE, "Broken pipe"},
    {FAILURE_UNREACHABLE, "unexpected disconnect"},
    {FAILURE_UNREACHABLE, "early EOF"},
    {FAILURE_UNREACHABLE, "RPC failed"},
    {FAILURE_LOCAL_CHANGES, "would be overwritten by"},
    {FAILURE_LOCAL_CHANGES, "You have unstaged changes"},
    {FAILURE_LOCAL_CHANGES, "contains uncommitted changes"},
    {FAILURE_DIVERGED, "Need to specify how to reconcile divergent branches"},
    {FAILURE_DIVERGED, "Not possible to fast-forward"},
};

static bool holds(struct slice text, struct slice words)
{
	for (size_t i = 0; i + words.len <= text.len; i++) {
		if (strncasecmp(text.ptr + i, words.ptr, words.len) == 0)
			return true;
	}
	return false;
}

enum failure failure_of_words(struct slice text)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (holds(text, slice_of(table[i].words)))
			return table[i].reason;
	}
	return FAILURE_NONE;
}
