// SPDX-License-Identifier: Apache-2.0
/* clock.c - see clock.h. */
#include "clock.h"

#include <time.h>

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

long long earlier_ms(long long one_ms, long long other_ms)
{
	if (one_ms == NEVER_MS || other_ms == NEVER_MS)
		return one_ms == NEVER_MS ? other_ms : one_ms;
	return one_ms < other_ms ? one_ms : other_ms;
}
