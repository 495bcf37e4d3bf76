/* An update in halves: a worker says what is to be run in the command's place, first to fetch, then, asked anew, to merge. It may do the
 * latter itself, or leave all of it to the command after all. */
#include "action/operation_private.h"

#include "base/clock.h"

static operation_phase half_ended;

bool halves_take(struct operation *op, const struct offer_answer *answer)
{
	struct halves *halves = &op->halves;
	if (answer->verdict != OFFER_RUNS)
		return false;
	if (op->way != WAY_MIXED)
		halves->begun = clock_now();
	str_clear(&halves->script);
	str_add_slice(&halves->script, answer->script);
	halves->fetches = answer->fetches;
	return true;
}

void halves_release(struct halves *halves)
{
	str_release(&halves->script);
	str_release(&halves->held);
}

/* Both halves together may take as long as the command. */
static msec time_left(const struct operation *op)
{
	msec used = clock_now() - op->halves.begun;
	return used < op->plan->timeout ? op->plan->timeout - used : 1;
}

enum job_want halves_go_on(struct operation *op, const struct job_event *event, struct job_step *step)
{
	(void)event;
	enum job_want want = operation_shell(op, step, str_slice(&op->halves.script), op->params, half_ended);
	if (want == JOB_SPAWN && op->plan->timeout)
		step->process.timeout = time_left(op);
	return want;
}

static enum job_want half_ended(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (event->kind != EVENT_EXITED || event->value)
		return op->offer.failed(op, event, step);
	op->headed |= event->said;
	op->said |= event->said;
	if (!op->halves.fetches)
		return op->offer.done(op, event, step);
	str_add_slice(&op->halves.held, event->output);
	op->offer.operation = OFFER_GIT_MERGE;
	return offered_ask(op, step);
}
