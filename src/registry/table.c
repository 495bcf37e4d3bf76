/* Interned names, tables of settings and their endings; see layer.h. */
#include "registry/layer.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Up to this length a table is searched from end to end. */
enum { SHORT_TABLE = 8 };

const char *names_find(const struct names *names, struct slice name)
{
	return map_get(&names->map, name);
}

const char *names_intern(struct names *names, struct slice name)
{
	const char *known = names_find(names, name);
	if (known)
		return known;
	struct slice copy = arena_copy(names->arena, name);
	/* The arena's bytes are ours to write, so the map may hold them as it holds any value. */
	void **place = map_place(&names->map, copy);
	memcpy(place, &copy.ptr, sizeof copy.ptr);
	return copy.ptr;
}

static uint32_t *find(const struct table *table, const char *name)
{
	uintptr_t bits = (uintptr_t)name;
	size_t mask = table->index_size - 1;
	for (size_t at = (bits ^ bits >> 7) * 2654435761u & mask;; at = (at + 1) & mask) {
		uint32_t number = table->index[at];
		if (!number || table->list[number - 1].name == name)
			return &table->index[at];
	}
}

/* The entry of a name, NULL when there is none. */
static struct named_setting *entry(const struct table *table, const char *name)
{
	if (table->index) {
		uint32_t number = *find(table, name);
		return number ? &table->list[number - 1] : NULL;
	}
	for (size_t i = 0; i < table->len; i++)
		if (table->list[i].name == name)
			return &table->list[i];
	return NULL;
}

static void build_index(struct table *table)
{
	table->index_size = table->index_size ? table->index_size * 2 : 64;
	free(table->index);
	table->index = mem_calloc(table->index_size, sizeof *table->index);
	for (size_t i = 0; i < table->len; i++)
		*find(table, table->list[i].name) = (uint32_t)i + 1;
}

const struct setting *table_get(const struct table *table, const char *name)
{
	const struct named_setting *found = entry(table, name);
	return found ? found->setting : NULL;
}

void table_put(struct table *table, const char *name, const struct setting *setting)
{
	struct named_setting *found = entry(table, name);
	if (found) {
		found->setting = setting;
		return;
	}
	MEM_RESERVE(table->list, table->cap, table->len + 1);
	table->list[table->len++] = (struct named_setting){name, setting};
	if (table->len > SHORT_TABLE && table->len * 2 > table->index_size)
		build_index(table);
	else if (table->index)
		*find(table, name) = (uint32_t)table->len;
}

void table_release(struct table *table)
{
	free(table->list);
	free(table->index);
	*table = (struct table)TABLE_INIT;
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t len = strlen(name), end = strlen(suffix);
	return len >= end && memcmp(name + len - end, suffix, end) == 0;
}

bool table_has_ending(const struct table *table, const char *suffix)
{
	for (size_t i = 0; i < table->len; i++)
		if (has_suffix(table->list[i].name, suffix))
			return true;
	return false;
}

static int by_length(const void *left, const void *right)
{
	const struct named_setting *a = left, *b = right;
	size_t a_len = strlen(a->name), b_len = strlen(b->name);
	return a_len != b_len ? (a_len > b_len) - (a_len < b_len) : memcmp(a->name, b->name, a_len);
}

const struct ending *ending_find(const struct ending *endings, const char *suffix)
{
	while (endings && strcmp(endings->suffix, suffix) != 0)
		endings = endings->next;
	return endings;
}

const struct ending *ending_add(struct ending **endings, const char *suffix, const struct table *own,
				const struct named_setting *base, size_t base_count)
{
	struct ending *ending = mem_calloc(1, sizeof *ending);
	ending->suffix = mem_strdup(suffix);
	ending->list = mem_calloc(own->len + base_count, sizeof *ending->list);
	for (size_t i = 0; i < own->len; i++)
		if (has_suffix(own->list[i].name, suffix))
			ending->list[ending->count++] = own->list[i];
	for (size_t i = 0; i < base_count; i++)
		if (!entry(own, base[i].name))
			ending->list[ending->count++] = base[i];
	qsort(ending->list, ending->count, sizeof *ending->list, by_length);
	ending->next = *endings;
	*endings = ending;
	return ending;
}

void endings_release(struct ending **endings)
{
	while (*endings) {
		struct ending *next = (*endings)->next;
		free((*endings)->suffix);
		free((*endings)->list);
		free(*endings);
		*endings = next;
	}
}
