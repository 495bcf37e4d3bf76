/* See app.h. */
#include "cmd/app.h"

#include "base/path.h"
#include "report/output.h"
#include "run/platform.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *find_home(void)
{
	const char *home = getenv("HOME");
	if (!home || home[0] != '/') {
		const struct passwd *user = getpwuid(getuid());
		home = user && user->pw_dir ? user->pw_dir : "/";
		setenv("HOME", home, 1);
	}
	return path_normalise(home);
}

/* ~/.mrconfig; without one, the file that the XDG base directory specification would have. */
static char *find_user_config(const char *home)
{
	char *classic = path_join(home, ".mrconfig");
	if (path_exists(classic))
		return classic;
	const char *xdg = getenv("XDG_CONFIG_HOME");
	char *dir = xdg && xdg[0] == '/' ? mem_strdup(xdg) : path_join(home, ".config");
	char *modern = path_join(dir, "mr/config");
	free(dir);
	bool use_modern = path_exists(modern);
	free(use_modern ? classic : modern);
	return use_modern ? modern : classic;
}

/* The nearest .mrconfig at or above the working directory; the root itself only for those who stand there. */
static char *find_nearest_config(const char *start, const char *user_config)
{
	char *dir = mem_strdup(start);
	for (;;) {
		char *config = path_join(dir, ".mrconfig");
		if (path_exists(config)) {
			free(dir);
			return config;
		}
		free(config);
		char *parent = path_parent(dir);
		free(dir);
		dir = parent;
		if (strcmp(dir, "/") == 0)
			break;
	}
	free(dir);
	return mem_strdup(user_config);
}

/* The program as the user called it. */
static char *find_called(const char *argv0, const char *start_dir)
{
	if (strchr(argv0, '/')) {
		char *joined = path_join(start_dir, argv0);
		char *path = path_normalise(joined);
		free(joined);
		return path;
	}
	char *found = path_find_program(argv0, start_dir);
	return found ? found : mem_strdup(argv0);
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat left, right;
	return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

/* The program's own path, for commands that call it again. Its name may be that of another program, such as myrepos. */
static char *find_program(const char *argv0, const char *start_dir)
{
	char *called = find_called(argv0, start_dir), *self = platform_program();
	bool is_called = !self || !path_exists(self) || is_same_file(called, self);
	free(is_called ? self : called);
	return is_called ? called : self;
}

/* -d may name what is not there yet: a repository to be checked out. */
static char *find_directory(const struct app *app)
{
	if (!app->options.directory)
		return mem_strdup(app->start_dir);
	char *joined = path_join(app->start_dir, app->options.directory);
	char *real = path_real(joined);
	char *directory = path_normalise(real ? real : joined);
	free(real);
	free(joined);
	return directory;
}

/* The same place under the name that the user has for it, who may have come through a link; NULL when there is none. */
static char *find_logical(const struct app *app)
{
	char *cwd = path_logical_cwd();
	if (!app->options.directory || !cwd)
		return cwd;
	char *joined = path_join(cwd, app->options.directory), *logical = path_normalise(joined);
	char *real = path_real(logical);
	/* ".." behind a link means another directory than it looks. */
	bool same = real && strcmp(real, app->directory) == 0;
	free(real);
	free(joined);
	free(cwd);
	if (same)
		return logical;
	free(logical);
	return NULL;
}

int app_open(struct app *app, const char *argv0, struct err *err)
{
	app->start_dir = path_cwd();
	/* A directory that was removed is no place to work in, but -d may name another one. */
	if (!app->start_dir && app->options.directory && app->options.directory[0] == '/')
		app->start_dir = mem_strdup("/");
	if (!app->start_dir)
		return err_set(err, "failed to determine working directory");
	app->home = find_home();
	app->directory = find_directory(app);
	app->logical_dir = find_logical(app);
	app->user_config = find_user_config(app->home);
	app->config_chosen = app->options.config != NULL;
	app->config = app->config_chosen ? path_join(app->start_dir, app->options.config)
					 : find_nearest_config(app->start_dir, app->user_config);
	for (int i = 1; i < app->options.word_count; i++)
		args_push(&app->params, app->options.words[i]);
	char *program = find_program(argv0, app->start_dir);
	setenv("MR_PATH", program, 1);
	setenv("MR_CONFIG", app->config, 1);
	setenv("MR_SWITCHES", str_cstr(&app->options.switches), 1);
	free(program);
	return 0;
}

static void say(void *context, bool is_error, const char *line)
{
	(void)context;
	output_line(is_error ? STDERR_FILENO : STDOUT_FILENO, "%s", line);
}

static struct registry_opts describe_registry(const struct app *app)
{
	return (struct registry_opts){
	    .home = app->home,
	    .user_config = app->user_config,
	    .config = app->config,
	    .trust_all = app->options.trust_all,
	    .verbose = app->options.verbose,
	    .say = say,
	};
}

int app_load(struct app *app, bool may_be_missing, struct err *err)
{
	if (app->config_chosen && !may_be_missing && access(app->config, F_OK))
		return err_sys(err, errno, "open %s", app->config);
	const struct registry_opts opts = describe_registry(app);
	return registry_load(&app->registry, &opts, err);
}

int app_reload(struct app *app, const char *config, struct err *err)
{
	struct registry_opts opts = describe_registry(app);
	char *users = path_join(app->home, ".mrconfig");
	opts.user_config = users;
	opts.config = config;
	opts.skip_user_config = true;
	registry_free(app->registry);
	app->registry = NULL;
	int failed = registry_load(&app->registry, &opts, err);
	free(users);
	return failed;
}

char *app_config_dir(const struct app *app)
{
	bool users = strcmp(app->config, app->user_config) == 0 || is_same_file(app->config, app->user_config);
	char *parent = users ? mem_strdup(app->home) : path_parent(app->config);
	char *real = path_real(parent);
	char *dir = path_join(real ? real : parent, "");
	free(real);
	free(parent);
	return dir;
}

void app_close(struct app *app)
{
	registry_free(app->registry);
	args_release(&app->params);
	options_release(&app->options);
	free(app->home);
	free(app->start_dir);
	free(app->logical_dir);
	free(app->directory);
	free(app->user_config);
	free(app->config);
}
