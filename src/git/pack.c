/* See pack.h. The layout is described in git's gitformat-pack(5). */
#include "git/pack.h"

#include "git/inflate.h"
#include "git/map.h"

#include <stdlib.h>
#include <string.h>

enum {
	IDX_FANOUT = 8,
	IDX_NAMES = IDX_FANOUT + 256 * 4,
	PACK_HEADER = 12,
	TYPE_COMMIT = 1,
	COMMIT_LIMIT = 1 << 20, /* a longer commit is left to others */
};

struct pack {
	struct map idx;
	struct map data;
	uint32_t count;
};

static uint32_t get32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static const unsigned char *names(const struct pack *pack)
{
	return pack->idx.bytes + IDX_NAMES;
}

static uint32_t fanout(const struct pack *pack, unsigned byte)
{
	return get32(pack->idx.bytes + IDX_FANOUT + 4 * (size_t)byte);
}

static int check_idx(struct pack *pack, struct err *err)
{
	const struct map *idx = &pack->idx;
	if (idx->len < IDX_NAMES + 2 * OID_BYTES || memcmp(idx->bytes, "\377tOc\0\0\0\2", 8) != 0)
		return err_set(err, "a pack's index has another version");
	pack->count = fanout(pack, 255);
	for (unsigned i = 1; i < 256; i++)
		if (fanout(pack, i - 1) > fanout(pack, i))
			return err_set(err, "a pack's index is damaged");
	/* Each object has a name, a CRC and an offset; large offsets, in a table of their own, come behind. */
	uint64_t least = IDX_NAMES + (uint64_t)pack->count * (OID_BYTES + 4 + 4) + 2 * OID_BYTES;
	uint64_t most = least + (pack->count ? (uint64_t)(pack->count - 1) * 8 : 0);
	return idx->len < least || idx->len > most ? err_set(err, "a pack's index is damaged") : 0;
}

/* Both must be of one kind and end with the same checksum. */
static int check_data(const struct pack *pack, struct err *err)
{
	const struct map *data = &pack->data, *idx = &pack->idx;
	if (data->len < PACK_HEADER + OID_BYTES || memcmp(data->bytes, "PACK\0\0\0\2", 8) != 0 ||
	    get32(data->bytes + 8) != pack->count ||
	    memcmp(data->bytes + data->len - OID_BYTES, idx->bytes + idx->len - 2 * OID_BYTES, OID_BYTES) != 0)
		return err_set(err, "a pack does not belong to its index");
	return 0;
}

int pack_open(struct pack **out, int dir, const char *name, struct err *err)
{
	struct pack *pack = mem_calloc(1, sizeof *pack);
	char *data = mem_format("%.*s.pack", (int)(strlen(name) - strlen(".idx")), name);
	int failed = map_open(&pack->idx, dir, name, err) || check_idx(pack, err) || map_open(&pack->data, dir, data, err) ||
		     check_data(pack, err);
	free(data);
	if (failed) {
		pack_close(pack);
		return -1;
	}
	*out = pack;
	return 0;
}

void pack_close(struct pack *pack)
{
	if (!pack)
		return;
	map_close(&pack->idx);
	map_close(&pack->data);
	free(pack);
}

uint32_t pack_count(const struct pack *pack)
{
	return pack->count;
}

/* The first position whose name is not less than id. */
static uint32_t lower_bound(const struct pack *pack, const struct oid *id)
{
	uint32_t low = id->bytes[0] ? fanout(pack, id->bytes[0] - 1u) : 0, high = fanout(pack, id->bytes[0]);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (memcmp(names(pack) + (size_t)middle * OID_BYTES, id->bytes, OID_BYTES) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct pack *pack, uint32_t position, const struct oid *id)
{
	return position < pack->count && !memcmp(names(pack) + (size_t)position * OID_BYTES, id->bytes, OID_BYTES);
}

bool pack_find(const struct pack *pack, const struct oid *id, uint32_t *position)
{
	*position = lower_bound(pack, id);
	return is_at(pack, *position, id);
}

size_t pack_common_digits(const struct pack *pack, const struct oid *id)
{
	uint32_t at = lower_bound(pack, id), after = at + is_at(pack, at, id);
	size_t most = 0;
	for (int side = 0; side < 2; side++) {
		if (side ? after >= pack->count : !at)
			continue;
		struct oid other;
		memcpy(other.bytes, names(pack) + (size_t)(side ? after : at - 1) * OID_BYTES, OID_BYTES);
		size_t common = oid_common_digits(id, &other);
		most = common > most ? common : most;
	}
	return most;
}

/* Where the object lies in the pack; 0 when the index says nonsense. */
static uint64_t offset_of(const struct pack *pack, uint32_t position)
{
	const unsigned char *offsets = names(pack) + (size_t)pack->count * (OID_BYTES + 4);
	uint64_t offset = get32(offsets + 4 * (size_t)position);
	if (offset & 0x80000000) {
		const unsigned char *large = offsets + 4 * (size_t)pack->count + 8 * (size_t)(offset & 0x7fffffff);
		const unsigned char *end = pack->idx.bytes + pack->idx.len - 2 * OID_BYTES;
		if (large > end || end - large < 8)
			return 0;
		offset = (uint64_t)get32(large) << 32 | get32(large + 4);
	}
	return offset >= PACK_HEADER && offset < pack->data.len - OID_BYTES ? offset : 0;
}

int pack_read_commit(const struct pack *pack, uint32_t position, struct str *out, struct err *err)
{
	uint64_t at = offset_of(pack, position), end = pack->data.len - OID_BYTES;
	if (!at)
		return err_set(err, "a pack's index is damaged");
	unsigned char byte = pack->data.bytes[at++];
	int type = byte >> 4 & 7;
	uint64_t size = byte & 15;
	for (int shift = 4; byte & 0x80; shift += 7) {
		if (at == end || shift > 32)
			return err_set(err, "a pack is damaged");
		byte = pack->data.bytes[at++];
		size |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (type != TYPE_COMMIT || size > COMMIT_LIMIT)
		return 1;
	bool whole;
	size_t before = out->len;
	if (inflate_some(slice_make((const char *)pack->data.bytes + at, end - at), size, out, &whole, err))
		return -1;
	return whole && out->len - before == size ? 0 : err_set(err, "a pack is damaged");
}
