/* What every command works with: the options, where the user stands, and the registry. */
#ifndef MR_CMD_APP_H
#define MR_CMD_APP_H

#include "base/args.h"
#include "base/err.h"
#include "cmd/options.h"
#include "registry/registry.h"
#include "report/summary.h"

/* Exit statuses, as the manual page has them; 128+N is the signal's own doing. */
enum exit_code { EXIT_OK = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2 };

struct app {
	struct options options;
	char *home;        /* normalised; "" is never used */
	char *start_dir;   /* physical working directory */
	char *directory;   /* where to work: -d, or start_dir */
	char *logical_dir; /* the same by the name that the user has for it; NULL */
	char *user_config; /* ~/.mrconfig, or the one in $XDG_CONFIG_HOME */
	char *config;      /* -c, or the nearest .mrconfig, or user_config */
	bool config_chosen; /* by -c */
	struct registry *registry; /* NULL until app_load() */
	struct args params; /* behind the action */
};

/* Finds out where mr runs, and sets the environment that commands get (MR_CONFIG, MR_PATH, MR_SWITCHES). argv0 is how mr was
 * called. -1 with a message. */
int app_open(struct app *app, const char *argv0, struct err *err);

/* Loads the registry. may_be_missing: -c may name a file that is to be made. -1 with a message. */
int app_load(struct app *app, bool may_be_missing, struct err *err);
void app_close(struct app *app);

/* Forgets the registry and loads only the file config, which is trusted if it is ~/.mrconfig or listed; for bootstrap. -1 with a
 * message. */
int app_reload(struct app *app, const char *config, struct err *err);

/* The directory that the sections of app->config are relative to, physical, with a slash at its end. For free(). */
char *app_config_dir(const struct app *app);

/* The verbs: each prints what it has to say and returns an exit status. */
int repos_run(struct app *app, const char *action);
int config_run(struct app *app);
int register_run(struct app *app);
int bootstrap_run(struct app *app);
int help_run(struct app *app);
int complete_run(struct app *app, int argc, char **argv); /* argv[0] is mr, as the user typed it */
int offline_run_verb(int argc, char **argv); /* argv is what stands behind --log */

/* The two halves of repos_run("checkout") as bootstrap needs them. Both count in summary what was done; true when the run came to its
 * end, else *status is what mr has to exit with. */

/* Checks the section's repository out into its directory, which is there already. */
bool repos_checkout_in_place(struct app *app, const struct section *section, struct summary *summary, int *status);

/* Checks out all others; the repository at the directory in_place does not count as skipped. */
bool repos_checkout_rest(struct app *app, const char *in_place, struct summary *summary, int *status);

/* Prints the summary under a name and returns the exit status. */
int repos_summarise(const struct app *app, const char *name, const struct summary *summary);

#endif
