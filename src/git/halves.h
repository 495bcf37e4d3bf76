/* `git pull` in halves: what it runs, run without it. That spares three processes of git's: the pull itself, and what looks twice whether
 * garbage is to be collected, which is seen here. The files, and what is said of them, are git's own. */
#ifndef MR_GIT_HALVES_H
#define MR_GIT_HALVES_H

#include "base/err.h"
#include "git/fetching.h"
#include "git/native.h"

/* Is the repository so small that they take less time? */
bool halves_pay(const struct fetching *fetching);

/* The fetch, where it is likely that the branch is only to be moved afterwards. -1 with a few words; nothing was changed. */
int halves_fetch(struct fetching *fetching, const struct fetch_news *news, struct native_result *result, struct err *err);

/* The merge behind it, where it is known that this is a fast-forward or nothing; rebases says that git would rather rebase. -1 with a few
 * words. */
int halves_merge(struct fetching *fetching, bool rebases, struct native_result *result, struct err *err);

/* Is garbage to be collected, or does at least git have to be asked? */
bool halves_need_garbage(const struct fetching *fetching);

#endif
