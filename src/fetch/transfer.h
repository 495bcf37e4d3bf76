/* One attempt to ask a web server: a request of protocol version 2's ls-refs and what came of it. Beside http.c nobody
 * includes this. */
#ifndef MR_FETCH_TRANSFER_H
#define MR_FETCH_TRANSFER_H

#include "fetch/ask.h"
#include "fetch/library.h"

/* Whom to ask: what the URL says. */
struct transfer_target {
	char *url;	/* of the service, without user and password */
	char *user_url; /* with the user, if it names one: then only that line of ~/.netrc counts */
	char *origin;	/* "https://host:port" */
	char *protocol; /* "https" */
	char *host;	/* as git knows it: with a port where the URL has one */
	char *path;	/* without the first slash */
	char *user;	/* NULL: the URL names none */
	char *password;
};

/* -1 with a few words when the URL is none that is understood. Release a zeroed target either way. */
int transfer_target_parse(struct transfer_target *target, const char *url, struct err *err);
void transfer_target_release(struct transfer_target *target);

struct transfer;

struct transfer_opts {
	const char *user; /* NULL: none, but what ~/.netrc has */
	const char *password;
	bool multiplexes; /* the server takes many requests on a connection: wait for one rather than make another */
	long timeout_ms;
};

/* An easy handle, ready to be added to a multi handle. The question must live as long. NULL with a few words. */
struct transfer *transfer_new(const struct ask_question *question, const struct transfer_target *target,
			      const struct transfer_opts *opts, struct err *err);
CURL *transfer_handle(const struct transfer *transfer);

/* Whose it is, found again by its handle. */
void transfer_set_context(struct transfer *transfer, void *context);
void *transfer_context(CURL *handle);
void transfer_free(struct transfer *transfer); /* after its removal from the multi handle */

/* What came of it. */
enum transfer_result {
	TRANSFER_LIST,	     /* transfer_body(): an answer that says to be one to ls-refs */
	TRANSFER_CREDENTIAL, /* 401, and a user name and password would do */
	TRANSFER_BUSY,	     /* 429, 502, 503, 504 */
	TRANSFER_BROKEN,     /* no connection, or it broke; see reason */
	TRANSFER_OTHER,	     /* git may know better; see reason */
};

struct transfer_outcome {
	enum transfer_result result;
	enum failure reason;
	const char *message; /* valid as long as the transfer */
	bool connected;	     /* there was a connection, whatever came of it */
	bool multiplexes;    /* the connection takes many requests at a time */
	long retry_after;    /* seconds, as the server said; 0 */
};

void transfer_judge(struct transfer *transfer, CURLcode code, struct transfer_outcome *outcome);
struct slice transfer_body(const struct transfer *transfer);

/* A variable that makes git's requests other ones than these; NULL when none is set. */
const char *transfer_strange_variable(void);

#endif
