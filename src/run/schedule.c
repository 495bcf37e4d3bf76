/* Which job may start, and from step to step through a job. */
#include "run/group_private.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* How much of what a child writes is remembered for its end. */
enum { WORDS_SIZE = 4096 };

void job_end(struct job *job)
{
	struct group *group = job->group;
	job->state = STATE_ENDED;
	group->changes++;
	str_release(&job->held);
	str_release(&job->words);
	for (size_t i = 0; i < group->active_count; i++) {
		if (group->active[i] == job) {
			group->active[i] = group->active[--group->active_count];
			break;
		}
	}
	while (group->low < group->count && group->jobs[group->low]->state == STATE_ENDED)
		group->low++;
}

void job_advance(struct job *job, const struct job_event *event)
{
	job->step = (struct job_step){0};
	enum job_want want = job->group->opts.ops->next(job->data, job, event, &job->step);
	str_clear(&job->held);
	str_clear(&job->words);
	job->said = job->prompted = false;
	job->want = want;
	if (want == JOB_END || job->group->stopping)
		job_end(job);
	else
		job->state = STATE_READY;
	job->group->changes++;
}

static void keep_words(struct job *job, const char *bytes, size_t len)
{
	size_t kept = len < WORDS_SIZE ? len : WORDS_SIZE;
	str_add(&job->words, bytes + len - kept, kept);
	if (job->words.len > 2 * WORDS_SIZE)
		str_consume(&job->words, job->words.len - WORDS_SIZE);
}

/* The sink of a job's child. */
void job_take_output(void *context, enum stream stream, const char *bytes, size_t len)
{
	struct job *job = context;
	if (job_is_muted(job))
		return;
	if (job->step.hold && stream == STREAM_OUT) {
		str_add(&job->held, bytes, len);
	} else {
		if (!job->said && job->step.preface)
			job_say(job, STREAM_OUT, job->step.preface, slice_of(job->step.preface).len);
		job_keep(job, stream, bytes, len);
	}
	keep_words(job, bytes, len);
	job->said = true;
}

static bool streams(const struct job *job)
{
	return job->step.terminal || (job->terminal && !job->step.hold && !job->step.merge);
}

static struct process_io links_of(const struct job *job)
{
	const struct group *group = job->group;
	struct process_io io = {.null_input = !job->terminal && !job->step.terminal};
	if (streams(job))
		return io;
	io.out = group->out_is_terminal || job->step.pseudo_terminal ? LINK_TERMINAL : LINK_PIPE;
	io.err = group->err_is_terminal ? LINK_TERMINAL : LINK_PIPE;
	if (job->step.merge || (group->same_file && !job->step.hold))
		io.err = LINK_WITH_OUT;
	return io;
}

/* Errors that go away when another child has ended. */
bool group_may_pass(struct group *group, int error)
{
	bool starved = error == EAGAIN || error == EMFILE || error == ENFILE || error == ENOMEM;
	for (size_t i = 0; starved && !group->starved && i < group->active_count; i++)
		group->starved = group->active[i]->state > STATE_READY;
	return starved && group->starved;
}

/* The launchers return whether anything came of it; if not, the job stays READY and is tried again after the next event. */
static bool launch_process(struct job *job)
{
	struct group *group = job->group;
	bool wants_terminal = job->terminal || job->step.terminal;
	if (wants_terminal && (group->foreground || !group_is_shown_before(group, job)))
		return false;
	struct process_io io = links_of(job);
	int failed = process_start(&job->process, &job->step.process, &io);
	if (failed && group_may_pass(group, failed))
		return false;
	if (failed) {
		job_advance(job, &(struct job_event){.kind = EVENT_NOT_STARTED, .value = failed});
		return true;
	}
	job->state = STATE_RUNNING;
	group->changes++;
	if (wants_terminal)
		group_give_foreground(group, job);
	return true;
}

/* Processes and workers that are at work. Jobs that come back from the service may be more than there are slots. */
bool group_has_slot(const struct group *group)
{
	size_t busy = 0;
	for (size_t i = 0; group->opts.slots && i < group->active_count; i++)
		busy += group->active[i]->state == STATE_RUNNING;
	for (unsigned i = 0; group->opts.slots && i < group->opts.workers; i++)
		busy += group->seats[i].count > 0;
	return !group->opts.slots || busy < group->opts.slots;
}

static bool pause_job(struct job *job)
{
	job->state = STATE_PAUSED;
	job->call_deadline = clock_after(job->step.delay);
	job->group->changes++;
	return true;
}

msec job_check_pause(struct job *job, msec now)
{
	if (job->call_deadline > now)
		return job->call_deadline;
	job_advance(job, &(struct job_event){.kind = EVENT_RESUMED});
	return CLOCK_NEVER;
}

static bool launch(struct job *job)
{
	if (job->want == JOB_PAUSE)
		return pause_job(job);
	if (job->want == JOB_ASK)
		return group_launch_ask(job);
	if (job->want == JOB_CALL)
		return group_launch_call(job);
	return group_has_slot(job->group) && launch_process(job);
}

void group_launch_ready(struct group *group)
{
	/* A job that ends leaves its place to another one, so a place is looked at until nothing comes of it. */
	for (size_t i = 0; i < group->active_count && !group->stopping && !group->starved;) {
		struct job *job = group->active[i];
		if (job->state != STATE_READY || !launch(job))
			i++;
	}
}

static void classify(struct job *job)
{
	const struct group_opts *opts = &job->group->opts;
	if (job->classified)
		return;
	job->terminal = opts->always_terminal || opts->ops->needs_terminal(job->data);
	job->resource = opts->ops->resource ? opts->ops->resource(job->data) : NULL;
	job->classified = true;
}

static bool resource_is_free(const struct group *group, const char *resource)
{
	for (size_t i = 0; resource && i < group->active_count; i++) {
		const char *used = group->active[i]->resource;
		if (used && strcmp(used, resource) == 0)
			return false;
	}
	return true;
}

/* An enclosing job comes first; a job with the terminal waits until everything before it was handed over for writing. */
static bool may_start(struct group *group, struct job *job)
{
	enum stream stream;
	if (job->after >= 0 && group->jobs[job->after]->state != STATE_ENDED)
		return false;
	classify(job);
	if (!resource_is_free(group, job->resource))
		return false;
	if (!job->terminal)
		return true;
	if (job->index != group->low)
		return false;
	group_has_to_show(group, &stream);
	return group->head == job->index;
}

static void start(struct group *group, struct job *job)
{
	MEM_RESERVE(group->active, group->active_cap, group->active_count + 1);
	group->active[group->active_count++] = job;
	group->changes++;
	job_advance(job, &(struct job_event){.kind = EVENT_START});
}

static size_t count_paused(const struct group *group)
{
	size_t count = 0;
	for (size_t i = 0; i < group->active_count; i++)
		count += group->active[i]->state == STATE_PAUSED;
	return count;
}

/* Neither a question to the service nor a pause takes a slot; but where there is one slot only, jobs are to be done one by one. While
 * nothing but workers is busy further jobs get ready for them, so that no worker ever waits; one that turns out to need a process then
 * waits for its slot. */
static bool has_room(const struct group *group)
{
	unsigned slots = group->opts.slots;
	size_t away = slots == 1 ? 0 : group_asking(group) + count_paused(group);
	return !slots || (group->active_count - away < slots && group_may_ask_more(group)) || (slots > 1 && group_may_call_more(group));
}

void group_start_jobs(struct group *group)
{
	while (group->next < group->count && group->jobs[group->next]->state != STATE_WAITING)
		group->next++;
	for (size_t i = group->next; i < group->count && !group->stopping && !group->starved; i++) {
		struct job *job = group->jobs[i];
		if (job->state != STATE_WAITING)
			continue;
		if (!has_room(group))
			return;
		if (job->order > group->jobs[group->low]->order) /* a change of order is a barrier */
			return;
		if (group->captured > CAPTURED_LIMIT && i != group->head)
			return;
		if (may_start(group, job))
			start(group, job);
		else if (i == group->low && job->terminal) /* its turn is next: nobody takes its place */
			return;
	}
}
