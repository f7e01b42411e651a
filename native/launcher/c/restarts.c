// SPDX-License-Identifier: Apache-2.0
/* restarts.c - see restarts.h. */
#include "restarts.h"

int restarts_next(struct restarts *restarts, bool was_ready, long long lived_ms)
{
	int delay_ms;

	if (was_ready)
		restarts->failures = 0;
	else if (++restarts->failures >= restarts->failures_max)
		return -1;
	if (was_ready && lived_ms >= STEADY_MS)
		restarts->delay_ms = 0;
	delay_ms = restarts->delay_ms;
	restarts->delay_ms = delay_ms ? 2 * delay_ms : DELAY_FIRST_MS;
	if (restarts->delay_ms > restarts->delay_max_ms)
		restarts->delay_ms = restarts->delay_max_ms;
	return delay_ms;
}
