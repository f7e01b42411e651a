// SPDX-License-Identifier: Apache-2.0
/* store.c - see store.h. */
#include "store.h"

#include "clock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct kept *find(struct store *store, const char *name)
{
	for (size_t i = 0; i < store->count; i++)
		if (!strcmp(store->kept[i].name, name))
			return &store->kept[i];
	return NULL;
}

static void forget(struct store *store, struct kept *kept)
{
	close(kept->fd);
	*kept = store->kept[--store->count];
}

static struct answer keep(struct store *store, const char *name, int fd)
{
	struct kept *kept = find(store, name);

	if (kept) {
		close(kept->fd);
	} else if (store->count < DESCRIPTORS_MAX) {
		kept = &store->kept[store->count++];
		strcpy(kept->name, name);
	} else {
		close(fd);
		return (struct answer){.word = "full", .fd = -1};
	}
	kept->fd = fd;
	kept->closes_at_ms = NEVER_MS;
	return (struct answer){.word = "kept", .fd = -1};
}

static struct answer take(struct store *store, const char *name)
{
	struct kept *kept = find(store, name);

	if (!kept)
		return (struct answer){.word = "none", .fd = -1};
	kept->closes_at_ms = NEVER_MS;
	return (struct answer){.word = "taken", .fd = kept->fd};
}

static struct answer drop(struct store *store, const char *name)
{
	struct kept *kept = find(store, name);

	if (!kept)
		return (struct answer){.word = "none", .fd = -1};
	if (!store->is_sealed)
		forget(store, kept);
	return (struct answer){.word = "dropped", .fd = -1};
}

/* The name behind `word` and a space, or "" where the request is another one. */
static const char *name_after(const char *word, const char *request, size_t bytes, char *name)
{
	size_t word_bytes = strlen(word);

	*name = 0;
	if (bytes <= word_bytes + 1 || bytes - word_bytes - 1 >= NAME_BYTES ||
	    memcmp(request, word, word_bytes) != 0 || request[word_bytes] != ' ')
		return name;
	memcpy(name, request + word_bytes + 1, bytes - word_bytes - 1);
	name[bytes - word_bytes - 1] = 0;
	/* Two names must not be one by ending early. */
	if (strlen(name) != bytes - word_bytes - 1)
		*name = 0;
	return name;
}

/* 0 for what is no number, or a longer time than an hour. */
static int milliseconds_of(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 7 || text[digits])
		return 0;
	return atoi(text) <= LEAVE_MS_MAX ? atoi(text) : 0;
}

struct answer store_answer(struct store *store, const char *request, size_t bytes, int fd)
{
	char name[NAME_BYTES];

	if (fd >= 0 && *name_after("keep", request, bytes, name))
		return keep(store, name, fd);
	if (fd >= 0) {
		close(fd);
		return (struct answer){.word = "refused", .fd = -1};
	}
	if (*name_after("take", request, bytes, name))
		return take(store, name);
	if (*name_after("drop", request, bytes, name))
		return drop(store, name);
	if (*name_after("leave", request, bytes, name) && milliseconds_of(name) > 0)
		return (struct answer){.word = "seen", .fd = -1, .leave_ms = milliseconds_of(name)};
	if (bytes == 5 && !memcmp(request, "hello", 5))
		return (struct answer){.word = "seen", .fd = -1, .is_hello = true};
	if (bytes == 5 && !memcmp(request, "ready", 5))
		return (struct answer){.word = "seen", .fd = -1, .is_ready = true};
	return (struct answer){.word = "refused", .fd = -1};
}

bool store_serve(struct store *store, int socket, struct answer *answer)
{
	char request[REQUEST_BYTES_MAX];
	ssize_t bytes;
	int fd;

	*answer = (struct answer){.word = NULL, .fd = -1};
	bytes = packet_receive(socket, request, &fd);
	if (bytes < 0)
		return errno == EAGAIN || errno == EINTR;
	if (bytes == 0)
		return false;
	*answer = store_answer(store, request, (size_t)bytes, fd);
	return true;
}

/* What an earlier life left unclaimed gets no more time by the next death. */
void store_forget_claims(struct store *store, long long now_ms)
{
	for (size_t i = 0; i < store->count; i++)
		if (store->kept[i].closes_at_ms == NEVER_MS)
			store->kept[i].closes_at_ms = now_ms + store->claim_ms;
}

long long store_closes_at_ms(const struct store *store)
{
	long long closes_at_ms = NEVER_MS;

	for (size_t i = 0; i < store->count; i++)
		closes_at_ms = earlier_ms(closes_at_ms, store->kept[i].closes_at_ms);
	return closes_at_ms;
}

size_t store_close_late(struct store *store, long long now_ms)
{
	size_t closed = 0;

	for (size_t i = store->count; i-- > 0;) {
		long long closes_at_ms = store->kept[i].closes_at_ms;

		if (closes_at_ms == NEVER_MS || now_ms < closes_at_ms)
			continue;
		forget(store, &store->kept[i]);
		closed++;
	}
	return closed;
}
