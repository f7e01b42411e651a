// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * probe - a program that runs as a workload in the tests of the hooks and says what it saw.
 *
 * Reads commands from stdin, one a line, and answers each with one line: `ok ...` or the name of an errno.
 *
 *   tcp ADDRESS PORT [HOW]               connects, reads to the end: `ok PEER DATA`; HOW: mptcp, tfo, device=NAME to
 *                                        bind to one first, or an address to bind to first
 *   many COUNT ADDRESS PORT              opens COUNT connections at once, then reads them: `ok COUNT`
 *   mix COUNT PREFIX PORT SOURCES        COUNT connections one after the other to PREFIX1 to PREFIX4 (`198.19.7.`),
 *                                        each bound to one of SOURCES ports and closed with a reset; the answer must
 *                                        begin with the address asked: `ok RIGHT WRONG FAILED`
 *   udp ADDRESS PORT [connected|mapped]  sends `q`, waits for the answer: `ok SOURCE DATA`
 *   listen ADDRESS PORT [NAME]           listens, answers NAME (`app`) to whoever connects, until the program ends;
 *                                        with a NAME also beside others (SO_REUSEPORT)
 *   serve ADDRESS PORT                   as listen, but keeps every connection open
 *   hold ADDRESS PORT [WORD]             connects, reads what comes first, sends WORD, stays connected: `ok PEER DATA`
 *   held                                 `ok open` while the connection of `hold` lasts, else `ok ended` or an errno
 *   release                              closes it
 *   unlisten                             closes the socket of the last `listen`
 *   offer PATH [ADDRESS PORT]            makes a TCP socket, connects it, gives it to the first who adopts it at PATH
 *   adopt PATH                           takes a socket over from the unix socket PATH, for the next `tcp`
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#define WAIT_SECONDS 10
#define MANY_MAX 4096
#define MIX_PORT_BASE 41000

struct address {
	struct sockaddr_storage storage;
	socklen_t bytes;
	int family;
};

static int adopted = -1;
static int listening = -1;
static pid_t server;

static void answer_errno(const char *doing) { printf("%s %s\n", strerrorname_np(errno), doing); }

static bool parse(const char *text, int port, struct address *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)&out->storage;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->storage;

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		out->bytes = sizeof(*v4);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		out->bytes = sizeof(*v6);
	} else {
		errno = EINVAL;
		return false;
	}
	out->family = out->storage.ss_family;
	return true;
}

static const char *print(const struct sockaddr_storage *address, char *out, size_t out_bytes)
{
	char text[INET6_ADDRSTRLEN] = "?";

	if (address->ss_family == AF_INET) {
		const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;

		inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
		snprintf(out, out_bytes, "%s:%u", text, ntohs(v4->sin_port));
	} else {
		const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;

		inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
		snprintf(out, out_bytes, "[%s]:%u", text, ntohs(v6->sin6_port));
	}
	return out;
}

static void limit_waiting(int fd)
{
	struct timeval wait = {.tv_sec = WAIT_SECONDS};

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
}

/* Reads to the end into `out`; false with errno. */
static bool read_all(int fd, char *out, size_t out_bytes)
{
	size_t have = 0;

	for (;;) {
		ssize_t got = read(fd, out + have, out_bytes - 1 - have);

		if (got < 0)
			return false;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	out[have] = 0;
	return true;
}

static bool open_connection(int fd, const struct address *to, const char *how)
{
	struct address source;

	if (!strcmp(how, "tfo"))
		return sendto(fd, "hello", 5, MSG_FASTOPEN, (const struct sockaddr *)&to->storage,
			      to->bytes) == 5;
	if (!strncmp(how, "device=", 7)) {
		if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, how + 7,
			       (socklen_t)strlen(how + 7)) != 0)
			return false;
	} else if (how[0] && strcmp(how, "mptcp") != 0 &&
		   (!parse(how, 0, &source) ||
		    bind(fd, (struct sockaddr *)&source.storage, source.bytes) != 0))
		return false;
	return connect(fd, (const struct sockaddr *)&to->storage, to->bytes) == 0;
}

static void do_tcp(const char *address, int port, const char *how)
{
	struct sockaddr_storage peer;
	socklen_t peer_bytes = sizeof(peer);
	char text[80], data[512];
	struct address to;
	int fd = adopted;

	adopted = -1;
	if (!parse(address, port, &to)) {
		answer_errno("parse");
		return;
	}
	if (fd < 0)
		fd = socket(to.family, SOCK_STREAM | SOCK_CLOEXEC,
			    strcmp(how, "mptcp") ? 0 : IPPROTO_MPTCP);
	if (fd < 0) {
		answer_errno("socket");
		return;
	}
	limit_waiting(fd);
	if (!open_connection(fd, &to, how))
		answer_errno("connect");
	else if (!read_all(fd, data, sizeof(data)))
		answer_errno("read");
	else if (getpeername(fd, (struct sockaddr *)&peer, &peer_bytes) != 0)
		answer_errno("getpeername");
	else
		printf("ok %s %s\n", print(&peer, text, sizeof(text)), data);
	close(fd);
}

static void do_many(int count, const char *address, int port)
{
	static int fds[MANY_MAX];
	struct address to;
	char data[512];
	int done = 0;

	if (count > MANY_MAX || !parse(address, port, &to)) {
		answer_errno("parse");
		return;
	}
	for (int i = 0; i < count; i++) {
		fds[i] = socket(to.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (connect(fds[i], (struct sockaddr *)&to.storage, to.bytes) != 0 &&
		    errno != EINPROGRESS) {
			answer_errno("connect");
			count = i + 1;
			goto out;
		}
	}
	for (int i = 0; i < count; i++) {
		struct pollfd ready = {.fd = fds[i], .events = POLLIN};

		if (poll(&ready, 1, WAIT_SECONDS * 1000) != 1 || fcntl(fds[i], F_SETFL, 0) != 0 ||
		    !read_all(fds[i], data, sizeof(data))) {
			answer_errno("read");
			goto out;
		}
		done += !strncmp(data, address, strlen(address));
	}
	printf("ok %d\n", done);
out:
	for (int i = 0; i < count; i++)
		close(fds[i]);
}

/* One connection of `mix`: 1 right, 0 wrong, -1 failed. */
static int mix_one(const char *address, int port, int source_port)
{
	struct linger reset = {.l_onoff = 1, .l_linger = 0};
	struct address to, source;
	char data[512];
	int on = 1, result = -1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (!parse(address, port, &to) || !parse("127.0.0.1", source_port, &source))
		return -1;
	limit_waiting(fd);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	if (bind(fd, (struct sockaddr *)&source.storage, source.bytes) == 0 &&
	    connect(fd, (struct sockaddr *)&to.storage, to.bytes) == 0) {
		ssize_t got = read(fd, data, sizeof(data) - 1);

		if (got > 0) {
			data[got] = 0;
			result = !strncmp(data, address, strlen(address)) &&
				 data[strlen(address)] == ' ';
		}
	}
	close(fd);
	return result;
}

static void do_mix(int count, const char *prefix, int port, int sources)
{
	int right = 0, wrong = 0, failed = 0;
	char address[160];

	for (int i = 0; i < count; i++) {
		int result;

		snprintf(address, sizeof(address), "%s%d", prefix, 1 + i % 4);
		result = mix_one(address, port, MIX_PORT_BASE + i % sources);
		right += result == 1;
		wrong += result == 0;
		failed += result < 0;
	}
	printf("ok %d %d %d\n", right, wrong, failed);
}

static void do_udp(const char *address, int port, const char *how)
{
	struct sockaddr_storage from;
	socklen_t from_bytes = sizeof(from);
	char data[512], text[80], mapped[160];
	bool connected = !strcmp(how, "connected");
	struct address to;
	ssize_t got;
	int fd;

	snprintf(mapped, sizeof(mapped), "::ffff:%s", address);
	if (!parse(strcmp(how, "mapped") ? address : mapped, port, &to)) {
		answer_errno("parse");
		return;
	}
	fd = socket(to.family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	limit_waiting(fd);
	if (connected && connect(fd, (struct sockaddr *)&to.storage, to.bytes) != 0)
		answer_errno("connect");
	else if (sendto(fd, "q", 1, 0, connected ? NULL : (struct sockaddr *)&to.storage,
			connected ? 0 : to.bytes) != 1)
		answer_errno("sendto");
	else if ((got = recvfrom(fd, data, sizeof(data) - 1, 0, (struct sockaddr *)&from,
				 &from_bytes)) < 0)
		answer_errno("recvfrom");
	else
		printf("ok %s %.*s\n", print(&from, text, sizeof(text)), (int)got, data);
	close(fd);
}

static void do_unlisten(void)
{
	if (server > 0) {
		kill(server, SIGKILL);
		waitpid(server, NULL, 0);
	}
	if (listening >= 0)
		close(listening);
	server = 0;
	listening = -1;
}

static void do_listen(const char *address, int port, const char *name, bool keeps)
{
	struct address at;
	int on = 1;

	if (!parse(address, port, &at)) {
		answer_errno("parse");
		return;
	}
	listening = socket(at.family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (name[0])
		setsockopt(listening, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	if (!name[0])
		name = "app";
	if (bind(listening, (struct sockaddr *)&at.storage, at.bytes) != 0 ||
	    listen(listening, 512) != 0) {
		answer_errno("listen");
		return;
	}
	server = fork();
	while (server == 0) {
		int fd = accept(listening, NULL, NULL);

		if (write(fd, name, strlen(name)) <= 0)
			_exit(1);
		if (!keeps)
			close(fd);
	}
	printf("ok\n");
}

#include "probe_handover.h"
#include "probe_hold.h"

int main(void)
{
	char line[512];

	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin)) {
		char command[16] = "", a[128] = "", b[128] = "", c[128] = "", d[128] = "";

		sscanf(line, "%15s %127s %127s %127s %127s", command, a, b, c, d);
		if (!strcmp(command, "tcp"))
			do_tcp(a, atoi(b), c);
		else if (!strcmp(command, "many"))
			do_many(atoi(a), b, atoi(c));
		else if (!strcmp(command, "mix"))
			do_mix(atoi(a), b, atoi(c), atoi(d));
		else if (!strcmp(command, "udp"))
			do_udp(a, atoi(b), c);
		else if (!strcmp(command, "listen"))
			do_listen(a, atoi(b), c, false);
		else if (!strcmp(command, "serve"))
			do_listen(a, atoi(b), c, true);
		else if (!strcmp(command, "hold"))
			do_hold(a, atoi(b), c);
		else if (!strcmp(command, "held"))
			do_held();
		else if (!strcmp(command, "release"))
			close(holding), printf("ok\n");
		else if (!strcmp(command, "adopt"))
			do_adopt(a);
		else if (!strcmp(command, "offer"))
			do_offer(a, b, atoi(c));
		else if (!strcmp(command, "unlisten"))
			do_unlisten(), printf("ok\n");
		else
			printf("EINVAL command\n");
	}
	do_unlisten();
	return 0;
}
