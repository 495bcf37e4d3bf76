/* Layers of DEFAULT settings; see layer.h. */
#include "registry/layer.h"

#include "base/mem.h"

#include <stdlib.h>

/* A file that changes DEFAULT before every section piles layers up; at this height they are copied into one. */
enum { MAX_HEIGHT = 12 };

struct layer {
	struct layer *older; /* in the list of all layers */
	struct layer *below; /* answers for what this one does not hold */
	unsigned height;
	bool sealed;
	struct table own;
	struct ending *endings; /* computed so far */
};

struct layer *layer_new(struct layers *layers)
{
	struct layer *layer = mem_calloc(1, sizeof *layer);
	layer->older = layers->newest;
	layers->newest = layer;
	return layer;
}

void layer_seal(struct layer *layer)
{
	layer->sealed = true;
}

static void copy_settings(struct layer *to, const struct layer *from)
{
	if (from->below)
		copy_settings(to, from->below);
	for (size_t i = 0; i < from->own.len; i++)
		table_put(&to->own, from->own.list[i].name, from->own.list[i].setting);
}

struct layer *layer_writable(struct layers *layers, struct layer *layer)
{
	if (!layer->sealed)
		return layer;
	struct layer *top = layer_new(layers);
	if (layer->height + 1 < MAX_HEIGHT) {
		top->below = layer;
		top->height = layer->height + 1;
	} else {
		copy_settings(top, layer);
	}
	return top;
}

void layer_put(struct layer *layer, const char *name, const struct setting *setting)
{
	endings_release(&layer->endings);
	table_put(&layer->own, name, setting);
}

const struct setting *layer_get(const struct layer *layer, const char *name)
{
	for (; layer; layer = layer->below) {
		const struct setting *setting = table_get(&layer->own, name);
		if (setting)
			return setting;
	}
	return NULL;
}

const struct ending *layer_ending(struct layer *layer, const char *suffix)
{
	const struct ending *known = ending_find(layer->endings, suffix);
	if (known)
		return known;
	const struct ending *below = layer->below ? layer_ending(layer->below, suffix) : NULL;
	return ending_add(&layer->endings, suffix, &layer->own, below ? below->list : NULL, below ? below->count : 0);
}

void layers_release(struct layers *layers)
{
	while (layers->newest) {
		struct layer *layer = layers->newest;
		layers->newest = layer->older;
		table_release(&layer->own);
		endings_release(&layer->endings);
		free(layer);
	}
}
