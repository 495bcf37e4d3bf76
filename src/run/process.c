/* See process.h. */
#include "run/process.h"

#include "run/platform.h"
#include "run/signals.h"
#include "run/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A process that waits for a dead file system is not even ended by KILL. */
enum { KILL_TAKES_MS = 2000 };

enum { PASSED_FD = 9, READ_SIZE = 65536 };

/* At least what may be under way in a pseudo-terminal. */
enum { TERMINAL_HOLDS = 256 * 1024 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The ends that the child gets, beside the ends in process->fds that mr keeps. */
static int open_links(struct process *process, const struct process_io *io, int child_ends[2])
{
	const enum process_link links[2] = {io->out, io->err};
	for (int i = 0; i < 2; i++) {
		int ends[2];
		if (links[i] != LINK_PIPE && links[i] != LINK_TERMINAL)
			continue;
		if (links[i] == LINK_PIPE ? platform_pipe(ends) : terminal_pseudo(i + 1, &ends[0], &ends[1]))
			return errno;
		process->fds[i] = ends[0];
		child_ends[i] = ends[1];
		fcntl(ends[0], F_SETFL, O_NONBLOCK);
	}
	return 0;
}

static int describe_files(posix_spawn_file_actions_t *actions, const struct process_spec *spec, const struct process_io *io,
			  const int child_ends[2])
{
	int failed = 0;
	if (io->null_input)
		failed = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
	for (int i = 0; i < 2 && !failed; i++) {
		if (child_ends[i] >= 0)
			failed = posix_spawn_file_actions_adddup2(actions, child_ends[i], i + 1);
	}
	if (!failed && io->err == LINK_WITH_OUT)
		failed = posix_spawn_file_actions_adddup2(actions, 1, 2);
	if (!failed && spec->pass_fd > 0)
		failed = posix_spawn_file_actions_adddup2(actions, spec->pass_fd, PASSED_FD);
	if (!failed && spec->cwd)
		failed = platform_spawn_chdir(actions, spec->cwd);
	return failed;
}

static int spawn(struct process *process, const struct process_spec *spec, const struct process_io *io, const int child_ends[2])
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults, none;
	sigemptyset(&none);
	signals_child_defaults(&defaults);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setsigmask(&attributes, &none);
	int failed = describe_files(&actions, spec, io, child_ends);
	if (!failed)
		failed = posix_spawn(&process->pid, spec->file, &actions, &attributes, spec->argv, spec->envp);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

int process_start(struct process *process, const struct process_spec *spec, const struct process_io *io)
{
	*process = (struct process)PROCESS_INIT;
	int child_ends[2] = {-1, -1};
	int failed = open_links(process, io, child_ends);
	if (!failed)
		failed = spawn(process, spec, io, child_ends);
	for (int i = 0; i < 2; i++) {
		close_fd(&child_ends[i]);
		if (failed)
			close_fd(&process->fds[i]);
	}
	if (failed)
		process->pid = 0;
	else if (spec->timeout)
		process->deadline = clock_after(spec->timeout);
	return failed;
}

void process_read(struct process *process, int which, process_sink *sink, void *context)
{
	char bytes[READ_SIZE];
	ssize_t got = read(process->fds[which], bytes, sizeof bytes);
	if (got > 0)
		sink(context, which ? STREAM_ERR : STREAM_OUT, bytes, (size_t)got);
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		close_fd(&process->fds[which]); /* a pseudo-terminal's end is EIO */
}

/* Only what is there now counts: a grandchild that goes on writing would keep us here for ever. A pipe says how much that is; of a
 * pseudo-terminal the kernel hands the bytes over bit by bit, as they are read. */
static void drain(struct process *process, int which, process_sink *sink, void *context)
{
	int waiting = 0;
	char bytes[READ_SIZE];
	if (ioctl(process->fds[which], FIONREAD, &waiting) || waiting < TERMINAL_HOLDS)
		waiting = TERMINAL_HOLDS;
	while (waiting > 0) {
		size_t want = (size_t)waiting < sizeof bytes ? (size_t)waiting : sizeof bytes;
		ssize_t got = read(process->fds[which], bytes, want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		sink(context, which ? STREAM_ERR : STREAM_OUT, bytes, (size_t)got);
		waiting -= (int)got;
	}
}

void process_drain(struct process *process, process_sink *sink, void *context)
{
	for (int i = 0; i < 2; i++) {
		if (process->fds[i] >= 0)
			drain(process, i, sink, context);
		close_fd(&process->fds[i]);
	}
	process->pid = 0;
	process->deadline = process->kill_at = process->give_up_at = CLOCK_NEVER;
}

void process_terminate(struct process *process, msec grace)
{
	if (!process->pid || process->kill_at != CLOCK_NEVER)
		return;
	kill(-process->pid, SIGTERM);
	kill(-process->pid, SIGCONT);
	process->deadline = CLOCK_NEVER;
	process->kill_at = clock_after(grace);
}

void process_kill(struct process *process)
{
	if (!process->pid)
		return;
	kill(-process->pid, SIGKILL);
	process->deadline = process->kill_at = CLOCK_NEVER;
	process->give_up_at = clock_after(KILL_TAKES_MS);
}

static void postpone(msec *point, msec by)
{
	if (*point != CLOCK_NEVER)
		*point += by;
}

void process_postpone(struct process *process, msec by)
{
	postpone(&process->deadline, by);
	postpone(&process->kill_at, by);
	postpone(&process->give_up_at, by);
}

bool process_is_open(const struct process *process)
{
	return process->fds[0] >= 0 || process->fds[1] >= 0;
}

msec process_check(struct process *process, msec now, msec grace)
{
	if (process->deadline <= now) {
		process->timed_out = true;
		process_terminate(process, grace);
	}
	if (process->kill_at <= now)
		process_kill(process);
	msec next = process->deadline < process->kill_at ? process->deadline : process->kill_at;
	return next < process->give_up_at ? next : process->give_up_at;
}
