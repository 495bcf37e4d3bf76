/* See offer.h. */
#include "action/offer.h"

#include <string.h>

enum offer_operation offer_decide(const struct offer_facts *facts, const char **why)
{
	static const struct {
		const char *vcs, *action;
		enum offer_operation operation;
	} known[] = {{"git", "status", OFFER_GIT_STATUS}, {"git", "update", OFFER_GIT_UPDATE}};
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
	else if (!facts->lib || !facts->lib->builtin)
		*why = "lib is not the built-in one";
	else if (facts->params->len)
		*why = "there are parameters";
	return *why ? OFFER_NOTHING : operation;
}

/* Messages stay on this machine and in this program, so that numbers go as they are in memory. */
static void put_bytes(struct str *out, struct slice bytes)
{
	str_add(out, &bytes.len, sizeof bytes.len);
	str_add_slice(out, bytes);
	str_addc(out, '\0');
}

static bool get(struct slice *in, void *to, size_t len)
{
	if (in->len < len)
		return false;
	memcpy(to, in->ptr, len);
	*in = slice_make(in->ptr + len, in->len - len);
	return true;
}

static bool get_bytes(struct slice *in, struct slice *bytes)
{
	size_t len;
	if (!get(in, &len, sizeof len) || in->len < len || in->len - len < 1 || in->ptr[len])
		return false;
	*bytes = slice_make(in->ptr, len);
	*in = slice_make(in->ptr + len + 1, in->len - len - 1);
	return true;
}

void offer_encode_request(struct str *out, const struct offer_request *request)
{
	const char head[3] = {(char)request->operation, request->out_is_terminal, request->err_is_terminal};
	str_add(out, head, sizeof head);
	put_bytes(out, slice_of(request->repo));
	put_bytes(out, slice_of(request->cwd));
}

bool offer_decode_request(struct offer_request *request, struct slice bytes)
{
	char head[3];
	struct slice repo, cwd;
	if (!get(&bytes, head, sizeof head) || !get_bytes(&bytes, &repo) || !get_bytes(&bytes, &cwd) || bytes.len)
		return false;
	*request = (struct offer_request){
	    .operation = (enum offer_operation)head[0],
	    .out_is_terminal = head[1],
	    .err_is_terminal = head[2],
	    .repo = repo.ptr,
	    .cwd = cwd.ptr,
	};
	return true;
}

void offer_encode_answer(struct str *out, const struct offer_answer *answer)
{
	str_addc(out, answer->done);
	str_add(out, &answer->exit_status, sizeof answer->exit_status);
	put_bytes(out, answer->out);
	put_bytes(out, answer->err);
	put_bytes(out, answer->why);
}

bool offer_decode_answer(struct offer_answer *answer, struct slice bytes)
{
	char done;
	if (!get(&bytes, &done, 1) || !get(&bytes, &answer->exit_status, sizeof answer->exit_status) ||
	    !get_bytes(&bytes, &answer->out) || !get_bytes(&bytes, &answer->err) || !get_bytes(&bytes, &answer->why) ||
	    bytes.len)
		return false;
	answer->done = done;
	return true;
}
