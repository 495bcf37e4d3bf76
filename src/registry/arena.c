/* See arena.h. */
#include "registry/arena.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024 };

struct arena_block {
	struct arena_block *older;
	max_align_t memory[];
};

static void *take(struct arena *arena, size_t size)
{
	if (size > arena->room) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
		struct arena_block *block = mem_calloc(1, sizeof *block + room);
		block->older = arena->blocks;
		arena->blocks = block;
		arena->next = (char *)block->memory;
		arena->room = room;
	}
	void *memory = arena->next;
	arena->next += size;
	arena->room -= size;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t align = sizeof(void *) > sizeof(double) ? sizeof(void *) : sizeof(double);
	size_t skew = arena->room % align;
	if (skew)
		take(arena, skew);
	return take(arena, (size + align - 1) / align * align);
}

struct slice arena_copy(struct arena *arena, struct slice bytes)
{
	char *copy = take(arena, bytes.len + 1);
	if (bytes.len)
		memcpy(copy, bytes.ptr, bytes.len);
	copy[bytes.len] = '\0';
	return slice_make(copy, bytes.len);
}

void arena_release(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *older = arena->blocks->older;
		free(arena->blocks);
		arena->blocks = older;
	}
	*arena = (struct arena)ARENA_INIT;
}
