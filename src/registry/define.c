/* See define.h. */
#include "registry/define.h"

#include "registry/command.h"
#include "registry/number.h"
#include "registry/reader.h"

#include <errno.h>
#include <string.h>

enum { MAX_INCLUDED = 64 * 1024 * 1024 }; /* bytes, over all includes */

/* Bytes for a message, which is a C string. */
static void add_shown(struct str *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i])
			str_addc(out, text.ptr[i]);
		else
			str_adds(out, "\\0");
}

/* The message as text, with where it happened; hint, when not NULL, goes on a line of its own. Returns -1. */
static int fail_text(const struct definition *def, const struct reader_place *at, const char *message, const char *hint)
{
	struct str included = STR_INIT;
	if (at->included) {
		str_adds(&included, ", included line: ");
		add_shown(&included, at->last);
	}
	err_set(def->err, "%s at %s line %u%s%s%s", message, def->file, at->last_line, str_cstr(&included),
		hint ? "\n" : "", hint ? hint : "");
	str_release(&included);
	return -1;
}

static int fail_untrusted(const struct definition *def, unsigned line, const char *message)
{
	if (def->source)
		return err_set(def->err,
			       "%s in untrusted %s line %u\n"
			       "(To trust this url, --trust-all can be used; but please use caution;\n"
			       "this can allow arbitrary code execution!)",
			       message, def->source, line);
	return err_set(def->err,
		       "%s in untrusted %s line %u\n"
		       "(To trust this file, list it in ~/.mrtrust.)",
		       message, def->file, line);
}

/* An untrusted setting or section: what it says stands between the two texts. */
static int refuse(const struct definition *def, unsigned line, const char *before, struct slice what, const char *after)
{
	struct str message = STR_INIT;
	str_adds(&message, before);
	add_shown(&message, what);
	str_adds(&message, after);
	fail_untrusted(def, line, str_cstr(&message));
	str_release(&message);
	return -1;
}

static int check_line(const struct definition *def, const struct reader_place *at)
{
	if (def->trusted || !trust_has_control(at->first))
		return 0;
	return fail_untrusted(def, at->first_line, "illegal control character");
}

static int on_section(void *context, struct reader *reader, struct slice name)
{
	struct definition *def = context;
	const struct reader_place *at = reader_place(reader);
	if (check_line(def, at))
		return -1;
	if (!def->trusted && !trust_section(name))
		return refuse(def, at->first_line, "illegal section \"[", name, "]\"");
	int error = slice_has_nul(name) || !def->trusted ? 0 : expand_name(&def->registry->expander, name, &name);
	if (error) {
		struct str message = STR_INIT;
		str_addf(&message, "cannot expand the section's name with the shell: %s", strerror(error));
		fail_text(def, at, str_cstr(&message), NULL);
		str_release(&message);
		return -1;
	}
	if (slice_has_nul(name))
		return fail_text(def, at, "a section's name holds a NUL byte", "(no directory can have such a name)");
	def->in_alias = slice_is(name, "ALIAS");
	if (def->in_alias)
		def->section = NULL;
	else if (slice_is(name, "DEFAULT"))
		def->section = &def->dir->defaults;
	else
		def->section = model_section(def->registry, def->dir, name, def->file, at->first_line,
					     def->trusted);
	return 0;
}

static int on_broken(void *context, struct reader *reader)
{
	const struct definition *def = context;
	const struct reader_place *at = reader_place(reader);
	if (check_line(def, at))
		return -1;
	return fail_text(
	    def, at, "parse error",
	    "(a line must be a # comment, a [section], name = value, or the indented continuation of a value)");
}

static bool checkout_is_trusted(const struct definition *def, struct slice command)
{
	struct layer *layer = def->registry->templates;
	if (!layer)
		layer = ((struct directory *)map_get(&def->registry->directories, slice_of("")))->defaults.layer;
	const struct ending *templates = layer_ending(layer, "_trusted_checkout");
	return trust_checkout(command, templates->list, templates->count);
}

static int check_setting(const struct definition *def, const struct reader_place *at, struct slice name,
			 struct slice value)
{
	if (check_line(def, at))
		return -1;
	if (def->trusted || slice_is(name, "order"))
		return 0;
	if (slice_is(name, "checkout")) {
		if (checkout_is_trusted(def, value))
			return 0;
		return refuse(def, at->last_line, "illegal checkout command \"", value, "\"");
	}
	if (slice_is(value, "true") || slice_is(value, "false"))
		return 0;
	struct str both = STR_INIT;
	str_add_slice(&both, name);
	str_addc(&both, '=');
	str_add_slice(&both, value);
	refuse(def, at->last_line, "illegal setting \"", str_slice(&both), "\"");
	str_release(&both);
	return -1;
}

/* Runs an include and lets its output be read next. */
static int include(struct definition *def, struct reader *reader, struct slice command)
{
	struct registry *registry = def->registry;
	const struct reader_place *at = reader_place(reader);
	struct str output = STR_INIT;
	int status = 0;
	if (registry->opts.verbose)
		model_say(registry, false, "mr: including output of \"%s\"", command.ptr);
	if (slice_has_nul(command))
		return fail_text(def, at, "an include command holds a NUL byte", NULL);
	int error = command_run(command.ptr, &output, MAX_INCLUDED - registry->included, &status);
	if (!error && status)
		model_say(registry, true, "mr: include command exited nonzero (%d) at %s line %u", status, def->file,
			  at->last_line);
	struct slice text = arena_copy(&registry->arena, str_slice(&output));
	str_release(&output);
	registry->included += text.len;
	if (error == EFBIG)
		return fail_text(def, at, "includes give more than 64 MiB of text", "(does the include command end?)");
	if (error) {
		struct str message = STR_INIT;
		str_addf(&message, "cannot run the include command: %s", strerror(error));
		fail_text(def, at, str_cstr(&message), NULL);
		str_release(&message);
		return -1;
	}
	if (!reader_include(reader, (char *)text.ptr, text.len))
		return fail_text(def, at, "includes are nested more than 32 deep",
				 "(the file probably includes itself)");
	return 0;
}

static int set_jobs(struct definition *def, const struct reader_place *at, struct slice value)
{
	if (def->registry->opts.verbose)
		model_say(def->registry, false, "mr: setting --jobs to \"%s\"", value.ptr);
	if (!number_digits(value, &def->registry->jobs))
		return fail_text(def, at, "error: --jobs must be numeric", NULL);
	return 0;
}

/* The value in force before, "" when there is none. */
static struct slice old_value(const struct section *section, const char *name)
{
	const struct setting *old = section_get(section, name);
	return old ? old->value : slice_make("", 0);
}

static struct slice join(struct arena *arena, struct slice first, const char *between, struct slice second,
			 const char *end)
{
	struct str text = STR_INIT;
	str_add_slice(&text, first);
	str_adds(&text, between);
	str_add_slice(&text, second);
	str_adds(&text, end);
	struct slice copy = arena_copy(arena, str_slice(&text));
	str_release(&text);
	return copy;
}

static bool drop_suffix(struct slice *name, const char *suffix)
{
	if (!slice_ends(*name, suffix))
		return false;
	name->len -= strlen(suffix);
	return true;
}

/* Stores a setting under its name, joined with what was there where its name says so. */
static void store(struct definition *def, const struct reader_place *at, struct slice name, struct slice value)
{
	struct registry *registry = def->registry;
	bool prepend = drop_suffix(&name, "_prepend");
	bool append = !prepend && (slice_is(name, "lib") || drop_suffix(&name, "_append"));
	const char *interned = names_intern(&registry->names, name);
	if (prepend)
		value = join(&registry->arena, value, "\n", old_value(def->section, interned), "");
	else if (append)
		value = join(&registry->arena, old_value(def->section, interned), "\n", value, "\n");
	else if (!slice_ends(name, "_default"))
		actions_add(&registry->actions, name);
	struct setting *setting = arena_alloc(&registry->arena, sizeof *setting);
	*setting = (struct setting){value, def->file, at->first_line, def->builtin};
	model_put(def->section, interned, setting);
}

static int on_setting(void *context, struct reader *reader, struct slice name, struct slice value)
{
	struct definition *def = context;
	const struct reader_place *at = reader_place(reader);
	if (check_setting(def, at, name, value))
		return -1;
	if (slice_is(name, "include"))
		return include(def, reader, value);
	if (slice_is(name, "jobs"))
		return set_jobs(def, at, value);
	if (def->in_alias) {
		if (slice_has_nul(value))
			return fail_text(def, at, "an alias holds a NUL byte", NULL);
		actions_alias(&def->registry->actions, name, value);
		return 0;
	}
	if (!def->section) {
		struct str message = STR_INIT;
		str_addf(&message, "parameter (%.*s) not in section", (int)name.len, name.ptr);
		fail_text(def, at, str_cstr(&message), NULL);
		str_release(&message);
		return -1;
	}
	store(def, at, name, value);
	if (!slice_is(name, "chain") || !def->found || def->section == &def->dir->defaults)
		return 0;
	if (slice_has_nul(value))
		return fail_text(def, at, "a chain command holds a NUL byte", NULL);
	def->section->has_chain = true;
	def->section->chain = value;
	return load_test_chain(def->section, def->found, def->err);
}

int define_all(struct definition *definition, struct slice text)
{
	const struct reader_handler handler = {on_section, on_setting, on_broken, definition};
	struct arena *arena = &definition->registry->arena;
	struct slice copy = arena_copy(arena, text);
	return reader_run(definition->file, (char *)copy.ptr, copy.len, &handler, arena, definition->err);
}
