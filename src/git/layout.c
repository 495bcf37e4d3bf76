/* See layout.h. */
#include "git/layout.h"

#include "base/file.h"
#include "base/path.h"
#include "git/alternates.h"
#include "git/commit_graph.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What cannot be looked for counts as being there: git warns of it. */
static bool is_there(int dir, const char *name)
{
	struct stat st;
	return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) || (errno != ENOENT && errno != ENOTDIR);
}

bool layout_has(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool there = is_there(AT_FDCWD, path);
	free(path);
	return there;
}

static bool is_own_dir(const char *path, struct stat *st)
{
	return !lstat(path, st) && S_ISDIR(st->st_mode) && st->st_uid == geteuid();
}

static int open_git_dir(const char *git_dir)
{
	return open(git_dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* dir: git_dir, open; -1 when that failed. */
static int check_git_dir(const char *git_dir, int dir, struct stat *st, bool *shallow, struct err *err)
{
	if (dir < 0 || fstat(dir, st) || st->st_uid != geteuid())
		return err_set(err, "its git directory is not a directory of the user's own");
	if (is_there(dir, "commondir") || is_there(dir, "info/grafts"))
		return err_set(err, "its git directory has commondir or info/grafts");
	if (faccessat(dir, "objects", X_OK, 0)) /* as git asks */
		return err_set(err, "its git directory has no objects");
	*shallow = is_there(dir, "shallow");
	return alternates_check(git_dir, dir, err);
}

int layout_check_git_dir(const char *git_dir, struct err *err)
{
	struct stat st;
	bool shallow;
	int dir = open_git_dir(git_dir);
	int failed = check_git_dir(git_dir, dir, &st, &shallow, err) || commit_graph_check(git_dir, err) ? -1 : 0;
	if (dir >= 0)
		close(dir);
	return failed;
}

/* The path in a file of one line, behind prefix and seen from dir; NULL when the file is not of that form. For free(). */
static char *read_link(const char *dir, const char *name, const char *prefix)
{
	char *file = path_join(dir, name), *path = NULL;
	struct str text = STR_INIT;
	struct err ignored = ERR_INIT;
	struct stat st;
	size_t skip = strlen(prefix);
	bool plain = !lstat(file, &st) && S_ISREG(st.st_mode) && st.st_uid == geteuid() && st.st_size < 8192 &&
		     !file_read(file, &text, &ignored) && slice_starts(str_slice(&text), prefix);
	if (plain && text.data[text.len - 1] == '\n' && text.len > skip + 1 && strcspn(text.data, "\n") == text.len - 1) {
		str_truncate(&text, text.len - 1);
		path = path_join(dir, text.data + skip);
	}
	err_release(&ignored);
	str_release(&text);
	free(file);
	return path;
}

/* A work tree that is linked to a repository elsewhere: .git names the directory COMMON/worktrees/NAME, which points back. */
static int follow_link(struct layout *layout, dev_t device, struct err *err)
{
	char *own = read_link(layout->top, ".git", "gitdir: ");
	char *back = own ? read_link(own, "gitdir", "") : NULL;
	char *common = own ? read_link(own, "commondir", "") : NULL;
	struct stat st, back_st;
	int failed = 0;
	if (!common || !back || !is_own_dir(own, &st) || lstat(layout->git_dir, &st) || lstat(back, &back_st) ||
	    st.st_ino != back_st.st_ino || st.st_dev != back_st.st_dev)
		failed = err_set(err, "its git directory is not a directory of the user's own");
	free(back);
	if (!failed && st.st_dev != device)
		failed = err_set(err, "its git directory is on another file system");
	if (!failed) {
		free(layout->git_dir);
		layout->git_dir = path_real(own); /* conditions of includes are held against the real one */
		layout->common_dir = path_real(common);
		layout->linked = true;
	}
	free(own);
	free(common);
	return failed || (layout->git_dir && layout->common_dir) ? failed : err_set(err, "its git directory leads nowhere");
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
	*layout = (struct layout){.top = request->repo, .git_dir = path_join(request->repo, ".git")};
	if (!is_own_dir(request->repo, &st))
		return err_set(err, "its directory is not the user's own");
	layout->dir = open_git_dir(layout->git_dir);
	if (layout->dir < 0 && errno == ENOTDIR) {
		if (follow_link(layout, st.st_dev, err))
			return -1;
		layout->dir = open_git_dir(layout->common_dir);
		layout->own_dir = layout->dir < 0 ? -1 : open_git_dir(layout->git_dir);
	} else {
		layout->common_dir = mem_strdup(layout->git_dir);
		layout->own_dir = layout->dir;
	}
	layout->is_open = layout->dir >= 0;
	if (check_git_dir(layout->common_dir, layout->dir, &git_st, &layout->shallow, err))
		return -1;
	if (!layout->linked && git_st.st_dev != st.st_dev)
		return err_set(err, "its git directory is on another file system");
	size_t len = strlen(request->repo);
	if (!path_is_within(request->cwd, request->repo))
		return err_set(err, "the working directory is elsewhere");
	const char *below = request->cwd + len + (request->cwd[len] == '/');
	if (strstr(request->cwd + len, "/.git/") || slice_ends(slice_of(request->cwd), "/.git"))
		return err_set(err, "the working directory is a git directory");
	layout->prefix = mem_format("%s%s", below, *below ? "/" : "");
	return check_between(request->repo, request->cwd, st.st_dev, err);
}

void layout_release(struct layout *layout)
{
	if (layout->is_open && layout->own_dir >= 0 && layout->own_dir != layout->dir)
		close(layout->own_dir);
	if (layout->is_open)
		close(layout->dir);
	free(layout->git_dir);
	free(layout->common_dir);
	free(layout->prefix);
}
