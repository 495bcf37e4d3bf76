/* See layout.h. */
#include "git/layout.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool layout_has(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;
	bool there = !lstat(path, &st);
	free(path);
	return there;
}

static bool is_own_dir(const char *path, struct stat *st)
{
	return !lstat(path, st) && S_ISDIR(st->st_mode) && st->st_uid == geteuid();
}

int layout_check_git_dir(const char *git_dir, struct err *err)
{
	static const char *const odd[] = {"commondir", "gitdir", "shallow", "info/grafts", "reftable"};
	struct stat st;
	if (!is_own_dir(git_dir, &st))
		return err_set(err, "its git directory is not a directory of the user's own");
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		if (layout_has(git_dir, odd[i]))
			return err_set(err, "its git directory has %s", odd[i]);
	return layout_has(git_dir, "objects") ? 0 : err_set(err, "its git directory has no objects");
}

/* Would git, standing in a directory between the working directory and the top, find another repository first? */
static int check_between(const char *top, const char *cwd, dev_t device, struct err *err)
{
	char *at = mem_strdup(cwd);
	int failed = 0;
	while (!failed && strlen(at) > strlen(top)) {
		struct stat st;
		if (layout_has(at, ".git") || layout_has(at, "HEAD"))
			failed = err_set(err, "the working directory may be in another repository");
		else if (lstat(at, &st) || st.st_dev != device)
			failed = err_set(err, "the working directory is on another file system");
		char *parent = path_parent(at);
		free(at);
		at = parent;
	}
	free(at);
	return failed;
}

int layout_check(struct layout *layout, const struct native_request *request, struct err *err)
{
	struct stat st, git_st;
	*layout = (struct layout){request->repo, path_join(request->repo, ".git"), NULL};
	if (!is_own_dir(request->repo, &st))
		return err_set(err, "its directory is not the user's own");
	if (layout_check_git_dir(layout->git_dir, err))
		return -1;
	size_t len = strlen(request->repo);
	if (!path_is_within(request->cwd, request->repo))
		return err_set(err, "the working directory is elsewhere");
	const char *below = request->cwd + len + (request->cwd[len] == '/');
	if (strstr(request->cwd + len, "/.git/") || slice_ends(slice_of(request->cwd), "/.git"))
		return err_set(err, "the working directory is a git directory");
	layout->prefix = mem_format("%s%s", below, *below ? "/" : "");
	if (lstat(layout->git_dir, &git_st) || git_st.st_dev != st.st_dev)
		return err_set(err, "its git directory is on another file system");
	return check_between(request->repo, request->cwd, st.st_dev, err);
}

void layout_release(struct layout *layout)
{
	free(layout->git_dir);
	free(layout->prefix);
}
