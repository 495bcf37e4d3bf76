/* See command.h. */
#include "registry/command.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What a run ignores, or a script ignores for what it puts in the background, the command must not. */
static int default_signals(posix_spawnattr_t *attributes)
{
	static const int list[] = {SIGINT, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		sigaddset(&set, list[i]);
	int error = posix_spawnattr_init(attributes);
	if (error)
		return error;
	posix_spawnattr_setsigdefault(attributes, &set);
	return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF);
}

/* output: the descriptor that becomes standard output, -1 for the caller's own. */
static int spawn_shell(const char *text, int output, pid_t *pid)
{
	char sh[] = "sh", option[] = "-c";
	/* posix_spawn() does not write to the strings; its prototype predates const. */
	union {
		const char *in;
		char *out;
	} command = {.in = text};
	char *argv[] = {sh, option, command.out, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error = posix_spawn_file_actions_init(&actions);
	if (error)
		return error;
	if (output >= 0)
		error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	if (!error)
		error = default_signals(&attributes);
	if (!error) {
		error = posix_spawn(pid, "/bin/sh", &actions, &attributes, argv, environ);
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

/* myrepos runs a command without a shell when none is needed, and then a carriage return stands between words as a blank
 * does: lines may end in one. */
static char *separate_words(const char *text)
{
	char *copy = mem_strdup(text);
	if (!strpbrk(text, "$&*(){}[]'\";\\|?<>~`\n"))
		for (char *p = copy; (p = strpbrk(p, "\r\v\f")) != NULL;)
			*p = ' ';
	return copy;
}

static int wait_for(pid_t pid, int *status)
{
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return 0;
}

static int open_pipe(int ends[2])
{
	if (pipe(ends))
		return errno;
	for (int i = 0; i < 2; i++)
		if (fcntl(ends[i], F_SETFD, FD_CLOEXEC))
			return errno;
	return 0;
}

static int run(const char *text, struct str *out, size_t limit, int *status)
{
	pid_t pid;
	if (!out) {
		int error = spawn_shell(text, -1, &pid);
		return error ? error : wait_for(pid, status);
	}
	int ends[2] = {-1, -1};
	int error = open_pipe(ends);
	if (!error)
		error = spawn_shell(text, ends[1], &pid);
	if (ends[1] >= 0)
		close(ends[1]);
	if (!error) {
		error = file_read_fd_limited(ends[0], limit, out) ? errno : 0;
		if (error)
			kill(pid, SIGKILL);
		int waited = wait_for(pid, status);
		error = error ? error : waited;
	}
	if (ends[0] >= 0)
		close(ends[0]);
	return error;
}

int command_run(const char *text, struct str *out, size_t limit, int *status)
{
	char *command = separate_words(text);
	int error = run(command, out, limit, status);
	free(command);
	return error;
}

bool command_is(struct slice text, const char *word)
{
	return slice_is(slice_trim(text), word);
}
