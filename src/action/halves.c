/* An update in halves: a worker says what is to be run in the command's place, first to fetch, then, asked anew, to merge. It may do the
 * latter itself, or leave all of it to the command after all. */
#include "action/operation_private.h"

static operation_phase half_ended;

bool halves_take(struct operation *op, const struct offer_answer *answer)
{
	/* Output that is held is that of one process, and so is the time that is allowed. */
	if (answer->verdict != OFFER_RUNS || (op->mode != MODE_SHOW && op->mode != MODE_MINIMAL) || op->plan->timeout)
		return false;
	str_clear(&op->halves.script);
	str_add_slice(&op->halves.script, answer->script);
	op->halves.fetches = answer->fetches;
	return true;
}

void halves_release(struct halves *halves)
{
	str_release(&halves->script);
}

enum job_want halves_go_on(struct operation *op, const struct job_event *event, struct job_step *step)
{
	(void)event;
	return operation_shell(op, step, str_slice(&op->halves.script), op->params, half_ended);
}

static enum job_want half_ended(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (event->kind != EVENT_EXITED || event->value)
		return op->offer.failed(op, event, step);
	op->said |= event->said;
	if (!op->halves.fetches)
		return op->offer.done(op, event, step);
	op->offer.operation = OFFER_GIT_MERGE;
	return offered_ask(op, step);
}
