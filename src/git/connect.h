/* Which host a git command is about to speak with over ssh, so that it can be given a connection that is there. Nothing is done natively,
 * and nothing hangs on the answer: a git that goes elsewhere after all makes a connection of its own. */
#ifndef MR_GIT_CONNECT_H
#define MR_GIT_CONNECT_H

#include "base/err.h"
#include "git/native.h"

/* Asks for a connection by way of the request. *asks: it is to be asked for first. -1 with a few words; also when all is done. */
int connect_native(const struct native_request *request, bool *asks, struct err *err);

#endif
