/* The patterns of ignore files, matched as git matches them. */
#ifndef MR_GIT_WILDMATCH_H
#define MR_GIT_WILDMATCH_H

#include <stdbool.h>

/* Does the whole text match? '*' and '?' stop at a slash when paths is set, and then "**" between slashes or ends
 * crosses them. */
bool wildmatch(const char *pattern, const char *text, bool paths);

#endif
