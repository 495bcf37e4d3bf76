/* Attributes that make git compare something other than a file's bytes. */
#ifndef MR_GIT_ATTRIBUTES_H
#define MR_GIT_ATTRIBUTES_H

#include "base/err.h"
#include "git/index_file.h"
#include "git/settings.h"

/* Looks through every attributes file that may speak of path. 0: its bytes are what git compares, or, when *lines is
 * set, are so as long as there is no carriage return in them. -1 with a few words: they may not be. */
int attributes_check(const char *top, const struct settings *settings, const struct index_file *index, const char *path,
		     bool *lines, struct err *err);

#endif
