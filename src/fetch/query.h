/* A question inside the network service, from its arrival to its answer. */
#ifndef MR_FETCH_QUERY_H
#define MR_FETCH_QUERY_H

#include "base/clock.h"
#include "fetch/ask.h"

#include <stdint.h>

/* How the service works; the limits of the run. */
struct query_limits {
	unsigned jobs_per_host; /* requests or sessions at a time; 0: as many as is good */
	unsigned retries;	/* after a failure that may pass */
	msec timeout;		/* for one attempt */
	msec patience;		/* for one question, with all that stands before it in the queue */
};

struct query {
	struct ask_question question;
	struct str bytes; /* what its strings point into */
	uint64_t id;
	struct str *replies;   /* where the answer goes, as a frame */
	msec deadline;	       /* the end of patience */
	unsigned failures;     /* attempts that failed and may be repeated */
	bool with_credentials; /* HTTP: the present attempt has some */
	const char *share;     /* for the answer; owned by the transport */
	struct query *next;    /* in the transport's queue */
};

/* NULL when the bytes are no question. */
struct query *query_new(uint64_t id, struct slice bytes, struct str *replies);

/* Words of a program or a host as one line. For free(). */
char *query_one_line(struct slice words);

/* Each answers the query and frees it. The answer's texts are needed during the call only. */
void query_answer(struct query *query, const struct ask_answer *answer);
void query_fail(struct query *query, enum ask_kind kind, enum failure reason, const char *message);

/* Reads the list of references that was received and answers with it, or with why it is none. */
void query_answer_list(struct query *query, struct slice bytes, bool version0);

/* How long to wait before attempt number failures + 1: longer each time, and never the same. */
msec query_backoff(unsigned failures);

/* Queries that wait, first come first served. Zeroed: empty. */
struct query_queue {
	struct query *first, *last;
};

void query_queue_add(struct query_queue *queue, struct query *query);
void query_queue_add_first(struct query_queue *queue, struct query *query);
struct query *query_queue_take(struct query_queue *queue); /* NULL: none */

/* Fails all of them. */
void query_queue_fail(struct query_queue *queue, enum ask_kind kind, enum failure reason, const char *message);

/* Gives up those whose patience is over. */
void query_queue_expire(struct query_queue *queue, msec now);

#endif
