/* Questions to the service: sent, answered, given up. */
#include "run/group_private.h"

#include <signal.h>

enum {
	/* Questions under way: as many as a server of HTTP/2 takes at a time on two connections. */
	ASKS = 256,
	/* A service that has died so often is not started again. */
	MOST_STARTS = 3,
};

size_t group_asking(const struct group *group)
{
	size_t count = 0;
	for (size_t i = 0; i < group->active_count; i++)
		count += group->active[i]->state == STATE_ASKING;
	return count;
}

bool group_may_ask_more(const struct group *group)
{
	return group_asking(group) < ASKS;
}

static void give_up(struct job *job, const char *why)
{
	job_advance(job, &(struct job_event){.kind = EVENT_NO_ANSWER, .output = slice_of(why)});
}

static int start_service(struct group *group)
{
	if (group->service.fd >= 0)
		return 0;
	if (group->service_starts == MOST_STARTS)
		return -1;
	int failed = service_start(&group->service, group->opts.service, group->opts.service_context);
	group->service_starts += !failed;
	return failed;
}

bool group_launch_ask(struct job *job)
{
	struct group *group = job->group;
	int failed = start_service(group);
	if (failed && group_may_pass(group, failed))
		return false;
	if (failed) {
		give_up(job, "the service is not there");
		return true;
	}
	job->question = service_ask(&group->service, job->step.request);
	job->state = STATE_ASKING;
	job->call_deadline = clock_after(group->opts.ask_timeout);
	group->changes++;
	return true;
}

static struct job *asker(const struct group *group, uint64_t question)
{
	for (size_t i = 0; i < group->active_count; i++) {
		struct job *job = group->active[i];
		if (job->state == STATE_ASKING && job->question == question)
			return job;
	}
	return NULL;
}

/* Whoever waits gets no answer. */
static void drop_service(struct group *group, const char *why)
{
	uint64_t last = group->service.last;
	if (group->service.pid) {
		kill(-group->service.pid, SIGKILL);
		group_remember(group, group->service.pid);
	}
	service_forget(&group->service);
	/* Backwards: a job that ends leaves its place to the last one. What is asked meanwhile is asked of the next
	 * service. */
	for (size_t i = group->active_count; i-- > 0;) {
		struct job *job = group->active[i];
		if (job->state == STATE_ASKING && job->question <= last)
			give_up(job, why);
	}
}

void group_hear_service(struct group *group)
{
	struct slice answer;
	uint64_t question;
	bool there = service_exchange(&group->service);
	while (!group->stopping && service_answer(&group->service, &question, &answer)) {
		struct job *job = asker(group, question);
		group->service_heard = group->service.last;
		if (job) /* else it came too late */
			job_advance(job, &(struct job_event){.kind = EVENT_ANSWERED, .output = answer});
	}
	if (!there && !group->stopping)
		drop_service(group, "the service crashed");
}

/* A service that was silent since it was asked does not answer the others either. */
msec group_check_asks(struct group *group, msec now)
{
	msec next = CLOCK_NEVER;
	for (size_t i = group->active_count; i-- > 0;) {
		struct job *job = group->active[i];
		if (job->state != STATE_ASKING)
			continue;
		if (job->call_deadline > now) {
			next = job->call_deadline < next ? job->call_deadline : next;
		} else if (job->question > group->service_heard) {
			drop_service(group, "the service took too long");
			return now; /* look again: jobs have gone from the list */
		} else {
			give_up(job, "the service took too long");
		}
	}
	return next;
}
