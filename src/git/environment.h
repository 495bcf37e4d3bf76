/* Environment variables that would change what git does. */
#ifndef MR_GIT_ENVIRONMENT_H
#define MR_GIT_ENVIRONMENT_H

#include "base/err.h"

#include <stdbool.h>

/* 0 when every GIT_* variable is known not to matter or is honoured here; else -1 with a few words that name the variable. */
int environment_check(struct err *err);

/* Is nothing but English asked for? */
bool environment_is_english(void);

/* The value of a variable, NULL when unset or empty. */
const char *environment_get(const char *name);

/* What "~/..." means, git's way; NULL for other values, and without a home directory. For free(). */
char *environment_home(const char *value);

/* The files of the user's git below $XDG_CONFIG_HOME/git or ~/.config/git; NULL when neither is known. For free(). */
char *environment_xdg(const char *name);

#endif
