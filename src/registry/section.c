/* The settings of a section as they are in force; see registry.h. */
#include "registry/model.h"

#include "registry/number.h"

static const struct setting *get(const struct section *section, struct slice name)
{
	const char *interned = names_find(&section->registry->names, name);
	if (!interned)
		return NULL;
	const struct setting *own = table_get(&section->own, interned);
	return own ? own : layer_get(section->layer, interned);
}

const struct setting *section_get(const struct section *section, const char *name)
{
	return get(section, slice_of(name));
}

const struct setting *section_get_vcs(const struct section *section, const char *vcs, const char *name)
{
	struct str joined = STR_INIT;
	str_adds(&joined, vcs);
	str_addc(&joined, '_');
	str_adds(&joined, name);
	const struct setting *setting = get(section, str_slice(&joined));
	str_release(&joined);
	return setting;
}

const struct named_setting *section_ending(const struct section *section, const char *suffix, size_t *count)
{
	const struct ending *ending = ending_find(section->endings, suffix);
	if (!ending) {
		ending = layer_ending(section->layer, suffix);
		if (table_has_ending(&section->own, suffix)) {
			/* What is remembered is no change of the section. */
			struct section *writable = map_get(&section->dir->sections, section->name);
			ending = ending_add(&writable->endings, suffix, &section->own, ending->list, ending->count);
		}
	}
	*count = ending->count;
	return ending->list;
}

double section_order(const struct section *section)
{
	const struct setting *order = section_get(section, "order");
	return order ? number_leading(order->value) : 10;
}
