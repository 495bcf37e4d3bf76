/* See remote.h. As git's remote.c reads it. */
#include "git/remote.h"

#include "base/str.h"
#include "git/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Does a key belong to a section and subsection? Its last part, or NULL. */
static const char *key_of(const char *key, const char *section, const char *name)
{
	size_t head = strlen(section), len = strlen(name);
	if (strncmp(key, section, head) != 0 || key[head] != '.' || strncmp(key + head + 1, name, len) != 0 ||
	    key[head + 1 + len] != '.')
		return NULL;
	const char *last = key + head + 2 + len;
	return strchr(last, '.') ? NULL : last;
}

/* The longest url.BASE.insteadOf, or what else tail says, that url starts with is replaced by its BASE; *rewritten: there was one. For
 * free(); NULL with a message. */
static char *rewrite(const struct settings *settings, const char *url, const char *tail, bool *rewritten, struct err *err)
{
	static const char head[] = "url.";
	size_t longest = 0, base_len = 0, tail_len = strlen(tail);
	const char *base = NULL;
	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *setting = &settings->list[i];
		struct slice key = slice_of(setting->key);
		if (!slice_starts(key, head) || !slice_ends(key, tail) || key.len < sizeof head + tail_len)
			continue;
		size_t len = strlen(setting->value);
		if (strncmp(url, setting->value, len) != 0 || (base && len < longest))
			continue;
		struct slice found = slice_make(key.ptr + 4, key.len - 4 - tail_len);
		if (base && len == longest && !slice_equal(found, slice_make(base, base_len))) {
			err_set(err, "two settings replace the beginning of %.100s", url);
			return NULL;
		}
		base = found.ptr;
		base_len = found.len;
		longest = len;
	}
	*rewritten = base != NULL;
	return base ? mem_format("%.*s%s", (int)base_len, base, url + longest) : mem_strdup(url);
}

char *remote_rewrite(const struct settings *settings, const char *url, struct err *err)
{
	bool ignored;
	return rewrite(settings, url, ".insteadof", &ignored, err);
}

static int add_spec(struct remote *remote, const char *text, struct err *err)
{
	remote->specs = mem_realloc(remote->specs, remote->count + 1, sizeof *remote->specs);
	remote->specs[remote->count] = (struct refspec){0};
	return refspec_parse(&remote->specs[remote->count++], text, err);
}

static int read_key(struct remote *remote, const struct settings *settings, const char *key, const char *value, struct err *err)
{
	if (!strcmp(key, "url")) {
		if (!*value)
			return err_set(err, "remote.%s.url is empty", remote->name);
		if (!remote->url)
			remote->url = remote_rewrite(settings, value, err);
		return remote->url ? 0 : -1;
	}
	if (!strcmp(key, "fetch"))
		return add_spec(remote, value, err);
	if (!strcmp(key, "prune"))
		remote->prune = settings_is_true(value);
	else if (!strcmp(key, "tagopt"))
		remote->tags = !strcmp(value, "--tags") ? REMOTE_TAGS_ALL : REMOTE_TAGS_NONE;
	return 0;
}

/* protocol.NAME.allow, else protocol.allow: ours is never a URL that somebody else gave to git. */
static int check_allowed(const struct settings *settings, const char *url, struct err *err)
{
	enum url_kind kind = url_kind(url);
	const char *protocol = kind == URL_LOCAL			    ? "file"
			       : kind == URL_SSH			    ? "ssh"
			       : slice_starts(slice_of(url), "https") ? "https"
									    : "http";
	char *key = mem_format("protocol.%s.allow", protocol);
	const char *value = settings_last(settings, key);
	if (!value)
		value = settings_last(settings, "protocol.allow");
	int failed = value && !strcasecmp(value, "never") ? err_set(err, "%s is not allowed", protocol) : 0;
	free(key);
	return failed;
}

int remote_read(struct remote *remote, const struct settings *settings, const char *name, struct err *err)
{
	const char *prune = settings_last(settings, "fetch.prune");
	remote->name = mem_strdup(name);
	remote->prune = prune && settings_is_true(prune);
	for (size_t i = 0; i < settings->count; i++) {
		if (!strncmp(settings->list[i].key, "remote./", 8)) /* git warns, whichever remote is meant */
			return err_set(err, "a remote has an odd name");
		const char *key = key_of(settings->list[i].key, "remote", name);
		if (key && read_key(remote, settings, key, settings->list[i].value, err))
			return -1;
	}
	if (!remote->url)
		return err_set(err, "%.100s is no remote with a URL", name);
	return check_allowed(settings, remote->url, err);
}

void remote_release(struct remote *remote)
{
	for (size_t i = 0; i < remote->count; i++)
		refspec_release(&remote->specs[i]);
	free(remote->specs);
	free(remote->name);
	free(remote->url);
	*remote = (struct remote){0};
}

/* The only value of a key of the remote; NULL when it has none, or several: then with a message. */
static const char *only_value(const struct settings *settings, const char *name, const char *wanted, struct err *err)
{
	const char *value = NULL;
	for (size_t i = 0; i < settings->count; i++) {
		const char *key = key_of(settings->list[i].key, "remote", name);
		if (!key || strcmp(key, wanted) != 0)
			continue;
		if (value) {
			err_set(err, "remote.%.100s.%s has several values", name, wanted);
			return NULL;
		}
		value = settings->list[i].value;
	}
	return value;
}

/* url.*.pushInsteadOf counts where there is no pushurl, and before url.*.insteadOf. */
char *remote_push_url(const struct settings *settings, const char *name, struct err *err)
{
	const char *url = only_value(settings, name, "pushurl", err);
	if (url)
		return remote_rewrite(settings, url, err);
	if (!err_is_set(err))
		url = only_value(settings, name, "url", err);
	if (!url) {
		if (!err_is_set(err))
			err_set(err, "%.100s is no remote with a URL", name);
		return NULL;
	}
	bool rewritten;
	char *pushed = rewrite(settings, url, ".pushinsteadof", &rewritten, err);
	if (!pushed || rewritten)
		return pushed;
	free(pushed);
	return remote_rewrite(settings, url, err);
}

static bool is_left_out(const struct settings *settings, const char *name)
{
	bool out = false;
	for (size_t i = 0; i < settings->count; i++) {
		const char *key = key_of(settings->list[i].key, "remote", name);
		if (key && (!strcmp(key, "skipfetchall") || !strcmp(key, "skipdefaultupdate")))
			out = settings_is_true(settings->list[i].value);
	}
	return out;
}

static bool is_known(const struct args *names, const char *name)
{
	for (size_t i = 0; i < names->len; i++)
		if (!strcmp(names->list[i], name))
			return true;
	return false;
}

int remote_list(struct args *names, const struct settings *settings, struct err *err)
{
	struct args seen = ARGS_INIT;
	int failed = 0;
	for (size_t i = 0; i < settings->count && !failed; i++) {
		const char *key = settings->list[i].key, *end = strrchr(key, '.');
		if (strncmp(key, "remote.", 7) != 0 || end < key + 7)
			continue;
		char *name = mem_dup(key + 7, (size_t)(end - key - 7));
		if (!*name || *name == '/' || *name == '-')
			failed = err_set(err, "a remote has an odd name");
		else if (!is_known(&seen, name)) {
			args_push(&seen, name);
			if (!is_left_out(settings, name))
				args_push(names, name);
		}
		free(name);
	}
	args_release(&seen);
	return failed;
}

int remote_upstream(struct upstream *upstream, const struct settings *settings, const char *branch, struct err *err)
{
	const char *name = branch + strlen("refs/heads/");
	*upstream = (struct upstream){NULL, NULL};
	for (size_t i = 0; i < settings->count; i++) {
		const char *key = key_of(settings->list[i].key, "branch", name), *value = settings->list[i].value;
		if (key && !strcmp(key, "remote"))
			upstream->remote = value;
		if (!key || strcmp(key, "merge") != 0)
			continue;
		if (upstream->name || strncmp(value, "refs/heads/", 11) != 0)
			return err_set(err, "branch.%.100s.merge is not one branch", name);
		upstream->name = value;
	}
	if (!upstream->remote || !upstream->name)
		*upstream = (struct upstream){NULL, NULL};
	return 0;
}
