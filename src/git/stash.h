/* What `git stash list` tells. */
#ifndef MR_GIT_STASH_H
#define MR_GIT_STASH_H

#include "base/args.h"
#include "base/err.h"
#include "git/objects.h"
#include "git/refs.h"

/* Adds the stashes' messages to list, the newest first. -1 with a few words when their reflog is not plain. */
int stash_list(struct args *list, const char *git_dir, const struct refs *refs, struct objects *objects, struct err *err);

#endif
