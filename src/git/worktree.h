/* The work tree against the index: which tracked files changed, which names are not tracked. */
#ifndef MR_GIT_WORKTREE_H
#define MR_GIT_WORKTREE_H

#include "base/args.h"
#include "base/err.h"
#include "git/index_file.h"
#include "git/objects.h"
#include "git/settings.h"

struct worktree {
	char *changes;	       /* for each entry of the index: ' ', 'M', 'T', 'D', or 'A' for one that is only intended; of a conflict
				* 'D' for our side when the file is not there */
	struct args untracked; /* relative to the top, unsorted, directories with a trailing slash */
	struct index_patch *patches; /* what `git status` would write to the index; */
	size_t patch_count;
	size_t patch_cap;
	size_t *links; /* entries of symbolic links whose content was compared */
	size_t link_count;
	size_t link_cap;
	bool rewrite; /* would it write it, be it without a patch? */
	bool is_seen;	  /* the top was listed: */
	bool has_mailmap; /* it has the file .mailmap, or something of that name */
	bool sole; /* the top has none of the others; false, too, where there are none to look for */
};

/* What is looked at. */
struct worktree_place {
	const char *top;
	const char *common_dir; /* whose info/ counts */
	const struct settings *settings;
	const struct index_file *index;
	struct slice others; /* names that the top must not have, each with its NUL behind it */
	unsigned threads; /* that may be used, at least 1 */
};

/* Looks at every tracked file and, in git's "normal" mode, for untracked ones. -1 with a few words where git would say
 * something else. The caller releases a zeroed worktree either way. */
int worktree_scan(struct worktree *worktree, const struct worktree_place *place, struct err *err);

/* git reads what it compares a link with. -1 with a few words when it would not get that. */
int worktree_check_links(const struct worktree *worktree, const struct index_file *index, struct objects *objects, struct err *err);
void worktree_release(struct worktree *worktree);

#endif
