/* A status that is asked for before anything else: of most repositories all is known but whether they are git's alone, and to see that
 * costs a good part of what a worker needs for the whole answer. So the worker looks for that, too. Where it is not so, or somebody wants
 * to be asked first, everything goes its usual way. */
#include "action/operation_private.h"

#include <string.h>

/* Nothing is run or decided before the command. */
static bool comes_first(const struct operation *op)
{
	static const char *const names[] = {"skip", "deleted", "pre_status"};
	const struct section *section = op->repo->section;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (section_get(section, names[i]) || section_get_vcs(section, "git", names[i]))
			return false;
	return true;
}

static enum job_want foreseen(struct operation *op, const struct job_event *event, struct job_step *step)
{
	struct offer_answer answer;
	bool sole = event->kind == EVENT_ANSWERED && offer_decode_answer(&answer, event->output) && answer.sole;
	/* A worker that crashed or took too long is not tried again. */
	op->foreseen.kept = sole || event->kind != EVENT_ANSWERED;
	op->foreseen.kind = event->kind;
	if (op->foreseen.kept)
		str_add_slice(&op->foreseen.answer, event->output);
	if (!sole) {
		operation_find_directory(op, true);
		return operation_detect(op, event, step, operation_check_skip);
	}
	op->detected = true;
	op->entered = true;
	vcs_expect_git(&op->vcs);
	return operation_check_skip(op, event, step);
}

bool operation_foresee(struct operation *op, struct job_step *step)
{
	const struct operation_plan *plan = op->plan;
	const struct section *section = op->repo->section;
	bool caches = plan->cache || plan->cached || plan->uncache;
	if (!plan->native || caches || plan->leaf || plan->unrecorded || strcmp(op->action, "status") != 0 || !comes_first(op))
		return false;
	if (plan->verbose && section_get(section, "lib") != plan->last_lib)
		return false; /* who shows a library hangs on who starts first */
	const struct setting *command = section_get(section, "status");
	const char *why;
	struct slice others;
	if (!command)
		command = section_get_vcs(section, "git", "status");
	if (!command || !vcs_expects_git(plan->vcs_memo, section, &others))
		return false;
	op->offer.operation = offered_decide(op, command, "git", true, &why);
	if (op->offer.operation != OFFER_GIT_STATUS || !others.len)
		return false;
	op->library_known = true;
	operation_find_directory(op, false); /* a link is no repository for the worker */
	op->offer.others = others;
	offered_ask(op, step);
	op->offer.others = (struct slice){0}; /* a view; it is in the request */
	op->phase = foreseen;
	return true;
}
