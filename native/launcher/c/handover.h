/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handover.h - from the launcher of one container to that of the next, while both are there.
 *
 * A launcher listens at a path that all containers of the node's agent share. The next one connects when its own program
 * says hello, and says `succeed`.
 * The first lets its program drain, hands every descriptor over (`keep NAME`, as in store.h), says `done`, and then stays
 * without a program until it is told to end; should its successor end before, it starts its program again, which finds
 * what was handed over less than `claim_ms` ago. Only the same user may take part, on either side.
 */
#ifndef WEFT_HANDOVER_H
#define WEFT_HANDOVER_H

#include "store.h"

#include <stdbool.h>

struct handover {
	/* NULL where nobody is to succeed. */
	const char *path;
	/* Where the next launcher connects. */
	int listener;
	/* The next launcher; it has asked for our descriptors when `is_asked`. */
	int successor;
	bool is_asked;
	/* The launcher before us, which watches whether we live. */
	int predecessor;
};

/* Takes what a launcher at the path has, where there is one: it lets its program drain first. Then the claims run. */
void handover_take(struct handover *handover, struct store *store);

/* Listens at the path, in place of whoever did. False with errno set. */
bool handover_listen(struct handover *handover);

/* Accepts a successor, or hears what it says. */
void handover_accept(struct handover *handover);
void handover_hear(struct handover *handover);

/* Nobody finds us at the path any more. */
void handover_close(struct handover *handover);

/* Gives the successor all that the store holds, and holds on to it until its time is over. Returns how many. */
size_t handover_give(struct handover *handover, struct store *store);

#endif
