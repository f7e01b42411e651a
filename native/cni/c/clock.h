/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - deadlines on the monotonic clock. */
#ifndef WEFT_CLOCK_H
#define WEFT_CLOCK_H

#include <stdbool.h>

/* Milliseconds since some moment of the past. */
long long now_ms(void);

/* Waits until `fd` is ready for `events` of poll(2). False with errno set when it is not in time (ETIMEDOUT). */
bool wait_until(int fd, short events, long long deadline_ms);

#endif
