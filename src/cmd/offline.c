/* mr --log: what the built-in definitions of `remember` and `online` call, with ~/.mrlog as action/offline.h has it.
 *
 *   mr --log remember DIRECTORY WORD...   adds the command: mr -d DIRECTORY, the options, the words; action/environment.c says
 *                                         what they are
 *   mr --log online                       runs what waits */
#include "action/offline.h"
#include "base/path.h"
#include "base/quote.h"
#include "cmd/app.h"
#include "report/output.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* As a shell shows the end by signal N. */
enum { BY_SIGNAL = 128 };

static char *log_path(void)
{
	const char *home = getenv("HOME");
	return path_join(home && *home ? home : "/", ".mrlog");
}

static void add_option(struct str *command, const char *option, const char *value)
{
	str_addf(command, " %s ", option);
	quote_shell(command, slice_of(value));
}

/* Adds the options as they were given. Relative names lead elsewhere when they are read again, and so does -d for a command that
 * failed in one of its repositories: then the right one is added, since the last one counts. */
static void add_switches(struct str *command, const char *directory, bool failed)
{
	const char *switches = getenv("MR_OPTIONS"), *moved = getenv("MR_MOVED_DIRECTORY"), *config = getenv("MR_MOVED_CONFIG");
	str_adds(command, switches ? switches : "");
	if (moved && *moved)
		add_option(command, "-d", failed ? directory : moved);
	if (config && *config)
		add_option(command, "-c", config);
}

static int remember(int argc, char **argv, struct err *err)
{
	struct str command = STR_INIT;
	str_adds(&command, "mr");
	add_option(&command, "-d", argv[0]);
	str_addc(&command, ' ');
	/* What failed is remembered with -n. */
	add_switches(&command, argv[0], argc > 1 && strcmp(argv[1], "-n") == 0);
	for (int i = 1; i < argc; i++) {
		str_addc(&command, ' ');
		quote_shell(&command, slice_of(argv[i]));
	}
	char *log = log_path();
	int failed = offline_add(log, str_slice(&command), err);
	free(log);
	str_release(&command);
	return failed;
}

/* How it ended: an exit status as a shell has it, or -1 with errno set. */
static int run_in_shell(struct slice command)
{
	char *text = mem_dup(command.ptr, command.len);
	char sh[] = "sh", options[] = "-ec";
	char *argv[] = {sh, options, text, NULL};
	pid_t pid, got;
	int status, failed = posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ);
	free(text);
	if (failed) {
		errno = failed;
		return -1;
	}
	do {
		got = waitpid(pid, &status, 0);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -1 : WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static char *replay_one(void *context, struct slice command, bool *stop)
{
	bool *announced = context;
	if (!*announced)
		output_line(STDERR_FILENO, "mr: running offline commands");
	*announced = true;
	int status = run_in_shell(command);
	*stop = status == BY_SIGNAL + SIGINT || status == BY_SIGNAL + SIGTERM || status == BY_SIGNAL + SIGHUP;
	if (status < 0)
		return mem_format("not started: %s", strerror(errno));
	return status ? mem_format("failed with status %d", status) : NULL;
}

static int replay(struct err *err)
{
	char *log = log_path();
	size_t failed = 0;
	bool announced = false, waits = !getenv("MR_ONLINE");
	/* What fails must not be remembered a second time, and waiting for oneself takes long. */
	setenv("MR_ONLINE", "1", 1);
	int result = waits ? offline_replay(log, replay_one, &announced, &failed, err) : 0;
	free(log);
	if (result)
		return -1;
	if (!announced)
		output_line(STDERR_FILENO, "mr: no offline commands to run");
	if (failed)
		return err_set(err, "%zu offline command%s failed again; left in ~/.mrlog", failed, failed > 1 ? "s" : "");
	return 0;
}

int offline_run_verb(int argc, char **argv)
{
	struct err err = ERR_INIT;
	int failed;
	if (argc > 1 && strcmp(argv[0], "remember") == 0)
		failed = remember(argc - 1, argv + 1, &err);
	else if (argc == 1 && strcmp(argv[0], "online") == 0)
		failed = replay(&err);
	else
		failed = err_set(&err, "--log is for the definitions of remember and online");
	if (failed)
		output_error(err_text(&err));
	err_release(&err);
	return failed ? EXIT_SOME_FAILED : EXIT_OK;
}
