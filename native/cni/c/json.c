// SPDX-License-Identifier: Apache-2.0
/* json.c - see json.h. The grammar is RFC 8259, section by section; UTF-8 is RFC 3629. */
#include "json.h"

#include <stdint.h>
#include <string.h>

struct cursor {
	const char *begin;
	const char *at;
	const char *end;
	const char *expected;
};

static bool fail(struct cursor *cursor, const char *expected)
{
	if (!cursor->expected)
		cursor->expected = expected;
	return false;
}

static int peek(const struct cursor *cursor)
{
	return cursor->at < cursor->end ? (unsigned char)*cursor->at : -1;
}

static bool take(struct cursor *cursor, char wanted)
{
	if (peek(cursor) != (unsigned char)wanted)
		return false;
	cursor->at++;
	return true;
}

static void skip_space(struct cursor *cursor)
{
	for (int c = peek(cursor); c == ' ' || c == '\t' || c == '\n' || c == '\r';
	     c = peek(cursor))
		cursor->at++;
}

static bool is_digit(int c) { return c >= '0' && c <= '9'; }

static int hex_value(int c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hexadecimal digits. */
static bool take_unit(struct cursor *cursor, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(peek(cursor));

		if (digit < 0)
			return fail(cursor, "four hexadecimal digits");
		*unit = *unit << 4 | (uint32_t)digit;
		cursor->at++;
	}
	return true;
}

static bool take_escape(struct cursor *cursor, uint32_t *point)
{
	static const char names[] = "\"\\/bfnrt", points[] = "\"\\/\b\f\n\r\t";
	int c = peek(cursor);
	const char *found = c > 0 ? strchr(names, c) : NULL;
	uint32_t low;

	if (found) {
		*point = (unsigned char)points[found - names];
		cursor->at++;
		return true;
	}
	if (!take(cursor, 'u'))
		return fail(cursor, "an escape of JSON");
	if (!take_unit(cursor, point))
		return false;
	if (*point < 0xd800 || *point > 0xdfff)
		return true;
	if (*point > 0xdbff || !take(cursor, '\\') || !take(cursor, 'u'))
		return fail(cursor, "a pair of surrogates");
	if (!take_unit(cursor, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return fail(cursor, "a pair of surrogates");
	*point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

static bool take_utf8(struct cursor *cursor, uint32_t *point)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)*cursor->at++;
	int length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;

	*point = first < 0x80 ? first : first & (0x7f >> length);
	if (first >= 0x80 && (first < 0xc2 || first > 0xf4))
		return fail(cursor, "UTF-8");
	for (int i = 1; i < length; i++) {
		int next = peek(cursor);

		if (next < 0x80 || next > 0xbf)
			return fail(cursor, "UTF-8");
		*point = *point << 6 | (uint32_t)(next & 0x3f);
		cursor->at++;
	}
	if (length > 1 &&
	    (*point < least[length] || *point > 0x10ffff || (*point >= 0xd800 && *point <= 0xdfff)))
		return fail(cursor, "UTF-8");
	return true;
}

/* The next character of a string; its end is a result of its own. The opening quote has been taken. */
enum step { STEP_CHARACTER, STEP_END, STEP_WRONG };

static enum step step_string(struct cursor *cursor, uint32_t *point)
{
	int c = peek(cursor);

	if (take(cursor, '"'))
		return STEP_END;
	if (c < 0 || c < 0x20) {
		fail(cursor, c < 0 ? "the end of a string" : "no control character in a string");
		return STEP_WRONG;
	}
	if (take(cursor, '\\'))
		return take_escape(cursor, point) ? STEP_CHARACTER : STEP_WRONG;
	return take_utf8(cursor, point) ? STEP_CHARACTER : STEP_WRONG;
}

static bool take_string(struct cursor *cursor)
{
	enum step step;
	uint32_t point;

	if (!take(cursor, '"'))
		return fail(cursor, "a string");
	do
		step = step_string(cursor, &point);
	while (step == STEP_CHARACTER);
	return step == STEP_END;
}

static bool take_digits(struct cursor *cursor)
{
	if (!is_digit(peek(cursor)))
		return fail(cursor, "a digit");
	while (is_digit(peek(cursor)))
		cursor->at++;
	return true;
}

static bool take_number(struct cursor *cursor)
{
	take(cursor, '-');
	if (!take(cursor, '0') && !take_digits(cursor))
		return false;
	if (take(cursor, '.') && !take_digits(cursor))
		return false;
	if (!take(cursor, 'e') && !take(cursor, 'E'))
		return true;
	if (!take(cursor, '+'))
		take(cursor, '-');
	return take_digits(cursor);
}

static bool take_word(struct cursor *cursor, const char *word)
{
	for (; *word; word++)
		if (!take(cursor, *word))
			return fail(cursor, "a value of JSON");
	return true;
}

/* Two strings of a checked text, or one that was just checked, as they read when decoded. */
static bool same_string(const char *a, const char *b, const char *end)
{
	struct cursor left = {a, a + 1, end, NULL}, right = {b, b + 1, end, NULL};

	for (;;) {
		uint32_t x = 0, y = 0;
		enum step one = step_string(&left, &x), other = step_string(&right, &y);

		if (one != other || x != y)
			return false;
		if (one != STEP_CHARACTER)
			return true;
	}
}

static bool take_value(struct cursor *cursor, int depth);

static bool take_member(struct cursor *cursor, int depth, const char **names, size_t count)
{
	const char *name = cursor->at;

	if (!take_string(cursor))
		return false;
	for (size_t i = 0; i < count; i++)
		if (same_string(names[i], name, cursor->end))
			return fail(cursor, "no name twice in an object");
	names[count] = name;
	skip_space(cursor);
	if (!take(cursor, ':'))
		return fail(cursor, "a colon");
	return take_value(cursor, depth);
}

static bool take_object(struct cursor *cursor, int depth)
{
	const char *names[JSON_MEMBERS_MAX];

	cursor->at++;
	skip_space(cursor);
	if (take(cursor, '}'))
		return true;
	for (size_t count = 0; count < JSON_MEMBERS_MAX; count++) {
		skip_space(cursor);
		if (!take_member(cursor, depth, names, count))
			return false;
		if (take(cursor, '}'))
			return true;
		if (!take(cursor, ','))
			return fail(cursor, "a comma or the end of an object");
	}
	return fail(cursor, "fewer members in an object");
}

static bool take_array(struct cursor *cursor, int depth)
{
	cursor->at++;
	skip_space(cursor);
	if (take(cursor, ']'))
		return true;
	for (;;) {
		if (!take_value(cursor, depth))
			return false;
		if (take(cursor, ']'))
			return true;
		if (!take(cursor, ','))
			return fail(cursor, "a comma or the end of an array");
	}
}

/* A value and the space around it. */
static bool take_value(struct cursor *cursor, int depth)
{
	bool taken;
	int c;

	skip_space(cursor);
	c = peek(cursor);
	if ((c == '{' || c == '[') && depth == JSON_DEPTH_MAX)
		return fail(cursor, "fewer levels");
	if (c == '{')
		taken = take_object(cursor, depth + 1);
	else if (c == '[')
		taken = take_array(cursor, depth + 1);
	else if (c == '"')
		taken = take_string(cursor);
	else if (c == 't')
		taken = take_word(cursor, "true");
	else if (c == 'f')
		taken = take_word(cursor, "false");
	else if (c == 'n')
		taken = take_word(cursor, "null");
	else if (c == '-' || is_digit(c))
		taken = take_number(cursor);
	else
		taken = fail(cursor, "a value of JSON");
	if (taken)
		skip_space(cursor);
	return taken;
}

static struct json trimmed(const char *from, const char *to)
{
	while (from < to && strchr(" \t\r\n", *from) && *from)
		from++;
	while (to > from && strchr(" \t\r\n", to[-1]) && to[-1])
		to--;
	return (struct json){from, (size_t)(to - from)};
}

bool json_check(const char *text, size_t bytes, struct json *value, struct json_error *error)
{
	struct cursor cursor = {text, text, text + bytes, NULL};

	if (take_value(&cursor, 0)) {
		if (cursor.at == cursor.end) {
			*value = trimmed(text, cursor.end);
			return true;
		}
		fail(&cursor, "nothing after the value");
	}
	*value = (struct json){NULL, 0};
	*error = (struct json_error){cursor.expected, (size_t)(cursor.at - text)};
	return false;
}

static bool begins_with(struct json value, char c) { return value.at && *value.at == c; }

bool json_is_object(struct json value) { return begins_with(value, '{'); }

bool json_is_array(struct json value) { return begins_with(value, '['); }

bool json_is_string(struct json value) { return begins_with(value, '"'); }

static bool reads(const char *quoted, const char *end, const char *name)
{
	struct cursor cursor = {quoted, quoted + 1, end, NULL};
	uint32_t point;

	for (;; name++) {
		enum step step = step_string(&cursor, &point);

		if (step != STEP_CHARACTER)
			return step == STEP_END && !*name;
		if (!*name || point != (unsigned char)*name)
			return false;
	}
}

struct json json_member(struct json object, const char *name)
{
	struct cursor cursor;

	if (!json_is_object(object))
		return (struct json){NULL, 0};
	cursor = (struct cursor){object.at, object.at + 1, object.at + object.bytes, NULL};
	for (;;) {
		const char *found, *from;

		skip_space(&cursor);
		found = cursor.at;
		if (!take_string(&cursor))
			break; /* the end of the object */
		skip_space(&cursor);
		take(&cursor, ':');
		from = cursor.at;
		if (!take_value(&cursor, 0))
			break;
		if (reads(found, cursor.end, name))
			return trimmed(from, cursor.at);
		take(&cursor, ',');
	}
	return (struct json){NULL, 0};
}

/* Returns the octets that it takes, at most four. */
static size_t put_utf8(uint32_t point, char *out)
{
	static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t bytes = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = bytes - 1; i > 0; i--, point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3f));
	out[0] = (char)(first[bytes] | point);
	return bytes;
}

bool json_copy(struct json value, char *out, size_t out_bytes)
{
	struct cursor cursor;
	size_t length = 0;
	uint32_t point;

	out[0] = '\0';
	if (!json_is_string(value))
		return false;
	cursor = (struct cursor){value.at, value.at + 1, value.at + value.bytes, NULL};
	while (step_string(&cursor, &point) == STEP_CHARACTER) {
		char encoded[4];
		size_t bytes = put_utf8(point, encoded);

		if (!point || length + bytes >= out_bytes) {
			out[0] = '\0';
			return false;
		}
		memcpy(out + length, encoded, bytes);
		length += bytes;
	}
	out[length] = '\0';
	return true;
}
