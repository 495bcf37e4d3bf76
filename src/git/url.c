/* See url.h. As git's connect.c, transport.c and url.c have it. */
#include "git/url.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* A colon before the first slash: then it is HOST:PATH. */
static bool has_host(const char *url)
{
	size_t colon = strcspn(url, ":"), slash = strcspn(url, "/");
	return url[colon] && colon < slash;
}

enum url_kind url_kind(const char *url)
{
	struct slice text = slice_of(url);
	if (slice_starts(text, "http://") || slice_starts(text, "https://"))
		return URL_HTTP;
	if (strstr(url, "::"))
		return URL_OTHER;
	if (slice_starts(text, "ssh://"))
		return URL_SSH;
	if (strstr(url, "://"))
		return slice_starts(text, "file://") ? URL_LOCAL : URL_OTHER;
	return has_host(url) ? URL_SSH : URL_LOCAL;
}

/* Where the part behind "user:password@" begins, and how much of a scheme stays before it; 0 and 0 where there is no such part. */
static size_t find_host(const char *url, size_t *scheme)
{
	const char *at = strchr(url, '@'), *start = strstr(url, "://");
	*scheme = 0;
	if (!at || (!start && !has_host(url)))
		return 0;
	if (!start)
		return strchr(at + 1, ':') ? (size_t)(at + 1 - url) : 0;
	const char *slash = strchr(start + 3, '/');
	if (slash && slash < at + 1)
		return 0;
	*scheme = (size_t)(start + 3 - url);
	return (size_t)(at + 1 - url);
}

char *url_shown(const char *url)
{
	size_t scheme, host = find_host(url, &scheme), len = strlen(url);
	while (len && url[len - 1] == '/')
		len--;
	if (len - host + scheme > 5 && !memcmp(url + len - 4, ".git", 4))
		len -= 4;
	return mem_format("%.*s%.*s", (int)scheme, url, (int)(len - host), url + host);
}

static bool is_made_of(const char *text, size_t len, const char *others)
{
	for (size_t i = 0; i < len; i++)
		if (!byte_is_word(text[i]) && !strchr(others, text[i]))
			return false;
	return len && *text != '-';
}

/* USER@HOST:PORT, of which the first and the last may be missing. */
static bool parse_host(struct url_ssh *ssh, const char *text, size_t len)
{
	const char *at = memchr(text, '@', len);
	if (at) {
		size_t user = (size_t)(at - text);
		if (!is_made_of(text, user, "-.+"))
			return false;
		ssh->user = mem_dup(text, user);
		len -= user + 1;
		text = at + 1;
	}
	const char *colon = memchr(text, ':', len);
	size_t host = colon ? (size_t)(colon - text) : len;
	if (!is_made_of(text, host, "-."))
		return false;
	ssh->host = mem_dup(text, host);
	if (!colon)
		return true;
	size_t port = len - host - 1;
	if (!port || port > 5 || strspn(colon + 1, "0123456789") < port)
		return false;
	ssh->port = mem_dup(colon + 1, port);
	return true;
}

bool url_ssh_parse(struct url_ssh *ssh, const char *url)
{
	bool scheme = slice_starts(slice_of(url), "ssh://");
	const char *host = scheme ? url + 6 : url;
	size_t len = strcspn(host, scheme ? "/" : ":");
	const char *path = host + len + !scheme;
	*ssh = (struct url_ssh){0};
	for (const char *p = url; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 127 || (scheme && *p == '%'))
			return false;
	if (!host[len] || !*path)
		return false;
	if (path[1] == '~')
		path++;
	if (*path == '-')
		return false;
	ssh->path = mem_strdup(path);
	return parse_host(ssh, host, len);
}

void url_ssh_release(struct url_ssh *ssh)
{
	free(ssh->user);
	free(ssh->host);
	free(ssh->port);
	free(ssh->path);
	*ssh = (struct url_ssh){0};
}
