/* A sorted table of object names behind a fan-out, as indexes of packs, multi-pack-indexes and commit-graphs have it. */
#ifndef MR_GIT_TABLE_H
#define MR_GIT_TABLE_H

#include "git/oid.h"

#include <stdint.h>

enum { TABLE_FANOUT = 256 * 4 };

struct table {
	const unsigned char *fanout; /* TABLE_FANOUT bytes: how many names begin with at most that byte */
	const unsigned char *names;  /* table_count() of them */
};

/* A big-endian number. */
uint64_t table_number(const unsigned char *at, int bytes);

/* Does the fan-out never fall? Only then may the others be called. */
bool table_is_sound(const struct table *table);
uint32_t table_count(const struct table *table);

/* The first position whose name is not less than id. */
uint32_t table_bound(const struct table *table, const struct oid *id);
bool table_find(const struct table *table, const struct oid *id, uint32_t *position);
void table_name(const struct table *table, uint32_t position, struct oid *id);

#endif
