/* See program.h: options, what the environment forbids, the registry, and the verb that the action names. */
#include "cmd/program.h"

#include "cmd/app.h"
#include "cmd/version.h"
#include "cmd/webcheckout.h"
#include "report/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Actions that are no run over repositories. */
static const struct verb {
	const char *action;
	int (*run)(struct app *app);
	bool makes_config; /* -c may name a file that is not there yet */
} verbs[] = {
    {"config", config_run, true},
    {"register", register_run, true},
    {"bootstrap", bootstrap_run, false},
};

static const struct verb *find_verb(const char *action)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (strcmp(verbs[i].action, action) == 0)
			return &verbs[i];
	}
	return NULL;
}

/* Commands would act on the repository that these name instead of each its own. */
static bool environment_is_safe(void)
{
	static const char *const dangerous[] = {"GIT_DIR",	  "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE",
						"VCSH_COMMAND", "VCSH_DIRECTORY", "VCSH_REPO_NAME"};
	bool safe = true;
	for (size_t i = 0; i < sizeof dangerous / sizeof *dangerous; i++) {
		const char *value = getenv(dangerous[i]);
		if (!value || !*value || strcmp(value, "0") == 0)
			continue;
		output_line(STDERR_FILENO, "mr: environment variable '%s' is set.", dangerous[i]);
		safe = false;
	}
	if (!safe)
		output_error("The variables above would lead to very interesting effects.\n"
			     "    Unfortunately, most of those effects result in data loss so we stop here.");
	return safe;
}

static int run_action(struct app *app, struct err *err)
{
	const char *word = app->options.words[0];
	if (strcmp(word, "help") == 0)
		return help_run(app);
	const char *action;
	const struct verb *verb = find_verb(word);
	if (app_load(app, verb && verb->makes_config, err) || registry_action(app->registry, word, &action, err)) {
		output_error(err_text(err));
		return EXIT_USAGE;
	}
	verb = find_verb(action);
	return verb ? verb->run(app) : repos_run(app, action);
}

static int run_options(struct app *app, const char *argv0, struct err *err)
{
	struct str text = STR_INIT;
	if (app->options.help)
		options_help(&text);
	else if (app->options.version)
		str_addf(&text, "mr %s\n", version_text);
	if (text.len) {
		output_bytes(STDOUT_FILENO, str_slice(&text));
		str_release(&text);
		return EXIT_OK;
	}
	if (!app->options.force_env && !environment_is_safe())
		return EXIT_USAGE;
	if (app_open(app, argv0, err)) {
		output_error(err_text(err));
		return EXIT_USAGE;
	}
	return run_action(app, err);
}

/* A standard descriptor that is closed would be given to the next file or pipe that is opened. For children it stays closed. */
static void open_standard_descriptors(void)
{
	int fd;
	do {
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

int program_run(int argc, char **argv)
{
	open_standard_descriptors();
	signal(SIGCHLD, SIG_DFL); /* ignored by a caller, it would hide how children end */
	struct err err = ERR_INIT;
	struct app app = {.options = OPTIONS_INIT, .params = ARGS_INIT};
	int status = EXIT_USAGE;
	if (webcheckout_is_meant(argv[0]))
		status = webcheckout_run(argc, argv);
	else if (argc > 1 && strcmp(argv[1], "--complete") == 0)
		status = complete_run(&app, argc - 2, argv + 2);
	else if (argc > 1 && strcmp(argv[1], "--log") == 0)
		status = offline_run_verb(argc - 2, argv + 2);
	else if (options_parse(&app.options, argc, argv, &err))
		output_line(STDERR_FILENO, "%s", err_text(&err));
	else
		status = run_options(&app, argv[0], &err);
	if (output_failure() && status == EXIT_OK) {
		output_line(STDERR_FILENO, "mr: writing the output: %s", strerror(output_failure()));
		status = EXIT_USAGE;
	}
	app_close(&app);
	err_release(&err);
	return status;
}
