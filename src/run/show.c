/* The output of the run, in the order of the jobs: taken from the captures, written only as far as the reader takes it, so that a
 * slow terminal or pager never holds the supervisor up. */
#include "run/group_private.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* A pipe that is ready for writing takes this much without blocking (PIPE_BUF on every system we know is at least that). */
enum { WRITE_SIZE = 4096 };

/* Gathers what comes next for one stream. */
static void fill_pending(struct group *group)
{
	while (group->head < group->count && group->pending.len < WRITE_SIZE) {
		struct job *job = group->jobs[group->head];
		enum stream stream;
		struct slice bytes;
		if (capture_peek(&job->capture, &stream, &bytes)) {
			if (group->pending.len && stream != group->pending_stream)
				return;
			if (bytes.len > WRITE_SIZE)
				bytes.len = WRITE_SIZE;
			group->pending_stream = stream;
			str_add_slice(&group->pending, bytes);
			capture_take(&job->capture, bytes.len);
			group->captured -= bytes.len;
		} else if (job->state == STATE_ENDED) {
			capture_release(&job->capture);
			group->head++;
			group->changes++;
		} else {
			return;
		}
	}
}

bool group_has_to_show(struct group *group, enum stream *stream)
{
	fill_pending(group);
	*stream = group->pending_stream;
	return group->pending.len > 0;
}

static bool is_writable(enum stream stream)
{
	struct pollfd out = {.fd = (int)stream, .events = POLLOUT};
	return poll(&out, 1, 0) > 0;
}

void group_show(struct group *group)
{
	enum stream stream;
	while (!group->write_errno && group_has_to_show(group, &stream) && is_writable(stream)) {
		size_t len = group->pending.len < WRITE_SIZE ? group->pending.len : WRITE_SIZE;
		ssize_t put = group->opts.write(group->opts.write_context, stream, group->pending.data, len);
		if (put >= 0) {
			str_consume(&group->pending, (size_t)put);
			group->changes++;
		} else if (errno == EAGAIN || errno == EINTR) {
			return;
		} else {
			group->write_errno = errno;
			group_stop(group, GROUP_WRITE_FAILED, true);
		}
	}
}

bool group_is_shown_before(struct group *group, const struct job *job)
{
	enum stream stream;
	return !group_has_to_show(group, &stream) && group->head == job->index;
}
