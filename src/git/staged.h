/* The index against the tree of HEAD. */
#ifndef MR_GIT_STAGED_H
#define MR_GIT_STAGED_H

#include "base/args.h"
#include "base/err.h"
#include "git/index_file.h"
#include "git/objects.h"

struct staged {
	char *changes;	     /* for each entry of the index: ' ', 'A', 'M' or 'T' */
	struct args deleted; /* paths of the tree that the index does not have */
};

/* head NULL: there is no commit yet. -1 with a few words, also where git would look for renames. The caller releases a
 * zeroed staged either way. */
int staged_compare(struct staged *staged, const struct index_file *index, struct objects *objects,
		   const struct oid *head, struct err *err);
void staged_release(struct staged *staged);

#endif
