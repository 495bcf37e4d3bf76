/* The work tree against the index: which tracked files changed, which names are not tracked. */
#ifndef MR_GIT_WORKTREE_H
#define MR_GIT_WORKTREE_H

#include "base/args.h"
#include "base/err.h"
#include "git/index_file.h"
#include "git/settings.h"

struct worktree {
	char *changes;	       /* for each entry of the index: ' ', 'M' or 'D' */
	struct args untracked; /* relative to the top, unsorted, directories with a trailing slash */
};

/* Looks at every tracked file and, in git's "normal" mode, for untracked ones. -1 with a few words where git would say
 * something else or would write the index anew. The caller releases a zeroed worktree either way. */
int worktree_scan(struct worktree *worktree, const char *top, const struct settings *settings,
		  const struct index_file *index, struct err *err);
void worktree_release(struct worktree *worktree);

#endif
