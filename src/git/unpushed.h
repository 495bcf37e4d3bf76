/* The commits on branches that no remote-tracking branch has. */
#ifndef MR_GIT_UNPUSHED_H
#define MR_GIT_UNPUSHED_H

#include "base/err.h"
#include "git/objects.h"
#include "git/refs.h"

struct unpushed {
	size_t count; /* of them */
};

/* -1 with a few words, also when there are any. The caller releases a zeroed unpushed either way. */
int unpushed_find(struct unpushed *unpushed, const struct refs *refs, struct objects *objects, struct err *err);
void unpushed_release(struct unpushed *unpushed);

#endif
