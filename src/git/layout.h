/* Where the repository lies and that it lies there in the plain way: a .git directory at the top, all of it the user's
 * own. */
#ifndef MR_GIT_LAYOUT_H
#define MR_GIT_LAYOUT_H

#include "base/err.h"
#include "git/native.h"

struct layout {
	const char *top; /* the request's */
	char *git_dir;	 /* top/.git */
	char *prefix;	 /* from top to the working directory, "" or with a trailing slash */
};

/* 0, or -1 with a few words. The caller releases the layout either way. */
int layout_check(struct layout *layout, const struct native_request *request, struct err *err);
void layout_release(struct layout *layout);

/* Is git_dir, whose owner and work tree were not looked at, an ordinary repository of the user's own? */
int layout_check_git_dir(const char *git_dir, struct err *err);

/* Is there anything of that name in dir? */
bool layout_has(const char *dir, const char *name);

#endif
