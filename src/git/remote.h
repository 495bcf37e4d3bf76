/* The remotes of a repository as its configuration has them, and what branches follow. */
#ifndef MR_GIT_REMOTE_H
#define MR_GIT_REMOTE_H

#include "base/args.h"
#include "base/err.h"
#include "git/refspec.h"
#include "git/settings.h"

enum remote_tags {
	REMOTE_TAGS_FOLLOW, /* those that point at what is there anyway */
	REMOTE_TAGS_ALL,
	REMOTE_TAGS_NONE,
};

struct remote {
	char *name;
	char *url; /* the first one, as url.*.insteadOf changes it */
	struct refspec *specs;
	size_t count;
	bool prune;
	enum remote_tags tags;
};

/* -1 with a few words when the remote has no URL or something in it is not understood. The caller releases a zeroed remote either way. */
int remote_read(struct remote *remote, const struct settings *settings, const char *name, struct err *err);
void remote_release(struct remote *remote);

/* A URL as url.*.insteadOf changes it. For free(); NULL with a message. */
char *remote_rewrite(const struct settings *settings, const char *url, struct err *err);

/* Where a push to the remote goes: NULL with a message when that is nowhere or to several places. For free(). */
char *remote_push_url(const struct settings *settings, const char *name, struct err *err);

/* Adds the names of all remotes that `git fetch --all` goes to, in its order. */
int remote_list(struct args *names, const struct settings *settings, struct err *err);

/* What a branch ("refs/heads/main") follows. A branch that follows nothing has neither; several
 * references, and others than branches, are refused. */
struct upstream {
	const char *remote; /* its name; NULL */
	const char *name;   /* the reference there; NULL */
};
int remote_upstream(struct upstream *upstream, const struct settings *settings, const char *branch, struct err *err);

#endif
