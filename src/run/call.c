/* Calls of workers. Each has a short queue of requests, so that it goes on while its last answer is dealt with. */
#include "run/group_private.h"

#include <signal.h>
#include <string.h>

/* The worker with the shortest queue; an idle one only if there is a slot for it. NULL when there is none with room. */
static struct seat *find_seat(struct group *group)
{
	bool may_begin = group_has_slot(group);
	struct seat *best = NULL;
	for (unsigned i = 0; i < group->opts.workers; i++) {
		struct seat *seat = &group->seats[i];
		if (seat->count < CALL_QUEUE && (seat->count || may_begin) && (!best || seat->count < best->count))
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
	struct seat *seat = find_seat(group);
	if (!seat)
		return false;
	int failed = 0;
	if (!seat->worker.pid) {
		worker_forget(&seat->worker);
		failed = worker_start(&seat->worker, group->opts.serve, group->opts.serve_context);
	}
	if (failed && group_may_pass(group, failed))
		return false;
	if (!failed)
		failed = worker_send(&seat->worker, job->step.request);
	if (failed && !seat->count) {
		const struct slice why = slice_of("no worker process could be had");
		job_advance(job, &(struct job_event){.kind = EVENT_NO_ANSWER, .output = why});
		return true;
	}
	if (failed)
		return false; /* it has died, which will be noticed: then there is another one */
	seat->jobs[seat->count++] = job;
	if (seat->count == 1)
		begin_next(seat);
	job->state = STATE_CALLING;
	group->changes++;
	return true;
}

bool group_may_call_more(const struct group *group)
{
	size_t room = 0;
	for (size_t i = 0; i < group->active_count; i++)
		if (group->active[i]->state != STATE_CALLING)
			return false;
	for (unsigned i = 0; i < group->opts.workers; i++)
		room += CALL_QUEUE - group->seats[i].count;
	return room && group->active_count;
}

void group_receive(struct seat *seat)
{
	struct slice answer;
	bool gone = worker_receive(&seat->worker) == WORKER_GONE;
	while (seat->count && worker_take(&seat->worker, &answer)) {
		struct job *job = seat->jobs[0];
		take_first(seat);
		job_advance(job, &(struct job_event){.kind = EVENT_ANSWERED, .output = answer});
	}
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
