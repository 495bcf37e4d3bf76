/* What `git fetch` starts from when it asks whether all that it needs is there, which it asks even when there is nothing to bring. */
#ifndef MR_GIT_TIPS_H
#define MR_GIT_TIPS_H

#include "base/err.h"
#include "git/layout.h"
#include "git/objects.h"
#include "git/refs.h"

/* Are the objects there and, where they are loose, whole: of all references, of HEAD in every work tree, of the references of the
 * repositories whose objects are used, too? -1 with a few words. */
int tips_check(struct objects *objects, const struct layout *layout, const struct refs *refs, struct err *err);

#endif
