/* The controlling terminal: who is in its foreground, and pseudo-terminals that look like it.
 *
 * Without a controlling terminal (cron, ssh without -t) terminal_open() gives NULL, and the other calls then do nothing. */
#ifndef MR_RUN_TERMINAL_H
#define MR_RUN_TERMINAL_H

#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct terminal;

struct terminal *terminal_open(void);
void terminal_close(struct terminal *terminal);

/* Is that group in the foreground now? terminal_is_ours(): mr's own. */
bool terminal_is_with(const struct terminal *terminal, pid_t group);
bool terminal_is_ours(const struct terminal *terminal);

/* Makes group the foreground, if the foreground is mr's to give. */
void terminal_give(struct terminal *terminal, pid_t group);

/* Makes mr's group the foreground again if group still has it, and repairs the modes that a killed program may have left. */
void terminal_take(struct terminal *terminal, pid_t group);

/* A pseudo-terminal of the size of the terminal on fd like, which passes bytes through unchanged. Both ends are close-on-exec and
 * the slave is nobody's controlling terminal. 0, or -1 with errno set. */
int terminal_pseudo(int like, int *master, int *slave);

#endif
