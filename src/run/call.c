/* Calls of workers. Each has a queue of requests, so that it goes on while its last answers are dealt with: some milliseconds of work, for
 * what is queued behind a call that hangs waits with it. */
#include "run/group_private.h"

#include <signal.h>
#include <string.h>

/* So much work is queued, but always one call behind the one that is answered. */
enum { QUEUE_US = 2000, QUEUE_LEAST = 2 };

/* What a socket takes of requests that are not yet read, by far: nobody shall wait for a worker to read them. */
enum { QUEUE_BYTES = 32 << 10 };

/* How long answers are let gather. */
enum { GATHER_US = 400 };

static unsigned queue_length(const struct group *group)
{
	int64_t length = group->pace ? QUEUE_US / group->pace : QUEUE_LEAST;
	return length < QUEUE_LEAST ? QUEUE_LEAST : length > CALL_QUEUE ? CALL_QUEUE : (unsigned)length;
}

/* May a request of that many bytes be queued there? Not behind those of a worker that is known to be dead: its last answers are still to be
 * read, and then the queue is dropped. */
static bool has_room(const struct seat *seat, unsigned length, size_t bytes)
{
	if (seat->count && !seat->worker.pid)
		return false;
	for (unsigned i = 0; i < seat->count; i++)
		bytes += seat->jobs[i]->step.request.len;
	return seat->count < length && (!seat->count || bytes <= QUEUE_BYTES);
}

/* The worker with the shortest queue; an idle one only if there is a slot for it. NULL when there is none with room. */
static struct seat *find_seat(struct group *group, size_t bytes)
{
	unsigned length = queue_length(group);
	bool may_begin = group_has_slot(group);
	struct seat *best = NULL;
	for (unsigned i = 0; i < group->opts.workers; i++) {
		struct seat *seat = &group->seats[i];
		bool is_better = !best || seat->count < best->count;
		if (is_better && (seat->count || may_begin) && has_room(seat, length, bytes))
			best = seat;
	}
	return best;
}

/* The one whose turn it is has its time from now on. */
static void begin_next(struct seat *seat)
{
	if (seat->count)
		seat->jobs[0]->call_deadline = clock_after(seat->jobs[0]->group->opts.call_timeout);
}

static void take_first(struct seat *seat)
{
	seat->count--;
	memmove(seat->jobs, seat->jobs + 1, seat->count * sizeof *seat->jobs);
	begin_next(seat);
}

bool group_launch_call(struct job *job)
{
	struct group *group = job->group;
	struct seat *seat = find_seat(group, job->step.request.len);
	if (!seat)
		return false;
	int failed = 0;
	if (!seat->worker.pid) {
		worker_forget(&seat->worker);
		failed = worker_start(&seat->worker, group->opts.serve, group->opts.serve_context);
	}
	if (failed && group_may_pass(group, failed))
		return false;
	if (failed) {
		const struct slice why = slice_of("no worker process could be had");
		job_advance(job, &(struct job_event){.kind = EVENT_NO_ANSWER, .output = why});
		return true;
	}
	worker_add(&seat->worker, job->step.request);
	seat->jobs[seat->count++] = job;
	if (seat->count == 1) {
		seat->since = clock_now_us();
		begin_next(seat);
	}
	job->state = STATE_CALLING;
	group->changes++;
	return true;
}

bool group_may_call_more(const struct group *group)
{
	unsigned length = queue_length(group);
	bool room = false;
	for (size_t i = 0; i < group->active_count; i++)
		if (group->active[i]->state != STATE_CALLING)
			return false;
	for (unsigned i = 0; i < group->opts.workers; i++)
		room |= group->seats[i].count < length;
	return room && group->active_count;
}

void group_send_calls(struct group *group)
{
	for (unsigned i = 0; i < group->opts.workers; i++)
		worker_send(&group->seats[i].worker);
}

/* Of short calls there come many answers. Taken together they cost much less than one by one, as long as no worker runs dry meanwhile. */
void group_let_answers_gather(const struct group *group)
{
	bool may = group->pace && group->pace < GATHER_US && !group->stopping;
	for (size_t i = 0; i < group->active_count && may; i++)
		may = group->active[i]->state == STATE_CALLING;
	for (unsigned i = 0; i < group->opts.workers && may; i++)
		may = group->seats[i].count * group->pace >= 2 * (int64_t)GATHER_US;
	if (may)
		clock_rest_us(GATHER_US);
}

/* So many answers were there. Beyond what one queue holds it makes no difference how long one took: it may have hung, or been suspended. */
static void note_pace(struct seat *seat, struct group *group, unsigned answers)
{
	int64_t now = clock_now_us(), each = (now - seat->since) / answers;
	if (each > QUEUE_US)
		each = QUEUE_US;
	group->pace = group->pace ? (3 * group->pace + each) / 4 : each;
	group->pace += !group->pace;
	seat->since = now;
}

void group_receive(struct seat *seat)
{
	struct slice answer;
	struct group *group = seat->jobs[0]->group;
	unsigned answers = 0;
	bool gone = worker_receive(&seat->worker) == WORKER_GONE;
	for (; seat->count && worker_take(&seat->worker, &answer); answers++) {
		struct job *job = seat->jobs[0];
		take_first(seat);
		job_advance(job, &(struct job_event){.kind = EVENT_ANSWERED, .output = answer});
	}
	if (answers)
		note_pace(seat, group, answers);
	if (gone && seat->count)
		group_drop_worker(seat, "its worker process crashed");
}

void group_drop_worker(struct seat *seat, const char *why)
{
	struct job *job = seat->jobs[0];
	for (unsigned i = 1; i < seat->count; i++)
		seat->jobs[i]->state = STATE_READY; /* another one will answer them */
	seat->count = 0;
	if (seat->worker.pid) {
		kill(-seat->worker.pid, SIGKILL);
		group_remember(job->group, seat->worker.pid);
	}
	worker_forget(&seat->worker);
	job_advance(job, &(struct job_event){.kind = EVENT_NO_ANSWER, .output = slice_of(why)});
}
