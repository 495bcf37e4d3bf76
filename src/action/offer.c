/* See offer.h. */
#include "action/offer.h"

#include "base/message.h"

#include <limits.h>
#include <string.h>

enum offer_operation offer_decide(const struct offer_facts *facts, const char **why)
{
	static const struct {
		const char *vcs, *action;
		enum offer_operation operation;
	} known[] = {
	    {"git", "status", OFFER_GIT_STATUS},
	    {"git", "update", OFFER_GIT_UPDATE},
	    {"git", "fetch", OFFER_GIT_FETCH},
	};
	enum offer_operation operation = OFFER_NOTHING;
	for (size_t i = 0; facts->vcs && i < sizeof known / sizeof *known; i++) {
		if (strcmp(facts->vcs, known[i].vcs) == 0 && strcmp(facts->action, known[i].action) == 0)
			operation = known[i].operation;
	}
	*why = NULL;
	if (operation == OFFER_NOTHING)
		return OFFER_NOTHING;
	if (!facts->command->builtin)
		*why = "the command is not the built-in one";
	else if (!facts->vcs_builtin)
		*why = "git_test is not the built-in one";
	else if (!facts->lib || !(facts->lib->builtin || facts->lib_harmless))
		*why = "lib may change what the command does";
	else if (facts->params->len)
		*why = "there are parameters";
	return *why ? OFFER_NOTHING : operation;
}

void offer_encode_request(struct str *out, const struct offer_request *request)
{
	message_put_number(out, request->operation);
	message_put_number(out, request->out_is_terminal);
	message_put_number(out, request->err_is_terminal);
	message_put_text(out, request->repo);
	message_put_text(out, request->cwd);
	message_put_text(out, request->target);
	message_put_bytes(out, request->others);
	message_put_bytes(out, request->said);
	message_put_number(out, request->threads);
}

bool offer_decode_request(struct offer_request *request, struct slice bytes)
{
	int64_t operation, out_is_terminal, err_is_terminal, threads;
	const char *repo, *cwd, *target;
	struct slice others, said;
	if (!message_get_number(&bytes, 0, OFFER_CONNECT_CLONE, &operation) ||
	    !message_get_number(&bytes, 0, 1, &out_is_terminal) || !message_get_number(&bytes, 0, 1, &err_is_terminal) ||
	    !message_get_text(&bytes, &repo) || !message_get_text(&bytes, &cwd) || !message_get_text(&bytes, &target) ||
	    !message_get_bytes(&bytes, &others) || !message_get_bytes(&bytes, &said) ||
	    !message_get_number(&bytes, 0, INT_MAX, &threads) || !repo || !cwd || bytes.len ||
	    (operation == OFFER_CONNECT_CLONE && !target))
		return false;
	*request = (struct offer_request){
	    .operation = (enum offer_operation)operation,
	    .out_is_terminal = out_is_terminal,
	    .err_is_terminal = err_is_terminal,
	    .repo = repo,
	    .cwd = cwd,
	    .target = target,
	    .others = others,
	    .said = said,
	    .threads = (unsigned)threads,
	};
	return true;
}

void offer_encode_answer(struct str *out, const struct offer_answer *answer)
{
	message_put_number(out, answer->verdict);
	message_put_number(out, answer->exit_status);
	message_put_number(out, answer->sole);
	message_put_bytes(out, answer->out);
	message_put_bytes(out, answer->err);
	message_put_bytes(out, answer->why);
	message_put_bytes(out, answer->questions);
	message_put_number(out, answer->host);
	message_put_number(out, answer->reason);
	message_put_text(out, answer->share);
	message_put_bytes(out, answer->script);
	message_put_number(out, answer->fetches);
	for (int i = 0; i < OFFER_PIECES; i++) {
		message_put_number(out, answer->pieces[i].done);
		message_put_bytes(out, answer->pieces[i].out);
	}
}

static bool decode_pieces(struct offer_piece *pieces, struct slice *bytes)
{
	for (int i = 0; i < OFFER_PIECES; i++) {
		int64_t done;
		if (!message_get_number(bytes, 0, 1, &done) || !message_get_bytes(bytes, &pieces[i].out))
			return false;
		pieces[i].done = done;
	}
	return true;
}

bool offer_decode_answer(struct offer_answer *answer, struct slice bytes)
{
	int64_t verdict, exit_status, sole, host, reason, fetches;
	if (!message_get_number(&bytes, 0, OFFER_RUNS, &verdict) || !message_get_number(&bytes, INT_MIN, INT_MAX, &exit_status) ||
	    !message_get_number(&bytes, 0, 1, &sole) ||
	    !message_get_bytes(&bytes, &answer->out) || !message_get_bytes(&bytes, &answer->err) ||
	    !message_get_bytes(&bytes, &answer->why) || !message_get_bytes(&bytes, &answer->questions) ||
	    !message_get_number(&bytes, 0, OFFER_HOST_TRIED, &host) || !message_get_number(&bytes, 0, FAILURE_OTHER, &reason) ||
	    !message_get_text(&bytes, &answer->share) || !message_get_bytes(&bytes, &answer->script) ||
	    !message_get_number(&bytes, 0, 1, &fetches) || !decode_pieces(answer->pieces, &bytes) || bytes.len)
		return false;
	answer->verdict = (enum offer_verdict)verdict;
	answer->host = (enum offer_host)host;
	answer->reason = (enum failure)reason;
	answer->sole = sole;
	answer->fetches = fetches;
	answer->exit_status = (int)exit_status;
	return true;
}

void offer_add_question(struct str *questions, struct slice question)
{
	message_put_bytes(questions, question);
}

bool offer_next_question(struct slice *questions, struct slice *question)
{
	return message_get_bytes(questions, question);
}

void offer_add_answer(struct str *said, struct slice question, struct slice answer)
{
	message_put_bytes(said, question);
	message_put_bytes(said, answer);
}

bool offer_next_answer(struct slice *said, struct slice *question, struct slice *answer)
{
	return message_get_bytes(said, question) && message_get_bytes(said, answer);
}
