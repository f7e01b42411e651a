// SPDX-License-Identifier: Apache-2.0
/* log.c - see log.h. */
#include "log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_BYTES_MAX 2048

struct line {
	char text[LINE_BYTES_MAX];
	size_t bytes;
	bool is_cut;
};

static void put(struct line *line, const char *text)
{
	size_t bytes = strlen(text);

	/* Room stays for the end of the object. */
	if (line->is_cut || bytes > sizeof(line->text) - 3 - line->bytes) {
		line->is_cut = true;
		return;
	}
	memcpy(line->text + line->bytes, text, bytes);
	line->bytes += bytes;
}

/* Octets beyond ASCII stay as they are. Source: RFC 8259, section 7. */
static void put_string(struct line *line, const char *text)
{
	put(line, "\"");
	for (; *text; text++) {
		char escaped[8] = {*text};

		if (*text == '"' || *text == '\\')
			snprintf(escaped, sizeof(escaped), "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			snprintf(escaped, sizeof(escaped), "\\u%04x", *text);
		put(line, escaped);
	}
	put(line, "\"");
}

static void put_member(struct line *line, const char *name, const char *value)
{
	size_t before = line->bytes;

	put(line, line->bytes == 0 ? "{" : ",");
	put_string(line, name);
	put(line, ":");
	if (*value && strspn(value, "0123456789") == strlen(value))
		put(line, value);
	else
		put_string(line, value);
	if (line->is_cut)
		line->bytes = before;
}

static void put_time(struct line *line)
{
	char second[32], whole[48];
	struct timespec now;
	struct tm date;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &date);
	strftime(second, sizeof(second), "%Y-%m-%dT%H:%M:%S", &date);
	snprintf(whole, sizeof(whole), "%s.%03dZ", second, (int)(now.tv_nsec / 1000000));
	put_member(line, "time", whole);
}

void log_line(const char *level, const char *message, ...)
{
	struct line line = {.bytes = 0};
	const char *name;
	va_list fields;

	put_time(&line);
	put_member(&line, "level", level);
	put_member(&line, "component", "launcher");
	put_member(&line, "message", message);
	va_start(fields, message);
	while ((name = va_arg(fields, const char *)))
		put_member(&line, name, va_arg(fields, const char *));
	va_end(fields);
	memcpy(line.text + line.bytes, "}\n", 2);
	/* Nobody can be told that this failed. */
	if (write(STDERR_FILENO, line.text, line.bytes + 2) < 0)
		return;
}
