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
 * With WEFT_LAUNCHER_SOCKET in its environment it takes over from the launcher that listens at that path, and hands over
 * to the next one (handover.h): the container of an agent is replaced as its life is.
 *
 * Ends with the program's exit code, or 128 and the signal, when
 *   it ended as it was asked to, by SIGTERM or SIGINT, or by itself with 0;
 *   it ended with 2, 126 or 127: its configuration is wrong, or it is not there. Another life would end as this one;
 *   it was given up.
 * Then every descriptor of the store is closed, and connections are refused again. Its own words are wrong: 2.
 * Test: ../src/launcher.process.test.ts.
 */
#include "clock.h"
#include "handover.h"
#include "log.h"
#include "options.h"
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
#define SOCKET_VARIABLE "WEFT_LAUNCHER_SOCKET"
/* How long the program may drain when a successor waits: until it is asked again, and until it is ended. */
#define DRAIN_MS 1000
#define END_MS 5000

static const int passed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

static struct store store;
static struct program program = {.socket = -1};
static struct restarts restarts = {.delay_max_ms = DELAY_MAX_MS, .failures_max = FAILURES_MAX};
static struct handover handover = {.listener = -1, .successor = -1, .predecessor = -1};
static long long starts_at_ms = NEVER_MS;
/* When a program that is to make room is asked again, and when it is ended. */
static long long asks_at_ms = NEVER_MS, ends_at_ms = NEVER_MS;
static bool is_making_room, is_succeeded;
/* Whoever looks at the path finds us. */
static bool is_owner;
static bool is_ending;

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

/* There is no program any more, and will be none while the successor lives. */
static void give(void)
{
	char given[32];

	starts_at_ms = asks_at_ms = ends_at_ms = NEVER_MS;
	is_succeeded = true;
	is_making_room = false;
	snprintf(given, sizeof(given), "%zu", handover_give(&handover, &store));
	store.is_sealed = false;
	log_line("info", "handed over to the next agent", "listeners", given, NULL);
}

static void make_room(void)
{
	store.is_sealed = is_making_room = true;
	if (program.pid == 0) {
		give();
		return;
	}
	kill(program.pid, SIGTERM);
	asks_at_ms = now_ms() + DRAIN_MS;
	ends_at_ms = now_ms() + END_MS;
}

static void press(void)
{
	if (program.pid == 0)
		return;
	if (asks_at_ms != NEVER_MS && now_ms() >= asks_at_ms) {
		asks_at_ms = NEVER_MS;
		kill(program.pid, SIGTERM);
	}
	if (ends_at_ms != NEVER_MS && now_ms() >= ends_at_ms) {
		ends_at_ms = NEVER_MS;
		kill(program.pid, SIGKILL);
	}
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
	if (is_making_room && handover.is_asked) {
		give();
		return is_ending ? 0 : -1;
	}
	if (is_making_room && !is_ending) {
		/* It ended for a successor that is gone. */
		is_making_room = false;
		asks_at_ms = ends_at_ms = NEVER_MS;
		starts_at_ms = now_ms();
		return -1;
	}
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

/*
 * The program has read its settings and is about to begin: now is the time for the one before to end. A program that
 * does not come so far disturbs nobody.
 */
static void succeed(void)
{
	if (is_owner)
		return;
	is_owner = true;
	handover_take(&handover, &store);
	if (!handover_listen(&handover))
		log_line("warn", "no agent can succeed this one", "path", handover.path, "error",
			 strerror(errno), NULL);
}

static void serve_program(void)
{
	struct answer answer;

	if (store_serve(&store, program.socket, &answer)) {
		if (answer.is_hello)
			succeed();
		program.is_ready = program.is_ready || answer.is_ready;
		/* Who asks does not wait for the answer of another request: there is always room for one. */
		if (!answer.word || packet_send(program.socket, answer.word, answer.fd))
			return;
	}
	close(program.socket);
	program.socket = -1;
}

/* The successor asks, or it is gone: then there is nobody but us. */
static void serve_successor(void)
{
	handover_hear(&handover);
	if (handover.is_asked) {
		make_room();
	} else if (handover.successor < 0 && is_succeeded && !is_ending) {
		log_line("warn", "the next agent is gone; starting this one again", NULL);
		is_succeeded = is_owner = false;
		start();
	}
	store.is_sealed = store.is_sealed && handover.is_asked;
}

enum { SIGNALS, PROGRAM, NEXT, SUCCESSOR, SOURCES };

static void wait_for(struct pollfd *awaited)
{
	long long next_ms = earlier_ms(starts_at_ms, store_closes_at_ms(&store));
	long long left_ms;

	next_ms = earlier_ms(next_ms, earlier_ms(asks_at_ms, ends_at_ms));
	left_ms = next_ms == NEVER_MS ? -1 : next_ms - now_ms();
	if (next_ms != NEVER_MS && left_ms < 0)
		left_ms = 0;
	awaited[PROGRAM].fd = program.socket;
	awaited[NEXT].fd = handover.listener;
	awaited[SUCCESSOR].fd = handover.successor;
	for (size_t i = 0; i < SOURCES; i++) {
		awaited[i].events = POLLIN;
		awaited[i].revents = 0;
	}
	/* Signals end it, too; then nothing is ready. */
	poll(awaited, SOURCES, left_ms >= INT_MAX ? INT_MAX : (int)left_ms);
}

static int run(int signals)
{
	struct pollfd awaited[SOURCES] = {{.fd = signals}};

	start();
	for (;;) {
		int code;

		wait_for(awaited);
		if (awaited[PROGRAM].revents)
			serve_program();
		if (awaited[SUCCESSOR].revents)
			serve_successor();
		if (awaited[NEXT].revents)
			handover_accept(&handover);
		press();
		code = take_signals(signals);
		if (code >= 0)
			return code;
		if (store_close_late(&store, now_ms()) > 0 && !is_succeeded)
			log_line("warn", "closed listeners that nobody claimed", NULL);
		if (starts_at_ms != NEVER_MS && now_ms() >= starts_at_ms)
			start();
	}
}

int main(int count, char **words)
{
	const struct option options[] = {{"--claim-ms", &store.claim_ms},
					 {"--delay-max-ms", &restarts.delay_max_ms},
					 {"--failures-max", &restarts.failures_max},
					 {NULL, NULL}};
	int signals, code;

	(void)count;
	store.claim_ms = CLAIM_MS;
	program.words = options_read(words, options);
	if (!program.words)
		return USAGE;
	raise_descriptors_limit();
	signals = open_signals();
	if (signals < 0 || !program_adopt_orphans()) {
		log_line("error", "cannot watch processes", "error", strerror(errno), NULL);
		return 1;
	}
	handover.path = getenv(SOCKET_VARIABLE);
	code = run(signals);
	handover_close(&handover);
	return code;
}
