// SPDX-License-Identifier: Apache-2.0
/* rights.c - descriptors passed over a unix socket of packets (SCM_RIGHTS of unix(7)). */
#include "addon.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PACKET_BYTES_MAX 256

/* closeOnExec(fd): programs that this process starts do not get it. */
static napi_value close_on_exec(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char text[16];
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
		snprintf(text, sizeof(text), "%d", fd);
		return throw_errno(env, errno, "fcntl", text);
	}
	return make_undefined(env);
}

/* sendRights(socket, text, fd): one packet, with a descriptor that stays ours as well; -1 for none. */
static napi_value send_rights(napi_env env, napi_callback_info info)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {0};
	struct cmsghdr *control = (struct cmsghdr *)room;
	char text[PACKET_BYTES_MAX];
	struct iovec part = {.iov_base = text};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	napi_value arguments[3];
	int socket, fd;

	if (!read_arguments(env, info, 3, arguments) ||
	    !read_int(env, arguments[0], "socket", &socket) ||
	    !read_string(env, arguments[1], "text", text, sizeof(text)) ||
	    !read_int(env, arguments[2], "fd", &fd))
		return NULL;
	part.iov_len = strlen(text);
	if (fd >= 0) {
		control->cmsg_level = SOL_SOCKET;
		control->cmsg_type = SCM_RIGHTS;
		control->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(control), &fd, sizeof(int));
		message.msg_control = room;
		message.msg_controllen = sizeof(room);
	}
	if (sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return throw_errno(env, errno, "sendmsg", text);
	return make_undefined(env);
}

static int wait_readable(int socket, int timeout_ms)
{
	struct pollfd awaited = {.fd = socket, .events = POLLIN};
	int ready = poll(&awaited, 1, timeout_ms);

	if (ready == 0)
		errno = ETIMEDOUT;
	return ready > 0 ? 0 : -1;
}

/*
 * receiveRights(socket, timeoutMs) -> [text, fd], fd -1 where none came along; the text is '' when the other end is gone.
 * Blocks. The descriptor is CLOEXEC.
 */
static napi_value receive_rights(napi_env env, napi_callback_info info)
{
	_Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
	char text[PACKET_BYTES_MAX];
	struct iovec part = {.iov_base = text, .iov_len = sizeof(text) - 1};
	struct msghdr message = {
	    .msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
	napi_value arguments[2], answer;
	struct cmsghdr *control;
	int socket, timeout_ms, fd = -1;
	ssize_t bytes;

	if (!read_arguments(env, info, 2, arguments) ||
	    !read_int(env, arguments[0], "socket", &socket) ||
	    !read_int(env, arguments[1], "timeoutMs", &timeout_ms))
		return NULL;
	if (wait_readable(socket, timeout_ms) != 0)
		return throw_errno(env, errno, "poll", "");
	bytes = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	if (bytes < 0)
		return throw_errno(env, errno, "recvmsg", "");
	text[bytes] = 0;
	control = CMSG_FIRSTHDR(&message);
	if (control && control->cmsg_level == SOL_SOCKET && control->cmsg_type == SCM_RIGHTS &&
	    control->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&fd, CMSG_DATA(control), sizeof(int));
	if (napi_create_array_with_length(env, 2, &answer) != napi_ok)
		return NULL;
	napi_set_element(env, answer, 0, make_string(env, text));
	napi_set_element(env, answer, 1, make_int(env, fd));
	return answer;
}

const struct method rights_methods[] = {
    {"closeOnExec", close_on_exec},
    {"sendRights", send_rights},
    {"receiveRights", receive_rights},
    {NULL, NULL},
};
