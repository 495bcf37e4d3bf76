/* Between native git, which wants to know what a remote has, and the network service, which finds out. */
#ifndef MR_CMD_ASKING_H
#define MR_CMD_ASKING_H

#include "action/offer.h"
#include "base/err.h"
#include "base/str.h"
#include "git/advert.h"
#include "git/question.h"

/* The questions of one request to a worker, and the answers that came with it. */
struct asking {
	struct slice said;    /* as in struct offer_request */
	struct str questions; /* those without an answer, as in struct offer_answer */
	enum offer_host host; /* the worst that came of asking */
	enum failure reason;
	struct str share;     /* see struct ask_answer; empty: git reaches the host in its own way */
};

/* A native_ask function; the context is a struct asking. */
int asking_ask(void *context, const struct question *question, struct advert *advert, struct err *err);

#endif
