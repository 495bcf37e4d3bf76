/* The native `status`: `git status -s`, the log of branches that no remote has, the stash list. */
#ifndef MR_GIT_STATUS_H
#define MR_GIT_STATUS_H

#include "base/err.h"
#include "git/native.h"

/* Adds to out what the definition writes. -1 with a few words when it declines; out may then hold part of it. */
int status_native(const struct native_request *request, struct str *out, struct err *err);

#endif
