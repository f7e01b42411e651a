// SPDX-License-Identifier: Apache-2.0
/*
 * fuzz - reads many requests from standard input, each behind its length (4 octets, little endian), and answers each as
 * the launcher does, with and without a descriptor by turns. Built with the sanitizers, it ends at the first mistake, and
 * when a descriptor is lost. Prints how many were kept at some time.
 */
#include "../c/clock.h"
#include "../c/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct store store = {.claim_ms = 10};

static size_t open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

int main(void)
{
	size_t before = open_descriptors(), most = 0;
	unsigned char length[4];
	unsigned kept = 0, requests = 0;

	while (fread(length, 1, sizeof(length), stdin) == sizeof(length)) {
		uint32_t bytes = length[0] | length[1] << 8 | length[2] << 16;
		/* Exactly as long as the request, so that one octet too far is noticed. */
		char *request = malloc(bytes ? bytes : 1);
		struct answer answer;

		if (!request || fread(request, 1, bytes, stdin) != bytes)
			return 2;
		answer =
		    store_answer(&store, request, bytes, requests % 4 ? dup(STDERR_FILENO) : -1);
		free(request);
		if (answer.fd >= 0 && strcmp(answer.word, "taken") != 0)
			return 3;
		kept += !strcmp(answer.word, "kept");
		most = store.count > most ? store.count : most;
		/* Now and then the program dies, and comes back late. */
		if (++requests % 97 == 0)
			store_forget_claims(&store, requests);
		if (requests % 89 == 0)
			store_close_late(&store, requests);
		if (open_descriptors() != before + store.count)
			return 4;
	}
	store_forget_claims(&store, requests);
	store_close_late(&store, LLONG_MAX);
	if (open_descriptors() != before || most < 2)
		return 5;
	printf("%u\n", kept);
	return 0;
}
