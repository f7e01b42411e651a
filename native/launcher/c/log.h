/* SPDX-License-Identifier: Apache-2.0 */
/* log.h - lines as the agent writes them: one JSON object each, on standard error. */
#ifndef WEFT_LOG_H
#define WEFT_LOG_H

/* Fields follow as pairs of name and value, both texts, ended by NULL; digits alone are a number. A line that is too long loses its last fields. */
__attribute__((sentinel)) void log_line(const char *level, const char *message, ...);

#endif
