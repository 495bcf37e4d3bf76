/* See advert.h. */
#include "git/advert.h"

#include "base/path.h"
#include "base/str.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int advert_add(struct advert *advert, const char *name, const struct oid *id, const struct oid *peeled, struct err *err)
{
	if (!strcmp(name, "HEAD"))
		return 0;
	if (!refs_name_is_plain(name))
		return err_set(err, "the remote has a reference with an odd name");
	MEM_RESERVE(advert->list, advert->cap, advert->count + 1);
	struct advert_ref *ref = &advert->list[advert->count++];
	*ref = (struct advert_ref){.name = mem_strdup(name), .id = *id, .peels = peeled != NULL};
	if (peeled)
		ref->peeled = *peeled;
	return 0;
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

static int check_server(const char *git_dir, struct err *err)
{
	struct settings settings = {0};
	int failed = layout_check_git_dir(git_dir, err);
	if (!failed && layout_has(git_dir, "shallow"))
		failed = err_set(err, "the remote is shallow");
	char *real = path_real(git_dir); /* conditions of includes are held against that */
	if (!failed)
		failed = real ? settings_read(&settings, real, real, -1, POLICY_SERVER, err) : err_sys(err, errno, "%s", git_dir);
	settings_release(&settings);
	free(real);
	return failed;
}

static int add_refs(struct advert *advert, const struct refs *theirs, const struct refs *ours, const char *git_dir, struct err *err)
{
	struct objects *objects = NULL;
	int failed = 0;
	for (size_t i = 0; i < theirs->count && !failed; i++) {
		const struct ref *ref = &theirs->list[i];
		struct oid peeled;
		bool peels = false;
		if (!strncmp(ref->name, "refs/tags/", 10) && !refs_find(ours, ref->name)) {
			if (!objects)
				objects = objects_open(git_dir, -1);
			failed = objects_peel(objects, &ref->id, &peels, &peeled, err);
		}
		if (!failed)
			failed = advert_add(advert, ref->name, &ref->id, peels ? &peeled : NULL, err);
	}
	objects_close(objects);
	return failed;
}

static int read_refs(struct refs *refs, const char *git_dir, struct err *err)
{
	int dir = open(git_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_sys(err, errno, "%s", git_dir);
	int failed = refs_read(refs, dir, dir, err);
	close(dir);
	return failed;
}

int advert_read(struct advert *advert, const char *url, const char *top, const struct refs *ours, struct err *err)
{
	struct refs theirs = REFS_INIT;
	char *path = local_path(url, top);
	if (!path)
		return err_set(err, "the remote is not local");
	char *git_dir = find_git_dir(path, err);
	int failed = !git_dir || check_server(git_dir, err) || read_refs(&theirs, git_dir, err) ||
		     add_refs(advert, &theirs, ours, git_dir, err);
	refs_release(&theirs);
	free(git_dir);
	free(path);
	return failed ? -1 : 0;
}

void advert_release(struct advert *advert)
{
	for (size_t i = 0; i < advert->count; i++)
		free(advert->list[i].name);
	free(advert->list);
	*advert = (struct advert){0};
}
