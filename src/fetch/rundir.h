/* The private directory of a run, in which the control sockets of its ssh connections are. */
#ifndef MR_FETCH_RUNDIR_H
#define MR_FETCH_RUNDIR_H

#include <stdbool.h>

/* A path that nobody else has, below $XDG_RUNTIME_DIR or /tmp; nothing is made yet. It stands in commands and in ssh's options as it
 * is. For free(). */
char *rundir_choose(void);

/* Makes it, 0700, and takes away those that runs of this user left which were killed. */
bool rundir_make(const char *path);

/* With what is in it, if it is there. */
void rundir_remove(const char *path);

#endif
