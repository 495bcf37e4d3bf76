/* Differences between objects, as packs store them. */
#ifndef MR_GIT_DELTA_H
#define MR_GIT_DELTA_H

#include "base/str.h"

/* Makes an object from another one and the changes, and adds it to out. 0; 1 when it would be longer than limit; -1 when the changes are
 * damaged. */
int delta_apply(struct slice base, struct slice changes, size_t limit, struct str *out);

#endif
