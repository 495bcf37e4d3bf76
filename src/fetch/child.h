/* A program that the network service runs: what goes in and comes out is kept, and it has a deadline. */
#ifndef MR_FETCH_CHILD_H
#define MR_FETCH_CHILD_H

#include "base/str.h"
#include "fetch/loop.h"

struct child;

/* How it ended. */
struct child_end {
	int status;	  /* the wait status; -1: it could not be started, or was killed because its time was over */
	struct slice out; /* valid during the call; what is beyond a megabyte is dropped */
	struct slice err;
};

struct child_spec {
	char *const *argv; /* argv[0] is looked for on the PATH */
	const char *dir;
	char *const *variables; /* further ones of the environment, "NAME=value"; NULL: none */
	struct slice input;	/* what it reads */
	msec timeout;		/* CLOCK_NEVER: none */
};

typedef void child_ended(void *context, const struct child_end *end);

/* Starts it, in the service's process group. ended() is told once, never before this has returned; then the child is
 * freed. Strings are needed during the call only. NULL when there are no descriptors or processes left. */
struct child *child_start(struct loop *loop, const struct child_spec *spec, child_ended *ended, void *context);

/* What it said so far on standard error, up to this moment. */
struct slice child_errors(struct child *child);

/* Sends it a signal. */
void child_signal(const struct child *child, int sig);

/* Kills it; nobody is told. */
void child_abandon(struct child *child);

#endif
