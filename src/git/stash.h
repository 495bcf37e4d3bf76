/* `git stash list`. */
#ifndef MR_GIT_STASH_H
#define MR_GIT_STASH_H

#include "base/err.h"
#include "base/str.h"
#include "git/objects.h"
#include "git/refs.h"

/* Adds the list. -1 with a few words when its reflog is not plain. */
int stash_list(struct str *out, const char *git_dir, const struct refs *refs, struct objects *objects, struct err *err);

#endif
