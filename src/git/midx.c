/* See midx.h. The layout is described in git's gitformat-pack(5). */
#include "git/midx.h"

#include "git/chunks.h"
#include "git/map.h"
#include "git/table.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 12, PLACE = 8, LARGE = 8 };

struct midx {
	struct map map;
	struct table table;
	const char **packs;
	uint32_t pack_count;
	const unsigned char *places; /* of each object: number of the pack, offset */
	struct slice large; /* offsets of more than 31 bits */
};

/* Names, each ended by a NUL, in order; some NULs may follow. */
static bool read_names(struct midx *midx, struct slice names)
{
	midx->packs = mem_calloc((size_t)midx->pack_count + 1, sizeof *midx->packs);
	for (uint32_t i = 0; i < midx->pack_count; i++) {
		const char *nul = names.len ? memchr(names.ptr, '\0', names.len) : NULL;
		if (!nul || !slice_ends(slice_of(names.ptr), ".idx") || (i && strcmp(midx->packs[i - 1], names.ptr) >= 0))
			return false;
		midx->packs[i] = names.ptr;
		size_t used = (size_t)(nul - names.ptr) + 1;
		names = slice_make(nul + 1, names.len - used);
	}
	for (size_t i = 0; i < names.len; i++)
		if (names.ptr[i])
			return false;
	return names.len < 4;
}

static bool read_chunks(struct midx *midx)
{
	static const char *const known[] = {"PNAM", "OIDF", "OIDL", "OOFF", "LOFF", "RIDX", "BTMP", NULL};
	const unsigned char *head = midx->map.bytes;
	struct chunks chunks;
	if (midx->map.len < HEADER || memcmp(head, "MIDX\1\1", 6) != 0 || head[7] ||
	    !chunks_open(&chunks, &midx->map, HEADER, head[6], known, 4))
		return false;
	struct slice fanout = chunks_find(&chunks, "OIDF"), names = chunks_find(&chunks, "OIDL"), places = chunks_find(&chunks, "OOFF"),
		     reverse = chunks_find(&chunks, "RIDX"), packs = chunks_find(&chunks, "PNAM");
	midx->large = chunks_find(&chunks, "LOFF");
	midx->table.fanout = (const unsigned char *)fanout.ptr;
	midx->table.names = (const unsigned char *)names.ptr;
	midx->places = (const unsigned char *)places.ptr;
	midx->pack_count = (uint32_t)table_number(head + 8, 4);
	if (fanout.len != TABLE_FANOUT || !table_is_sound(&midx->table) || midx->pack_count > packs.len)
		return false;
	size_t count = table_count(&midx->table);
	return names.len == count * OID_BYTES && places.len == count * PLACE && midx->large.len % LARGE == 0 &&
	       (!reverse.ptr || reverse.len == count * 4) && read_names(midx, packs);
}

int midx_open(struct midx **out, int dir, struct err *err)
{
	struct midx *midx = mem_calloc(1, sizeof *midx);
	int failed = map_open(&midx->map, dir, "multi-pack-index", err);
	if (!failed && !read_chunks(midx))
		failed = err_set(err, "the multi-pack-index is odd");
	if (failed) {
		midx_close(midx);
		return -1;
	}
	*out = midx;
	return 0;
}

void midx_close(struct midx *midx)
{
	if (!midx)
		return;
	map_close(&midx->map);
	free(midx->packs);
	free(midx);
}

const char *midx_pack(const struct midx *midx, uint32_t number)
{
	return number < midx->pack_count ? midx->packs[number] : NULL;
}

bool midx_find(const struct midx *midx, const struct oid *id, uint32_t *pack, uint64_t *offset)
{
	uint32_t position;
	if (!table_find(&midx->table, id, &position))
		return false;
	const unsigned char *place = midx->places + (size_t)position * PLACE;
	*pack = (uint32_t)table_number(place, 4);
	*offset = table_number(place + 4, 4);
	if (midx->large.ptr && *offset & 0x80000000) {
		size_t at = (size_t)(*offset & 0x7fffffff) * LARGE;
		*offset = at < midx->large.len ? table_number((const unsigned char *)midx->large.ptr + at, LARGE) : 0;
	}
	return true;
}
