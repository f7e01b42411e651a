// SPDX-License-Identifier: Apache-2.0
/*
 * fuzz - reads many texts from standard input, each behind its length (4 octets, little endian), and does with each what
 * the plugin does with a configuration and with an answer. Built with the sanitizers, it ends at the first mistake.
 * Prints how many were JSON.
 */
#include "../c/invocation.h"
#include "../c/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void look_into(struct json value)
{
	static const char *const names[] = {"cniVersion", "prevResult", "socket", "ok", "\xc3\xa9"};
	char room[64], escaped[256];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct json member = json_member(value, names[i]);
		struct text text = text_in(escaped, sizeof(escaped));

		if (json_copy(member, room, sizeof(room)))
			text_add_string(&text, room);
		if (json_is_object(member))
			json_member(member, "ips");
	}
}

int main(void)
{
	unsigned char length[4];
	unsigned accepted = 0;

	while (fread(length, 1, sizeof(length), stdin) == sizeof(length)) {
		uint32_t bytes = length[0] | length[1] << 8 | length[2] << 16;
		/* Exactly as long as the text, so that one octet too far is noticed. */
		char *text = malloc(bytes ? bytes : 1);
		struct invocation invocation = {0};
		struct fault fault = {0};
		struct json_error error;
		struct json value;

		if (!text || fread(text, 1, bytes, stdin) != bytes)
			return 2;
		if (json_check(text, bytes, &value, &error)) {
			accepted++;
			look_into(value);
		} else if (!error.expected || error.offset > bytes) {
			return 3;
		}
		setenv("CNI_COMMAND", bytes & 1 ? "ADD" : "VERSION", 1);
		setenv("CNI_CONTAINERID", "c", 1);
		setenv("CNI_NETNS", "/n", 1);
		if (!read_invocation(text, bytes, &invocation, &fault) && !fault.code)
			return 4;
		free(text);
	}
	printf("%u\n", accepted);
	return 0;
}
