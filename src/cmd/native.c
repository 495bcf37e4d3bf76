/* See native.h. */
#include "cmd/native.h"

#include "action/offer.h"
#include "cmd/asking.h"
#include "git/native.h"

static enum native_verdict perform(const struct offer_request *request, struct asking *asking, struct native_result *result)
{
	static const enum native_operation operations[] = {
	    [OFFER_GIT_STATUS] = NATIVE_STATUS,
	    [OFFER_GIT_UPDATE] = NATIVE_UPDATE,
	    [OFFER_GIT_FETCH] = NATIVE_FETCH,
	    [OFFER_GIT_MERGE] = NATIVE_MERGE,
	    [OFFER_CONNECT_FETCH] = NATIVE_CONNECT_FETCH,
	    [OFFER_CONNECT_PUSH] = NATIVE_CONNECT_PUSH,
	    [OFFER_CONNECT_CLONE] = NATIVE_CONNECT_CLONE,
	};
	const struct native_request native = {
	    .operation = operations[request->operation],
	    .repo = request->repo,
	    .cwd = request->cwd,
	    .out_is_terminal = request->out_is_terminal,
	    .err_is_terminal = request->err_is_terminal,
	    .others = request->others,
	    .target = request->target,
	    .threads = request->threads,
	    .ask = asking_ask,
	    .ask_context = asking,
	};
	asking->said = request->said;
	return request->operation == OFFER_NOTHING ? NATIVE_DECLINED : native_git(&native, result);
}

void native_serve(void *context, struct slice bytes, struct str *reply)
{
	(void)context;
	static const enum offer_verdict verdicts[] = {
	    [NATIVE_DECLINED] = OFFER_LEFT,
	    [NATIVE_DONE] = OFFER_DONE,
	    [NATIVE_ASKS] = OFFER_ASKS,
	    [NATIVE_RUNS] = OFFER_RUNS,
	};
	struct offer_request request;
	struct asking asking = {.questions = STR_INIT, .share = STR_INIT};
	struct native_result result = {0};
	_Static_assert((int)OFFER_PIECES == (int)NATIVE_PIECES, "both are the lines of git_status");
	enum native_verdict verdict = NATIVE_DECLINED;
	if (offer_decode_request(&request, bytes))
		verdict = perform(&request, &asking, &result);
	struct offer_answer answer = {
		.verdict = verdicts[verdict],
		.exit_status = result.exit_status,
		.sole = result.sole,
		.out = str_slice(&result.out),
		.err = str_slice(&result.err),
		.why = str_slice(&result.why),
		.questions = str_slice(&asking.questions),
		.host = asking.host,
		.reason = asking.reason,
		.script = str_slice(&result.script),
		.fetches = result.fetches,
		.share = asking.share.len ? str_cstr(&asking.share) : NULL,
	};
	for (int i = 0; i < OFFER_PIECES; i++)
		answer.pieces[i] = (struct offer_piece){result.pieces[i].done, str_slice(&result.pieces[i].out)};
	offer_encode_answer(reply, &answer);
	native_result_release(&result);
	str_release(&asking.questions);
	str_release(&asking.share);
}
