/* Where a repository stands: its branch, what is going on in it, its last commit; and how the branch relates to what it follows. */
#ifndef MR_GIT_STANDING_H
#define MR_GIT_STANDING_H

#include "base/err.h"
#include "git/history.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/settings.h"

/* What was begun and not ended, of several the first in this order. */
enum standing_operation {
	STANDING_NONE,
	STANDING_MERGE,
	STANDING_AM,
	STANDING_REBASE,
	STANDING_CHERRY_PICK,
	STANDING_REVERT,
	STANDING_BISECT,
};

struct standing {
	const char *branch; /* "main"; NULL: none, HEAD is detached. A view into refs */
	bool unborn;	    /* the branch has no commit yet */
	enum standing_operation operation;
	struct history_commit last; /* HEAD's, unless unborn; */
	char *subject;		    /* and the first lines of its message, as git joins them */
};

struct standing_upstream {
	char *name;  /* "origin/main", or "main" of this repository; NULL: the branch follows nothing */
	bool gone;   /* there is no such reference; then, and for an unborn branch, the others are 0 */
	size_t ahead, behind; /* commits that only the branch, only the upstream has */
};

/* -1 with a few words when it cannot be said. The caller releases a zeroed struct either way. */
int standing_find(struct standing *standing, const struct layout *layout, const struct refs *refs, struct objects *objects,
		  struct err *err);
void standing_release(struct standing *standing);
int standing_find_upstream(struct standing_upstream *upstream, const struct refs *refs, const struct settings *settings,
			   struct objects *objects, struct err *err);
void standing_release_upstream(struct standing_upstream *upstream);

#endif
