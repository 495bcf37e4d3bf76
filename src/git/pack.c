/* See pack.h. The layout is described in git's gitformat-pack(5). */
#include "git/pack.h"

#include "git/delta.h"
#include "git/inflate.h"
#include "git/map.h"
#include "git/table.h"

#include <stdlib.h>
#include <string.h>

enum {
	IDX_FANOUT = 8,
	IDX_NAMES = IDX_FANOUT + TABLE_FANOUT,
	PACK_HEADER = 12,
	OFFSET_DELTA = 6, /* types of differences: to an object further in front, */
	NAMED_DELTA = 7,  /* to one by its name */
	SIZE_LIMIT = 1 << 20, /* a longer object is left to others */
	DEPTH_LIMIT = 60,     /* and so is one that is a difference of differences of ... */
};

struct pack {
	char *name;
	struct map idx;
	struct map data;
	struct table table;
	uint32_t count;
};

static uint32_t get32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int check_idx(struct pack *pack, struct err *err)
{
	const struct map *idx = &pack->idx;
	if (idx->len < IDX_NAMES + 2 * OID_BYTES || memcmp(idx->bytes, "\377tOc\0\0\0\2", 8) != 0)
		return err_set(err, "a pack's index has another version");
	pack->table = (struct table){idx->bytes + IDX_FANOUT, idx->bytes + IDX_NAMES};
	if (!table_is_sound(&pack->table))
		return err_set(err, "a pack's index is damaged");
	pack->count = table_count(&pack->table);
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
	pack->name = mem_strdup(name);
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
	free(pack->name);
	free(pack);
}

uint32_t pack_count(const struct pack *pack)
{
	return pack->count;
}

const char *pack_name(const struct pack *pack)
{
	return pack->name;
}

bool pack_find(const struct pack *pack, const struct oid *id, uint32_t *position)
{
	return table_find(&pack->table, id, position);
}

size_t pack_common_digits(const struct pack *pack, const struct oid *id)
{
	uint32_t at;
	uint32_t after = table_find(&pack->table, id, &at) ? at + 1 : at;
	size_t most = 0;
	for (int side = 0; side < 2; side++) {
		if (side ? after >= pack->count : !at)
			continue;
		struct oid other;
		table_name(&pack->table, side ? after : at - 1, &other);
		size_t common = oid_common_digits(id, &other);
		if (common < OID_HEX) /* a damaged index has the object itself there */
			most = common > most ? common : most;
	}
	return most;
}

uint64_t pack_offset(const struct pack *pack, uint32_t position)
{
	const unsigned char *offsets = pack->table.names + (size_t)pack->count * (OID_BYTES + 4);
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

static int damaged(struct err *err)
{
	return err_set(err, "a pack is damaged");
}

/* What stands in front of an object's bytes. */
struct header {
	int type;
	uint64_t size;
	uint64_t base; /* of a difference: where the other object is; 0: not in this pack */
	uint64_t at;   /* where the bytes start */
};

/* How far in front of the object its base is: seven bits at a time, with one added for each further byte. */
static bool read_distance(const struct pack *pack, struct header *header, uint64_t start)
{
	uint64_t distance = 0, end = pack->data.len - OID_BYTES;
	unsigned char byte = 0x80;
	for (int i = 0; byte & 0x80; i++) {
		if (header->at == end || i == 8)
			return false;
		byte = pack->data.bytes[header->at++];
		distance = (i ? distance + 1 : 0) << 7 | (byte & 0x7f);
	}
	header->base = start - distance;
	return distance && distance < start && header->base >= PACK_HEADER;
}

static bool read_header(const struct pack *pack, uint64_t start, struct header *header)
{
	uint64_t end = pack->data.len - OID_BYTES;
	header->at = start;
	unsigned char byte = pack->data.bytes[header->at++];
	header->type = byte >> 4 & 7;
	header->size = byte & 15;
	for (int shift = 4; byte & 0x80; shift += 7) {
		if (header->at == end || shift > 32)
			return false;
		byte = pack->data.bytes[header->at++];
		header->size |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (header->type == OFFSET_DELTA)
		return read_distance(pack, header, start);
	if (header->type != NAMED_DELTA)
		return true;
	if (end - header->at < OID_BYTES)
		return false;
	struct oid name;
	uint32_t position;
	memcpy(name.bytes, pack->data.bytes + header->at, OID_BYTES);
	header->at += OID_BYTES;
	header->base = pack_find(pack, &name, &position) ? pack_offset(pack, position) : 0;
	return true;
}

bool pack_has_commit(const struct pack *pack, uint32_t position)
{
	uint64_t start = pack_offset(pack, position);
	struct header header;
	for (int depth = 0; depth < DEPTH_LIMIT && start && read_header(pack, start, &header); depth++) {
		if (header.type != OFFSET_DELTA && header.type != NAMED_DELTA)
			return header.type == OBJECT_COMMIT;
		start = header.base;
	}
	return false;
}

static int inflate_object(const struct pack *pack, const struct header *header, struct str *out, struct err *err)
{
	struct inflated found;
	size_t before = out->len, left = pack->data.len - OID_BYTES - header->at;
	struct slice packed = slice_make((const char *)pack->data.bytes + header->at, left);
	if (inflate_some(packed, header->size, out, &found, err))
		return -1;
	return found.whole && out->len - before == header->size ? 0 : damaged(err);
}

/* 0, 1, -1 as pack_read(). */
static int read_at(const struct pack *pack, uint64_t start, int depth, enum object_type *type, struct str *out, struct err *err)
{
	struct header header;
	if (!start || !read_header(pack, start, &header))
		return damaged(err);
	bool delta = header.type == OFFSET_DELTA || header.type == NAMED_DELTA;
	if (header.size > SIZE_LIMIT || depth == DEPTH_LIMIT || (delta && !header.base))
		return 1;
	if (!delta && (header.type < OBJECT_COMMIT || header.type > OBJECT_TAG))
		return damaged(err);
	if (!delta) {
		*type = (enum object_type)header.type;
		return inflate_object(pack, &header, out, err);
	}
	struct str base = STR_INIT, changes = STR_INIT;
	int result = read_at(pack, header.base, depth + 1, type, &base, err);
	if (!result)
		result = inflate_object(pack, &header, &changes, err);
	if (!result)
		result = delta_apply(str_slice(&base), str_slice(&changes), SIZE_LIMIT, out);
	str_release(&base);
	str_release(&changes);
	return result < 0 && !err_is_set(err) ? damaged(err) : result;
}

int pack_read(const struct pack *pack, uint32_t position, enum object_type *type, struct str *out, struct err *err)
{
	return read_at(pack, pack_offset(pack, position), 0, type, out, err);
}
