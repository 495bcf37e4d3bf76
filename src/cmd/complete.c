/* mr --complete mr WORD...: what the last word can be, for the shells' completions; the other words stand before it as typed.
 *
 * Every line is a candidate, with a tab and a description behind it where there is one; the lines ":dirs" and ":files" ask the
 * shell for its own completion. It never says anything on standard error and always succeeds. */
#include "base/path.h"
#include "cmd/app.h"
#include "registry/select.h"
#include "report/output.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names of settings that the registry takes for actions, as myrepos does, but that nobody runs. */
static bool is_no_action(const char *name)
{
	static const char *const names[] = {"T", "chain", "deleted", "ed", "fixups", "order", "right", "skip", "test"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static void add_actions(const struct app *app, struct str *out)
{
	for (size_t i = 0; i < registry_action_count(app->registry); i++) {
		const char *name = registry_action_name(app->registry, i);
		if (!is_no_action(name))
			str_addf(out, "%s\n", name);
	}
	str_adds(out, "help\n");
}

/* A name with a newline cannot be told line by line. */
static void add_line(struct str *out, struct slice text)
{
	if (text.len && !memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, '\t', text.len))
		str_addf(out, "%.*s\n", (int)text.len, text.ptr);
}

static void add_sections(const struct app *app, struct str *out)
{
	str_adds(out, "DEFAULT\n");
	for (size_t i = 0; i < registry_section_count(app->registry); i++)
		add_line(out, section_name(registry_section(app->registry, i)));
}

static void add_settings(struct str *out)
{
	static const char *const names[] = {"checkout=", "update=", "status=", "skip=", "order=", "chain=", "lib=", "deleted=", "fixups="};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		str_addf(out, "%s\n", names[i]);
}

/* Repositories below the working directory as they would be typed, the others by their whole path. */
static void add_repositories(const struct app *app, struct str *out)
{
	size_t len = strlen(app->start_dir);
	for (size_t i = 0; i < registry_section_count(app->registry); i++) {
		char *path = path_normalise(section_path(registry_section(app->registry, i)));
		bool below = path_is_within(path, app->start_dir) && path[len];
		add_line(out, slice_of(below && len > 1 ? path + len + 1 : path));
		free(path);
	}
}

static void add_option_argument(const struct app *app, const char *option, struct str *out)
{
	if (strcmp(option, "-c") == 0 || strcmp(option, "--config") == 0)
		str_adds(out, ":files\n");
	if (strcmp(option, "-d") == 0 || strcmp(option, "--directory") == 0) {
		add_repositories(app, out);
		str_adds(out, ":dirs\n");
	}
}

static void add_parameter(const struct app *app, bool first, struct str *out)
{
	struct err err = ERR_INIT;
	const char *action = app->options.words[0];
	registry_action(app->registry, action, &action, &err);
	err_release(&err);
	if (strcmp(action, "config") == 0) {
		if (first)
			add_sections(app, out);
		else
			add_settings(out);
	} else if (strcmp(action, "remember") == 0 && first) {
		add_actions(app, out);
	} else if (strcmp(action, "register") == 0 || (strcmp(action, "bootstrap") == 0 && !first)) {
		str_adds(out, ":dirs\n");
	} else if (strcmp(action, "help") != 0) {
		str_adds(out, ":files\n");
	}
}

/* argv ends with the word to complete; the ones before it were typed. */
static void add_candidates(struct app *app, int argc, char **argv, struct str *out)
{
	const char *last = argv[argc - 1];
	const char *before = argc > 1 ? argv[argc - 2] : "";
	if (app->options.word_count)
		add_parameter(app, app->options.word_count == 1, out);
	else if (options_wants_argument(before))
		add_option_argument(app, before, out);
	else if (last[0] == '-')
		options_list(out);
	else
		add_actions(app, out);
}

/* Nothing that is run while loading may be heard, or be taken for a candidate. Returns what standard output was, -1: nothing. */
static int be_silent(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
	return out;
}

int complete_run(struct app *app, int argc, char **argv)
{
	struct err err = ERR_INIT;
	struct str out = STR_INIT;
	static char program[] = "mr", nothing[] = "";
	char *empty[] = {program, nothing, NULL};
	int saved = be_silent();
	if (argc < 2) {
		argc = 2;
		argv = empty;
	}
	/* The word under way is not parsed: it may be half an option. */
	if (options_parse(&app->options, argc - 1, argv, &err))
		app->options.word_count = 0;
	if (app_open(app, program, &err) == 0 && app_load(app, true, &err) == 0)
		add_candidates(app, argc, argv, &out);
	else
		options_list(&out);
	if (saved >= 0)
		dup2(saved, STDOUT_FILENO);
	output_bytes(STDOUT_FILENO, str_slice(&out));
	str_release(&out);
	err_release(&err);
	return EXIT_OK;
}
