/* The registry's records and what can be asked about them; see registry.h and model.h. */
#include "registry/model.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const char *model_text(struct registry *registry, const char *text)
{
	return arena_copy(&registry->arena, slice_of(text)).ptr;
}

static void insert_config(struct registry *registry, struct directory *dir)
{
	MEM_RESERVE(registry->configs, registry->config_cap, registry->config_count + 1);
	size_t at = registry->config_count++;
	for (; at && slice_compare(registry->configs[at - 1]->name, dir->name) > 0; at--)
		registry->configs[at] = registry->configs[at - 1];
	registry->configs[at] = dir;
}

struct directory *model_directory(struct registry *registry, const char *name, const char *file)
{
	struct directory *dir = map_get(&registry->directories, slice_of(name));
	if (dir)
		return dir;
	dir = arena_alloc(&registry->arena, sizeof *dir);
	dir->name = arena_copy(&registry->arena, slice_of(name));
	dir->file = file;
	dir->defaults.registry = registry;
	dir->defaults.dir = dir;
	dir->defaults.name = slice_of("DEFAULT");
	dir->defaults.file = file;
	dir->defaults.path = model_text(registry, name);
	dir->defaults.layer = layer_new(&registry->layers);
	*map_place(&registry->directories, dir->name) = dir;
	if (dir->name.len)
		insert_config(registry, dir);
	return dir;
}

struct directory *model_parent(const struct registry *registry, const struct directory *dir)
{
	struct slice name = dir->name;
	struct directory *parent = NULL;
	while (name.len && !parent) {
		name.len--;
		while (name.len && name.ptr[name.len - 1] != '/')
			name.len--;
		parent = map_get(&registry->directories, name);
	}
	return parent;
}

struct section *model_section(struct registry *registry, struct directory *dir, struct slice name, const char *file,
			      unsigned line, bool trusted)
{
	struct section *section = map_get(&dir->sections, name);
	if (section) {
		section->trusted &= trusted;
		return section;
	}
	section = arena_alloc(&registry->arena, sizeof *section);
	section->registry = registry;
	section->dir = dir;
	section->name = arena_copy(&registry->arena, name);
	section->file = file;
	section->line = line;
	section->trusted = trusted;
	section->path = section->name.ptr;
	if (!slice_starts(name, "/")) {
		size_t len = dir->name.len + name.len;
		char *path = arena_alloc(&registry->arena, len + 1);
		memcpy(path, dir->name.ptr, dir->name.len);
		memcpy(path + dir->name.len, section->name.ptr, name.len + 1);
		section->path = path;
	}
	section->layer = dir->defaults.layer;
	layer_seal(section->layer);
	*map_place(&dir->sections, section->name) = section;
	MEM_RESERVE(registry->sections, registry->section_cap, registry->section_count + 1);
	registry->sections[registry->section_count++] = section;
	return section;
}

void model_put(struct section *section, const char *name, const struct setting *setting)
{
	if (section == &section->dir->defaults) {
		section->layer = layer_writable(&section->registry->layers, section->layer);
		layer_put(section->layer, name, setting);
		return;
	}
	endings_release(&section->endings);
	table_put(&section->own, name, setting);
}

void registry_free(struct registry *registry)
{
	if (!registry)
		return;
	for (size_t i = 0; i < registry->section_count; i++) {
		table_release(&registry->sections[i]->own);
		endings_release(&registry->sections[i]->endings);
	}
	for (size_t i = 0; i < registry->directories.len; i++)
		map_release(&((struct directory *)registry->directories.entries[i].value)->sections);
	map_release(&registry->directories);
	map_release(&registry->loaded);
	map_release(&registry->names.map);
	map_release(&registry->expander.answers);
	actions_release(&registry->actions);
	layers_release(&registry->layers);
	trust_free(registry->trusted);
	free(registry->configs);
	free(registry->sections);
	arena_release(&registry->arena);
	free(registry);
}

size_t registry_section_count(const struct registry *registry)
{
	return registry->section_count;
}

const struct section *registry_section(const struct registry *registry, size_t index)
{
	return registry->sections[index];
}

const struct section *registry_defaults(const struct registry *registry, const char *topdir)
{
	const struct directory *dir = map_get(&registry->directories, slice_of(topdir ? topdir : ""));
	return dir ? &dir->defaults : NULL;
}

size_t registry_config_count(const struct registry *registry)
{
	return registry->config_count;
}

const char *registry_config_dir(const struct registry *registry, size_t index)
{
	return registry->configs[index]->name.ptr;
}

const char *registry_config_file(const struct registry *registry, size_t index)
{
	return registry->configs[index]->file;
}

long registry_jobs(const struct registry *registry)
{
	return registry->jobs;
}

int registry_action(const struct registry *registry, const char *word, const char **out, struct err *err)
{
	return actions_find(&registry->actions, word, out, err);
}

size_t registry_action_count(const struct registry *registry)
{
	return registry->actions.sorted_len;
}

const char *registry_action_name(const struct registry *registry, size_t index)
{
	return registry->actions.sorted[index];
}

struct slice section_name(const struct section *section)
{
	return section->name;
}

const char *section_topdir(const struct section *section)
{
	return section->dir->name.ptr;
}

const char *section_config(const struct section *section)
{
	return section->dir->file;
}

const char *section_file(const struct section *section)
{
	return section->file;
}

unsigned section_line(const struct section *section)
{
	return section->line;
}

bool section_is_trusted(const struct section *section)
{
	return section->trusted;
}

const char *section_path(const struct section *section)
{
	return section->path;
}
