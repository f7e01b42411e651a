/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* probe_handover.h - the part of probe.c that gives sockets to other processes; included there and nowhere else. */
#ifndef WEFT_PROBE_HANDOVER_H
#define WEFT_PROBE_HANDOVER_H

#include <sys/un.h>

static bool unix_address(const char *path, struct sockaddr_un *out)
{
	memset(out, 0, sizeof(*out));
	out->sun_family = AF_UNIX;
	return (size_t)snprintf(out->sun_path, sizeof(out->sun_path), "%s", path) <
	       sizeof(out->sun_path);
}

static void do_offer(const char *path, const char *address, int port)
{
	char space[CMSG_SPACE(sizeof(int))] = {0}, octet = 'x';
	struct iovec part = {.iov_base = &octet, .iov_len = 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = space,
				 .msg_controllen = sizeof(space)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	int given = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int door = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), guest;
	struct sockaddr_un at;
	struct address to;

	if (address[0] && (!parse(address, port, &to) ||
			   connect(given, (struct sockaddr *)&to.storage, to.bytes) != 0)) {
		answer_errno("connect");
		return;
	}
	if (!unix_address(path, &at) || bind(door, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(door, 1) != 0) {
		answer_errno("offer");
		return;
	}
	printf("ok\n");
	fflush(stdout);
	guest = accept(door, NULL, NULL);
	unlink(path);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &given, sizeof(int));
	sendmsg(guest, &message, 0);
	close(guest);
	close(door);
	close(given);
}

static void do_adopt(const char *path)
{
	char space[CMSG_SPACE(sizeof(int))], octet;
	struct iovec part = {.iov_base = &octet, .iov_len = 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = space,
				 .msg_controllen = sizeof(space)};
	int door = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un at;

	if (!unix_address(path, &at) || connect(door, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    recvmsg(door, &message, MSG_CMSG_CLOEXEC) != 1 || !CMSG_FIRSTHDR(&message)) {
		answer_errno("adopt");
	} else {
		memcpy(&adopted, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(int));
		printf("ok\n");
	}
	close(door);
}

#endif
