// SPDX-License-Identifier: Apache-2.0
/* succession.c - see launcher.h. */
#include "clock.h"
#include "launcher.h"
#include "log.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* How long a program takes at most to make room: until it is asked again, and until it is ended. */
#define ROOM_MS 1000
#define END_MS 5000

void succession_give(struct launcher *launcher)
{
	char given[32];

	launcher->starts_at_ms = launcher->asks_at_ms = launcher->ends_at_ms = NEVER_MS;
	launcher->is_succeeded = true;
	launcher->is_making_room = false;
	snprintf(given, sizeof(given), "%zu", handover_give(&launcher->handover, &launcher->store));
	launcher->store.is_sealed = false;
	log_line("info", "handed over to the next agent", "listeners", given, NULL);
}

static void make_room(struct launcher *launcher)
{
	launcher->store.is_sealed = launcher->is_making_room = true;
	if (launcher->program.pid == 0) {
		succession_give(launcher);
		return;
	}
	kill(launcher->program.pid, SIGTERM);
	launcher->asks_at_ms = now_ms() + ROOM_MS;
	launcher->ends_at_ms = now_ms() + END_MS;
}

void succession_press(struct launcher *launcher)
{
	if (launcher->program.pid == 0)
		return;
	if (launcher->asks_at_ms != NEVER_MS && now_ms() >= launcher->asks_at_ms) {
		launcher->asks_at_ms = NEVER_MS;
		kill(launcher->program.pid, SIGTERM);
	}
	if (launcher->ends_at_ms != NEVER_MS && now_ms() >= launcher->ends_at_ms) {
		launcher->ends_at_ms = NEVER_MS;
		kill(launcher->program.pid, SIGKILL);
	}
}

void succession_begin(struct launcher *launcher)
{
	if (launcher->is_owner)
		return;
	launcher->is_owner = true;
	handover_take(&launcher->handover, &launcher->store);
	if (!handover_listen(&launcher->handover))
		log_line("warn", "no agent can succeed this one", "path", launcher->handover.path,
			 "error", strerror(errno), NULL);
}

void succession_hear(struct launcher *launcher)
{
	handover_hear(&launcher->handover);
	if (launcher->handover.is_asked) {
		make_room(launcher);
	} else if (launcher->handover.successor < 0 && launcher->is_succeeded &&
		   !launcher->is_ending) {
		log_line("warn", "the next agent is gone; starting this one again", NULL);
		launcher->is_succeeded = launcher->is_owner = false;
		/* What drains would be taken for the new program's. */
		program_end_rest(&launcher->program);
		life_start(launcher);
	}
	launcher->store.is_sealed = launcher->store.is_sealed && launcher->handover.is_asked;
}
