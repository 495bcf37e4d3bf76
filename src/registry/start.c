/* Loading as a whole: which files, in which order; see registry.h. */
#include "registry/load.h"

#include "base/mem.h"

#include <stdlib.h>

void model_say(const struct registry *registry, bool is_error, const char *format, ...)
{
	struct str line = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&line, format, args);
	va_end(args);
	if (registry->opts.say)
		registry->opts.say(registry->opts.say_context, is_error, str_cstr(&line));
	str_release(&line);
}

/* Turns the entries from start on round: what was found first is read first. */
static void reverse(struct pending_list *pending, size_t start)
{
	for (size_t end = pending->len; start + 1 < end; start++, end--) {
		struct pending swapped = pending->list[start];
		pending->list[start] = pending->list[end - 1];
		pending->list[end - 1] = swapped;
	}
}

/* Reads what is pending and all that it chains to: a file's chained files come before those pending after it. */
static int load_pending(struct registry *registry, struct pending_list *pending, struct err *err)
{
	int failed = 0;
	while (!failed && pending->len) {
		struct pending file = pending->list[--pending->len];
		size_t start = pending->len;
		failed = load_file(registry, file, pending, err);
		reverse(pending, start);
	}
	free(pending->list);
	actions_sort(&registry->actions);
	return failed;
}

static struct registry *new_registry(const struct registry_opts *opts)
{
	struct registry *registry = mem_calloc(1, sizeof *registry);
	registry->opts = *opts;
	registry->opts.home = model_text(registry, opts->home);
	registry->opts.user_config = model_text(registry, opts->user_config);
	registry->opts.config = model_text(registry, opts->config);
	registry->names.arena = &registry->arena;
	registry->actions.names = &registry->names;
	registry->expander.arena = &registry->arena;
	registry->jobs = -1;
	return registry;
}

int registry_load(struct registry **out, const struct registry_opts *opts, struct err *err)
{
	struct registry *registry = new_registry(opts);
	struct pending_list pending = {NULL, 0, 0};
	/* The last one is read first. */
	pending_add(&pending, (struct pending){registry->opts.config, NULL, NULL});
	/* Wherever it lies: what it names stands below the home directory. */
	if (!opts->skip_user_config)
		pending_add(&pending, (struct pending){registry->opts.user_config, registry->opts.home, NULL});
	int failed = load_builtin(registry, err);
	if (failed)
		free(pending.list);
	else
		failed = load_pending(registry, &pending, err);
	if (failed) {
		registry_free(registry);
		return -1;
	}
	*out = registry;
	return 0;
}

int registry_chain(struct registry *registry, const struct section *section, size_t *added, struct err *err)
{
	size_t before = registry->section_count;
	struct pending_list pending = {NULL, 0, 0};
	struct section *own = map_get(&section->dir->sections, section->name);
	*added = 0;
	if (!own || !own->has_chain || load_chain_is_loaded(own))
		return 0;
	int failed = load_test_chain(own, &pending, err);
	if (failed)
		free(pending.list);
	else
		failed = load_pending(registry, &pending, err);
	*added = registry->section_count - before;
	return failed;
}

int registry_add_file(struct registry *registry, const char *path, const char *dir, const char *source, struct err *err)
{
	struct pending_list pending = {NULL, 0, 0};
	struct pending file = {model_text(registry, path), model_text(registry, dir), NULL};
	if (source)
		file.source = model_text(registry, source);
	pending_add(&pending, file);
	return load_pending(registry, &pending, err);
}
