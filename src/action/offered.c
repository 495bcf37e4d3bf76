/* An operation whose command may be done natively: a worker is asked, which may want the network service to be asked first. In the end
 * the command is done, or left to a shell after all; then its git may get the run's connection to its host. */
#include "action/harmless.h"
#include "action/network_command.h"
#include "action/operation_private.h"

#include "base/path.h"

#include <stdlib.h>
#include <string.h>

/* A worker asks again only when the repository has changed meanwhile. */
enum { MOST_ROUNDS = 4 };

static operation_phase worker_answered, service_answered;

static enum job_want call_worker(struct operation *op, struct job_step *step);

static bool only_connects(const struct operation *op)
{
	return op->offer.operation >= OFFER_CONNECT_FETCH;
}

/* To the shell, once it is known whether its git can share a connection. A host that was asked has said that. */
static enum job_want leave_to_shell(struct operation *op, const struct job_event *event, struct job_step *step)
{
	struct offered *offer = &op->offer;
	const char *vcs = vcs_name(&op->vcs);
	bool git = op->is_checkout || (vcs && !strcmp(vcs, "git"));
	if (!git || op->plan->alone || only_connects(op) || offer->host != OFFER_HOST_NOT_ASKED)
		return offer->left(op, event, step);
	free(offer->target);
	offer->operation = network_command(op->command->value, op->params, &offer->target);
	if (op->is_checkout ? offer->operation != OFFER_CONNECT_CLONE
			    : offer->operation != OFFER_CONNECT_FETCH && offer->operation != OFFER_CONNECT_PUSH)
		return offer->left(op, event, step);
	offer->rounds = 0;
	str_clear(&offer->said);
	return call_worker(op, step);
}

static enum job_want leave(struct operation *op, const struct job_event *event, struct job_step *step, struct slice why)
{
	if (only_connects(op))
		return op->offer.left(op, event, step);
	if (op->plan->verbose)
		operation_say(op, STREAM_OUT, "mr %s: native: left to git, %.*s\n", op->action, (int)why.len, why.ptr);
	op->way = WAY_GIT;
	return leave_to_shell(op, event, step);
}

static void show(struct operation *op, const struct offer_answer *answer)
{
	if (op->mode == MODE_QUIET)
		return;
	enum stream err = op->mode == MODE_MINIMAL ? STREAM_OUT : STREAM_ERR;
	bool said = answer->out.len || answer->err.len;
	if (said && !op->headed && op->mode == MODE_MINIMAL)
		operation_say(op, STREAM_OUT, "%s", str_cstr(&op->header));
	job_say(op->job, err, answer->err.ptr, answer->err.len);
	job_say(op->job, STREAM_OUT, answer->out.ptr, answer->out.len);
	op->headed |= said;
	op->said |= said;
}

static enum job_want call_worker(struct operation *op, struct job_step *step)
{
	struct group *group = job_group(op->job);
	size_t len = strlen(op->dir) - 1;
	char *repo = mem_dup(op->dir, len ? len : 1);
	str_clear(&op->offer.request);
	offer_encode_request(&op->offer.request, &(struct offer_request){
		.operation = op->offer.operation,
		.repo = repo,
		.cwd = op->plan->leaf || op->is_checkout ? op->cwd : repo,
		.target = op->offer.target,
		.out_is_terminal = group_stream_is_terminal(group, STREAM_OUT),
		.err_is_terminal = group_stream_is_terminal(group, STREAM_ERR),
		.others = op->offer.others,
		.said = str_slice(&op->offer.said),
		.threads = op->plan->threads,
	});
	free(repo);
	step->request = str_slice(&op->offer.request);
	op->phase = worker_answered;
	return JOB_CALL;
}

enum job_want offered_ask(struct operation *op, struct job_step *step)
{
	str_clear(&op->offer.said);
	op->offer.rounds = 0;
	return call_worker(op, step);
}

/* Work trees of one repository have the same questions, one after the other: each is asked once. */
static bool is_shared(const struct operation *op)
{
	char *trees = op->store ? path_join(op->store, "worktrees") : NULL;
	bool shared = trees && path_is_dir(trees);
	free(trees);
	return shared;
}

/* Asks the next question that is left; when there is none the worker goes on with the answers. */
static enum job_want ask_next(struct operation *op, struct job_step *step)
{
	struct offered *offer = &op->offer;
	struct slice question, answer;
	while (offer_next_question(&offer->left_to_ask, &question)) {
		if (answers_find(op->plan->answers, question, &answer)) {
			offer_add_answer(&offer->said, question, answer);
			continue;
		}
		step->request = offer->question = question;
		op->phase = service_answered;
		return JOB_ASK;
	}
	return call_worker(op, step);
}

static enum job_want service_answered(struct operation *op, const struct job_event *event, struct job_step *step)
{
	if (event->kind != EVENT_ANSWERED)
		return leave(op, event, step, event->output);
	if (is_shared(op))
		answers_keep(op->plan->answers, op->offer.question, event->output);
	offer_add_answer(&op->offer.said, op->offer.question, event->output);
	return ask_next(op, step);
}

static enum job_want worker_answered(struct operation *op, const struct job_event *event, struct job_step *step)
{
	struct offered *offer = &op->offer;
	struct offer_answer answer = {0};
	if (event->kind != EVENT_ANSWERED || !offer_decode_answer(&answer, event->output))
		return leave(op, event, step, event->output);
	/* Only success is taken: failing is left to git, which says why in its own words. */
	if (answer.verdict == OFFER_DONE && !answer.exit_status) {
		if (op->plan->verbose && op->way != WAY_MIXED)
			operation_say(op, STREAM_OUT, "mr %s: native: done without git\n", op->action);
		show(op, &answer);
		op->way = op->way == WAY_MIXED ? WAY_MIXED : WAY_NATIVE;
		return offer->done(op, event, step);
	}
	if (answer.verdict == OFFER_ASKS && ++offer->rounds < MOST_ROUNDS) {
		str_clear(&offer->said);
		str_clear(&offer->questions);
		str_add_slice(&offer->questions, answer.questions);
		offer->left_to_ask = str_slice(&offer->questions);
		return ask_next(op, step);
	}
	if (!only_connects(op) && pieces_take(op, &answer)) {
		if (op->plan->verbose)
			operation_say(op, STREAM_OUT, "mr %s: native: partly, the rest left to git, %.*s\n", op->action,
				      (int)answer.why.len, answer.why.ptr);
		op->way = WAY_MIXED;
		return pieces_go_on(op, event, step);
	}
	/* The second half asks no host. */
	if (op->way != WAY_MIXED) {
		offer->host = answer.host;
		offer->reason = answer.reason;
	}
	if (answer.share)
		operation_share(op, answer.share);
	if (halves_take(op, &answer)) {
		if (op->plan->verbose && op->way != WAY_MIXED)
			operation_say(op, STREAM_OUT, "mr %s: native: in halves, %.*s\n", op->action, (int)answer.why.len, answer.why.ptr);
		op->way = WAY_MIXED;
		return halves_go_on(op, event, step);
	}
	if (answer.share && only_connects(op) && op->plan->verbose)
		operation_say(op, STREAM_OUT, "mr %s: native: git shares the run's connection\n", op->action);
	return leave(op, event, step, answer.why);
}

/* Sections that share a lib share the setting: it is read once. */
static bool is_harmless(struct operation_plan *plan, const struct setting *lib)
{
	if (!lib || lib->builtin)
		return lib != NULL;
	if (lib != plan->judged_lib) {
		plan->judged_lib = lib;
		plan->lib_is_harmless = harmless_library(lib->value);
	}
	return plan->lib_is_harmless;
}

enum offer_operation offered_decide(struct operation *op, const struct setting *command, const char *vcs, bool vcs_builtin,
				    const char **why)
{
	const struct setting *lib = section_get(op->repo->section, "lib");
	const struct offer_facts facts = {
	    .command = command,
	    .lib = lib,
	    .lib_harmless = is_harmless(op->plan, lib),
	    .vcs = vcs,
	    .vcs_builtin = vcs_builtin,
	    .action = op->action,
	    .params = op->params,
	};
	return offer_decide(&facts, why);
}

enum job_want operation_offer(struct operation *op, struct job_step *step, operation_phase *done, operation_phase *left,
			      operation_phase *failed)
{
	if (!op->plan->native || op->caches)
		return left(op, NULL, step);
	const struct job_event foreseen = {.kind = op->foreseen.kind, .output = str_slice(&op->foreseen.answer)};
	const char *why;
	op->offer.operation = offered_decide(op, op->command, vcs_name(&op->vcs), op->vcs.builtin, &why);
	op->offer.done = done;
	op->offer.left = left;
	op->offer.failed = failed;
	if (op->offer.operation != OFFER_NOTHING)
		return op->foreseen.kept ? worker_answered(op, &foreseen, step) : call_worker(op, step);
	if (why)
		op->way = WAY_GIT;
	if (why && op->plan->verbose)
		operation_say(op, STREAM_OUT, "mr %s: native: not used, %s\n", op->action, why);
	return leave_to_shell(op, NULL, step);
}

void offered_release(struct offered *offer)
{
	str_release(&offer->request);
	str_release(&offer->said);
	str_release(&offer->questions);
	free(offer->target);
	offer->target = NULL;
}
