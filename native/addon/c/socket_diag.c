// SPDX-License-Identifier: Apache-2.0
/* socket_diag.c - asks the kernel about the sockets of a network namespace, or to end one. */
#include "addon.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PIECE_BYTES 65536
#define ANSWER_BYTES_MAX (64u << 20)
#define WAIT_SECONDS 5

static int open_diag(int netns)
{
	struct timeval wait = {.tv_sec = WAIT_SECONDS};
	int fd;

	if (netns_enter(netns) != 0)
		return -1;
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	netns_leave(netns);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	return fd;
}

/* Whether the last message of an answer is among these. */
static bool is_complete(const void *bytes, size_t length)
{
	const struct nlmsghdr *message = bytes;
	unsigned int left = (unsigned int)length;

	for (; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left))
		if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR)
			return true;
	return false;
}

/* Reads all messages up to the last one into `*out`, which is the caller's to free; its length, or -1 with errno. */
static ssize_t read_answer(int fd, uint8_t **out)
{
	size_t have = 0;

	for (;;) {
		uint8_t *grown;
		ssize_t got;

		if (have + PIECE_BYTES > ANSWER_BYTES_MAX) {
			errno = ENOBUFS;
			return -1;
		}
		grown = realloc(*out, have + PIECE_BYTES);
		if (!grown)
			return -1;
		*out = grown;
		got = recv(fd, grown + have, PIECE_BYTES, 0);
		if (got < 0)
			return -1;
		have += (size_t)got;
		if (is_complete(grown + have - got, (size_t)got))
			return (ssize_t)have;
	}
}

/*
 * socketDiag(netns, request) -> the kernel's answer to one netlink request: its messages up to NLMSG_DONE or NLMSG_ERROR.
 * Negative: our own namespace.
 */
static napi_value socket_diag(napi_env env, napi_callback_info info)
{
	napi_value arguments[2], answer;
	uint8_t *bytes = NULL;
	size_t request_bytes;
	ssize_t length = -1;
	void *request;
	int netns, fd, error;

	if (!read_arguments(env, info, 2, arguments) ||
	    !read_int(env, arguments[0], "netns", &netns) ||
	    !read_bytes(env, arguments[1], "request", &request, &request_bytes))
		return NULL;
	fd = open_diag(netns);
	if (fd < 0)
		return throw_errno(env, errno, "socket", "NETLINK_SOCK_DIAG");
	if (send(fd, request, request_bytes, 0) == (ssize_t)request_bytes)
		length = read_answer(fd, &bytes);
	error = errno;
	close(fd);
	answer = length < 0 ? throw_errno(env, error, "recv", "NETLINK_SOCK_DIAG")
			    : make_bytes(env, bytes, (size_t)length);
	free(bytes);
	return answer;
}

const struct method socket_diag_methods[] = {
    {"socketDiag", socket_diag},
    {NULL, NULL},
};
