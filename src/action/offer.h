/* The native offer: may an operation of our own take the place of a command, and the request that a worker gets for it.
 *
 * A native operation is an optimisation of one shell definition. It is offered only while that very definition is in force: the
 * built-in command, a library that cannot matter to it, the repository recognised by the built-in test, no parameters. The operation itself
 * may still decline (see git/native.h). */
#ifndef MR_ACTION_OFFER_H
#define MR_ACTION_OFFER_H

#include "base/args.h"
#include "base/failure.h"
#include "base/str.h"
#include "registry/registry.h"

/* What can be had natively, by the name of the setting that defines it. Of what speaks with another host by git at least a connection that
 * it can share: by a fetch or pull, a push, a clone; such an offer is never done. */
enum offer_operation {
	OFFER_NOTHING,
	OFFER_GIT_STATUS,
	OFFER_GIT_UPDATE,
	OFFER_GIT_FETCH,
	OFFER_GIT_MERGE, /* the second half of an update, see OFFER_RUNS; nobody is offered that at first */
	OFFER_CONNECT_FETCH,
	OFFER_CONNECT_PUSH,
	OFFER_CONNECT_CLONE,
};

/* What the decision hangs on. */
struct offer_facts {
	const struct setting *command;
	const struct setting *lib;
	bool lib_harmless; /* harmless_library() says so of a lib of the user's */
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
	const char *target; /* the remote that the command names, the URL of a clone; NULL */
	struct slice others; /* names, each with its NUL behind it: what has one of them in its directory may be no git repository. Then it
			      * is left; empty where that is known */
	struct slice said; /* what was asked and answered so far: offer_add_answer() */
	unsigned threads;  /* that a large repository may be split over */
};

enum offer_verdict {
	OFFER_LEFT, /* to the command */
	OFFER_DONE,
	OFFER_ASKS, /* questions for the service: with their answers the request is to be made again */
	OFFER_RUNS, /* in place of an update its halves can be run: script is one of them */
};

/* What one line of a definition says: a status is made of three that have nothing to do with each other. */
enum { OFFER_PIECES = 3 };

struct offer_piece {
	bool done; /* else the line itself has to be run */
	struct slice out;
};

/* What came of asking the remote's host, for a command that the operation is left to. */
enum offer_host {
	OFFER_HOST_NOT_ASKED,
	OFFER_HOST_REACHED,
	OFFER_HOST_UNKNOWN,  /* nobody knows how the command will fare */
	OFFER_HOST_FAILED,   /* nor is it likely to succeed; reason says why */
	OFFER_HOST_TRIED,    /* and it was tried as often as may be */
};

struct offer_answer {
	enum offer_verdict verdict;
	int exit_status;
	bool sole;    /* it was looked for others, and there are none */
	struct slice out;
	struct slice err;
	struct slice why;       /* OFFER_LEFT, OFFER_RUNS */
	struct slice questions; /* OFFER_ASKS: offer_next_question() */
	enum offer_host host;
	enum failure reason;    /* of OFFER_HOST_UNKNOWN and on */
	struct slice script;    /* OFFER_RUNS: what to run */
	bool fetches;           /* it is the first half: OFFER_GIT_MERGE comes next; if that is left, the whole command */
	const char *share;      /* OFFER_LEFT, OFFER_RUNS: a variable, NAME=VALUE, with which git shares the run's connection; NULL */
	struct offer_piece pieces[OFFER_PIECES]; /* OFFER_LEFT, of a status: what could be answered all the same */
};

/* Both as bytes, for the way to a worker and back; decoding gives views into the bytes, and false for bytes that are no message. */
void offer_encode_request(struct str *out, const struct offer_request *request);
bool offer_decode_request(struct offer_request *request, struct slice bytes);
void offer_encode_answer(struct str *out, const struct offer_answer *answer);
bool offer_decode_answer(struct offer_answer *answer, struct slice bytes);

/* Messages to the service and back are bytes that are passed on as they are. A list of questions is a series of them; what was said is a
 * series of questions, each with its answer. */
void offer_add_question(struct str *questions, struct slice question);
bool offer_next_question(struct slice *questions, struct slice *question);
void offer_add_answer(struct str *said, struct slice question, struct slice answer);
bool offer_next_answer(struct slice *said, struct slice *question, struct slice *answer);

#endif
