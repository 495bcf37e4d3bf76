/* A built-in command that failed because of the network: why, after its own words, and another try where that may help. Only where the
 * network service was concerned with the repository, so that nothing is added to what fails for local reasons. */
#include "action/operation_private.h"

#include <unistd.h>

/* Between two tries: doubled each time, and up to half of it more, so that many repositories do not come back at once. */
enum { FIRST_PAUSE_MS = 1000 };

static bool is_concerned(const struct operation *op, const struct job_event *event)
{
	return op->offer.host != OFFER_HOST_NOT_ASKED && event->kind == EVENT_EXITED && event->value && op->plan->explain;
}

static const char *explain(const struct operation *op, const struct job_event *event, bool *passes)
{
	return op->plan->explain(event->words, op->offer.host == OFFER_HOST_REACHED, passes);
}

static msec pause_before(unsigned failures)
{
	msec pause = (msec)FIRST_PAUSE_MS << (failures < 5 ? failures : 5);
	unsigned mixed = ((unsigned)clock_now() ^ (unsigned)getpid() * 2654435761u) * 2246822519u;
	return pause + (msec)(mixed >> 16) % (pause / 2);
}

bool operation_retry(struct operation *op, const struct job_event *event, struct job_step *step, operation_phase *again)
{
	struct offered *offer = &op->offer;
	bool passes;
	/* The service has tried as often as may be; a password is asked for once. */
	if (!is_concerned(op, event) || event->prompted || offer->host == OFFER_HOST_TRIED ||
	    offer->failures >= op->plan->retries)
		return false;
	const char *reason = explain(op, event, &passes);
	if (!reason || !passes)
		return false;
	if (op->mode != MODE_QUIET)
		operation_say(op, op->mode == MODE_SHOW ? STREAM_ERR : STREAM_OUT, "mr %s: %s, trying again\n", op->action, reason);
	step->delay = pause_before(offer->failures++);
	op->phase = again;
	return true;
}

void operation_give_reason(struct operation *op, const struct job_event *event)
{
	bool passes;
	if (!is_concerned(op, event))
		return;
	const char *reason = explain(op, event, &passes);
	/* Nothing was seen of a command that had the terminal. */
	if (!reason && !event->words.len)
		reason = op->offer.reason;
	if (reason)
		operation_say(op, STREAM_ERR, "mr %s: %s\n", op->action, reason);
}
