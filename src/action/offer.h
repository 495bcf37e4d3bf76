/* The native offer: may an operation of our own take the place of a command, and the request that a worker gets for it.
 *
 * A native operation is an optimisation of one shell definition. It is offered only while that very definition is in force: the
 * built-in command, the built-in library, the repository recognised by the built-in test, no parameters. The operation itself
 * may still decline (see git/native.h). */
#ifndef MR_ACTION_OFFER_H
#define MR_ACTION_OFFER_H

#include "base/args.h"
#include "base/str.h"
#include "registry/registry.h"

/* What can be had natively, by the name of the setting that defines it. */
enum offer_operation { OFFER_NOTHING, OFFER_GIT_STATUS, OFFER_GIT_UPDATE };

/* What the decision hangs on. */
struct offer_facts {
	const struct setting *command;
	const struct setting *lib;
	const char *vcs;
	bool vcs_builtin;
	const char *action;
	const struct args *params;
};

/* OFFER_NOTHING: *why says why in a few words, or is NULL where nobody would expect a native operation. */
enum offer_operation offer_decide(const struct offer_facts *facts, const char **why);

struct offer_request {
	enum offer_operation operation;
	const char *repo; /* as in struct native_request */
	const char *cwd;
	bool out_is_terminal;
	bool err_is_terminal;
};

struct offer_answer {
	bool done;
	int exit_status;
	struct slice out;
	struct slice err;
	struct slice why; /* when not done */
};

/* Both as bytes, for the way to a worker and back; decoding gives views into the bytes, and false for bytes that are no message. */
void offer_encode_request(struct str *out, const struct offer_request *request);
bool offer_decode_request(struct offer_request *request, struct slice bytes);
void offer_encode_answer(struct str *out, const struct offer_answer *answer);
bool offer_decode_answer(struct offer_answer *answer, struct slice bytes);

#endif
