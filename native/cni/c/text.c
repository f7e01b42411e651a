// SPDX-License-Identifier: Apache-2.0
/* text.c - see text.h. */
#include "text.h"

#include <stdio.h>
#include <string.h>

struct text text_in(char *room, size_t bytes_max)
{
	return (struct text){room, 0, bytes_max, false};
}

void text_add_bytes(struct text *text, const char *more, size_t bytes)
{
	if (text->is_cut || bytes > text->bytes_max - text->bytes) {
		text->is_cut = true;
		return;
	}
	memcpy(text->at + text->bytes, more, bytes);
	text->bytes += bytes;
}

void text_add(struct text *text, const char *more) { text_add_bytes(text, more, strlen(more)); }

void text_add_string(struct text *text, const char *value)
{
	text_add(text, "\"");
	for (; *value; value++) {
		unsigned char c = (unsigned char)*value;
		char escaped[8];

		if (c == '"' || c == '\\')
			snprintf(escaped, sizeof(escaped), "\\%c", c);
		else if (c < 0x20)
			snprintf(escaped, sizeof(escaped), "\\u%04x", c);
		else
			snprintf(escaped, sizeof(escaped), "%c", c < 0x7f ? c : '?');
		text_add(text, escaped);
	}
	text_add(text, "\"");
}

void text_add_member(struct text *text, const char *name, const char *value)
{
	text_add(text, ",");
	text_add_string(text, name);
	text_add(text, ":");
	text_add_string(text, value);
}
