// SPDX-License-Identifier: Apache-2.0
/*
 * agent - stands in for the agent in tests of the launcher: takes its listener from the store or makes and keeps it, says
 * that it is ready, and answers each connection with its pid. One JSON line on standard output tells who it is.
 *
 *   agent serve        as above; a worker of a session of its own, which ignores SIGTERM, holds the listener too
 *   agent forgetful    as above, but its first life alone keeps its listener, and no life takes it
 *   agent fail CODE    ends with CODE before it is ready
 *   agent orphan       leaves an orphan that ends, prints its pid, and goes on as serve
 *   agent signals      prints the signals that it gets
 *   agent deaf         as serve, but ignores SIGTERM
 *   agent leave MS     as serve, but says as it ends that its worker may go on for so long
 *
 * On SIGTERM it drops its listener, drains for a moment and ends with 0.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define DRAIN_MS 200

static volatile sig_atomic_t caught;

static void catch_signal(int signal) { caught = signal; }

static int ask(int store, const char *request, int fd)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec part = {.iov_base = (void *)request, .iov_len = strlen(request)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *control = (struct cmsghdr *)room;
	char answer[64];
	int given = -1;

	if (fd >= 0) {
		control->cmsg_level = SOL_SOCKET;
		control->cmsg_type = SCM_RIGHTS;
		control->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(control), &fd, sizeof(int));
		message.msg_control = room;
		message.msg_controllen = sizeof(room);
	}
	if (sendmsg(store, &message, 0) < 0)
		exit(9);
	part = (struct iovec){.iov_base = answer, .iov_len = sizeof(answer)};
	message = (struct msghdr){
	    .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
	if (recvmsg(store, &message, 0) <= 0)
		exit(9);
	control = CMSG_FIRSTHDR(&message);
	if (control)
		memcpy(&given, CMSG_DATA(control), sizeof(int));
	return given;
}

static int make_listener(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, 1024))
		exit(9);
	return fd;
}

static int port_of(int fd)
{
	struct sockaddr_in address;
	socklen_t bytes = sizeof(address);

	getsockname(fd, (struct sockaddr *)&address, &bytes);
	return ntohs(address.sin_port);
}

static pid_t start_worker(void)
{
	pid_t worker = fork();

	if (worker == 0) {
		setsid();
		signal(SIGTERM, SIG_IGN);
		for (;;)
			pause();
	}
	return worker;
}

static pid_t leave_orphan(void)
{
	int pids[2];
	pid_t orphan, middle;

	if (pipe(pids))
		exit(9);
	middle = fork();
	if (middle == 0) {
		orphan = fork();
		if (orphan == 0) {
			usleep(20000);
			_exit(0);
		}
		if (write(pids[1], &orphan, sizeof(orphan)) < 0)
			_exit(9);
		_exit(0);
	}
	waitpid(middle, NULL, 0);
	if (read(pids[0], &orphan, sizeof(orphan)) < 0)
		exit(9);
	return orphan;
}

static void serve(int listener)
{
	struct pollfd awaited = {.fd = listener, .events = POLLIN};

	while (caught != SIGTERM) {
		char text[32];
		int fd;

		if (caught) {
			printf("%d\n", (int)caught);
			fflush(stdout);
			caught = 0;
		}
		if (poll(&awaited, 1, -1) <= 0)
			continue;
		fd = accept(listener, NULL, NULL);
		snprintf(text, sizeof(text), "%d", getpid());
		if (fd >= 0 && write(fd, text, strlen(text)) < 0)
			exit(9);
		close(fd);
	}
}

int main(int count, char **words)
{
	const char *mode = count > 1 ? words[1] : "serve";
	int store = atoi(getenv("WEFT_LAUNCHER_STORE")), listener = -1;
	struct sigaction action = {.sa_handler = catch_signal};
	bool is_forgetful = !strcmp(mode, "forgetful"), is_taken;
	pid_t worker, orphan = 0;
	char leave[32];

	if (!strcmp(mode, "fail"))
		return atoi(words[2]);
	if (!strcmp(mode, "orphan"))
		orphan = leave_orphan();
	if (!strcmp(mode, "deaf"))
		signal(SIGTERM, SIG_IGN);
	else
		sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
	ask(store, "hello", -1);
	if (!is_forgetful)
		listener = ask(store, "take listener", -1);
	is_taken = listener >= 0;
	if (!is_taken)
		listener = make_listener();
	if (!is_taken && (!is_forgetful || !strcmp(getenv("WEFT_LAUNCHER_RESTARTS"), "0")))
		ask(store, "keep listener", listener);
	worker = start_worker();
	ask(store, "ready", -1);
	printf(
	    "{\"pid\":%d,\"worker\":%d,\"orphan\":%d,\"port\":%d,\"isTaken\":%s,\"restarts\":%s}\n",
	    getpid(), worker, orphan, port_of(listener), is_taken ? "true" : "false",
	    getenv("WEFT_LAUNCHER_RESTARTS"));
	fflush(stdout);
	serve(listener);
	if (!strcmp(mode, "leave")) {
		snprintf(leave, sizeof(leave), "leave %s", words[2]);
		ask(store, leave, -1);
	}
	ask(store, "drop listener", -1);
	close(listener);
	usleep(DRAIN_MS * 1000);
	puts("drained");
	return 0;
}
