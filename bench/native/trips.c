// SPDX-License-Identifier: Apache-2.0
/*
 * trips - octets to and fro over TCP, with as little of our own as can be: what is left is what lies between the ends.
 *
 *   trips serve PORT     answers every message with the same; one connection at a time; prints `pid N`
 *   trips ask            prints `pid N`, then does what it reads, one line each, and prints `ok` or what went wrong:
 *     trips COUNT BYTES ADDRESS PORT    over one connection
 *     opens COUNT ADDRESS PORT          a connection for each, with one octet to and fro
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BYTES_MAX 65536

static char buffer[BYTES_MAX];

static void no_delay(int fd)
{
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static int fail(const char *doing)
{
	printf("%s: %s\n", doing, strerror(errno));
	return 1;
}

static int serve(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int on = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 512) != 0)
		return fail("listen");
	printf("pid %d\n", getpid());
	for (;;) {
		int client = accept(fd, NULL, NULL);
		ssize_t got;

		if (client < 0)
			continue;
		no_delay(client);
		while ((got = read(client, buffer, sizeof(buffer))) > 0)
			if (write(client, buffer, (size_t)got) != got)
				break;
		close(client);
	}
}

static int dial(const char *address, int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, address, &to.sin_addr);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		close(fd);
		return -1;
	}
	no_delay(fd);
	return fd;
}

/* One message there and all of it back. */
static int trip(int fd, size_t bytes)
{
	size_t have = 0;

	if (write(fd, buffer, bytes) != (ssize_t)bytes)
		return -1;
	while (have < bytes) {
		ssize_t got = read(fd, buffer, bytes - have);

		if (got <= 0)
			return -1;
		have += (size_t)got;
	}
	return 0;
}

static int do_trips(int count, int bytes, const char *address, int port)
{
	int fd = dial(address, port);

	if (fd < 0)
		return fail("connect");
	for (int i = 0; i < count; i++)
		if (trip(fd, (size_t)bytes) != 0)
			return fail("trip");
	close(fd);
	return 0;
}

static int do_opens(int count, const char *address, int port)
{
	for (int i = 0; i < count; i++) {
		int fd = dial(address, port);

		if (fd < 0)
			return fail("connect");
		if (trip(fd, 1) != 0)
			return fail("trip");
		close(fd);
	}
	return 0;
}

static int ask(void)
{
	char line[256], address[64];
	int count, bytes, port;

	printf("pid %d\n", getpid());
	while (fgets(line, sizeof(line), stdin)) {
		int failed = 1;

		if (sscanf(line, "trips %d %d %63s %d", &count, &bytes, address, &port) == 4 &&
		    bytes <= BYTES_MAX)
			failed = do_trips(count, bytes, address, port);
		else if (sscanf(line, "opens %d %63s %d", &count, address, &port) == 3)
			failed = do_opens(count, address, port);
		else
			printf("expected trips or opens: %s", line);
		if (!failed)
			printf("ok\n");
	}
	return 0;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 3 && !strcmp(argv[1], "serve"))
		return serve(atoi(argv[2]));
	if (argc == 2 && !strcmp(argv[1], "ask"))
		return ask();
	fprintf(stderr, "usage: trips serve PORT | trips ask\n");
	return 2;
}
