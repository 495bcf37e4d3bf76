/* git's multi-pack-index: one index over several packs, by which git finds an object before it looks at the packs' own. */
#ifndef MR_GIT_MIDX_H
#define MR_GIT_MIDX_H

#include "base/err.h"
#include "git/oid.h"

#include <stdint.h>

struct midx;

/* Opens "multi-pack-index" in the open directory dir. -1 with a few words when git might complain of it. midx_close(NULL) is nothing. */
int midx_open(struct midx **out, int dir, struct err *err);
void midx_close(struct midx *midx);

/* The packs that it is of, by the names of their indexes; NULL behind the last. */
const char *midx_pack(const struct midx *midx, uint32_t number);

/* Which pack an object is in, and where in it. */
bool midx_find(const struct midx *midx, const struct oid *id, uint32_t *pack, uint64_t *offset);

#endif
