/* See native.h. */
#include "cmd/native.h"

#include "action/offer.h"
#include "git/native.h"

static bool perform(const struct offer_request *request, struct native_result *result)
{
	const struct native_request native = {
	    .operation = request->operation == OFFER_GIT_UPDATE ? NATIVE_UPDATE : NATIVE_STATUS,
	    .repo = request->repo,
	    .cwd = request->cwd,
	    .out_is_terminal = request->out_is_terminal,
	    .err_is_terminal = request->err_is_terminal,
	};
	return native_git(&native, result);
}

void native_serve(void *context, struct slice bytes, struct str *reply)
{
	(void)context;
	struct offer_request request;
	struct native_result result = {0};
	bool done = offer_decode_request(&request, bytes) && perform(&request, &result);
	offer_encode_answer(reply, &(struct offer_answer){
		.done = done,
		.exit_status = result.exit_status,
		.out = str_slice(&result.out),
		.err = str_slice(&result.err),
		.why = str_slice(&result.why),
	});
	native_result_release(&result);
}
