/* mr register [DIR]: writes an existing repository down, by the shell definition of its version control system. */
#include "action/script.h"
#include "action/vcs.h"
#include "base/path.h"
#include "cmd/app.h"
#include "registry/command.h"
#include "report/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The directory whose configuration is to know the repository: that of -c, else the nearest one at or above. *file is its file. */
static char *choose_config(const struct app *app, const char **file)
{
	*file = app->config;
	if (app->config_chosen)
		return app_config_dir(app);
	for (size_t i = registry_config_count(app->registry); i-- > 0;) {
		const char *dir = registry_config_dir(app->registry, i);
		if (*dir && path_is_within(app->directory, dir)) {
			*file = registry_config_file(app->registry, i);
			return mem_strdup(dir);
		}
	}
	return mem_strdup("");
}

/* Output of the question's shell, asked in the repository. */
static void ask_shell(struct vcs *vcs, const struct section *defaults)
{
	struct str text = STR_INIT, printed = STR_INIT;
	int status;
	script_build(&text, section_get(defaults, "lib"), str_slice(&vcs->question), NULL);
	if (command_run(text.data, &printed, 1 << 20, &status) == 0)
		vcs_add_answer(vcs, str_slice(&printed));
	str_release(&text);
	str_release(&printed);
}

static const struct setting *find_command(const struct section *defaults, const char *dir)
{
	const struct setting *command = section_get(defaults, "register");
	if (command)
		return command;
	struct vcs vcs = VCS_INIT;
	vcs_detect(&vcs, NULL, defaults, dir);
	for (size_t i = 0; i < vcs.unanswered.len; i++)
		output_line(STDERR_FILENO, "%s", vcs.unanswered.list[i]);
	if (vcs.question.len)
		ask_shell(&vcs, defaults);
	if (vcs.count > 1)
		output_line(STDERR_FILENO, "mr register: found multiple possible repository types (%s) for %s", str_cstr(&vcs.names),
			    dir);
	else if (vcs.count)
		command = section_get_vcs(defaults, str_cstr(&vcs.names), "register");
	vcs_release(&vcs);
	return command;
}

/* mr becomes the shell; it comes back only when that fails. */
static int become_shell(const struct section *defaults, const struct setting *command, const struct args *params)
{
	struct script script = SCRIPT_INIT;
	struct err err = ERR_INIT;
	script_build(&script.text, section_get(defaults, "lib"), command->value, params);
	if (script_finish(&script, &err) == 0) {
		if (script.fd >= 0)
			dup2(script.fd, 9);
		execv("/bin/sh", script.argv);
		err_sys(&err, errno, "/bin/sh");
	}
	output_line(STDERR_FILENO, "mr register: %s", err_text(&err));
	err_release(&err);
	script_release(&script);
	return EXIT_USAGE;
}

/* What a checkout command calls the directory: a name that none takes for an option. */
static void set_name(const char *dir)
{
	const char *slash = strrchr(dir, '/'), *last = slash ? slash + 1 : dir;
	char *name = mem_format("%s%s", last[0] == '-' ? "./" : "", last);
	setenv("MR_REPO", name, 1);
	free(name);
}

static int unknown_type(void)
{
	output_line(STDERR_FILENO, "mr register: unknown repository type");
	return EXIT_USAGE;
}

/* myrepos goes on in the working directory, and would register that: of this only the complaint about its type is kept. */
static int missing_directory(const struct section *defaults, const char *name)
{
	output_line(STDERR_FILENO, "mr register: failed to chdir to %s: %s", name, strerror(errno));
	char *dir = path_cwd();
	if (dir) {
		setenv("MR_REPO", dir, 1);
		if (!find_command(defaults, dir))
			unknown_type();
	}
	free(dir);
	return EXIT_USAGE;
}

static int register_here(struct app *app, const struct section *defaults, const struct args *params)
{
	char *dir = path_cwd();
	if (!dir) {
		output_line(STDERR_FILENO, "mr register: failed to determine working directory");
		return EXIT_USAGE;
	}
	setenv("MR_REPO", dir, 1);
	const struct setting *command = find_command(defaults, dir);
	set_name(dir);
	setenv("MR_ACTION", "register", 1);
	free(dir);
	if (!command)
		return unknown_type();
	if (app->options.verbose)
		output_line(STDOUT_FILENO, "mr register: running >>%s<<", command->value.ptr);
	return become_shell(defaults, command, params);
}

int register_run(struct app *app)
{
	const char *file;
	char *topdir = choose_config(app, &file);
	setenv("MR_CONFIG", file, 1);
	const struct section *defaults = registry_defaults(app->registry, topdir);
	free(topdir);
	if (!defaults)
		defaults = registry_defaults(app->registry, NULL);
	struct args params = ARGS_INIT;
	for (size_t i = 1; i < app->params.len; i++)
		args_push(&params, app->params.list[i]);
	int status = app->params.len && chdir(app->params.list[0]) ? missing_directory(defaults, app->params.list[0])
								   : register_here(app, defaults, &params);
	args_release(&params);
	return status;
}
