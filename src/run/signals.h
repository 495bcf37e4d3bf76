/* Signals as events of a poll loop: handlers only write to a pipe.
 *
 * signals_open() is called once a process, before children are started. INT, TERM, HUP and QUIT ask for the end of the run (HUP
 * and QUIT not if they were ignored when mr started, as under nohup); CHLD, CONT and TSTP wake the loop; PIPE, TTIN and TTOU are
 * ignored. Children get all of them as mr found them: see signals_child_defaults(). */
#ifndef MR_RUN_SIGNALS_H
#define MR_RUN_SIGNALS_H

#include "base/err.h"

#include <signal.h>
#include <stdbool.h>

int signals_open(struct err *err);

/* Puts back what signals_open() changed; the descriptor is closed. */
void signals_close(void);

/* Readable when something came. signals_drain() empties it. */
int signals_fd(void);
void signals_drain(void);

/* The first signal that asked for the end, 0 while none did; and how many did. */
int signals_stop(void);
int signals_stop_count(void);

/* How often mr was continued after a stop. */
int signals_continued(void);

/* Was Ctrl-Z pressed since the last call? */
bool signals_take_suspend(void);

/* The signals that a child must have at their default action: all that mr catches, and those that mr ignores of its own accord. */
void signals_child_defaults(sigset_t *set);

/* Ends mr by the signal itself, so that whoever waits sees it; does not return. */
MR_NORETURN void signals_die(int sig);

#endif
