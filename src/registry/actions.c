/* See actions.h. */
#include "registry/actions.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Aliases of aliases; more than that go round in a circle. */
enum { ALIAS_LIMIT = 32 };

/* Interned names are kept as values of maps, which want them without const; nobody writes to them. */
static void keep(struct map *map, const char *key, const char *value)
{
	void **place = map_place(map, slice_of(key));
	memcpy(place, &value, sizeof value);
}

void actions_add(struct actions *actions, struct slice setting)
{
	for (size_t i = setting.len; i; i--)
		if (setting.ptr[i - 1] == '_') {
			setting = slice_make(setting.ptr + i, setting.len - i);
			break;
		}
	if (map_get(&actions->known, setting))
		return;
	const char *name = names_intern(actions->names, setting);
	keep(&actions->known, name, name);
}

void actions_alias(struct actions *actions, struct slice name, struct slice value)
{
	keep(&actions->aliases, names_intern(actions->names, name), names_intern(actions->names, value));
}

static int by_bytes(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Adds the map's names that begin with start. */
static size_t collect(const struct map *map, const char *start, const char **list)
{
	size_t len = 0;
	for (size_t i = 0; i < map->len; i++)
		if (slice_starts(map->entries[i].key, start))
			list[len++] = map->entries[i].key.ptr;
	return len;
}

/* All known names that begin with start, sorted, each once; aliases too if wanted. For free(). */
static const char **list_names(const struct actions *actions, const char *start, bool with_aliases, size_t *count)
{
	const char **list = mem_calloc(actions->known.len + actions->aliases.len, sizeof *list);
	size_t len = collect(&actions->known, start, list);
	if (with_aliases)
		len += collect(&actions->aliases, start, list + len);
	qsort(list, len, sizeof *list, by_bytes);
	size_t kept = 0;
	for (size_t i = 0; i < len; i++)
		if (!kept || list[kept - 1] != list[i])
			list[kept++] = list[i];
	*count = kept;
	return list;
}

static void add_list(struct str *out, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		str_addf(out, "%s%s", i ? ", " : "", list[i]);
}

static int unknown(const struct actions *actions, const char *word, struct err *err)
{
	size_t count;
	const char **list = list_names(actions, "", false, &count);
	struct str text = STR_INIT;
	add_list(&text, list, count);
	err_set(err, "unknown action \"%s\" (known actions: %s)", word, str_cstr(&text));
	str_release(&text);
	free(list);
	return -1;
}

static int ambiguous(const char *word, const char *const *matches, size_t count, struct err *err)
{
	struct str text = STR_INIT;
	add_list(&text, matches, count);
	err_set(err, "ambiguous action \"%s\" (matches: %s)", word, str_cstr(&text));
	str_release(&text);
	return -1;
}

/* The one name that word begins, or NULL when there is none. -1 when there are several. */
static int complete(const struct actions *actions, const char *word, const char **out, struct err *err)
{
	size_t count;
	const char **matches = list_names(actions, word, true, &count);
	*out = count == 1 ? matches[0] : NULL;
	int failed = count > 1 ? ambiguous(word, matches, count, err) : 0;
	free(matches);
	return failed;
}

/* An alias is replaced even when an action has its name; what comes of that is an alias only if it is no action. */
int actions_find(const struct actions *actions, const char *word, const char **out, struct err *err)
{
	const char *next = map_get(&actions->aliases, slice_of(word));
	if (next)
		word = next;
	for (int hops = 0; hops < ALIAS_LIMIT; hops++) {
		*out = map_get(&actions->known, slice_of(word));
		if (*out)
			return 0;
		next = map_get(&actions->aliases, slice_of(word));
		if (!next && complete(actions, word, &next, err))
			return -1;
		if (!next)
			break;
		word = next;
	}
	return unknown(actions, word, err);
}

void actions_sort(struct actions *actions)
{
	free(actions->sorted);
	actions->sorted = list_names(actions, "", true, &actions->sorted_len);
}

void actions_release(struct actions *actions)
{
	map_release(&actions->known);
	map_release(&actions->aliases);
	free(actions->sorted);
}
