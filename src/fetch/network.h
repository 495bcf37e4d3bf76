/* The network service: remote repositories are asked for their references, many at a time, over as few connections as
 * can be.
 *
 * network_serve() is the body of the run's service (run/service.h): questions and answers of ask.h. What it starts
 * (ssh, git credential) stays in its process group and ends with it. */
#ifndef MR_FETCH_NETWORK_H
#define MR_FETCH_NETWORK_H

#include "base/clock.h"

struct network;

struct network_opts {
	unsigned jobs_per_host; /* requests or sessions at a time; 0: as many as is good */
	unsigned retries;	/* of what failed and may succeed in a moment */
	msec timeout;		/* for one attempt; 0, and at most: 20 seconds */
};

/* In the supervisor, before the service is started. Chooses where ssh's control sockets will be: below
 * $XDG_RUNTIME_DIR, or /tmp. */
struct network *network_new(const struct network_opts *opts);

/* Within so many milliseconds every question is answered, unless the service hangs. */
msec network_patience(const struct network *network);

/* The body of the service; context: a struct network. */
void network_serve(void *context, int fd);

/* In the supervisor, after the service has ended, in whatever way: takes away what it left. NULL is nothing. */
void network_free(struct network *network);

#endif
