/* One pack and its index (version 2). The files may be damaged or hostile: every offset is checked. */
#ifndef MR_GIT_PACK_H
#define MR_GIT_PACK_H

#include "base/err.h"
#include "base/str.h"
#include "git/oid.h"

#include <stdint.h>

struct pack;

/* Opens "pack-....idx", name, in the open directory dir, and the pack beside it. -1 with a few words when they are damaged, do not
 * belong together, or have another version. pack_close(NULL) is nothing. */
int pack_open(struct pack **out, int dir, const char *name, struct err *err);
void pack_close(struct pack *pack);

/* The name of its index. */
const char *pack_name(const struct pack *pack);

/* Is the object there? */
bool pack_find(const struct pack *pack, const struct oid *id, uint32_t *position);
uint32_t pack_count(const struct pack *pack);

/* Where the object at a position lies in the pack; 0 when the index says nonsense. */
uint64_t pack_offset(const struct pack *pack, uint32_t position);

/* How many leading digits of id the most similar other object here has in common with it. */
size_t pack_common_digits(const struct pack *pack, const struct oid *id);

/* As packs number them. */
enum object_type { OBJECT_COMMIT = 1, OBJECT_TREE, OBJECT_BLOB, OBJECT_TAG };

/* Is the object at a position, by what stands in front of it and of what it is a difference to, a commit? Its content is not looked at. */
bool pack_has_commit(const struct pack *pack, uint32_t position);

/* Adds the content of the object at a position. 0; 1 when it is large, or stored as a difference to an object elsewhere; -1 with a few
 * words when it is damaged. */
int pack_read(const struct pack *pack, uint32_t position, enum object_type *type, struct str *out, struct err *err);

#endif
