/* A session over a connection of ssh that somebody else holds, as OpenSSH's own client would have it: the protocol of
 * the control socket, version 4 (PROTOCOL.mux). No further process is needed for a session. */
#ifndef MR_FETCH_MUX_H
#define MR_FETCH_MUX_H

#include "base/args.h"
#include "fetch/loop.h"

struct mux;

enum mux_event {
	MUX_OPENED,  /* the server runs the command */
	MUX_REFUSED, /* by the server, which may have its hands full; or by the one who holds the connection */
	MUX_ENDED,   /* the command has ended, and the server has one session less */
	MUX_BROKEN,  /* no such socket, no such protocol, or the connection is gone */
};

struct mux_spec {
	const char *path; /* of the control socket */
	const char *command;
	const char *variable; /* NAME=value for the server, which may not want it; NULL */
	int fds[3];	      /* the command's standard input, output and error; the caller closes them */
};

/* What happens is told: at most one MUX_OPENED, during which it must not be closed, and at the end one of the others;
 * never before this has returned. NULL with errno when there is no such socket. */
struct mux *mux_open(struct loop *loop, const struct mux_spec *spec, void (*tell)(void *context, enum mux_event event),
		     void *context);

/* Hangs up, which ends the command; nobody is told any more. Also to be called after the last event. NULL is nothing.
 */
void mux_close(struct mux *mux);

#endif
