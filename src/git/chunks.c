/* See chunks.h. The layout is described in git's gitformat-chunk(5). */
#include "git/chunks.h"

#include "git/oid.h"
#include "git/table.h"

#include <string.h>

enum { ENTRY = 12, NAME = 4 };

static const unsigned char *entry_at(const struct chunks *chunks, size_t i)
{
	return chunks->map->bytes + chunks->header + i * ENTRY;
}

static uint64_t offset_at(const struct chunks *chunks, size_t i)
{
	return table_number(entry_at(chunks, i) + NAME, 8);
}

static bool is_known(const unsigned char *name, const char *const *known)
{
	for (; *known; known++)
		if (!memcmp(name, *known, NAME))
			return true;
	return false;
}

bool chunks_open(struct chunks *chunks, const struct map *map, size_t header, size_t count, const char *const *known, size_t align)
{
	size_t table = header + (count + 1) * ENTRY;
	*chunks = (struct chunks){map, header, count};
	if (map->len < table + OID_BYTES || !count || offset_at(chunks, 0) < table || offset_at(chunks, count) > map->len - OID_BYTES ||
	    table_number(entry_at(chunks, count), NAME))
		return false;
	for (size_t i = 0; i < count; i++) {
		uint64_t from = offset_at(chunks, i);
		if (from > offset_at(chunks, i + 1) || from % align || !is_known(entry_at(chunks, i), known))
			return false;
		for (size_t j = 0; j < i; j++)
			if (!memcmp(entry_at(chunks, i), entry_at(chunks, j), NAME))
				return false;
	}
	return true;
}

struct slice chunks_find(const struct chunks *chunks, const char *name)
{
	for (size_t i = 0; i < chunks->count; i++) {
		uint64_t from = offset_at(chunks, i), to = offset_at(chunks, i + 1);
		if (!memcmp(entry_at(chunks, i), name, NAME))
			return slice_make((const char *)chunks->map->bytes + from, (size_t)(to - from));
	}
	return slice_make(NULL, 0);
}
