/* Which git is installed. */
#ifndef MR_GIT_VERSION_H
#define MR_GIT_VERSION_H

#include <stdbool.h>

/* Is the git on PATH older than that? false when it does not say; it is run once in the life of the process. */
bool version_is_before(int major, int minor);

#endif
