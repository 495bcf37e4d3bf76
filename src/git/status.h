/* The native `status`: `git status -s`, the log of branches that no remote has, the stash list. */
#ifndef MR_GIT_STATUS_H
#define MR_GIT_STATUS_H

#include "base/err.h"
#include "git/native.h"

/* Fills in out; or returns -1 with a few words when it declines something, and fills in the pieces that it does not decline. */
int status_native(const struct native_request *request, struct native_result *result, struct err *err);

#endif
