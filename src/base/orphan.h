/* Children that must not outlive their parent, even one that was killed and could not end them. */
#ifndef MR_BASE_ORPHAN_H
#define MR_BASE_ORPHAN_H

#include <sys/types.h>

/* In a new child of parent: from now on, also after exec, it gets TERM when the parent is gone. Where the system has no such thing
 * nothing happens. */
void orphan_end_with(pid_t parent);

#endif
