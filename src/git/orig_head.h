/* ORIG_HEAD: where the branch was before a pull. */
#ifndef MR_GIT_ORIG_HEAD_H
#define MR_GIT_ORIG_HEAD_H

#include "base/err.h"
#include "git/oid.h"

/* Writes it as git does, which leaves one that says the same alone. -1 with a message and nothing changed, also when the one that is
 * there is symbolic, which git follows, or broken, of which it dies. */
int orig_head_write(const char *git_dir, const struct oid *id, struct err *err);

#endif
