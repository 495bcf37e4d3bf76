/* A built-in command that failed because of the network: why, after its own words, and another try where that may help. Only where the
 * network service was concerned with the repository, so that nothing is added to what fails for local reasons. */
#include "action/operation_private.h"

#include <unistd.h>

/* Between two tries: doubled each time, and up to half of it more, so that many repositories do not come back at once. */
enum { FIRST_PAUSE_MS = 1000 };

static bool is_concerned(const struct operation *op, const struct job_event *event)
{
	return op->offer.host != OFFER_HOST_NOT_ASKED && event->kind == EVENT_EXITED && event->value;
}

/* What says "permission denied" although the host has just answered was not the host. */
static enum failure explain(const struct operation *op, const struct job_event *event)
{
	enum failure failure = failure_of_words(event->words);
	bool reached = op->offer.host == OFFER_HOST_REACHED;
	bool fits = !reached || failure_is_transient(failure) || failure == FAILURE_DIVERGED || failure == FAILURE_LOCAL_CHANGES;
	/* Nothing was seen of a command that had the terminal. */
	if (!event->words.len && op->offer.reason != FAILURE_OTHER)
		return op->offer.reason;
	return fits ? failure : FAILURE_NONE;
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
	/* The service has tried as often as may be; a password is asked for once. */
	if (!is_concerned(op, event) || event->prompted || offer->host == OFFER_HOST_TRIED ||
	    offer->failures >= op->plan->retries)
		return false;
	enum failure failure = explain(op, event);
	if (!event->words.len || !failure_is_transient(failure))
		return false;
	if (op->mode != MODE_QUIET)
		operation_say(op, op->mode == MODE_SHOW ? STREAM_ERR : STREAM_OUT, "mr %s: %s, trying again\n", op->action,
			      failure_text(failure));
	step->delay = pause_before(offer->failures++);
	op->phase = again;
	return true;
}

void operation_give_reason(struct operation *op, const struct job_event *event)
{
	enum failure failure = is_concerned(op, event) ? explain(op, event) : FAILURE_NONE;
	if (failure != FAILURE_NONE)
		operation_say(op, STREAM_ERR, "mr %s: %s\n", op->action, failure_text(failure));
}
