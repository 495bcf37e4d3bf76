/* The native `update`: a `git pull` that has nothing to bring. */
#ifndef MR_GIT_UPDATE_H
#define MR_GIT_UPDATE_H

#include "base/err.h"
#include "git/native.h"

/* Adds to out what the definition writes. -1 with a few words when it declines: always before it changes a file. */
int update_native(const struct native_request *request, struct str *out, struct err *err);

#endif
