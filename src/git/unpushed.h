/* The commits on branches that no remote-tracking branch has, as far as a reference names them: what `git log --branches --not
 * --remotes --simplify-by-decoration` tells. */
#ifndef MR_GIT_UNPUSHED_H
#define MR_GIT_UNPUSHED_H

#include "base/args.h"
#include "base/err.h"
#include "git/history.h"
#include "git/objects.h"
#include "git/refs.h"

struct unpushed_commit {
	struct oid id;
	size_t digits;	   /* of it that are shown */
	struct args names; /* the references to it: "HEAD -> main", "tag: v1", in git's order; a first commit may have none */
	char *subject;
};

struct unpushed {
	struct unpushed_commit *list; /* in git's order */
	size_t count;
	size_t digits; /* given: core.abbrev, 0 for "auto" */
};

/* Is each branch where a remote-tracking one is? Then no history has to be looked at. */
bool unpushed_is_none(const struct refs *refs);

/* -1 with a few words when it is not sure what git would say: merges, branches that fork, dates that go backwards, much history. The
 * caller releases unpushed, which was zeroed but for what it gives, either way. All objects are read that git reads, also when nothing is
 * unpushed; cut as in history.h. */
int unpushed_find(struct unpushed *unpushed, const struct refs *refs, const struct history_tips *cut, struct objects *objects,
		  struct err *err);
void unpushed_release(struct unpushed *unpushed);

#endif
