// SPDX-License-Identifier: Apache-2.0
/* life.c - see launcher.h. */
#include "clock.h"
#include "launcher.h"
#include "log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define CLAIM_MS 30000

void life_begin(struct launcher *launcher)
{
	launcher->store.claim_ms = CLAIM_MS;
	launcher->restarts.delay_max_ms = DELAY_MAX_MS;
	launcher->restarts.failures_max = FAILURES_MAX;
	launcher->program.socket = -1;
	launcher->handover.listener = launcher->handover.successor = -1;
	launcher->handover.predecessor = -1;
	launcher->program.rest_ends_at_ms = launcher->starts_at_ms = NEVER_MS;
	launcher->asks_at_ms = launcher->ends_at_ms = NEVER_MS;
	launcher->code = -1;
}

static int code_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Whether another life would end no other way. */
static bool is_final(const struct launcher *launcher, int code)
{
	return launcher->is_ending || code == 0 || code == 2 || code == 126 || code == 127;
}

void life_start(struct launcher *launcher)
{
	launcher->starts_at_ms = NEVER_MS;
	if (program_start(&launcher->program))
		return;
	log_line("error", "cannot start the program", "error", strerror(errno), NULL);
	launcher->starts_at_ms = now_ms() + launcher->restarts.delay_max_ms;
}

/* It ended and was not asked to: it gets another life, unless it had too many that came to nothing. */
static void start_again(struct launcher *launcher, int status)
{
	long long lived_ms = now_ms() - launcher->program.started_at_ms;
	int delay_ms = restarts_next(&launcher->restarts, launcher->program.is_ready, lived_ms);
	char how[32], lived[32], wait[32], open[32];

	snprintf(how, sizeof(how), WIFSIGNALED(status) ? "signal %d" : "exit code %d",
		 WIFSIGNALED(status) ? WTERMSIG(status) : code_of(status));
	snprintf(lived, sizeof(lived), "%lld", lived_ms);
	snprintf(open, sizeof(open), "%zu", launcher->store.count);
	if (delay_ms < 0) {
		log_line("error", "the program does not get ready, it is given up", "how", how,
			 "livedMs", lived, "closed", open, NULL);
		launcher->code = code_of(status);
		return;
	}
	snprintf(wait, sizeof(wait), "%d", delay_ms);
	log_line("error", "the program ended; starting it again", "how", how, "livedMs", lived,
		 "delayMs", wait, "kept", open, NULL);
	launcher->starts_at_ms = now_ms() + delay_ms;
}

void life_judge(struct launcher *launcher, int status)
{
	int code = code_of(status);

	program_leave_rest(&launcher->program);
	store_forget_claims(&launcher->store, now_ms());
	if (launcher->is_making_room && launcher->handover.is_asked) {
		succession_give(launcher);
	} else if (launcher->is_making_room && !launcher->is_ending) {
		/* It ended for a successor that is gone. */
		program_end_rest(&launcher->program);
		launcher->is_making_room = false;
		launcher->asks_at_ms = launcher->ends_at_ms = NEVER_MS;
		launcher->starts_at_ms = now_ms();
	} else if (is_final(launcher, code)) {
		launcher->code = code;
	} else {
		program_end_rest(&launcher->program);
		start_again(launcher, status);
	}
}
