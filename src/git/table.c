/* See table.h. */
#include "git/table.h"

#include <string.h>

uint64_t table_number(const unsigned char *at, int bytes)
{
	uint64_t value = 0;
	while (bytes--)
		value = value << 8 | *at++;
	return value;
}

/* All 256 are looked at for each file. */
static uint32_t fanout(const struct table *table, unsigned byte)
{
	const unsigned char *at = table->fanout + 4 * (size_t)byte;
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static const unsigned char *name_at(const struct table *table, uint32_t position)
{
	return table->names + (size_t)position * OID_BYTES;
}

bool table_is_sound(const struct table *table)
{
	bool sound = true;
	for (unsigned i = 1; i < 256; i++)
		sound &= fanout(table, i - 1) <= fanout(table, i);
	return sound;
}

uint32_t table_count(const struct table *table)
{
	return fanout(table, 255);
}

uint32_t table_bound(const struct table *table, const struct oid *id)
{
	uint32_t low = id->bytes[0] ? fanout(table, id->bytes[0] - 1u) : 0, high = fanout(table, id->bytes[0]);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (memcmp(name_at(table, middle), id->bytes, OID_BYTES) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What the fan-out leads past is not found, as git does not find it. */
bool table_find(const struct table *table, const struct oid *id, uint32_t *position)
{
	*position = table_bound(table, id);
	return *position < fanout(table, id->bytes[0]) && !memcmp(name_at(table, *position), id->bytes, OID_BYTES);
}

void table_name(const struct table *table, uint32_t position, struct oid *id)
{
	memcpy(id->bytes, name_at(table, position), OID_BYTES);
}
