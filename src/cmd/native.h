/* What a worker process does: answers the requests of action/offer.h by the operations of git/. */
#ifndef MR_CMD_NATIVE_H
#define MR_CMD_NATIVE_H

#include "base/str.h"

/* A worker_serve function. */
void native_serve(void *context, struct slice request, struct str *reply);

#endif
