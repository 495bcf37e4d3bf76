/* See service.h. */
#include "run/service.h"

#include "base/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 65536 };

int service_start(struct service *service, helper_body *body, void *context)
{
	uint64_t last = service->last;
	*service = (struct service)SERVICE_INIT;
	service->last = last;
	int failed = helper_start(body, context, &service->pid, &service->fd);
	if (!failed)
		fcntl(service->fd, F_SETFL, O_NONBLOCK);
	return failed;
}

uint64_t service_ask(struct service *service, struct slice question)
{
	frame_add(&service->out, ++service->last, question);
	return service->last;
}

bool service_has_to_send(const struct service *service)
{
	return service->out.len > 0;
}

static bool is_passing(ssize_t result)
{
	return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

bool service_exchange(struct service *service)
{
	if (service->out.len) {
		ssize_t put = send(service->fd, service->out.data, service->out.len, MSG_NOSIGNAL);
		if (put > 0)
			str_consume(&service->out, (size_t)put);
		else if (!is_passing(put))
			return false;
	}
	str_consume(&service->in, service->taken);
	service->taken = 0;
	for (;;) {
		char *room = str_room(&service->in, READ_SIZE);
		ssize_t got = recv(service->fd, room, READ_SIZE, 0);
		if (got > 0)
			str_commit(&service->in, (size_t)got);
		else
			return is_passing(got);
	}
}

bool service_answer(struct service *service, uint64_t *id, struct slice *answer)
{
	struct slice rest = slice_make(str_cstr(&service->in) + service->taken, service->in.len - service->taken);
	size_t before = rest.len;
	if (frame_take(&rest, id, answer) != FRAME_WHOLE)
		return false;
	service->taken += before - rest.len;
	return true;
}

void service_hang_up(struct service *service)
{
	if (service->fd >= 0)
		close(service->fd);
	service->fd = -1;
}

void service_forget(struct service *service)
{
	uint64_t last = service->last;
	service_hang_up(service);
	str_release(&service->in);
	str_release(&service->out);
	*service = (struct service)SERVICE_INIT;
	service->last = last;
}
