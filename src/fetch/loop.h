/* What the network service waits for: descriptors, points in time and children, each with somebody who is told. */
#ifndef MR_FETCH_LOOP_H
#define MR_FETCH_LOOP_H

#include "base/clock.h"

#include <stdbool.h>
#include <sys/types.h>

struct loop;

/* For one process at a time: it takes the signal CHLD. NULL when there are no descriptors left for it. */
struct loop *loop_new(void);
void loop_free(struct loop *loop);

/* Waits once and tells whoever it concerns. */
void loop_turn(struct loop *loop);

/* events, revents: those of poll(). Watching a descriptor again replaces what was said about it. A watch does not own
 * the descriptor and is to be given up before that is closed. */
typedef void loop_ready(void *context, int fd, short revents);
void loop_watch(struct loop *loop, int fd, short events, loop_ready *ready, void *context);
void loop_unwatch(struct loop *loop, int fd);

/* Gives up the watch, closes the descriptor and makes it -1; nothing where it is that already. */
void loop_close(struct loop *loop, int *fd);

/* A point in time: owned and kept by whoever waits for it, zeroed at first. */
struct timer {
	msec at;
	void (*due)(void *context);
	void *context;
	size_t place; /* among those of the loop, counted from 1; 0: not set */
};

/* Tells context once, at that time (CLOCK_NEVER: not at all); setting it again moves it. It must be cleared before it
 * is freed. */
void loop_timer_set(struct loop *loop, struct timer *timer, msec at, void (*due)(void *context), void *context);
void loop_timer_clear(struct loop *loop, struct timer *timer);

/* Tells when this child of the process has ended: its wait status. */
typedef void loop_ended(void *context, int status);
void loop_child(struct loop *loop, pid_t pid, loop_ended *ended, void *context);

/* Nobody wants to know any more; it is reaped all the same. */
void loop_child_forget(struct loop *loop, pid_t pid);

#endif
