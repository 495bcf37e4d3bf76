/* See clock.h. */
#include "base/clock.h"

#include <limits.h>
#include <time.h>

msec clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (msec)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_rest_us(long us)
{
	nanosleep(&(struct timespec){us / 1000000, us % 1000000 * 1000}, NULL);
}

msec clock_after(msec ms)
{
	msec now = clock_now();
	return ms > CLOCK_NEVER - now ? CLOCK_NEVER : now + ms;
}

int clock_poll_timeout(msec deadline)
{
	if (deadline == CLOCK_NEVER)
		return -1;
	msec left = deadline - clock_now();
	/* One more, since a timeout that ends a fraction early would spin. */
	return left <= 0 ? 0 : left >= INT_MAX ? INT_MAX : (int)left + 1;
}
