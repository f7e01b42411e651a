// SPDX-License-Identifier: Apache-2.0
/* clock.c - see clock.h. */
#include "clock.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

bool wait_until(int fd, short events, long long deadline_ms)
{
	for (;;) {
		struct pollfd poll_for = {.fd = fd, .events = events};
		long long left_ms = deadline_ms - now_ms();
		int ready = poll(&poll_for, 1, left_ms > 0 ? (int)left_ms : 0);

		if (ready > 0)
			return true;
		if (ready == 0) {
			errno = ETIMEDOUT;
			return false;
		}
		if (errno != EINTR)
			return false;
	}
}
