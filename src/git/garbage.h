/* The garbage collection that git does behind a fetch, now and then. */
#ifndef MR_GIT_GARBAGE_H
#define MR_GIT_GARBAGE_H

#include "base/err.h"
#include "git/settings.h"

/* -1 with a few words when one may be due in the repository, 0 when `git maintenance run --auto` would do nothing. */
int garbage_check(const char *common_dir, const struct settings *settings, struct err *err);

#endif
