/* What `git fetch` would do with what a remote says that it has, and whether that is nothing. */
#ifndef MR_GIT_FETCH_MAP_H
#define MR_GIT_FETCH_MAP_H

#include "base/err.h"
#include "base/str.h"
#include "git/advert.h"
#include "git/objects.h"
#include "git/refs.h"
#include "git/remote.h"

/* What a fetch would bring. */
struct fetch_news {
	char *name; /* the first reference that is new or moved there; NULL: there is nothing new. For free() */
	struct oid before, after; /* the upstream as we know it, and as it is; before is zero when we do not know it */
	bool tags;		  /* tags that we do not have are there, which may come along */
};

/* One fetch. */
struct fetch_plan {
	const struct remote *remote;
	const struct advert *advert;
	const struct refs *ours;
	struct objects *objects;
	bool follows;	      /* the current branch follows something, anywhere */
	const char *upstream; /* and what it follows in this remote; NULL for nothing */
	bool all_tags;	      /* --tags, or the remote's tagOpt */
	bool prune;
	bool into_branches;   /* branches of ours may be fetched into, as `git pull` allows */
	struct fetch_news *news; /* filled in; NULL: there may be none */
};

/* Nothing would be moved, brought, pruned or said, but for news if these may be: adds the lines of FETCH_HEAD to out. Otherwise -1 with a
 * few words. */
int fetch_map(const struct fetch_plan *plan, struct str *out, struct err *err);

#endif
