/* Files that git opens whatever it is asked, and that it complains of when it cannot read them. */
#ifndef MR_GIT_READABLE_H
#define MR_GIT_READABLE_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/stat.h>

/* May the user read dir/name, of which st is known? */
bool readable_is(int dir, const char *name, const struct stat *st);

/* 0 when git says nothing of dir/name: it is a file that the user may read, or not there. Else -1 with a few words. A link as the last
 * name leads on if it is followed, else it is no file. dir may be AT_FDCWD. */
int readable_check(int dir, const char *name, bool follow, struct err *err);

/* Likewise of both files that say what is ignored: info/exclude in the open common directory, and the user's, NULL when there is none. */
int readable_check_excludes(int common_dir, const char *excludes_file, struct err *err);

#endif
