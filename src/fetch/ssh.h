/* Questions over ssh: by the user's own ssh, one connection a host, which all sessions of the run share. */
#ifndef MR_FETCH_SSH_H
#define MR_FETCH_SSH_H

#include "fetch/loop.h"
#include "fetch/query.h"

struct ssh;

/* dir: where the control sockets will be; made when the first is needed, 0700. All three must live as long. It is not
 * freed: what it started ends with the process group. */
struct ssh *ssh_new(struct loop *loop, const struct query_limits *limits, const char *dir);

/* Answers the query, at once or later. */
void ssh_ask(struct ssh *ssh, struct query *query);

#endif
