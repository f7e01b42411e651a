/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - reads JSON where it lies: a text is checked once, then its parts are spans of it.
 *
 * Nothing is allocated and nothing copied, so what another plugin said can be handed on octet by octet. Strict as RFC
 * 8259 is: one value, UTF-8, no name twice in an object, at most JSON_DEPTH_MAX levels and JSON_MEMBERS_MAX names.
 */
#ifndef WEFT_JSON_H
#define WEFT_JSON_H

#include <stdbool.h>
#include <stddef.h>

#define JSON_DEPTH_MAX 32
#define JSON_MEMBERS_MAX 512

/* One value within a checked text, without the space around it. `at` NULL: there is none. */
struct json {
	const char *at;
	size_t bytes;
};

/* Where a text stops being JSON, and why. */
struct json_error {
	const char *expected;
	size_t offset;
};

/* Whether `text` is one JSON value; then `value` is it, else `error` says what is wrong. */
bool json_check(const char *text, size_t bytes, struct json *value, struct json_error *error);

/* The functions below take values of a checked text only, and the value that is none. */
bool json_is_object(struct json value);
bool json_is_array(struct json value);
bool json_is_string(struct json value);

/* The member of that name, or none. */
struct json json_member(struct json object, const char *name);

/*
 * Copies a string, decoded, with a NUL behind it. False when the value is no string, has a NUL in it or does not fit;
 * `out` is '' then.
 */
bool json_copy(struct json value, char *out, size_t out_bytes);

#endif
