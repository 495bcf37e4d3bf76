/* Deadlines are points in time on the monotonic clock, in milliseconds; they do not move when the clock is set. */
#ifndef MR_BASE_CLOCK_H
#define MR_BASE_CLOCK_H

#include <stdint.h>

typedef int64_t msec;

#define CLOCK_NEVER INT64_MAX

/* Now, on the monotonic clock. */
msec clock_now(void);

/* The same clock in microseconds, to measure with. */
int64_t clock_now_us(void);

/* Waits that long, or shorter when a signal comes. */
void clock_rest_us(long us);

/* The point in time that lies ms from now; CLOCK_NEVER stays never. */
msec clock_after(msec ms);

/* What poll() wants: milliseconds until the deadline, 0 when it is past, -1 for never. */
int clock_poll_timeout(msec deadline);

#endif
