/* See http_settings.h. */
#include "git/http_settings.h"

#include "base/path.h"
#include "base/str.h"
#include "git/environment.h"
#include "git/policy_match.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A URL in its parts. */
struct parts {
	struct slice scheme, user, host, port, path;
};

static bool has_dots(struct slice path)
{
	for (size_t i = 0, start = 0; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/')
			continue;
		struct slice part = slice_make(path.ptr + start, i - start);
		if (slice_is(part, ".") || slice_is(part, ".."))
			return true;
		start = i + 1;
	}
	return false;
}

/* Only URLs that normalising would hardly change: no escapes, no patterns, no dots to resolve. */
static bool split(struct slice url, struct parts *parts)
{
	const char *end = url.ptr + url.len, *scheme = memchr(url.ptr, ':', url.len);
	*parts = (struct parts){0};
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ' || (unsigned char)url.ptr[i] >= 127 || strchr("%*?#\\", url.ptr[i]))
			return false;
	if (!scheme || end - scheme < 3 || memcmp(scheme, "://", 3) != 0)
		return false;
	parts->scheme = slice_make(url.ptr, (size_t)(scheme - url.ptr));
	const char *host = scheme + 3, *path = memchr(host, '/', (size_t)(end - host));
	if (!path)
		path = end;
	const char *at = memchr(host, '@', (size_t)(path - host));
	if (at) {
		parts->user = slice_make(host, (size_t)(at - host));
		host = at + 1;
	}
	const char *colon = memchr(host, ':', (size_t)(path - host));
	parts->host = slice_make(host, (size_t)((colon ? colon : path) - host));
	if (colon)
		parts->port = slice_make(colon + 1, (size_t)(path - colon - 1));
	parts->path = slice_make(path, (size_t)(end - path));
	return parts->host.len && *parts->host.ptr != '[' && !has_dots(parts->path);
}

static bool same_text(struct slice a, struct slice b)
{
	return a.len == b.len && !strncasecmp(a.ptr, b.ptr, a.len);
}

static struct slice port_of(const struct parts *parts)
{
	if (parts->port.len)
		return parts->port;
	return slice_of(same_text(parts->scheme, slice_of("https")) ? "443" : "80");
}

/* How long the match is, with the slash at its end; 0: none. */
static size_t match_path(struct slice path, struct slice prefix)
{
	if (prefix.len && prefix.ptr[prefix.len - 1] == '/')
		prefix.len--;
	if (!prefix.len)
		return 1;
	if (path.len < prefix.len || memcmp(path.ptr, prefix.ptr, prefix.len) != 0)
		return 0;
	return path.len == prefix.len || path.ptr[prefix.len] == '/' ? prefix.len + 1 : 0;
}

/* How well a setting fits: 0 for every URL, -1 not at all, else the longer path wins. */
struct fit {
	long path;
	bool user;
};

/* -1 with a few words when that cannot be told. section: what stands between "http." and the last part of the key. */
static int find_fit(struct slice section, const struct parts *url, struct fit *fit, struct err *err)
{
	struct parts parts;
	*fit = (struct fit){-1, false};
	if (!split(section, &parts))
		return err_set(err, "http.%.*s is not understood", (int)section.len, section.ptr);
	if (memchr(parts.user.ptr ? parts.user.ptr : "", ':', parts.user.len))
		return err_set(err, "http.* has a URL with a password");
	if (!same_text(parts.scheme, url->scheme) || !same_text(parts.host, url->host) ||
	    !slice_equal(port_of(&parts), port_of(url)))
		return 0;
	struct slice user = slice_make(url->user.ptr, url->user.len);
	const char *colon = user.len ? memchr(user.ptr, ':', user.len) : NULL;
	if (colon)
		user.len = (size_t)(colon - user.ptr);
	if (parts.user.len && !slice_equal(parts.user, user))
		return 0;
	size_t path = match_path(url->path, parts.path);
	if (path)
		*fit = (struct fit){(long)path, parts.user.len > 0};
	return 0;
}

static int set_text(char **to, const char *value)
{
	free(*to);
	*to = mem_strdup(value);
	return 0;
}

/* ~/ is the home directory. */
static int set_path(char **to, const char *value, struct err *err)
{
	char *below_home = environment_home(value);
	if (below_home) {
		free(*to);
		*to = below_home;
		return 0;
	}
	if (!*value || *value == '~' || *value == '%')
		return err_set(err, "a path in http.* is not understood");
	return set_text(to, value);
}

static int set_number(long *to, const char *value, struct err *err)
{
	if (!policy_value_fits("<number>", value))
		return err_set(err, "http.* has the number %.20s", value);
	*to = strtol(value, NULL, 10);
	return 0;
}

static int set_redirects(struct question *question, const char *value, struct err *err)
{
	if (!strcmp(value, "initial"))
		question->redirects = REDIRECTS_INITIAL;
	else if (settings_is_true(value))
		question->redirects = REDIRECTS_ALL;
	else if (settings_is_false(value))
		question->redirects = REDIRECTS_NONE;
	else
		return err_set(err, "http.followRedirects is not understood");
	return 0;
}

static int set_verify(struct question *question, const char *value, struct err *err)
{
	question->no_verify = settings_is_false(value);
	return question->no_verify || settings_is_true(value) ? 0 : err_set(err, "http.sslVerify is not understood");
}

/* An empty one forgets all before. */
static int add_header(struct question *question, const char *value)
{
	if (*value)
		args_push(&question->headers, value);
	else
		args_release(&question->headers);
	return 0;
}

/* What only matters for transfers, or for other commands; git dies of a value that it does not understand. */
static bool is_harmless(const char *key, const char *value)
{
	static const struct {
		const char *name, *values;
	} keys[] = {{"postbuffer", "<size>"},	{"maxrequests", "<number>"}, {"minsessions", "<number>"},
		    {"noepsv", "<yes> <no>"},	{"ssltry", "<yes> <no>"},    {"maxretries", "<number>"},
		    {"savecookies", "<no>"}};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!strcmp(key, keys[i].name))
			return policy_value_fits(keys[i].values, value);
	return false;
}

/* git warns of another one. */
static int set_version(struct question *question, const char *value, struct err *err)
{
	return policy_value_fits("HTTP/1.1 HTTP/2", value) ? set_text(&question->version, value)
							   : err_set(err, "http.version is not understood");
}

static int apply(struct question *question, const char *key, const char *value, struct err *err)
{
	if (!strcmp(key, "sslverify"))
		return set_verify(question, value, err);
	if (!strcmp(key, "sslcainfo"))
		return set_path(&question->ssl_ca_info, value, err);
	if (!strcmp(key, "sslcapath"))
		return set_path(&question->ssl_ca_path, value, err);
	if (!strcmp(key, "proxy"))
		return set_text(&question->proxy, value);
	if (!strcmp(key, "useragent"))
		return set_text(&question->user_agent, value);
	if (!strcmp(key, "cookiefile"))
		return set_path(&question->cookie_file, value, err);
	if (!strcmp(key, "version"))
		return set_version(question, value, err);
	if (!strcmp(key, "lowspeedlimit"))
		return set_number(&question->low_speed_limit, value, err);
	if (!strcmp(key, "lowspeedtime"))
		return set_number(&question->low_speed_time, value, err);
	if (!strcmp(key, "extraheader"))
		return add_header(question, value);
	if (!strcmp(key, "followredirects"))
		return set_redirects(question, value, err);
	return is_harmless(key, value) ? 0 : err_set(err, "http.%.100s is set", key);
}

/* The best fit so far of each key. */
struct best {
	const char *key;
	struct fit fit;
};

/* Is a setting for every URL, or a worse fit than what was found before for its key, to be passed over? Remembers the better one. */
static bool is_beaten(struct best *best, size_t *count, const char *key, struct fit fit)
{
	size_t i = 0;
	while (i < *count && strcmp(best[i].key, key) != 0)
		i++;
	if (i < *count && (fit.path < best[i].fit.path || (fit.path == best[i].fit.path && fit.user < best[i].fit.user)))
		return true;
	best[i] = (struct best){key, fit};
	*count += i == *count;
	return false;
}

int http_settings(struct question *question, const struct settings *settings, struct err *err)
{
	struct parts url;
	bool is_plain = split(slice_of(question->url), &url);
	struct best *best = mem_calloc(settings->count + 1, sizeof *best);
	size_t count = 0;
	int failed = 0;
	for (size_t i = 0; i < settings->count && !failed; i++) {
		const char *key = settings->list[i].key, *last = strrchr(key, '.');
		struct fit fit = {0, false};
		if (strncmp(key, "http.", 5) != 0)
			continue;
		if (last != key + 4) {
			struct slice section = slice_make(key + 5, (size_t)(last - key - 5));
			failed = is_plain ? find_fit(section, &url, &fit, err) : err_set(err, "%.100s is set", key);
		}
		if (!failed && fit.path >= 0 && !is_beaten(best, &count, last + 1, fit))
			failed = apply(question, last + 1, settings->list[i].value, err);
	}
	free(best);
	return failed;
}
