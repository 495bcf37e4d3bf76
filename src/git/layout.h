/* Where the repository lies and that it lies there in a plain way: a .git directory at the top, or a work tree linked to
 * one elsewhere; all of it the user's own. */
#ifndef MR_GIT_LAYOUT_H
#define MR_GIT_LAYOUT_H

#include "base/err.h"
#include "git/native.h"

struct layout {
	const char *top;  /* the request's */
	char *git_dir;	  /* of this work tree: HEAD, index, FETCH_HEAD; top/.git unless linked */
	char *common_dir; /* of all work trees: config, references, objects; the same unless linked */
	char *prefix;	  /* from top to the working directory, "" or with a trailing slash */
	int dir;	  /* common_dir, open: what is in it is opened from there; valid once it is checked: is_open */
	int own_dir;	  /* git_dir likewise; the same descriptor unless linked */
	bool is_open;
	bool linked;	  /* made by `git worktree add` */
	bool shallow;	  /* its history was cut off */
};

/* 0, or -1 with a few words. The commit-graph is not looked at. The caller releases the layout either way. */
int layout_check(struct layout *layout, const struct native_request *request, struct err *err);
void layout_release(struct layout *layout);

/* Is git_dir, whose work tree was not looked at, that of an ordinary repository of the user's own? It may be shallow. */
int layout_check_git_dir(const char *git_dir, struct err *err);

/* Is there anything of that name in dir, or may it be, since it cannot be looked for? */
bool layout_has(const char *dir, const char *name);

#endif
