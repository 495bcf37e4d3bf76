/* One question over ssh: a session on a connection that is there, and the conversation with git-upload-pack in it. */
#ifndef MR_FETCH_SSH_SESSION_H
#define MR_FETCH_SSH_SESSION_H

#include "fetch/loop.h"
#include "fetch/query.h"

struct ssh_session;

enum session_result {
	SESSION_LIST,	 /* the whole list is there, and nothing else was said */
	SESSION_REFUSED, /* no further session could be had */
	SESSION_BROKEN,	 /* the connection is gone */
	SESSION_LATE,	 /* it took too long */
	SESSION_OTHER,	 /* it is no answer; see reason and message */
};

struct session_outcome {
	enum session_result result;
	enum failure reason;
	const char *message; /* valid during the call, as are the bytes */
	struct slice list;
	bool version0;
};

/* Who is told: the outcome, once; and that the server has one session less, after that, also once. Never before
 * session_start() has returned. */
struct session_listener {
	void (*came)(void *context, struct ssh_session *session, const struct session_outcome *outcome);
	void (*over)(void *context, struct ssh_session *session); /* to free it */
	void *context;
};

/* What version of the protocol the host is known to speak; then the question needs not wait for its greeting. */
enum session_version { VERSION_UNKNOWN, VERSION_0, VERSION_2 };

/* The query must live until the outcome has come. NULL when there is no connection, with errno. */
struct ssh_session *ssh_session_start(struct loop *loop, const char *control_path, struct query *query,
				      enum session_version version, msec timeout,
				      const struct session_listener *listener);
struct query *ssh_session_query(const struct ssh_session *session);

/* The server took it. */
bool ssh_session_is_open(const struct ssh_session *session);
void ssh_session_free(struct ssh_session *session);

#endif
