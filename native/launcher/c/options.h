/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - the launcher's own words, before those of the program. */
#ifndef WEFT_OPTIONS_H
#define WEFT_OPTIONS_H

struct option {
	const char *name;
	int *number;
};

/* Reads numbers by their names, of a list ended by NULL; returns the words of the program, NULL after telling why not. */
char **options_read(char **words, const struct option *options);

#endif
