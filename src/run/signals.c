/* See signals.h. */
#include "run/signals.h"

#include "run/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* A shell script starts what it puts in the background with INT ignored, and means nothing by it. */
enum handling { STOPS_THE_RUN, STOPS_UNLESS_IGNORED, WAKES_THE_LOOP, WAKES_UNLESS_IGNORED, IGNORED };

static const struct watched {
	int sig;
	enum handling handling;
} watched[] = {
    {SIGINT, STOPS_THE_RUN},
    {SIGTERM, STOPS_THE_RUN},
    {SIGHUP, STOPS_UNLESS_IGNORED},
    {SIGQUIT, STOPS_UNLESS_IGNORED},
    {SIGCHLD, WAKES_THE_LOOP},
    {SIGCONT, WAKES_THE_LOOP},
    {SIGTSTP, WAKES_UNLESS_IGNORED},
    {SIGPIPE, IGNORED},
    {SIGTTIN, IGNORED},
    {SIGTTOU, IGNORED},
};

enum { WATCHED_COUNT = sizeof watched / sizeof *watched };

static int wake[2] = {-1, -1};
static struct sigaction before[WATCHED_COUNT];
static volatile sig_atomic_t stop_signal, stop_count, suspend_asked, continued;

static void on_signal(int sig)
{
	int saved = errno;
	if (sig == SIGTSTP) {
		suspend_asked = 1;
	} else if (sig == SIGCONT) {
		continued++;
	} else if (sig != SIGCHLD) {
		if (!stop_signal)
			stop_signal = sig;
		if (stop_count < 100)
			stop_count++;
	}
	/* A full pipe wakes the loop just as well. */
	ssize_t ignored = write(wake[1], "", 1);
	(void)ignored;
	errno = saved;
}

static bool stays_ignored(size_t which)
{
	enum handling handling = watched[which].handling;
	bool may_stay = handling == STOPS_UNLESS_IGNORED || handling == WAKES_UNLESS_IGNORED;
	return may_stay && before[which].sa_handler == SIG_IGN;
}

int signals_open(struct err *err)
{
	if (platform_pipe(wake))
		return err_sys(err, errno, "pipe");
	for (int i = 0; i < 2; i++)
		fcntl(wake[i], F_SETFL, O_NONBLOCK);
	for (size_t i = 0; i < WATCHED_COUNT; i++) {
		struct sigaction action = {.sa_handler = watched[i].handling == IGNORED ? SIG_IGN : on_signal};
		sigemptyset(&action.sa_mask);
		sigaction(watched[i].sig, NULL, &before[i]);
		if (!stays_ignored(i))
			sigaction(watched[i].sig, &action, NULL);
	}
	return 0;
}

void signals_close(void)
{
	if (wake[0] < 0)
		return;
	for (size_t i = 0; i < WATCHED_COUNT; i++)
		sigaction(watched[i].sig, &before[i], NULL);
	close(wake[0]);
	close(wake[1]);
	wake[0] = wake[1] = -1;
}

int signals_fd(void)
{
	return wake[0];
}

void signals_drain(void)
{
	char bytes[256];
	while (read(wake[0], bytes, sizeof bytes) > 0)
		;
}

int signals_stop(void)
{
	return stop_signal;
}

int signals_stop_count(void)
{
	return stop_count;
}

int signals_continued(void)
{
	return continued;
}

bool signals_take_suspend(void)
{
	bool asked = suspend_asked;
	suspend_asked = 0;
	return asked;
}

void signals_child_defaults(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < WATCHED_COUNT; i++) {
		if (before[i].sa_handler != SIG_IGN || watched[i].handling == STOPS_THE_RUN)
			sigaddset(set, watched[i].sig);
	}
}

MR_NORETURN void signals_die(int sig)
{
	struct sigaction action = {.sa_handler = SIG_DFL};
	sigemptyset(&action.sa_mask);
	sigaction(sig, &action, NULL);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, sig);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	_exit(128 + sig);
}
