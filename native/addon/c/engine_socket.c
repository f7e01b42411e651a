// SPDX-License-Identifier: Apache-2.0
/*
 * engine_socket.c - what JavaScript asks of one socket of the engine.
 *
 * Sockets are named by number. A number that is not open, which JavaScript never uses, is EBADF.
 * Functions of the hot path answer with a count or a negative errno instead of throwing.
 */
#include "engine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <unistd.h>

#define PARTS_MAX 64

static struct engine_socket *find(napi_env env, napi_value value, int32_t *id)
{
	struct engine *e = engine;

	if (e && napi_get_value_int32(env, value, id) == napi_ok && *id >= 0 && *id < e->capacity) {
		struct engine_socket *s = &e->sockets[*id];

		if (s->state != STATE_FREE && s->state != STATE_CLOSED)
			return s;
	}
	throw_errno(env, EBADF, "engine", "socket");
	return NULL;
}

/* The socket in the first argument, NULL after throwing. */
static struct engine_socket *read_socket(napi_env env, napi_callback_info info, size_t count,
					 napi_value *arguments, int32_t *id)
{
	return read_arguments(env, info, count, arguments) ? find(env, arguments[0], id) : NULL;
}

static napi_value adopt(napi_env env, int fd, enum socket_state state)
{
	int32_t id = engine_adopt(fd, state);

	if (id < 0) {
		int error = errno;

		close(fd);
		return throw_errno(env, error, "epoll_ctl", "adopt");
	}
	return make_int(env, id);
}

/* Has the kernel find peers that are gone. Accepted sockets inherit it from their listener. */
static void keep_alive(int fd)
{
	int on = 1, idle_s = 180, interval_s = 180, probes = 9;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof(idle_s));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof(interval_s));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof(probes));
}

/*
 * engineListen(fd, backlog, shared) -> number: listens with a bound socket, or goes on doing so.
 * The descriptor is the engine's from now on, also when it throws; a shared one is duplicated
 * instead and stays the caller's.
 */
static napi_value engine_listen(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	int fd, backlog, error, on = 1;
	bool is_shared;

	if (!read_arguments(env, info, 3, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
	    !read_int(env, arguments[1], "backlog", &backlog) ||
	    !read_bool(env, arguments[2], "shared", &is_shared))
		return NULL;
	if (is_shared) {
		fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
		if (fd < 0)
			return throw_errno(env, errno, "fcntl", "F_DUPFD_CLOEXEC");
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	keep_alive(fd);
	if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || listen(fd, backlog) != 0) {
		error = errno;
		close(fd);
		return throw_errno(env, error, "listen", "socket");
	}
	return adopt(env, fd, STATE_LISTENING);
}

/*
 * engineConnect(fd, address, port) -> number: begins to connect an unconnected non-blocking socket.
 * The descriptor is the engine's from now on, also when it throws.
 */
static napi_value engine_connect(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	struct sockaddr_storage address;
	socklen_t address_bytes;
	int fd, port, domain, error, on = 1;
	socklen_t domain_bytes = sizeof(domain);

	if (!read_arguments(env, info, 3, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
	    !read_int(env, arguments[2], "port", &port))
		return NULL;
	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &domain_bytes) != 0) {
		error = errno;
		close(fd);
		return throw_errno(env, error, "getsockopt", "SO_DOMAIN");
	}
	if (!read_address(env, arguments[1], domain, port, &address, &address_bytes)) {
		close(fd);
		return NULL;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	keep_alive(fd);
	if (connect(fd, (struct sockaddr *)&address, address_bytes) != 0 && errno != EINPROGRESS) {
		error = errno;
		close(fd);
		return throw_errno(env, error, "connect", "address");
	}
	return adopt(env, fd, STATE_CONNECTING);
}

static napi_value sent(napi_env env, ssize_t count)
{
	napi_value result;

	if (count < 0)
		count = errno == EAGAIN || errno == ENOBUFS ? 0 : -errno;
	return napi_create_int32(env, (int32_t)count, &result) == napi_ok ? result : NULL;
}

/* engineSend(id, bytes, length) -> octets of the first `length` that the kernel took, or -errno. */
static napi_value engine_send(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	struct engine_socket *s;
	void *bytes;
	int32_t id, length;
	size_t length_max;

	s = read_socket(env, info, 3, arguments, &id);
	if (!s || !read_bytes(env, arguments[1], "bytes", &bytes, &length_max) ||
	    napi_get_value_int32(env, arguments[2], &length) != napi_ok)
		return NULL;
	if (length < 0 || (size_t)length > length_max)
		return throw_errno(env, EINVAL, "engineSend", "length");
	return sent(env, send(s->fd, bytes, (size_t)length, MSG_NOSIGNAL));
}

/* engineSendMany(id, list of bytes, count) -> octets of the first `count` that the kernel took, or -errno. */
static napi_value engine_send_many(napi_env env, napi_callback_info info)
{
	napi_value arguments[3], part;
	struct engine_socket *s;
	struct iovec parts[PARTS_MAX];
	struct msghdr message = {.msg_iov = parts};
	int32_t id, count;

	s = read_socket(env, info, 3, arguments, &id);
	if (!s || napi_get_value_int32(env, arguments[2], &count) != napi_ok)
		return NULL;
	if (count > PARTS_MAX)
		count = PARTS_MAX;
	for (int32_t i = 0; i < count; i++) {
		if (napi_get_element(env, arguments[1], (uint32_t)i, &part) != napi_ok ||
		    !read_bytes(env, part, "bytes", &parts[i].iov_base, &parts[i].iov_len))
			return NULL;
	}
	message.msg_iovlen = (size_t)(count < 0 ? 0 : count);
	return sent(env, sendmsg(s->fd, &message, MSG_NOSIGNAL));
}

/* engineAwaitWritable(id): one event `writable` when the kernel takes more. */
static napi_value engine_await_writable(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	int32_t id;
	struct engine_socket *s = read_socket(env, info, 1, arguments, &id);

	if (!s)
		return NULL;
	s->wants_write = true;
	if (engine_poll(id) != 0)
		return throw_errno(env, errno, "epoll_ctl", "write");
	return make_undefined(env);
}

/* enginePause(id, paused): whether octets (or connections of a listener) are wanted. */
static napi_value engine_pause(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	int32_t id;
	bool is_paused;
	struct engine_socket *s = read_socket(env, info, 2, arguments, &id);

	if (!s || !read_bool(env, arguments[1], "paused", &is_paused))
		return NULL;
	s->is_paused = is_paused;
	if (engine_poll(id) != 0)
		return throw_errno(env, errno, "epoll_ctl", "read");
	return make_undefined(env);
}

/* engineShutdown(id): FIN after what was sent. That the peer is gone shows by its own event. */
static napi_value engine_shutdown(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	int32_t id;
	struct engine_socket *s = read_socket(env, info, 1, arguments, &id);

	if (!s)
		return NULL;
	shutdown(s->fd, SHUT_WR);
	return make_undefined(env);
}

/* engineClose(id, reset): closes; with `reset` by RST, whatever is still under way. */
static napi_value engine_close(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	struct linger linger = {.l_onoff = 1, .l_linger = 0};
	int32_t id;
	bool is_reset;
	struct engine_socket *s = read_socket(env, info, 2, arguments, &id);
	int fd;

	if (!s || !read_bool(env, arguments[1], "reset", &is_reset))
		return NULL;
	fd = engine_release(id);
	if (is_reset)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	close(fd);
	return make_undefined(env);
}

/* engineDetach(id) -> the descriptor, which the engine knows nothing of any more. */
static napi_value engine_detach(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	int32_t id;
	struct engine_socket *s = read_socket(env, info, 1, arguments, &id);

	if (!s)
		return NULL;
	if (s->is_polled)
		epoll_ctl(engine->epoll, EPOLL_CTL_DEL, s->fd, NULL);
	return make_int(env, engine_release(id));
}

static napi_value engine_fd(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	int32_t id;
	struct engine_socket *s = read_socket(env, info, 1, arguments, &id);

	return s ? make_int(env, s->fd) : NULL;
}

/* engineAddress(id, peer) -> [address, port] of that end, or null when it is gone. IPv4 is never in mapped form. */
static napi_value engine_address(napi_env env, napi_callback_info info)
{
	napi_value arguments[2], result;
	struct sockaddr_storage address;
	socklen_t bytes = sizeof(address);
	char text[INET6_ADDRSTRLEN] = "";
	int32_t id;
	int port;
	bool is_peer;
	struct engine_socket *s = read_socket(env, info, 2, arguments, &id);

	if (!s || !read_bool(env, arguments[1], "peer", &is_peer))
		return NULL;
	if ((is_peer ? getpeername : getsockname)(s->fd, (struct sockaddr *)&address, &bytes) != 0)
		return make_null(env);
	if (address.ss_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&address;

		port = ntohs(v6->sin6_port);
		if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
			inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], text, sizeof(text));
		else
			inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text));
	} else {
		const struct sockaddr_in *v4 = (const struct sockaddr_in *)&address;

		port = ntohs(v4->sin_port);
		inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text));
	}
	if (napi_create_array_with_length(env, 2, &result) != napi_ok ||
	    napi_set_element(env, result, 0, make_string(env, text)) != napi_ok ||
	    napi_set_element(env, result, 1, make_int(env, port)) != napi_ok)
		return NULL;
	return result;
}

const struct method engine_methods[] = {
    {"engineStart", engine_start},
    {"engineListen", engine_listen},
    {"engineConnect", engine_connect},
    {"engineSend", engine_send},
    {"engineSendMany", engine_send_many},
    {"engineAwaitWritable", engine_await_writable},
    {"enginePause", engine_pause},
    {"engineShutdown", engine_shutdown},
    {"engineClose", engine_close},
    {"engineDetach", engine_detach},
    {"engineFd", engine_fd},
    {"engineAddress", engine_address},
    {NULL, NULL},
};
