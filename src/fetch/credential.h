/* User names and passwords, as `git credential` has them from the user's helpers. It never prompts. */
#ifndef MR_FETCH_CREDENTIAL_H
#define MR_FETCH_CREDENTIAL_H

#include "fetch/child.h"

struct credential {
	const char *protocol, *host, *path; /* for whom */
	const char *user;		    /* NULL: not known */
	const char *password;
};

/* credential->user is NULL when there is none to be had. whole_host: it holds for the whole host, not only for this
 * path. */
typedef void credential_filled(void *context, const struct credential *credential, bool whole_host);

/* Asks, in that directory; filled() is told once, later. false when it cannot be asked. The strings of the credential
 * are needed during the call only. */
bool credential_fill(struct loop *loop, const struct credential *credential, const char *dir, credential_filled *filled,
		     void *context);

/* Lets the helpers know that it was right, in its own time. */
void credential_approve(struct loop *loop, const struct credential *credential, const char *dir);

/* Are helpers still being told? */
bool credential_is_approving(void);

#endif
