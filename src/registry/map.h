/* A hash table from bytes to pointers, in order of insertion. Keys and values belong to the caller and must outlive the
 * map. */
#ifndef MR_REGISTRY_MAP_H
#define MR_REGISTRY_MAP_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct map_entry {
	struct slice key;
	void *value;
	uint32_t hash;
};

struct map {
	struct map_entry *entries; /* len of them, in order of insertion */
	size_t len;
	size_t cap;
	uint32_t *index; /* index_size places (a power of two); entry number + 1, 0 = free */
	size_t index_size;
};

#define MAP_INIT {NULL, 0, 0, NULL, 0}

/* The value for a key, NULL when it is not there. */
void *map_get(const struct map *map, struct slice key);

/* Where the value for a key is kept; a new key starts with NULL. Valid until the next insertion. */
void **map_place(struct map *map, struct slice key);

void map_release(struct map *map);

#endif
