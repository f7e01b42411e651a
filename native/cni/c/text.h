/* SPDX-License-Identifier: Apache-2.0 */
/* text.h - text that is put together in a room of fixed size; what does not fit is noticed, never written. */
#ifndef WEFT_TEXT_H
#define WEFT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *at;
	size_t bytes;
	size_t bytes_max;
	bool is_cut;
};

struct text text_in(char *room, size_t bytes_max);
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t bytes);
/* As a string of JSON, quotes included; what is no ASCII becomes '?', so that the text is UTF-8 wherever it was cut. */
void text_add_string(struct text *text, const char *value);
/* `,"NAME":"VALUE"` */
void text_add_member(struct text *text, const char *name, const char *value);

#endif
