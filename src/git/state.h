/* The state of a repository as plain data: what its owner may want to know of it, computed as far as asked. How it is written down is
 * not known here; status_text.c is one way. */
#ifndef MR_GIT_STATE_H
#define MR_GIT_STATE_H

#include "base/args.h"
#include "base/err.h"
#include "git/history.h"
#include "git/index_file.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/settings.h"
#include "git/staged.h"
#include "git/standing.h"
#include "git/unpushed.h"
#include "git/worktree.h"

/* What can be asked for. Each is answered or declined on its own. */
enum state_part {
	STATE_CHANGES,	 /* changes, untracked */
	STATE_LOG,	 /* unpushed */
	STATE_STASHES,	 /* stashes */
	STATE_STATUS,	 /* how many of these make up the built-in status */
	STATE_STANDING = STATE_STATUS, /* standing */
	STATE_UPSTREAM,	 /* upstream */
};

/* A tracked path that changed. In a conflict both letters are as `git status -s` has them. */
struct state_change {
	const char *path;
	char staged;  /* HEAD to index: ' ', 'M', 'T', 'A', 'D' */
	char changed; /* index to work tree: ' ', 'M', 'T', 'D', 'A' */
};

struct state {
	struct state_change *changes; /* by path */
	size_t change_count;
	struct args untracked; /* by path; directories with a trailing slash */
	struct unpushed unpushed; /* commits that no remote has, as far as a reference names them */
	struct args stashes;   /* their messages, the newest first */
	struct standing standing; /* branch, operation in progress, last commit */
	struct standing_upstream upstream;

	/* Private: what was read for that, and what paths point into. */
	struct layout layout;
	struct settings settings;
	struct refs refs;
	struct history_tips cut; /* where a shallow history ends */
	struct objects *objects;
	struct index_file index;
	struct worktree worktree;
	struct staged staged;
};

/* Reads what every part needs: the gates that a repository must pass. -1 with a few words: nothing can be said of it. The caller
 * releases a zeroed state either way. */
int state_open(struct state *state, const struct native_request *request, enum policy_role role, struct err *err);

/* Computes a part. -1 with a few words when it is declined. STATE_CHANGES writes refreshed stat data to the index, as git does. */
int state_compute(struct state *state, enum state_part part, const struct native_request *request, struct err *err);
void state_release(struct state *state);

#endif
