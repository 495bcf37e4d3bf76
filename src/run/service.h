/* The service: one helper process of the run that answers many questions at a time, in whatever order it likes.
 *
 * It is for what waits, such as the network, where workers are for what computes. Questions and answers go over its
 * socket as frames (base/frame.h). Neither side ever waits for the other to read: what does not go now is kept. */
#ifndef MR_RUN_SERVICE_H
#define MR_RUN_SERVICE_H

#include "base/str.h"
#include "run/helper.h"

#include <stdint.h>

struct service {
	pid_t pid;     /* 0: not running */
	int fd;	       /* poll it for reading, and for writing while service_has_to_send(); -1 */
	uint64_t last; /* number of the last question */
	struct str out;
	struct str in;
	size_t taken; /* of in */
};

#define SERVICE_INIT                                                                                                   \
	{                                                                                                              \
		.fd = -1, .out = STR_INIT, .in = STR_INIT                                                              \
	}

/* 0, or an error number. body(context, fd) runs in the service: it reads frames from fd, writes one with the same
 * number for each, and returns at the end of the stream. */
int service_start(struct service *service, helper_body *body, void *context);

/* Sends a question, soon. Returns its number, which is never 0. */
uint64_t service_ask(struct service *service, struct slice question);

bool service_has_to_send(const struct service *service);

/* Sends and receives what goes without waiting. false when the service is gone; what it said before can still be taken.
 */
bool service_exchange(struct service *service);

/* The next answer, valid until the next exchange; false when there is none. */
bool service_answer(struct service *service, uint64_t *id, struct slice *answer);

/* Closes the socket: the service ends. Its pid stays for the reaping; service_forget() after that. */
void service_hang_up(struct service *service);
void service_forget(struct service *service);

#endif
