/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - the one program that is kept running, and every process that comes of it. */
#ifndef WEFT_PROGRAM_H
#define WEFT_PROGRAM_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* Names the descriptor of the store in the program's environment. */
#define STORE_VARIABLE "WEFT_LAUNCHER_STORE"
/* How often it was started before. */
#define RESTARTS_VARIABLE "WEFT_LAUNCHER_RESTARTS"

struct program {
	char **words;
	/* As it was before the launcher blocked its own. */
	sigset_t signals;
	/* 0 while it does not run. */
	pid_t pid;
	/* Our end of its socket to the store. */
	int socket;
	unsigned starts;
	long long started_at_ms;
	bool is_ready;
	/* How long what it leaves behind may go on, by its own word; 0 for not at all. */
	int leave_ms;
	/* When what it left is ended; NEVER_MS where there is none. No program runs meanwhile. */
	long long rest_ends_at_ms;
};

/* Adopts whatever the program leaves behind from now on. */
bool program_adopt_orphans(void);

/* Starts it with a socket of its own to the store. It ends when the launcher does. False with errno set. */
bool program_start(struct program *program);

/* Reaps whoever ended. True, with the status of wait(2), when the program is among them; then its socket is closed. */
bool program_ended(struct program *program, int *status);

/* Lets what the program left go on for as long as it asked for, or ends it at once. */
void program_leave_rest(struct program *program);

/* Ends every process that the program left. One that does not go is told of. */
void program_end_rest(struct program *program);

/* Ends what is still there when its time is over. */
void program_end_late_rest(struct program *program);

#endif
