// SPDX-License-Identifier: Apache-2.0
/* packet.c - see packet.h. */
#include "packet.h"

#include <string.h>
#include <sys/socket.h>

ssize_t packet_receive(int socket, char text[REQUEST_BYTES_MAX], int *fd)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
	struct iovec part = {.iov_base = text, .iov_len = REQUEST_BYTES_MAX};
	struct msghdr message = {
	    .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
	/* Of more descriptors than there is room for the kernel keeps the rest to itself. */
	ssize_t bytes = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	struct cmsghdr *control = bytes > 0 ? CMSG_FIRSTHDR(&message) : NULL;

	*fd = -1;
	if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS &&
	    control->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(fd, CMSG_DATA(control), sizeof(int));
	if (bytes > 0 && (message.msg_flags & MSG_TRUNC))
		*text = 0;
	return bytes;
}

static bool send_packet(int socket, const char *text, int fd, int flags)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec part = {.iov_base = (void *)text, .iov_len = strlen(text)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct cmsghdr *control = (struct cmsghdr *)room;

	if (fd >= 0) {
		control->cmsg_level = SOL_SOCKET;
		control->cmsg_type = SCM_RIGHTS;
		control->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(control), &fd, sizeof(int));
		message.msg_control = room;
		message.msg_controllen = sizeof(room);
	}
	return sendmsg(socket, &message, MSG_NOSIGNAL | flags) >= 0;
}

bool packet_send(int socket, const char *text, int fd)
{
	return send_packet(socket, text, fd, MSG_DONTWAIT);
}

bool packet_send_all(int socket, const char *text, int fd)
{
	return send_packet(socket, text, fd, 0);
}
