/* See loop.h. */
#include "fetch/loop.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct watch {
	loop_ready *ready;
	void *context;
};

struct waited {
	pid_t pid;
	loop_ended *ended;
	void *context;
};

struct loop {
	struct pollfd *fds; /* ignored ones have the descriptor -1 until the next turn */
	struct watch *watches;
	size_t count, fds_cap, watches_cap;
	struct timer **timers;
	size_t timer_count, timer_cap;
	struct waited *children;
	size_t child_count, child_cap;
	struct sigaction before;
};

/* The signal handler's pipe. */
static int ends[2] = {-1, -1};

static void on_child(int sig)
{
	int saved = errno;
	(void)sig;
	ssize_t ignored = write(ends[1], "", 1); /* a full pipe wakes as well */
	(void)ignored;
	errno = saved;
}

static void reap(void *context, int fd, short revents)
{
	struct loop *loop = context;
	char bytes[64];
	int status;
	pid_t pid;
	(void)revents;
	while (read(fd, bytes, sizeof bytes) > 0)
		;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < loop->child_count; i++) {
			struct waited waited = loop->children[i];
			if (waited.pid != pid)
				continue;
			loop->children[i] = loop->children[--loop->child_count];
			waited.ended(waited.context, status);
			break;
		}
	}
}

struct loop *loop_new(void)
{
	struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_NOCLDSTOP};
	if (pipe(ends))
		return NULL;
	for (int i = 0; i < 2; i++) {
		fcntl(ends[i], F_SETFD, FD_CLOEXEC);
		fcntl(ends[i], F_SETFL, O_NONBLOCK);
	}
	struct loop *loop = mem_calloc(1, sizeof *loop);
	sigemptyset(&action.sa_mask);
	sigaction(SIGCHLD, &action, &loop->before);
	loop_watch(loop, ends[0], POLLIN, reap, loop);
	return loop;
}

void loop_free(struct loop *loop)
{
	if (!loop)
		return;
	sigaction(SIGCHLD, &loop->before, NULL);
	close(ends[0]);
	close(ends[1]);
	free(loop->fds);
	free(loop->watches);
	free(loop->timers);
	free(loop->children);
	free(loop);
}

static size_t find(const struct loop *loop, int fd)
{
	size_t i = 0;
	while (i < loop->count && loop->fds[i].fd != fd)
		i++;
	return i;
}

void loop_watch(struct loop *loop, int fd, short events, loop_ready *ready, void *context)
{
	size_t i = find(loop, fd);
	if (i == loop->count) {
		MEM_RESERVE(loop->fds, loop->fds_cap, loop->count + 1);
		MEM_RESERVE(loop->watches, loop->watches_cap, loop->count + 1);
		loop->count++;
	}
	loop->fds[i] = (struct pollfd){.fd = fd, .events = events};
	loop->watches[i] = (struct watch){ready, context};
}

void loop_unwatch(struct loop *loop, int fd)
{
	size_t i = find(loop, fd);
	if (fd >= 0 && i < loop->count)
		loop->fds[i] = (struct pollfd){.fd = -1};
}

void loop_close(struct loop *loop, int *fd)
{
	if (*fd < 0)
		return;
	loop_unwatch(loop, *fd);
	close(*fd);
	*fd = -1;
}

void loop_timer_set(struct loop *loop, struct timer *timer, msec at, void (*due)(void *context), void *context)
{
	timer->at = at;
	timer->due = due;
	timer->context = context;
	if (timer->place)
		return;
	MEM_RESERVE(loop->timers, loop->timer_cap, loop->timer_count + 1);
	loop->timers[loop->timer_count++] = timer;
	timer->place = loop->timer_count;
}

void loop_timer_clear(struct loop *loop, struct timer *timer)
{
	if (!timer->place)
		return;
	struct timer *last = loop->timers[--loop->timer_count];
	last->place = timer->place;
	loop->timers[last->place - 1] = last;
	timer->place = 0;
}

void loop_child(struct loop *loop, pid_t pid, loop_ended *ended, void *context)
{
	MEM_RESERVE(loop->children, loop->child_cap, loop->child_count + 1);
	loop->children[loop->child_count++] = (struct waited){pid, ended, context};
}

void loop_child_forget(struct loop *loop, pid_t pid)
{
	for (size_t i = 0; i < loop->child_count; i++) {
		if (loop->children[i].pid == pid) {
			loop->children[i] = loop->children[--loop->child_count];
			return;
		}
	}
}

static msec first_due(const struct loop *loop)
{
	msec first = CLOCK_NEVER;
	for (size_t i = 0; i < loop->timer_count; i++)
		first = loop->timers[i]->at < first ? loop->timers[i]->at : first;
	return first;
}

/* Whoever is told may set, move and clear any timer. */
static void tell_due(struct loop *loop)
{
	msec now = clock_now();
	for (size_t i = 0; i < loop->timer_count;) {
		struct timer *timer = loop->timers[i];
		if (timer->at > now) {
			i++;
			continue;
		}
		loop_timer_clear(loop, timer);
		timer->due(timer->context);
		i = 0;
	}
}

static void drop_ignored(struct loop *loop)
{
	size_t kept = 0;
	for (size_t i = 0; i < loop->count; i++) {
		if (loop->fds[i].fd < 0)
			continue;
		loop->fds[kept] = loop->fds[i];
		loop->watches[kept++] = loop->watches[i];
	}
	loop->count = kept;
}

void loop_turn(struct loop *loop)
{
	drop_ignored(loop);
	size_t count = loop->count; /* those that come meanwhile have nothing to say yet */
	if (poll(loop->fds, (nfds_t)count, clock_poll_timeout(first_due(loop))) > 0) {
		for (size_t i = 0; i < count; i++) {
			struct pollfd *fd = &loop->fds[i];
			short revents = fd->revents;
			fd->revents = 0;
			if (fd->fd >= 0 && revents)
				loop->watches[i].ready(loop->watches[i].context, fd->fd, revents);
		}
	}
	tell_due(loop);
}
