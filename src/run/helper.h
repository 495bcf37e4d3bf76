/* A helper process: a forked copy of mr at the other end of a socket, in a process group of its own.
 *
 * It has nothing of its parent but standard error and the socket, no terminal, is deaf to signals, and is to end when
 * the socket is closed. Workers and the service are helpers. */
#ifndef MR_RUN_HELPER_H
#define MR_RUN_HELPER_H

#include <sys/types.h>

/* Runs in the helper, which ends when this returns. */
typedef void helper_body(void *context, int fd);

/* Starts one: its process (also its group), and the parent's end of the socket, close-on-exec. 0, or an error number.
 */
int helper_start(helper_body *body, void *context, pid_t *pid, int *fd);

#endif
