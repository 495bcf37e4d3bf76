/* See remote.h. */
#include "git/remote.h"

#include "base/path.h"
#include "base/str.h"
#include "git/layout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Puts the one value of PREFIX NAME KEY in *value. */
static int take(const struct settings *settings, const char *prefix, const char *name, const char *key, char **value,
		struct err *err)
{
	char *full = mem_format("%s.%s.%s", prefix, name, key);
	const char *only = settings_only(settings, full);
	int failed = only && *only ? 0 : err_set(err, "%s has not one value", full);
	*value = only ? mem_strdup(only) : NULL;
	free(full);
	return failed;
}

/* Cuts a refspec, such as a clone has, to its sides. */
static int parse_refspec(struct remote *remote, const char *spec, struct err *err)
{
	const char *from = spec + (*spec == '+');
	const char *colon = strchr(from, ':');
	const char *to = colon ? colon + 1 : "";
	char *wanted = mem_format("refs/remotes/%s/", remote->name);
	bool plain =
	    colon && !strncmp(from, "refs/heads/", 11) && !strncmp(to, wanted, strlen(wanted)) && !strchr(to, ':');
	free(wanted);
	if (!plain)
		return err_set(err, "the refspec of %s is not plain", remote->name);
	remote->from = mem_dup(from, (size_t)(colon - from));
	remote->to = mem_strdup(to);
	char *star = strchr(remote->from, '*'), *to_star = strchr(remote->to, '*');
	remote->pattern = star != NULL;
	if (!star != !to_star || (star && (star[1] || to_star[1])))
		return err_set(err, "the refspec of %s is not plain", remote->name);
	if (star)
		*star = *to_star = '\0';
	return 0;
}

char *remote_tracking(const struct remote *remote, const char *name)
{
	size_t len = strlen(remote->from);
	if (remote->pattern ? strncmp(name, remote->from, len) != 0 : strcmp(name, remote->from) != 0)
		return NULL;
	return mem_format("%s%s", remote->to, remote->pattern ? name + len : "");
}

/* The path that a URL names; NULL when it is no plain local one. For free(). */
static char *local_path(const char *url, const char *top)
{
	struct slice text = slice_of(url);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)url[i] <= ' ' || url[i] == '%' || url[i] == 127)
			return NULL;
	if (slice_starts(text, "file:///"))
		return mem_strdup(url + strlen("file://"));
	if (*url == '/' || slice_starts(text, "./") || slice_starts(text, "../"))
		return path_join(top, url);
	return NULL;
}

/* Finds the git directory: of a work tree, or a bare one. For free(); NULL with a message. */
static char *find_git_dir(const char *path, struct err *err)
{
	struct stat st;
	if (lstat(path, &st) || !S_ISDIR(st.st_mode) || st.st_uid != geteuid()) {
		err_set(err, "the remote is not a directory of the user's own");
		return NULL;
	}
	char *inner = path_join(path, ".git");
	if (layout_has(path, ".git")) {
		if (!lstat(inner, &st) && S_ISDIR(st.st_mode) && layout_has(inner, "HEAD"))
			return inner;
		err_set(err, "the remote is not plain");
	} else if (layout_has(path, "HEAD") && layout_has(path, "objects") && layout_has(path, "refs")) {
		free(inner);
		return mem_strdup(path);
	} else {
		err_set(err, "the remote is no repository");
	}
	free(inner);
	return NULL;
}

static int read_refs(struct remote *remote, const char *top, struct err *err)
{
	char *path = local_path(remote->url, top);
	if (!path)
		return err_set(err, "the remote is not local");
	char *git_dir = find_git_dir(path, err);
	struct settings settings = {0};
	int failed = !git_dir || layout_check_git_dir(git_dir, err) ||
		     (layout_has(git_dir, "shallow") && err_set(err, "the remote is shallow")) ||
		     settings_read(&settings, git_dir, POLICY_SERVER, err) || refs_read(&remote->refs, git_dir, err);
	settings_release(&settings);
	free(git_dir);
	free(path);
	return failed ? -1 : 0;
}

int remote_read(struct remote *remote, const struct settings *settings, const char *top, const char *head,
		struct err *err)
{
	const char *branch = head + strlen("refs/heads/");
	char *spec = NULL;
	int failed = take(settings, "branch", branch, "remote", &remote->name, err) ||
		     take(settings, "branch", branch, "merge", &remote->upstream, err) ||
		     take(settings, "remote", remote->name, "url", &remote->url, err) ||
		     take(settings, "remote", remote->name, "fetch", &spec, err) || parse_refspec(remote, spec, err);
	free(spec);
	if (failed)
		return -1;
	char *tracking = remote_tracking(remote, remote->upstream);
	free(tracking);
	return tracking ? read_refs(remote, top, err) : err_set(err, "the upstream is not fetched");
}

void remote_release(struct remote *remote)
{
	free(remote->name);
	free(remote->url);
	free(remote->upstream);
	free(remote->from);
	free(remote->to);
	refs_release(&remote->refs);
}
