/* SPDX-License-Identifier: Apache-2.0 */
/*
 * restarts.h - when a program that ended is started again.
 *
 * At once the first time, later and later while it does not last. A program that never becomes ready is given up after
 * `failures_max` lives: that is no crash but a mistake which somebody has to see.
 */
#ifndef WEFT_RESTARTS_H
#define WEFT_RESTARTS_H

#include <stdbool.h>

#define FAILURES_MAX 5
#define DELAY_FIRST_MS 100
#define DELAY_MAX_MS 2000
/* Who lived that long begins anew. */
#define STEADY_MS 10000

struct restarts {
	int delay_max_ms;
	int failures_max;
	/* Lives in a row that ended before the program was ready. */
	int failures;
	/* The next delay but one. */
	int delay_ms;
};

/* Milliseconds until the next start, or -1 to give up. */
int restarts_next(struct restarts *restarts, bool was_ready, long long lived_ms);

#endif
