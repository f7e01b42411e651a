// SPDX-License-Identifier: Apache-2.0
/*
 * weft-launcher - keeps one program running, and its listening sockets open while it is started again.
 *
 *   weft-launcher [--claim-ms N] [--delay-max-ms N] [--failures-max N] PROGRAM [ARGUMENT...]
 *
 * The first process of the agent's container: kubelet would start that again after 10 s, 20 s and so on up to five
 * minutes, and in between every connection of the node's pods would be refused. It starts the program, passes signals on,
 * reaps and ends what it leaves behind, and starts it anew (restarts.h). What the program hands over (store.h) is open
 * meanwhile: connections wait in its queues.
 *
 * Ends with the program's exit code, or 128 and the signal, when
 *   it ended as it was asked to, by SIGTERM or SIGINT, or by itself with 0;
 *   it ended with 2, 126 or 127: its configuration is wrong, or it is not there. Another life would end as this one;
 *   it was given up.
 * Then every descriptor of the store is closed, and connections are refused again. Its own words are wrong: 2.
 * Test: ../src/launcher.process.test.ts.
 */
#include "clock.h"
#include "log.h"
#include "program.h"
#include "restarts.h"
#include "store.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLAIM_MS 30000
#define USAGE 2

static const int passed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

static struct store store;
static struct program program = {.socket = -1};
static struct restarts restarts = {.delay_max_ms = DELAY_MAX_MS, .failures_max = FAILURES_MAX};
static long long starts_at_ms = NEVER_MS;
static bool is_ending;

static bool read_number(const char *text, int *number)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text ? text : "", &end, 10);
	if (errno || !text || end == text || *end || value < 0 || value > INT_MAX)
		return false;
	*number = (int)value;
	return true;
}

static int *setting(const char *word)
{
	if (!strcmp(word, "--claim-ms"))
		return &store.claim_ms;
	if (!strcmp(word, "--delay-max-ms"))
		return &restarts.delay_max_ms;
	return !strcmp(word, "--failures-max") ? &restarts.failures_max : NULL;
}

static bool read_words(char **words)
{
	for (words++; *words && !strncmp(*words, "--", 2); words += 2) {
		int *number = setting(*words);

		if (!number) {
			log_line("error",
				 "unknown option, expected --claim-ms, --delay-max-ms or "
				 "--failures-max",
				 "option", *words, NULL);
			return false;
		}
		if (!read_number(words[1], number)) {
			log_line("error", "expected a number", "option", *words, "found",
				 words[1] ? words[1] : "", NULL);
			return false;
		}
	}
	if (!*words)
		log_line("error", "no program is named, expected weft-launcher PROGRAM", NULL);
	program.words = words;
	return *words != NULL;
}

/* A descriptor of all signals that matter here, which from now on come in no other way. */
static int open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(*passed_on); i++)
		sigaddset(&signals, passed_on[i]);
	if (sigprocmask(SIG_BLOCK, &signals, &program.signals) != 0)
		return -1;
	return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A node full of pods has more listeners than the usual limit; the program raises its own as well. */
static void raise_descriptors_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static int code_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Whether another life would end no other way. */
static bool is_final(int code)
{
	return is_ending || code == 0 || code == 2 || code == 126 || code == 127;
}

static void start(void)
{
	starts_at_ms = NEVER_MS;
	if (program_start(&program))
		return;
	log_line("error", "cannot start the program", "error", strerror(errno), NULL);
	starts_at_ms = now_ms() + restarts.delay_max_ms;
}

/* What the program ended with decides; -1 to go on. */
static int judge(int status)
{
	long long lived_ms = now_ms() - program.started_at_ms;
	char how[32], lived[32], wait[32], open[32];
	int code = code_of(status), delay_ms;

	if (!program_end_rest(&program))
		log_line("warn", "a process of the program does not end", NULL);
	store_forget_claims(&store, now_ms());
	if (is_final(code))
		return code;
	delay_ms = restarts_next(&restarts, program.is_ready, lived_ms);
	snprintf(how, sizeof(how), WIFSIGNALED(status) ? "signal %d" : "exit code %d",
		 WIFSIGNALED(status) ? WTERMSIG(status) : code);
	snprintf(lived, sizeof(lived), "%lld", lived_ms);
	snprintf(open, sizeof(open), "%zu", store.count);
	if (delay_ms < 0) {
		log_line("error", "the program does not get ready, it is given up", "how", how,
			 "livedMs", lived, "closed", open, NULL);
		return code;
	}
	snprintf(wait, sizeof(wait), "%d", delay_ms);
	log_line("error", "the program ended; starting it again", "how", how, "livedMs", lived,
		 "delayMs", wait, "kept", open, NULL);
	starts_at_ms = now_ms() + delay_ms;
	return -1;
}

/* The code to end with, -1 to go on. */
static int take_signals(int signals)
{
	struct signalfd_siginfo info;
	int status;

	while (read(signals, &info, sizeof(info)) == sizeof(info)) {
		int signal = (int)info.ssi_signo;

		if (signal == SIGCHLD)
			continue;
		is_ending = is_ending || signal == SIGTERM || signal == SIGINT;
		if (program.pid > 0)
			kill(program.pid, signal);
	}
	if (program_ended(&program, &status))
		return judge(status);
	return is_ending && program.pid == 0 ? 0 : -1;
}

static void serve_program(void)
{
	bool is_ready;

	if (!store_serve(&store, program.socket, &is_ready)) {
		close(program.socket);
		program.socket = -1;
	} else if (is_ready) {
		program.is_ready = true;
	}
}

static int wait_for(struct pollfd *awaited)
{
	long long next_ms = earlier_ms(starts_at_ms, store_closes_at_ms(&store));
	long long left_ms = next_ms == NEVER_MS ? -1 : next_ms - now_ms();

	if (next_ms != NEVER_MS && left_ms < 0)
		left_ms = 0;
	awaited[1].fd = program.socket;
	/* A moment later than it could be, never earlier. */
	return poll(awaited, 2, left_ms >= INT_MAX ? INT_MAX : (int)left_ms);
}

static int run(int signals)
{
	struct pollfd awaited[2] = {{.fd = signals, .events = POLLIN}, {.events = POLLIN}};

	start();
	for (;;) {
		int ready = wait_for(awaited), code;
		size_t late;

		if (ready > 0 && awaited[1].revents)
			serve_program();
		code = take_signals(signals);
		if (code >= 0)
			return code;
		late = store_close_late(&store, now_ms());
		if (late > 0)
			log_line("warn", "closed listeners that nobody claimed", NULL);
		if (starts_at_ms != NEVER_MS && now_ms() >= starts_at_ms)
			start();
	}
}

int main(int count, char **words)
{
	int signals;

	(void)count;
	store.claim_ms = CLAIM_MS;
	if (!read_words(words))
		return USAGE;
	raise_descriptors_limit();
	signals = open_signals();
	if (signals < 0 || !program_adopt_orphans()) {
		log_line("error", "cannot watch processes", "error", strerror(errno), NULL);
		return 1;
	}
	return run(signals);
}
