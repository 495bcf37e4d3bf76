/* See foreground.h. */
#include "base/foreground.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

enum { WATCHED = sizeof watched / sizeof *watched };

static volatile sig_atomic_t stopped_by;
static volatile pid_t child; /* set while the signals are blocked */

/* The terminal's signals have come to the program, too. */
static void note(int sig)
{
	int saved = errno;
	stopped_by = sig;
	if (child > 0 && (sig == SIGTERM || sig == SIGHUP))
		kill(child, sig);
	errno = saved;
}

/* What was ignored when mr started (nohup) stays so. */
static void watch(struct sigaction *old)
{
	for (int i = 0; i < WATCHED; i++) {
		struct sigaction action = {.sa_handler = note};
		sigemptyset(&action.sa_mask);
		sigaction(watched[i], NULL, &old[i]);
		if (old[i].sa_handler != SIG_IGN)
			sigaction(watched[i], &action, NULL);
	}
}

static void restore(const struct sigaction *old)
{
	for (int i = 0; i < WATCHED; i++)
		sigaction(watched[i], &old[i], NULL);
}

static pid_t start(char *const *argv, void (*prepare)(void *context), void *context, const struct sigaction *old)
{
	sigset_t set, before;
	sigemptyset(&set);
	for (int i = 0; i < WATCHED; i++)
		sigaddset(&set, watched[i]);
	sigprocmask(SIG_BLOCK, &set, &before);
	pid_t pid = fork();
	if (pid == 0) {
		restore(old);
		sigprocmask(SIG_SETMASK, &before, NULL);
		if (prepare)
			prepare(context);
		execvp(argv[0], argv);
		_exit(errno == ENOENT ? 127 : 126);
	}
	child = pid;
	int error = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return pid;
}

int foreground_run(char *const *argv, void (*prepare)(void *context), void *context, int *status, int *stop)
{
	struct sigaction old[WATCHED];
	int error = 0;
	stopped_by = 0;
	watch(old);
	pid_t pid = start(argv, prepare, context, old);
	if (pid < 0)
		error = errno;
	while (!error && waitpid(pid, status, 0) < 0) {
		if (errno != EINTR)
			error = errno;
	}
	child = 0;
	restore(old);
	*stop = stopped_by;
	if (!error && !*stop && WIFSIGNALED(*status) && (WTERMSIG(*status) == SIGINT || WTERMSIG(*status) == SIGQUIT))
		*stop = WTERMSIG(*status);
	return error;
}
