/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the monotonic clock. */
#ifndef WEFT_CLOCK_H
#define WEFT_CLOCK_H

#define NEVER_MS (-1LL)

/* Milliseconds since some moment of the past. */
long long now_ms(void);

/* The earlier of two moments, of which each may be NEVER_MS. */
long long earlier_ms(long long one_ms, long long other_ms);

#endif
