// SPDX-License-Identifier: Apache-2.0
/* program.c - see program.h. */
#include "program.h"

#include "clock.h"
#include "log.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define END_WAIT_MS 5000
#define LOOK_EVERY_NS 10000000

bool program_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1) == 0; }

/* As env(1): 127 for what is not there, 126 for what cannot be run. */
static _Noreturn void become(struct program *program, pid_t launcher, int socket)
{
	char number[16];
	int error;

	/* Without the launcher nobody would end it. It may have gone before we asked. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != launcher)
		_exit(1);
	snprintf(number, sizeof(number), "%d", socket);
	setenv(STORE_VARIABLE, number, 1);
	snprintf(number, sizeof(number), "%u", program->starts);
	setenv(RESTARTS_VARIABLE, number, 1);
	sigprocmask(SIG_SETMASK, &program->signals, NULL);
	execvp(program->words[0], program->words);
	error = errno;
	log_line("error", "cannot start the program", "program", program->words[0], "error",
		 strerror(error), NULL);
	_exit(error == ENOENT ? 127 : 126);
}

bool program_start(struct program *program)
{
	pid_t launcher = getpid();
	int ends[2];

	/* Ours is closed in the program, its own is not. */
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	program->pid = fork();
	if (program->pid == 0) {
		fcntl(ends[1], F_SETFD, 0);
		become(program, launcher, ends[1]);
	}
	close(ends[1]);
	if (program->pid < 0) {
		program->pid = 0;
		close(ends[0]);
		return false;
	}
	program->socket = ends[0];
	program->starts++;
	program->started_at_ms = now_ms();
	program->is_ready = false;
	program->leave_ms = 0;
	return true;
}

static void close_socket(struct program *program)
{
	if (program->socket >= 0)
		close(program->socket);
	program->socket = -1;
}

bool program_ended(struct program *program, int *status)
{
	bool has_ended = false;

	for (;;) {
		int how;
		pid_t pid = waitpid(-1, &how, WNOHANG);

		if (pid < 0 && errno == EINTR)
			continue;
		if (pid < 0)
			program->rest_ends_at_ms = NEVER_MS;
		if (pid <= 0)
			return has_ended;
		if (pid != program->pid)
			continue;
		close_socket(program);
		program->pid = 0;
		*status = how;
		has_ended = true;
	}
}

/* 0 when it is gone. The name, in parentheses, may hold anything. Source: proc_pid_stat(5). */
static pid_t parent_of(const char *pid)
{
	char path[64], text[512];
	const char *after;
	ssize_t bytes;
	int fd, parent;

	snprintf(path, sizeof(path), "/proc/%.20s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	bytes = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[bytes > 0 ? bytes : 0] = 0;
	after = strrchr(text, ')');
	return after && sscanf(after, ") %*c %d", &parent) == 1 ? parent : 0;
}

static void kill_children(void)
{
	DIR *processes = opendir("/proc");
	pid_t launcher = getpid();
	struct dirent *entry;

	while (processes && (entry = readdir(processes)))
		if (isdigit((unsigned char)*entry->d_name) && parent_of(entry->d_name) == launcher)
			kill(atoi(entry->d_name), SIGKILL);
	if (processes)
		closedir(processes);
}

void program_leave_rest(struct program *program)
{
	siginfo_t ended;

	if (program->leave_ms == 0)
		program_end_rest(program);
	else if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0)
		program->rest_ends_at_ms = now_ms() + program->leave_ms;
}

/* Children of a child that ends become ours, so this goes on until there is none. */
void program_end_rest(struct program *program)
{
	const struct timespec moment = {.tv_nsec = LOOK_EVERY_NS};
	long long deadline_ms = now_ms() + END_WAIT_MS;
	pid_t pid;

	program->rest_ends_at_ms = NEVER_MS;
	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0 || errno == EINTR) {
		if (pid > 0)
			continue;
		if (now_ms() >= deadline_ms) {
			log_line("warn", "a process of the program does not end", NULL);
			return;
		}
		kill_children();
		nanosleep(&moment, NULL);
	}
}

void program_end_late_rest(struct program *program)
{
	if (program->rest_ends_at_ms != NEVER_MS && now_ms() >= program->rest_ends_at_ms)
		program_end_rest(program);
}
