/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - descriptors that outlive the program which made them, by name.
 *
 * The program keeps its listening sockets here. When it dies they stay open, so that whoever connects waits in their
 * queues, and the next life of the program takes them back. What is not taken within `claim_ms` is closed: nobody waits
 * for a program that does not come, and a network namespace is not held open by a socket that nobody wants.
 *
 * Requests are packets of a word, a space and a name; each gets one answer, a packet of one word.
 *   keep NAME  with one descriptor: holds it in place of what had that name        kept | full
 *   take NAME                                                                      taken, with the descriptor | none
 *   drop NAME                                                                      dropped | none
 *   hello      the program is about to begin; answered when there is no other          seen
 *   ready      the program has started                                             seen
 *   leave MS   what the program leaves behind when it ends may go on for that long      seen
 * Anything else is answered with `refused` and changes nothing. Names are 1 to 127 octets.
 */
#ifndef WEFT_STORE_H
#define WEFT_STORE_H

#include "packet.h"

#include <stdbool.h>
#include <stddef.h>

#define DESCRIPTORS_MAX 8192
#define NAME_BYTES 128
#define LEAVE_MS_MAX 3600000

struct store {
	struct kept {
		char name[NAME_BYTES];
		int fd;
		/* NEVER_MS for what the program that lives has claimed. */
		long long closes_at_ms;
	} kept[DESCRIPTORS_MAX];
	size_t count;
	int claim_ms;
	/* The program ends and another follows: what it drops stays. */
	bool is_sealed;
};

struct answer {
	const char *word;
	/* To be sent along, and still the store's; -1 for none. */
	int fd;
	bool is_hello, is_ready;
	/* Of `leave`, else 0. */
	int leave_ms;
};

/* `fd` came with the request, or is -1; it is the store's from now on. */
struct answer store_answer(struct store *store, const char *request, size_t bytes, int fd);

/* Receives one request; its answer is to be sent. False when the other end is gone. Without an answer where nothing came. */
bool store_serve(struct store *store, int socket, struct answer *answer);

/* The program is gone, and its claims with it. */
void store_forget_claims(struct store *store, long long now_ms);

/* When something is to be closed next, NEVER_MS for nothing. */
long long store_closes_at_ms(const struct store *store);

/* Closes what was not claimed in time; returns how many. */
size_t store_close_late(struct store *store, long long now_ms);

#endif
