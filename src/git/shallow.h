/* Where a history was cut off: the file "shallow". */
#ifndef MR_GIT_SHALLOW_H
#define MR_GIT_SHALLOW_H

#include "git/history.h"

/* Reads it into a zeroed list, for free(). -1 with a few words when it holds anything but names of commits: git stops there. */
int shallow_read(struct history_tips *cut, const char *common_dir, struct err *err);

#endif
