/* The remote of the current branch: a repository on this machine, and the references that a fetch from it maps. */
#ifndef MR_GIT_REMOTE_H
#define MR_GIT_REMOTE_H

#include "base/err.h"
#include "git/refs.h"
#include "git/settings.h"

struct remote {
	char *name;
	char *url;	  /* as configured */
	char *upstream;	  /* the branch there that the current one follows, "refs/heads/main" */
	char *from, *to;  /* the refspec's sides, without a trailing '*' */
	bool pattern;	  /* they had one */
	struct refs refs; /* what the remote has */
};

/* Finds the remote of the branch head ("refs/heads/...") and reads its references. -1 with a few words unless all of it
 * is plain: one URL that is a path, one refspec from branches to remote-tracking ones, an upstream that it covers. top:
 * what a relative URL is relative to. The caller releases a zeroed remote either way. */
int remote_read(struct remote *remote, const struct settings *settings, const char *top, const char *head,
		struct err *err);
void remote_release(struct remote *remote);

/* The remote-tracking reference of the remote's reference name, NULL when the refspec does not cover it. For free(). */
char *remote_tracking(const struct remote *remote, const char *name);

#endif
