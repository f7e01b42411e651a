/* SPDX-License-Identifier: Apache-2.0 */
/* launcher.h - what one launcher knows and does: the lives of its program (life.c), and its place among launchers (succession.c). */
#ifndef WEFT_LAUNCHER_H
#define WEFT_LAUNCHER_H

#include "handover.h"
#include "program.h"
#include "restarts.h"
#include "store.h"

#include <stdbool.h>

struct launcher {
	struct store store;
	struct program program;
	struct restarts restarts;
	struct handover handover;
	long long starts_at_ms;
	/* When a program that is to make room is asked again, and when it is ended. */
	long long asks_at_ms, ends_at_ms;
	bool is_making_room, is_succeeded;
	/* Whoever looks at the path finds us. */
	bool is_owner;
	/* It was told to end, and told so again: then nothing may drain any longer. */
	bool is_ending, is_hurried;
	/* To end with once nothing of the program is left; -1 to go on. */
	int code;
};

/* The state before the first life. */
void life_begin(struct launcher *launcher);

/* Starts the program, or says when it is tried again. */
void life_start(struct launcher *launcher);

/* The program ended, with a status of wait(2): decides what follows. */
void life_judge(struct launcher *launcher, int status);

/*
 * The program has read its settings and is about to begin: now is the time for the one before to end. A program that
 * does not come so far disturbs nobody.
 */
void succession_begin(struct launcher *launcher);

/* The successor asks, or it is gone: then there is nobody but us. */
void succession_hear(struct launcher *launcher);

/* Gives all to the successor: there is no program any more, and will be none while the successor lives. */
void succession_give(struct launcher *launcher);

/* Presses a program that takes its time to make room. */
void succession_press(struct launcher *launcher);

#endif
