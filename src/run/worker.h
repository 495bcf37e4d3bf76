/* A worker: a forked copy of mr that answers requests, so that a crash or a hang in one costs that request only.
 *
 * Processes and not threads: a library that corrupts memory, loops or waits for a dead file system can be killed, and libgit2 keeps
 * its state per process. A worker serves one request after another over a socket, in its own process group, deaf to the signals of
 * the terminal; it ends when its socket closes. */
#ifndef MR_RUN_WORKER_H
#define MR_RUN_WORKER_H

#include "base/str.h"

#include <sys/types.h>

/* Runs in the worker: adds the answer to reply. */
typedef void worker_serve(void *context, struct slice request, struct str *reply);

struct worker {
	pid_t pid; /* 0: not running */
	int fd;    /* poll it for reading while a request is under way; -1 */
	struct str unsent; /* requests */
	struct str reply;
	size_t taken; /* bytes of it */
};

#define WORKER_INIT {.fd = -1, .unsent = STR_INIT, .reply = STR_INIT}

/* 0, or an error number. */
int worker_start(struct worker *worker, worker_serve *serve, void *context);

/* Takes a request for the next worker_send(), also while earlier ones are not answered; they are answered in their order. */
void worker_add(struct worker *worker, struct slice request);

/* Sends what was added. A worker that is gone is noticed when its answer is received. */
void worker_send(struct worker *worker);

enum worker_state { WORKER_THERE, WORKER_GONE };

/* Reads what is there. */
enum worker_state worker_receive(struct worker *worker);

/* Takes the next whole reply of those that were read; *answer is valid until the next worker_receive(). false when there is none. */
bool worker_take(struct worker *worker, struct slice *answer);

/* Closes the socket: the worker ends as soon as it is idle. Its pid stays for the reaping; worker_forget() after that. */
void worker_hang_up(struct worker *worker);
void worker_forget(struct worker *worker);

#endif
