/* `git fetch --all --prune --tags`, where that brings nothing. */
#ifndef MR_GIT_FETCH_H
#define MR_GIT_FETCH_H

#include "base/err.h"
#include "git/native.h"

/* Adds what git would say to out; *asks: nothing was done, a remote is to be asked first. -1 with a few words on what is not understood. */
int fetch_native(const struct native_request *request, struct str *out, bool *asks, struct err *err);

#endif
