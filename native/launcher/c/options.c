// SPDX-License-Identifier: Apache-2.0
/* options.c - see options.h. */
#include "options.h"

#include "log.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool read_number(const char *text, int *number)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text ? text : "", &end, 10);
	if (errno || !text || end == text || *end || value < 0 || value > INT_MAX)
		return false;
	*number = (int)value;
	return true;
}

static const struct option *find(const struct option *options, const char *name)
{
	for (; options->name; options++)
		if (!strcmp(options->name, name))
			return options;
	return NULL;
}

char **options_read(char **words, const struct option *options)
{
	for (words++; *words && !strncmp(*words, "--", 2); words += 2) {
		const struct option *option = find(options, *words);

		if (!option) {
			log_line("error",
				 "unknown option, expected --claim-ms, --delay-max-ms or "
				 "--failures-max",
				 "option", *words, NULL);
			return NULL;
		}
		if (!read_number(words[1], option->number)) {
			log_line("error", "expected a number", "option", *words, "found",
				 words[1] ? words[1] : "", NULL);
			return NULL;
		}
	}
	if (*words)
		return words;
	log_line("error", "no program is named, expected weft-launcher PROGRAM", NULL);
	return NULL;
}
