/* Memory that is freed all at once: for the many small texts and records that live as long as the registry. */
#ifndef MR_REGISTRY_ARENA_H
#define MR_REGISTRY_ARENA_H

#include "base/str.h"

#include <stddef.h>

struct arena {
	struct arena_block *blocks; /* newest first */
	char *next;
	size_t room;
};

#define ARENA_INIT {NULL, NULL, 0}

/* Zeroed memory, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes with a NUL behind it that len does not count. */
struct slice arena_copy(struct arena *arena, struct slice bytes);

void arena_release(struct arena *arena);

#endif
