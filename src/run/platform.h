/* What differs between systems, and only that. platform.c has a plain POSIX way for each, where the system offers no better. */
#ifndef MR_RUN_PLATFORM_H
#define MR_RUN_PLATFORM_H

#include <spawn.h>
#include <stdbool.h>
#include <sys/types.h>

/* A pipe with both ends close-on-exec. 0, or -1 with errno set. */
int platform_pipe(int ends[2]);

/* Makes the child that actions describe start in dir. 0 or an error number. */
int platform_spawn_chdir(posix_spawn_file_actions_t *actions, const char *dir);

/* From now on processes orphaned below this one become its children instead of init's. false where the system cannot do that. */
bool platform_adopt_orphans(void);

/* Sends sig to every child of this process, adopted ones included, but those that spare() tells to leave alone; spare may be NULL.
 * false when the system does not tell which children there are. */
bool platform_signal_children(int sig, bool (*spare)(pid_t pid, void *context), void *context);

/* Processors that may be used, at least 1. */
unsigned platform_cpu_count(void);

/* The file that this process runs; NULL when the system does not tell. For free(). */
char *platform_program(void);

/* This process and what it starts from now on have no terminal to ask on, but what is open. Nothing where the system cannot do that. */
void platform_leave_terminal(void);

/* Closes every descriptor from first on. */
void platform_close_from(int first);

/* From now on memory that is freed is mostly kept for the next use instead of being given back, which costs a system call each time. */
void platform_keep_memory(void);

#endif
