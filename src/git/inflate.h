/* zlib, loaded when the first object is read. */
#ifndef MR_GIT_INFLATE_H
#define MR_GIT_INFLATE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct inflated {
	bool whole; /* the stream ended */
	size_t left; /* bytes behind it */
};

/* Inflates the stream at the beginning of packed and adds what it holds, at most limit bytes, to out. -1 with a few words when it is
 * damaged or zlib is not to be had. Not for several threads. */
int inflate_some(struct slice packed, size_t limit, struct str *out, struct inflated *found, struct err *err);

#endif
