/* Which configuration is understood: the whitelist of keys and their values. */
#ifndef MR_GIT_POLICY_H
#define MR_GIT_POLICY_H

#include "base/err.h"

/* For whom a configuration is read. */
enum policy_role {
	POLICY_STATUS = 1,   /* git status, log and stash list, without colours */
	POLICY_TERMINAL = 2, /* the same with colours */
	POLICY_UPDATE = 4,   /* git pull */
	POLICY_SERVER = 8,   /* git upload-pack in the repository that is pulled from */
	POLICY_FETCH = 16,   /* git fetch */
	POLICY_CONNECT = 32, /* which host git goes to: nothing else matters, everything is let through */
};

/* 0 when the key with that value is known not to change what the role does, or to be honoured by settings.c; else -1
 * with a few words that name the key. value NULL: the key stands alone, as a true boolean does. */
int policy_check(const char *key, const char *value, enum policy_role role, struct err *err);

#endif
