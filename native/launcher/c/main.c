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
 * A program that ends may leave processes which finish what they have begun (`leave` in store.h): they go on until they
 * end, for as long as it asked for, whether another container's program runs by then or none. A second SIGTERM ends them.
 *
 * Ends with the program's exit code, or 128 and the signal, when
 *   it ended as it was asked to, by SIGTERM or SIGINT, or by itself with 0;
 *   it ended with 2, 126 or 127: its configuration is wrong, or it is not there. Another life would end as this one;
 *   it was given up.
 * Then every descriptor of the store is closed, and connections are refused again. Its own words are wrong: 2.
 * Test: ../src/launcher.process.test.ts.
 */
#include "clock.h"
#include "launcher.h"
#include "log.h"
#include "options.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define USAGE 2
#define SOCKET_VARIABLE "WEFT_LAUNCHER_SOCKET"

static const int passed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

/* Zeroes, so that its room for descriptors is none in the file. */
static struct launcher self;

/* A descriptor of all signals that matter here, which from now on come in no other way. */
static int open_signals(void)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(*passed_on); i++)
		sigaddset(&signals, passed_on[i]);
	if (sigprocmask(SIG_BLOCK, &signals, &self.program.signals) != 0)
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

static bool is_end(int signal) { return signal == SIGTERM || signal == SIGINT; }

static void take_signals(int signals)
{
	struct signalfd_siginfo info;
	int status;

	while (read(signals, &info, sizeof(info)) == sizeof(info)) {
		int signal = (int)info.ssi_signo;

		if (signal == SIGCHLD)
			continue;
		self.is_hurried = self.is_hurried || (is_end(signal) && self.is_ending);
		self.is_ending = self.is_ending || is_end(signal);
		if (self.program.pid > 0)
			kill(self.program.pid, signal);
	}
	if (program_ended(&self.program, &status))
		life_judge(&self, status);
	if (self.is_hurried && self.program.pid == 0)
		program_end_rest(&self.program);
	program_end_late_rest(&self.program);
}

/* The code to end with, -1 to go on: there will be no program, and nothing is left that drains. */
static int code_to_end_with(void)
{
	if (self.program.pid != 0 || self.program.rest_ends_at_ms != NEVER_MS)
		return -1;
	return self.code < 0 && self.is_ending ? 0 : self.code;
}

static void serve_program(void)
{
	struct program *program = &self.program;
	struct answer answer;

	if (store_serve(&self.store, program->socket, &answer)) {
		if (answer.is_hello)
			succession_begin(&self);
		program->is_ready = program->is_ready || answer.is_ready;
		if (answer.leave_ms > 0)
			program->leave_ms = answer.leave_ms;
		/* Who asks does not wait for the answer of another request: there is always room for one. */
		if (!answer.word || packet_send(program->socket, answer.word, answer.fd))
			return;
	}
	close(program->socket);
	program->socket = -1;
}

enum { SIGNALS, PROGRAM, NEXT, SUCCESSOR, SOURCES };

static void wait_for(struct pollfd *awaited)
{
	long long next_ms = earlier_ms(self.starts_at_ms, store_closes_at_ms(&self.store));
	long long left_ms;

	next_ms = earlier_ms(next_ms, earlier_ms(self.asks_at_ms, self.ends_at_ms));
	next_ms = earlier_ms(next_ms, self.program.rest_ends_at_ms);
	left_ms = next_ms == NEVER_MS ? -1 : next_ms - now_ms();
	if (next_ms != NEVER_MS && left_ms < 0)
		left_ms = 0;
	awaited[PROGRAM].fd = self.program.socket;
	awaited[NEXT].fd = self.handover.listener;
	awaited[SUCCESSOR].fd = self.handover.successor;
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

	life_start(&self);
	for (;;) {
		int code;

		wait_for(awaited);
		if (awaited[PROGRAM].revents)
			serve_program();
		if (awaited[SUCCESSOR].revents)
			succession_hear(&self);
		if (awaited[NEXT].revents)
			handover_accept(&self.handover);
		succession_press(&self);
		take_signals(signals);
		code = code_to_end_with();
		if (code >= 0)
			return code;
		if (store_close_late(&self.store, now_ms()) > 0 && !self.is_succeeded)
			log_line("warn", "closed listeners that nobody claimed", NULL);
		if (self.starts_at_ms != NEVER_MS && now_ms() >= self.starts_at_ms)
			life_start(&self);
	}
}

int main(int count, char **words)
{
	const struct option options[] = {{"--claim-ms", &self.store.claim_ms},
					 {"--delay-max-ms", &self.restarts.delay_max_ms},
					 {"--failures-max", &self.restarts.failures_max},
					 {NULL, NULL}};
	int signals, code;

	(void)count;
	life_begin(&self);
	self.program.words = options_read(words, options);
	if (!self.program.words)
		return USAGE;
	raise_descriptors_limit();
	signals = open_signals();
	if (signals < 0 || !program_adopt_orphans()) {
		log_line("error", "cannot watch processes", "error", strerror(errno), NULL);
		return 1;
	}
	self.handover.path = getenv(SOCKET_VARIABLE);
	code = run(signals);
	handover_close(&self.handover);
	return code;
}
