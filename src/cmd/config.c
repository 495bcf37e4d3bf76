/* mr config SECTION NAME | NAME=VALUE | NAME= ...: shows, sets and removes settings. */
#include "base/file.h"
#include "base/path.h"
#include "cmd/app.h"
#include "registry/arena.h"
#include "registry/edit.h"
#include "registry/expand.h"
#include "report/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The section as one directory's configuration has it. */
static const struct section *find_section(const struct app *app, const char *topdir, const char *name)
{
	if (strcmp(name, "DEFAULT") == 0)
		return registry_defaults(app->registry, topdir);
	for (size_t i = 0; i < registry_section_count(app->registry); i++) {
		const struct section *section = registry_section(app->registry, i);
		if (slice_is(section_name(section), name) && strcmp(section_topdir(section), topdir) == 0)
			return section;
	}
	return NULL;
}

/* An absolute section below the file's directory is named from there, unless the file itself has it only as an absolute one. Not
 * every directory is called what a header can say. For free(). */
static char *choose_section(const struct app *app, const char *section, const char *dir, bool is_directory)
{
	size_t len = strlen(dir);
	if (section[0] != '/' || strncmp(section, dir, len) != 0)
		return mem_strdup(section);
	const char *relative = section + len;
	if (find_section(app, dir, section) && !find_section(app, dir, relative))
		return mem_strdup(section);
	bool is_taken = strcmp(relative, "DEFAULT") == 0 || strcmp(relative, "ALIAS") == 0;
	return mem_format("%s%s", is_directory && is_taken ? "./" : "", relative);
}

static bool print_from(const struct app *app, const char *topdir, const char *section, const char *name)
{
	const struct section *found = find_section(app, topdir, section);
	const struct setting *setting = found ? section_get(found, name) : NULL;
	if (!setting)
		return false;
	struct str text = STR_INIT;
	str_add_slice(&text, setting->value);
	str_addc(&text, '\n');
	output_bytes(STDOUT_FILENO, str_slice(&text));
	str_release(&text);
	return true;
}

/* The file that would be edited answers first; the others only where that one has nothing to say. */
static bool print_setting(const struct app *app, const char *dir, const char *section, const char *name)
{
	if (print_from(app, dir, section, name))
		return true;
	bool found = false, is_default = strcmp(section, "DEFAULT") == 0;
	if (is_default)
		return print_from(app, "", section, name);
	for (size_t i = 0; i < registry_config_count(app->registry); i++)
		found |= print_from(app, registry_config_dir(app->registry, i), section, name);
	return found;
}

/* The section that is edited: what a header means is compared and, but for a directory's name, how it is written. */
struct header_match {
	const char *section;
	bool is_directory;
	struct expander *expander;
};

static bool header_matches(void *context, struct slice header)
{
	const struct header_match *match = context;
	struct slice expanded;
	if (!match->is_directory && slice_is(header, match->section))
		return true;
	return expand_name(match->expander, header, &expanded) == 0 && slice_is(expanded, match->section);
}

/* How a new header is written: a shell reads one with a `$` in it, and what it says is read by echo. For free(). */
static char *write_header(const char *section, bool is_directory)
{
	struct str header = STR_INIT;
	bool quoted = is_directory && strchr(section, '$');
	for (const char *at = section; *at; at++)
		str_addf(&header, "%s%c", !quoted ? "" : *at == '\\' ? "\\\\\\" : strchr("$`\"", *at) ? "\\" : "", *at);
	return str_detach(&header);
}

static int compare_edits(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return slice_compare(a->name, b->name);
}

static int rewrite_locked(const struct app *app, const char *section, bool is_directory, const struct edit *edits,
			  size_t count, struct err *err)
{
	struct str old = STR_INIT, new = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct expander expander = {.arena = &arena, .answers = MAP_INIT};
	struct header_match match = {section, is_directory, &expander};
	char *header = write_header(section, is_directory);
	int failed = 0;
	if (access(app->config, F_OK) == 0)
		failed = file_read(app->config, &old, err);
	if (!failed)
		failed = edit_text(str_slice(&old), header, header_matches, &match, edits, count, &new, err);
	if (!failed && !slice_equal(str_slice(&old), str_slice(&new)))
		failed = file_replace(app->config, str_slice(&new), err);
	free(header);
	str_release(&old);
	str_release(&new);
	map_release(&expander.answers);
	arena_release(&arena);
	return failed;
}

static int apply_edits(const struct app *app, const char *section, bool is_directory, struct edit *edits, size_t count)
{
	struct err err = ERR_INIT;
	struct file_lock *lock = NULL;
	if (!count)
		return EXIT_OK;
	qsort(edits, count, sizeof *edits, compare_edits);
	int failed = file_lock(&lock, app->config, &err);
	if (!failed)
		failed = rewrite_locked(app, section, is_directory, edits, count, &err);
	file_unlock(lock);
	if (failed)
		output_line(STDERR_FILENO, "mr config: %s", err_text(&err));
	err_release(&err);
	return failed ? EXIT_USAGE : EXIT_OK;
}

/* A setting given twice counts as given last. */
static size_t add_edit(struct edit *edits, size_t count, struct edit edit)
{
	for (size_t i = 0; i < count; i++) {
		if (slice_equal(edits[i].name, edit.name)) {
			edits[i] = edit;
			return count;
		}
	}
	edits[count] = edit;
	return count + 1;
}

int config_run(struct app *app)
{
	if (app->params.len < 2) {
		output_line(STDERR_FILENO, "mr config: not enough parameters");
		return EXIT_USAGE;
	}
	char *dir = app_config_dir(app);
	const char *given = app->params.list[0];
	bool is_directory = given[0] == '/' && path_is_dir(given);
	char *section = choose_section(app, given, dir, is_directory);
	struct edit *edits = mem_calloc(app->params.len, sizeof *edits);
	size_t count = 0;
	int status = EXIT_OK;
	for (size_t i = 1; i < app->params.len && !status; i++) {
		const char *word = app->params.list[i], *equals = strchr(word, '=');
		if (equals && equals != word) {
			struct slice name = slice_make(word, (size_t)(equals - word));
			count = add_edit(edits, count, (struct edit){name, slice_of(equals + 1)});
		} else if (!print_setting(app, dir, section, word)) {
			output_line(STDERR_FILENO, "mr config: %s %s not set", section, word);
			status = EXIT_USAGE;
		}
	}
	if (!status)
		status = apply_edits(app, section, is_directory, edits, count);
	free(section);
	free(edits);
	free(dir);
	return status;
}
