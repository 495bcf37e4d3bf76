/* URLs of remotes as git reads them. */
#ifndef MR_GIT_URL_H
#define MR_GIT_URL_H

#include <stdbool.h>

enum url_kind {
	URL_LOCAL, /* a path, or file:// */
	URL_HTTP,  /* https:// too */
	URL_SSH,   /* ssh://HOST/PATH or HOST:PATH */
	URL_OTHER,
};

enum url_kind url_kind(const char *url);

/* As FETCH_HEAD has it: without user and password, and without slashes and ".git" at its end. For free(). */
char *url_shown(const char *url);

/* What an ssh URL says; all owned, user and port may be NULL. false for whatever is not plain. url_ssh_release() either way. */
struct url_ssh {
	char *user, *host, *port, *path;
};
bool url_ssh_parse(struct url_ssh *ssh, const char *url);
void url_ssh_release(struct url_ssh *ssh);

#endif
