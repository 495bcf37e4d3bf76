/* `git pull`: done where that brings nothing, in halves where it moves the branch on. */
#ifndef MR_GIT_UPDATE_H
#define MR_GIT_UPDATE_H

#include "base/err.h"
#include "git/native.h"

/* NATIVE_UPDATE and NATIVE_MERGE: fills in what git would say, or the script that does the rest. *asks: nothing was done, a remote is to be
 * asked first. -1 with a few words on what is not understood. */
int update_native(const struct native_request *request, struct native_result *result, bool *asks, struct err *err);

#endif
