/* See child.h. */
#include "fetch/child.h"

#include "base/orphan.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_OUTPUT = 1 << 20, READ_SIZE = 16384 };

struct child {
	struct loop *loop;
	pid_t pid;
	int in, out, err; /* our ends; -1 when closed */
	struct str input, output, errors;
	struct timer deadline;
	bool is_late;
	child_ended *ended;
	void *context;
};

extern char **environ;

static void release(struct child *child)
{
	loop_timer_clear(child->loop, &child->deadline);
	loop_close(child->loop, &child->in);
	loop_close(child->loop, &child->out);
	loop_close(child->loop, &child->err);
	str_release(&child->input);
	str_release(&child->output);
	str_release(&child->errors);
	free(child);
}

/* false at the end. */
static bool read_some(int fd, struct str *to)
{
	char bytes[READ_SIZE];
	ssize_t got = read(fd, bytes, sizeof bytes);
	if (got > 0 && to->len < MOST_OUTPUT)
		str_add(to, bytes, (size_t)got);
	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

static void take_output(void *context, int fd, short revents)
{
	struct child *child = context;
	int *which = fd == child->out ? &child->out : &child->err;
	(void)revents;
	if (!read_some(fd, which == &child->out ? &child->output : &child->errors))
		loop_close(child->loop, which);
}

static void give_input(void *context, int fd, short revents)
{
	struct child *child = context;
	(void)revents;
	ssize_t put = write(fd, child->input.data, child->input.len);
	if (put > 0)
		str_consume(&child->input, (size_t)put);
	if (!child->input.len || (put < 0 && errno != EAGAIN && errno != EINTR))
		loop_close(child->loop, &child->in);
}

/* What is in the pipe now; somebody else may still hold its other end. */
static void drain(int fd, struct str *to)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	for (int i = 0; fd >= 0 && i < MOST_OUTPUT / READ_SIZE && poll(&ready, 1, 0) > 0; i++) {
		if (!read_some(fd, to))
			return;
	}
}

static void has_ended(void *context, int status)
{
	struct child *child = context;
	drain(child->out, &child->output);
	drain(child->err, &child->errors);
	const struct child_end end = {
	    .status = child->is_late ? -1 : status,
	    .out = str_slice(&child->output),
	    .err = str_slice(&child->errors),
	};
	child->ended(child->context, &end);
	release(child);
}

static void is_due(void *context)
{
	struct child *child = context;
	child->is_late = true;
	kill(child->pid, SIGKILL);
}

static MR_NORETURN void become(const struct child_spec *spec, pid_t service, int in, int out, int err)
{
	orphan_end_with(service);
	static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU, SIGCHLD};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], SIG_DFL);
	for (char *const *variable = spec->variables; variable && *variable; variable++)
		putenv(*variable);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0 ||
	    (spec->dir && chdir(spec->dir)))
		_exit(126);
	execvp(spec->argv[0], spec->argv);
	_exit(127);
}

/* Both ends close-on-exec. */
static int open_pipe(int ends[2])
{
	if (pipe(ends))
		return -1;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	return 0;
}

static void close_all(int fds[6])
{
	for (int i = 0; i < 6; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
	}
}

/* fds: the pipes of input, output and errors, all open. */
static struct child *watch(struct loop *loop, const struct child_spec *spec, pid_t pid, const int fds[6])
{
	struct child *child = mem_calloc(1, sizeof *child);
	*child = (struct child){.loop = loop, .pid = pid, .in = fds[1], .out = fds[2], .err = fds[4]};
	close(fds[0]);
	close(fds[3]);
	close(fds[5]);
	fcntl(child->in, F_SETFL, O_NONBLOCK);
	str_add_slice(&child->input, spec->input);
	if (child->input.len)
		loop_watch(loop, child->in, POLLOUT, give_input, child);
	else
		loop_close(child->loop, &child->in);
	loop_watch(loop, child->out, POLLIN, take_output, child);
	loop_watch(loop, child->err, POLLIN, take_output, child);
	if (spec->timeout != CLOCK_NEVER)
		loop_timer_set(loop, &child->deadline, clock_after(spec->timeout), is_due, child);
	loop_child(loop, pid, has_ended, child);
	return child;
}

struct child *child_start(struct loop *loop, const struct child_spec *spec, child_ended *ended, void *context)
{
	int fds[6] = {-1, -1, -1, -1, -1, -1};
	pid_t pid = -1, service = getpid();
	if (!open_pipe(fds) && !open_pipe(fds + 2) && !open_pipe(fds + 4))
		pid = fork();
	if (pid < 0) {
		close_all(fds);
		return NULL;
	}
	if (!pid)
		become(spec, service, fds[0], fds[3], fds[5]);
	struct child *child = watch(loop, spec, pid, fds);
	child->ended = ended;
	child->context = context;
	return child;
}

struct slice child_errors(struct child *child)
{
	drain(child->err, &child->errors);
	return str_slice(&child->errors);
}

void child_signal(const struct child *child, int sig)
{
	kill(child->pid, sig);
}

void child_abandon(struct child *child)
{
	if (!child)
		return;
	kill(child->pid, SIGKILL);
	loop_child_forget(child->loop, child->pid);
	release(child);
}
