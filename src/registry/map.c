/* See map.h. Open addressing over an index of entry numbers, at most half full. */
#include "registry/map.h"

#include "base/mem.h"

#include <stdlib.h>

/* FNV-1a. */
static uint32_t hash_bytes(struct slice key)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < key.len; i++)
		hash = (hash ^ (unsigned char)key.ptr[i]) * 16777619u;
	return hash ^ hash >> 15;
}

/* The place in the index that holds the key, or the free one where it belongs. */
static uint32_t *find(const struct map *map, struct slice key, uint32_t hash)
{
	size_t mask = map->index_size - 1;
	for (size_t at = hash & mask;; at = (at + 1) & mask) {
		uint32_t number = map->index[at];
		if (!number)
			return &map->index[at];
		const struct map_entry *entry = &map->entries[number - 1];
		if (entry->hash == hash && slice_equal(entry->key, key))
			return &map->index[at];
	}
}

static void grow(struct map *map)
{
	map->index_size = map->index_size ? map->index_size * 2 : 16;
	free(map->index);
	map->index = mem_calloc(map->index_size, sizeof *map->index);
	for (size_t i = 0; i < map->len; i++)
		*find(map, map->entries[i].key, map->entries[i].hash) = (uint32_t)i + 1;
}

void *map_get(const struct map *map, struct slice key)
{
	if (!map->len)
		return NULL;
	uint32_t number = *find(map, key, hash_bytes(key));
	return number ? map->entries[number - 1].value : NULL;
}

void **map_place(struct map *map, struct slice key)
{
	if (map->len * 2 >= map->index_size)
		grow(map);
	uint32_t hash = hash_bytes(key);
	uint32_t *place = find(map, key, hash);
	if (!*place) {
		MEM_RESERVE(map->entries, map->cap, map->len + 1);
		map->entries[map->len++] = (struct map_entry){key, NULL, hash};
		*place = (uint32_t)map->len;
	}
	return &map->entries[*place - 1].value;
}

void map_release(struct map *map)
{
	free(map->entries);
	free(map->index);
	*map = (struct map)MAP_INIT;
}
