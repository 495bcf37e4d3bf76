/* Transfers of libcurl in the loop of the network service, many at a time. Beside http.c nobody includes this. */
#ifndef MR_FETCH_MULTI_H
#define MR_FETCH_MULTI_H

#include "fetch/library.h"
#include "fetch/loop.h"

struct multi;

/* A transfer has ended and is taken out; context is that of multi_new(). */
typedef void multi_ended(void *context, CURL *handle, CURLcode code);

/* connections: to a host at a time. NULL when libcurl cannot be used. */
struct multi *multi_new(struct loop *loop, unsigned connections, multi_ended *ended, void *context);

/* Begins a transfer; ended() is told later. */
void multi_add(struct multi *multi, CURL *handle);

#endif
