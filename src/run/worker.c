/* See worker.h. Requests and answers are frames, whose number nobody needs: they come in their order. */
#include "run/worker.h"

#include "base/file.h"
#include "base/frame.h"
#include "run/helper.h"
#include "run/platform.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 65536 };

static bool take(struct slice *bytes, struct slice *message)
{
	uint64_t id;
	return frame_take(bytes, &id, message) == FRAME_WHOLE;
}

/* Sends it whole. 0, or -1 with errno set. */
static int send_message(int fd, struct slice message)
{
	struct str frame = STR_INIT;
	frame_add(&frame, 0, message);
	int failed = file_write_fd(fd, frame.data, frame.len);
	int error = errno;
	str_release(&frame);
	errno = error;
	return failed;
}

/* What a helper needs to serve. */
struct serving {
	worker_serve *serve;
	void *context;
};

static bool answer(const struct serving *serving, struct slice request, struct str *reply, int fd)
{
	str_clear(reply);
	serving->serve(serving->context, request, reply);
	return !send_message(fd, str_slice(reply));
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
		while (there && take(&rest, &request))
			there = answer(context, request, &reply, fd);
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

void worker_add(struct worker *worker, struct slice request)
{
	frame_add(&worker->unsent, 0, request);
}

void worker_send(struct worker *worker)
{
	if (worker->unsent.len && file_write_fd(worker->fd, worker->unsent.data, worker->unsent.len))
		shutdown(worker->fd, SHUT_RDWR);
	str_clear(&worker->unsent);
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
	struct slice rest = slice_make(str_cstr(&worker->reply) + worker->taken, worker->reply.len - worker->taken);
	size_t before = rest.len;
	bool whole = take(&rest, answer);
	worker->taken += before - rest.len;
	return whole;
}

void worker_hang_up(struct worker *worker)
{
	if (worker->fd >= 0)
		close(worker->fd);
	worker->fd = -1;
	str_clear(&worker->unsent);
}

void worker_forget(struct worker *worker)
{
	worker_hang_up(worker);
	str_release(&worker->unsent);
	str_release(&worker->reply);
	*worker = (struct worker)WORKER_INIT;
}
