/* zlib, loaded when the first object is read. */
#ifndef MR_GIT_INFLATE_H
#define MR_GIT_INFLATE_H

#include "base/err.h"
#include "base/str.h"

/* Inflates the stream at the beginning of packed and adds what it holds, at most limit bytes, to out. *whole tells whether the
 * stream ended there. -1 with a few words when it is damaged or zlib is not to be had. */
int inflate_some(struct slice packed, size_t limit, struct str *out, bool *whole, struct err *err);

#endif
