/* What the network service is asked about a remote repository, and what it answers; both as bytes, for the way there
 * and back.
 *
 * The question is "which references do you have": protocol version 2's ls-refs, or what a server of version 0 shows at
 * the start. The answer is taken for what git itself would have been told, or is not an answer (ASK_UNKNOWN,
 * ASK_FAILED): then git does it all.
 *
 * Strings in these structs are borrowed: from the asker before encoding, from the message after decoding. Lists and the
 * array of references are owned: ask_question_release(), ask_answer_release(). Zeroed structs are empty ones. */
#ifndef MR_FETCH_ASK_H
#define MR_FETCH_ASK_H

#include "base/args.h"
#include "base/failure.h"
#include "base/str.h"

#include <stdbool.h>

enum ask_transport { ASK_HTTP, ASK_SSH };

/* http.followRedirects: git's default follows them for the first request only. */
enum ask_redirects { ASK_REDIRECTS_INITIAL, ASK_REDIRECTS_ALL, ASK_REDIRECTS_NONE };

/* http.* as it holds for the URL; environment variables (GIT_SSL_*, http_proxy, ...) are looked at by the service.
 * NULL: not set. */
struct ask_http {
	bool no_verify;		 /* sslVerify is false */
	const char *ssl_ca_info; /* absolute, or relative to dir, as are the other paths */
	const char *ssl_ca_path;
	const char *proxy; /* "" is no proxy */
	const char *user_agent;
	const char *cookie_file; /* only read; saveCookies is for git */
	struct args headers;	 /* extraHeader */
	enum ask_redirects redirects;
	long low_speed_limit; /* bytes per second; 0: none */
	long low_speed_time;  /* seconds */
	const char *version;  /* "HTTP/1.1" or "HTTP/2" */
	const char *credentials; /* `git credential` may be asked, without prompting: its answer holds for all of the host
				  * where this text is the same; NULL: it may not */
};

/* How git would reach the host. */
struct ask_ssh {
	const char *command; /* $GIT_SSH_COMMAND, or core.sshCommand: a text for the shell; NULL: see program */
	const char *program; /* $GIT_SSH: a program's name; NULL: "ssh" */
	const char *variant; /* $GIT_SSH_VARIANT or ssh.variant; NULL: by the command's name */
	const char *user;    /* NULL: ssh chooses */
	const char *host;
	const char *port; /* NULL: ssh chooses */
	const char *path; /* as given to git-upload-pack */
	int ip;		  /* 4 or 6, as by --ipv4; 0: either */
};

struct ask_question {
	enum ask_transport transport;
	const char *url;      /* after insteadOf; what is asked over http, and what messages name */
	const char *dir;      /* of the repository: where `git credential` runs */
	bool sha256;	      /* object ids that the repository has; a server with others is ASK_UNKNOWN */
	bool connect;	      /* nothing is asked: only a connection is wanted, for git to share; ssh */
	bool version0;	      /* protocol.version is 0 or 1: HTTP is ASK_UNKNOWN then, ssh does not offer version 2 */
	struct args prefixes; /* ref-prefix lines; none: all references. Answers may hold more than what they cover. */
	struct ask_http http;
	struct ask_ssh ssh;
};

enum ask_kind {
	ASK_REFS,    /* the references follow; or there is the connection that was wanted */
	ASK_UNKNOWN, /* git may succeed where this service did not try, or did not understand */
	ASK_FAILED,  /* what was tried failed, and git is expected to fail in the same way */
};

struct ask_ref {
	const char *name;   /* "HEAD", "refs/heads/main" */
	const char *id;	    /* hexadecimal, 40 or 64 digits; NULL for an unborn HEAD */
	const char *symref; /* what a symbolic one points at; NULL */
	const char *peeled; /* of an annotated tag: the id behind it; NULL */
};

struct ask_answer {
	enum ask_kind kind;
	enum failure reason;
	const char *message; /* a few words, for --verbose; "" when there is nothing to say */
	/* For git run on this repository: a variable of the environment, NAME=VALUE, with which it shares the run's
	 * connection to the host, and does what the question's command would do for every other; NULL: there is nothing
	 * to share. It is GIT_SSH, which core.sshCommand overrides, where the question has no command. */
	const char *share;
	struct ask_ref *refs; /* in the server's order, which is by name, HEAD first */
	size_t count;
	size_t cap;
};

void ask_encode_question(struct str *out, const struct ask_question *question);
void ask_encode_answer(struct str *out, const struct ask_answer *answer);

/* Into a zeroed struct. false for bytes that are no such message; the struct is to be released all the same. */
bool ask_decode_question(struct ask_question *question, struct slice bytes);
bool ask_decode_answer(struct ask_answer *answer, struct slice bytes);

void ask_question_release(struct ask_question *question);
void ask_answer_release(struct ask_answer *answer);

/* Adds an unborn reference to the array, to be filled in. */
struct ask_ref *ask_answer_add(struct ask_answer *answer);

#endif
