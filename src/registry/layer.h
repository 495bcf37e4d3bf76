/* Where settings are kept: small tables by name, and layers of DEFAULT settings on top of each other.
 *
 * Names are interned: the same name is the same pointer (struct names), and every lookup here compares pointers.
 * Settings belong to the registry's arena; tables and layers only point at them. */
#ifndef MR_REGISTRY_LAYER_H
#define MR_REGISTRY_LAYER_H

#include "registry/arena.h"
#include "registry/map.h"
#include "registry/registry.h"

/* Interned names. */
struct names {
	struct arena *arena;
	struct map map;
};

/* The one pointer for a name; names_find() gives NULL for a name that was never interned. */
const char *names_intern(struct names *names, struct slice name);
const char *names_find(const struct names *names, struct slice name);

/* A table of settings by interned name, in order of first definition. */
struct table {
	struct named_setting *list;
	size_t len;
	size_t cap;
	uint32_t *index; /* only for long tables: place in list + 1 by hash, 0 = free */
	size_t index_size;
};

#define TABLE_INIT {NULL, 0, 0, NULL, 0}

const struct setting *table_get(const struct table *table, const char *name);
void table_put(struct table *table, const char *name, const struct setting *setting);
void table_release(struct table *table);

/* The settings whose names share an ending: sorted, shorter names first, then by bytes. */
struct ending {
	struct ending *next;
	char *suffix;
	struct named_setting *list;
	size_t count;
};

const struct ending *ending_find(const struct ending *endings, const char *suffix);
void endings_release(struct ending **endings);

/* Adds to *endings what own and then, for names that own does not have, base hold under the suffix. */
const struct ending *ending_add(struct ending **endings, const char *suffix, const struct table *own,
				const struct named_setting *base, size_t base_count);
bool table_has_ending(const struct table *table, const char *suffix);

/* A layer. Once sealed (somebody refers to what it holds now) it never changes. */
struct layer;

/* All layers, to free them by. */
struct layers {
	struct layer *newest;
};

struct layer *layer_new(struct layers *layers);
void layer_seal(struct layer *layer);

/* The layer to change instead of this one: itself, or a new one above it when it is sealed. */
struct layer *layer_writable(struct layers *layers, struct layer *layer);
void layer_put(struct layer *layer, const char *name, const struct setting *setting);
const struct setting *layer_get(const struct layer *layer, const char *name);
const struct ending *layer_ending(struct layer *layer, const char *suffix);
void layers_release(struct layers *layers);

#endif
