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
	struct str reply;
};

#define WORKER_INIT {.fd = -1, .reply = STR_INIT}

/* 0, or an error number. */
int worker_start(struct worker *worker, worker_serve *serve, void *context);

/* Sends a request to an idle worker. 0, or an error number when the worker is gone. */
int worker_send(struct worker *worker, struct slice request);

enum worker_state { WORKER_BUSY, WORKER_ANSWERED, WORKER_GONE };

/* Reads what is there. WORKER_ANSWERED: *answer is the whole reply, valid until the next worker_send(). */
enum worker_state worker_receive(struct worker *worker, struct slice *answer);

/* Closes the socket: the worker ends as soon as it is idle. Its pid stays for the reaping; worker_forget() after that. */
void worker_hang_up(struct worker *worker);
void worker_forget(struct worker *worker);

#endif
