/* Other repositories whose objects a repository uses too. git complains of those that are not there, or are listed oddly. */
#ifndef MR_GIT_ALTERNATES_H
#define MR_GIT_ALTERNATES_H

#include "base/args.h"
#include "base/err.h"

/* -1 with a few words unless git_dir, which is open as dir, lists none, or only object directories that are there and lead no further. */
int alternates_check(const char *git_dir, int dir, struct err *err);

/* Adds the git directories of those that were checked to dirs. -1 with a message. */
int alternates_list(struct args *dirs, const char *git_dir, int dir, struct err *err);

#endif
