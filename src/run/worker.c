/* See worker.h. A message is its length as a size_t, then its bytes; both ends are the same program. */
#include "run/worker.h"

#include "base/file.h"
#include "run/platform.h"
#include "run/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOCKET_FD = 3 };

/* 1, or 0 at the end of the stream or on an error. */
static int read_exactly(int fd, void *bytes, size_t len)
{
	char *at = bytes;
	while (len) {
		ssize_t got = read(fd, at, len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return 0;
		at += got;
		len -= (size_t)got;
	}
	return 1;
}

MR_NORETURN static void serve_until_hang_up(worker_serve *serve, void *context)
{
	struct str request = STR_INIT, reply = STR_INIT;
	size_t len;
	while (read_exactly(SOCKET_FD, &len, sizeof len)) {
		str_clear(&request);
		str_clear(&reply);
		char *room = str_room(&request, len);
		if (!read_exactly(SOCKET_FD, room, len))
			break;
		str_commit(&request, len);
		str_room(&reply, sizeof len);
		str_add(&reply, &len, sizeof len); /* replaced by the length of the answer */
		serve(context, str_slice(&request), &reply);
		len = reply.len - sizeof len;
		memcpy(reply.data, &len, sizeof len);
		if (file_write_fd(SOCKET_FD, reply.data, reply.len))
			break;
	}
	str_release(&request);
	str_release(&reply);
	_exit(0);
}

/* In the child: nothing of the parent stays open but standard error and the socket, and only TERM's big brother ends it early. */
MR_NORETURN static void become_worker(int fd, worker_serve *serve, void *context)
{
	setpgid(0, 0);
	signals_close();
	static const int ignored[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	int null = open("/dev/null", O_RDWR);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
	if (fd != SOCKET_FD)
		dup2(fd, SOCKET_FD);
	fcntl(SOCKET_FD, F_SETFD, FD_CLOEXEC);
	platform_close_from(SOCKET_FD + 1);
	serve_until_hang_up(serve, context);
}

int worker_start(struct worker *worker, worker_serve *serve, void *context)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return errno;
	pid_t pid = fork();
	if (pid < 0) {
		int failed = errno;
		close(ends[0]);
		close(ends[1]);
		return failed;
	}
	if (!pid)
		become_worker(ends[1], serve, context);
	setpgid(pid, pid);
	close(ends[1]);
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	*worker = (struct worker){.pid = pid, .fd = ends[0], .reply = STR_INIT};
	return 0;
}

int worker_send(struct worker *worker, struct slice request)
{
	str_clear(&worker->reply);
	struct str message = STR_INIT;
	str_add(&message, &request.len, sizeof request.len);
	str_add_slice(&message, request);
	int failed = file_write_fd(worker->fd, message.data, message.len) ? errno : 0;
	str_release(&message);
	return failed;
}

enum worker_state worker_receive(struct worker *worker, struct slice *answer)
{
	char *room = str_room(&worker->reply, 65536);
	ssize_t got = recv(worker->fd, room, 65536, MSG_DONTWAIT);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return WORKER_BUSY;
	if (got <= 0)
		return WORKER_GONE;
	str_commit(&worker->reply, (size_t)got);
	size_t len;
	if (worker->reply.len < sizeof len)
		return WORKER_BUSY;
	memcpy(&len, worker->reply.data, sizeof len);
	if (worker->reply.len - sizeof len < len)
		return WORKER_BUSY;
	*answer = slice_make(worker->reply.data + sizeof len, len);
	return WORKER_ANSWERED;
}

void worker_hang_up(struct worker *worker)
{
	if (worker->fd >= 0)
		close(worker->fd);
	worker->fd = -1;
}

void worker_forget(struct worker *worker)
{
	worker_hang_up(worker);
	str_release(&worker->reply);
	*worker = (struct worker)WORKER_INIT;
}
