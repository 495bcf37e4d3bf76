/* What a remote on another host must be asked, and how git would get there: made from the configuration and the environment. */
#ifndef MR_GIT_QUESTION_H
#define MR_GIT_QUESTION_H

#include "base/args.h"
#include "base/err.h"
#include "git/url.h"

struct remote;
struct settings;

enum question_redirects { REDIRECTS_INITIAL, REDIRECTS_ALL, REDIRECTS_NONE };

struct question {
	enum url_kind kind; /* URL_HTTP or URL_SSH */
	const char *url;
	const char *dir; /* where `git credential` may be run */
	bool connect;	 /* nothing is asked: git wants to share a connection */
	bool version0;	 /* protocol.version is not 2 */
	struct args prefixes; /* of the names of the references that git would ask for */

	/* http.*; paths are absolute or relative to dir */
	bool no_verify;
	char *ssl_ca_info, *ssl_ca_path, *proxy, *user_agent, *cookie_file, *version; /* owned; NULL: not set */
	struct args headers;
	enum question_redirects redirects;
	long low_speed_limit, low_speed_time;
	char *credentials; /* owned; all that is set of credential.*: where this is the same the answer is; NULL: there is no helper */

	/* The user's ssh: a shell command, or a program, or neither */
	const char *command, *program, *variant;
	struct url_ssh ssh;
};

/* Makes the question for a remote. -1 with a few words when its URL or a setting for it is not understood. Strings that are not owned
 * live as long as remote, settings and dir. upstream: a reference that is asked for in any case; NULL. The caller releases a zeroed
 * question either way. */
int question_make(struct question *question, const struct remote *remote, const struct settings *settings, const char *dir,
		  const char *upstream, struct err *err);
/* Makes the question for a connection to where a URL leads, with which git, or any number of them, could be run: -1 with a few words unless
 * that is ssh, called as the environment says. */
int question_connect(struct question *question, const char *url, const struct settings *settings, const char *dir, struct err *err);
void question_release(struct question *question);

#endif
