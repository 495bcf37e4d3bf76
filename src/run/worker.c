/* See worker.h. A message is its length as a size_t, then its bytes; both ends are the same program. */
#include "run/worker.h"

#include "base/file.h"
#include "run/helper.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* What a helper needs to serve. */
struct serving {
	worker_serve *serve;
	void *context;
};

static void serve_until_hang_up(void *context, int fd)
{
	const struct serving *serving = context;
	struct str request = STR_INIT, reply = STR_INIT;
	size_t len;
	while (read_exactly(fd, &len, sizeof len)) {
		str_clear(&request);
		str_clear(&reply);
		char *room = str_room(&request, len);
		if (!read_exactly(fd, room, len))
			break;
		str_commit(&request, len);
		str_add(&reply, &len, sizeof len); /* replaced by the length of the answer */
		serving->serve(serving->context, str_slice(&request), &reply);
		len = reply.len - sizeof len;
		memcpy(reply.data, &len, sizeof len);
		if (file_write_fd(fd, reply.data, reply.len))
			break;
	}
	str_release(&request);
	str_release(&reply);
}

int worker_start(struct worker *worker, worker_serve *serve, void *context)
{
	*worker = (struct worker)WORKER_INIT;
	struct serving serving = {serve, context};
	return helper_start(serve_until_hang_up, &serving, &worker->pid, &worker->fd);
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
