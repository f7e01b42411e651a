// SPDX-License-Identifier: Apache-2.0
/* handover.c - see handover.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "handover.h"

#include "clock.h"
#include "log.h"
#include "packet.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* Longer than the predecessor lets its program drain. */
#define TAKE_WAIT_MS 10000
#define SEND_WAIT_S 2

static bool address_of(const char *path, const char *ending, struct sockaddr_un *address)
{
	int bytes;

	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	bytes = snprintf(address->sun_path, sizeof(address->sun_path), "%s%s", path, ending);
	errno = ENAMETOOLONG;
	return bytes > 0 && (size_t)bytes < sizeof(address->sun_path);
}

static bool is_same_user(int socket)
{
	struct ucred peer;
	socklen_t bytes = sizeof(peer);

	return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) == 0 &&
	       peer.uid == geteuid();
}

static int connect_to(const char *path)
{
	struct sockaddr_un address;
	int fd;

	if (!address_of(path, "", &address))
		return -1;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    is_same_user(fd))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* True when the predecessor has said that this was all. */
static bool receive_all(int socket, struct store *store, long long deadline_ms)
{
	char text[REQUEST_BYTES_MAX];

	for (;;) {
		struct pollfd awaited = {.fd = socket, .events = POLLIN};
		long long left_ms = deadline_ms - now_ms();
		ssize_t bytes;
		int fd;

		if (left_ms <= 0 || (poll(&awaited, 1, (int)left_ms) < 0 && errno != EINTR))
			return false;
		bytes = packet_receive(socket, text, &fd);
		if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (bytes <= 0)
			return false;
		if (fd < 0 && bytes == 4 && !memcmp(text, "done", 4))
			return true;
		store_answer(store, text, (size_t)bytes, fd);
	}
}

void handover_take(struct handover *handover, struct store *store)
{
	int fd = handover->path ? connect_to(handover->path) : -1;
	char taken[32];
	bool is_whole;

	if (fd < 0)
		return;
	is_whole =
	    packet_send(fd, "succeed", -1) && receive_all(fd, store, now_ms() + TAKE_WAIT_MS);
	if (handover->predecessor >= 0)
		close(handover->predecessor);
	handover->predecessor = fd;
	store_forget_claims(store, now_ms());
	snprintf(taken, sizeof(taken), "%zu", store->count);
	log_line(is_whole ? "info" : "warn",
		 is_whole ? "took over from the agent before"
			  : "the agent before does not hand over all",
		 "listeners", taken, NULL);
}

bool handover_listen(struct handover *handover)
{
	struct sockaddr_un address;
	mode_t mask;
	int fd, error;

	if (!handover->path)
		return true;
	if (!address_of(handover->path, ".new", &address))
		return false;
	unlink(address.sun_path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mask = umask(0177);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    listen(fd, 4) == 0 && rename(address.sun_path, handover->path) == 0) {
		umask(mask);
		handover->listener = fd;
		return true;
	}
	error = errno;
	umask(mask);
	if (fd >= 0)
		close(fd);
	errno = error;
	return false;
}

void handover_accept(struct handover *handover)
{
	const struct timeval wait = {.tv_sec = SEND_WAIT_S};
	int fd = accept4(handover->listener, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return;
	if (handover->successor >= 0 || !is_same_user(fd)) {
		close(fd);
		return;
	}
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	handover->successor = fd;
}

void handover_hear(struct handover *handover)
{
	char text[REQUEST_BYTES_MAX];
	int fd;
	ssize_t bytes = packet_receive(handover->successor, text, &fd);

	if (fd >= 0)
		close(fd);
	if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (bytes == 7 && !memcmp(text, "succeed", 7)) {
		handover->is_asked = true;
		return;
	}
	close(handover->successor);
	handover->successor = -1;
	handover->is_asked = false;
}

void handover_close(struct handover *handover)
{
	if (handover->listener < 0)
		return;
	close(handover->listener);
	handover->listener = -1;
	unlink(handover->path);
}

size_t handover_give(struct handover *handover, struct store *store)
{
	char text[REQUEST_BYTES_MAX];
	size_t given = 0;

	while (given < store->count) {
		snprintf(text, sizeof(text), "keep %s", store->kept[given].name);
		if (!packet_send_all(handover->successor, text, store->kept[given].fd))
			break;
		given++;
	}
	packet_send_all(handover->successor, "done", -1);
	/* The successor listens at the path from now on. */
	if (handover->listener >= 0)
		close(handover->listener);
	handover->listener = -1;
	return given;
}
