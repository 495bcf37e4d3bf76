/* See worker.h. A message is its length as a size_t, then its bytes; both ends are the same program. */
#include "run/worker.h"

#include "base/file.h"
#include "run/helper.h"
#include "run/platform.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 65536 };

/* The message that starts at bytes, if it is whole. */
static bool whole_message(struct slice bytes, struct slice *message)
{
	size_t len;
	if (bytes.len < sizeof len)
		return false;
	memcpy(&len, bytes.ptr, sizeof len);
	*message = slice_make(bytes.ptr + sizeof len, len);
	return bytes.len - sizeof len >= len;
}

/* What a helper needs to serve. */
struct serving {
	worker_serve *serve;
	void *context;
};

static bool answer(const struct serving *serving, struct slice request, struct str *reply, int fd)
{
	size_t len = 0;
	str_clear(reply);
	str_add(reply, &len, sizeof len); /* replaced by the length of the answer */
	serving->serve(serving->context, request, reply);
	len = reply->len - sizeof len;
	memcpy(reply->data, &len, sizeof len);
	return !file_write_fd(fd, reply->data, reply->len);
}

static void serve_until_hang_up(void *context, int fd)
{
	struct str requests = STR_INIT, reply = STR_INIT;
	bool there = true;
	platform_keep_memory();
	while (there) {
		ssize_t got = read(fd, str_room(&requests, READ_SIZE), READ_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		str_commit(&requests, (size_t)got);
		struct slice rest = str_slice(&requests), request;
		while (there && whole_message(rest, &request)) {
			there = answer(context, request, &reply, fd);
			rest = slice_make(request.ptr + request.len, rest.len - sizeof(size_t) - request.len);
		}
		str_consume(&requests, requests.len - rest.len);
	}
	str_release(&requests);
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
	struct str message = STR_INIT;
	str_add(&message, &request.len, sizeof request.len);
	str_add_slice(&message, request);
	int failed = file_write_fd(worker->fd, message.data, message.len) ? errno : 0;
	str_release(&message);
	return failed;
}

enum worker_state worker_receive(struct worker *worker)
{
	str_consume(&worker->reply, worker->taken);
	worker->taken = 0;
	char *room = str_room(&worker->reply, READ_SIZE);
	ssize_t got = recv(worker->fd, room, READ_SIZE, MSG_DONTWAIT);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return WORKER_THERE;
	if (got <= 0)
		return WORKER_GONE;
	str_commit(&worker->reply, (size_t)got);
	return WORKER_THERE;
}

bool worker_take(struct worker *worker, struct slice *answer)
{
	struct slice rest = slice_make(worker->reply.data + worker->taken, worker->reply.len - worker->taken);
	if (!worker->reply.data || !whole_message(rest, answer))
		return false;
	worker->taken += sizeof(size_t) + answer->len;
	return true;
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
