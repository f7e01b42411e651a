// SPDX-License-Identifier: Apache-2.0
/* socket.c - sockets made in a network namespace, and what the kernel knows about them. */
#include "addon.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif
#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif
#define SO_ORIGINAL_DST 80

/*
 * What the getsockopt hook answers (struct original_destination in native/bpf/mesh_types.h); the
 * sizes of the two are held together by a test.
 */
struct original_destination {
	uint8_t address[16]; /* network order; IPv4 as ::ffff:a.b.c.d */
	uint16_t port;	     /* host order */
	uint16_t reserved[3];
	uint64_t caller; /* id of the cgroup of the workload that connected */
	uint64_t callee; /* id of the cgroup of the workload of the shared network that owns the
			    port, or 0 */
};
_Static_assert(sizeof(struct original_destination) == 40, "layout shared with native/bpf");

static napi_value throw_and_close(napi_env env, int fd, const char *syscall, const char *argument)
{
	int error = errno;

	if (fd >= 0)
		close(fd);
	return throw_errno(env, error, syscall, argument);
}

static int socket_in(int netns, int family, int type)
{
	int fd;

	if (netns_enter(netns) != 0)
		return -1;
	fd = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	netns_leave(netns);
	return fd;
}

static int set_option(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value));
}

static const char *describe(const struct sockaddr_storage *address, char *out, size_t out_bytes)
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

/*
 * tcpListen(netns, address, port, backlog, reusePort) -> listening descriptor.
 *
 * "::" accepts IPv4 too. Accepted sockets inherit TCP_NODELAY. TCP Fast Open is off on the listener
 * even where the machine turns it on for all: its data would reach the agent before the note of the
 * original destination is filed.
 */
static napi_value tcp_listen(napi_env env, napi_callback_info info)
{
	napi_value arguments[5];
	struct sockaddr_storage address;
	socklen_t address_bytes;
	char where[64];
	int netns, port, backlog, fd;
	bool reuse_port;

	if (!read_arguments(env, info, 5, arguments) ||
	    !read_int(env, arguments[0], "netns", &netns) ||
	    !read_int(env, arguments[2], "port", &port) ||
	    !read_address(env, arguments[1], AF_UNSPEC, port, &address, &address_bytes) ||
	    !read_int(env, arguments[3], "backlog", &backlog) ||
	    !read_bool(env, arguments[4], "reusePort", &reuse_port))
		return NULL;
	describe(&address, where, sizeof(where));
	fd = socket_in(netns, address.ss_family, SOCK_STREAM);
	if (fd < 0)
		return throw_and_close(env, fd, "socket", where);
	if (set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) != 0 ||
	    set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) != 0)
		return throw_and_close(env, fd, "setsockopt", where);
	if (reuse_port && set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1) != 0)
		return throw_and_close(env, fd, "setsockopt", "SO_REUSEPORT");
	if (address.ss_family == AF_INET6 && set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0) != 0)
		return throw_and_close(env, fd, "setsockopt", "IPV6_V6ONLY");
	if (bind(fd, (struct sockaddr *)&address, address_bytes) != 0)
		return throw_and_close(env, fd, "bind", where);
	if (listen(fd, backlog) != 0)
		return throw_and_close(env, fd, "listen", where);
	if (set_option(fd, IPPROTO_TCP, TCP_FASTOPEN, 0) != 0 && errno != ENOPROTOOPT)
		return throw_and_close(env, fd, "setsockopt", "TCP_FASTOPEN");
	return make_int(env, fd);
}

/*
 * tcpSocket(netns, family, sourceAddress) -> unconnected non-blocking descriptor, TCP_NODELAY set.
 *
 * A source address is bound without taking a port, so that the kernel shares ports between
 * destinations.
 */
static napi_value tcp_socket(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	struct sockaddr_storage address;
	socklen_t address_bytes;
	char source[INET6_ADDRSTRLEN];
	int netns, version, family, fd;

	if (!read_arguments(env, info, 3, arguments) ||
	    !read_int(env, arguments[0], "netns", &netns) ||
	    !read_int(env, arguments[1], "family", &version) ||
	    !read_string(env, arguments[2], "sourceAddress", source, sizeof(source)))
		return NULL;
	family = version == 6 ? AF_INET6 : AF_INET;
	if (!read_address(env, arguments[2], family, 0, &address, &address_bytes))
		return NULL;
	fd = socket_in(netns, family, SOCK_STREAM);
	if (fd < 0)
		return throw_and_close(env, fd, "socket", source);
	if (set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) != 0)
		return throw_and_close(env, fd, "setsockopt", "TCP_NODELAY");
	if (source[0] && (set_option(fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1) != 0 ||
			  bind(fd, (struct sockaddr *)&address, address_bytes) != 0))
		return throw_and_close(env, fd, "bind", source);
	return make_int(env, fd);
}

/*
 * tcpUserTimeout(fd, ms): the connection is given up when what was sent is not acknowledged for so
 * long, or the peer's kernel takes nothing.
 */
static napi_value tcp_user_timeout(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	int fd, timeout_ms;

	if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
	    !read_int(env, arguments[1], "timeoutMs", &timeout_ms))
		return NULL;
	if (set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, timeout_ms) != 0)
		return throw_errno(env, errno, "setsockopt", "TCP_USER_TIMEOUT");
	return make_undefined(env);
}

/* udpBind(netns, address, port) -> bound non-blocking descriptor. "::" receives IPv4 too. */
static napi_value udp_bind(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	struct sockaddr_storage address;
	socklen_t address_bytes;
	char where[64];
	int netns, port, fd;

	if (!read_arguments(env, info, 3, arguments) ||
	    !read_int(env, arguments[0], "netns", &netns) ||
	    !read_int(env, arguments[2], "port", &port) ||
	    !read_address(env, arguments[1], AF_UNSPEC, port, &address, &address_bytes))
		return NULL;
	describe(&address, where, sizeof(where));
	fd = socket_in(netns, address.ss_family, SOCK_DGRAM);
	if (fd < 0)
		return throw_and_close(env, fd, "socket", where);
	if (address.ss_family == AF_INET6 && set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0) != 0)
		return throw_and_close(env, fd, "setsockopt", "IPV6_V6ONLY");
	if (bind(fd, (struct sockaddr *)&address, address_bytes) != 0)
		return throw_and_close(env, fd, "bind", where);
	return make_int(env, fd);
}

/* originalDestination(fd) -> {address, port, caller, callee}, or null when the connection was not
 * captured. */
static napi_value original_destination(napi_env env, napi_callback_info info)
{
	static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	napi_value arguments[1], result;
	struct original_destination note;
	socklen_t note_bytes = sizeof(note);
	char text[INET6_ADDRSTRLEN] = "";
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (getsockopt(fd, SOL_IP, SO_ORIGINAL_DST, &note, &note_bytes) != 0) {
		/* No hook answered; the last two come from netfilter, which knows nothing of our
		 * connections. */
		if (errno == ENOPROTOOPT || errno == ENOENT || errno == EINVAL)
			return make_null(env);
		return throw_errno(env, errno, "getsockopt", "SO_ORIGINAL_DST");
	}
	if (note_bytes != sizeof(note))
		return make_null(env);
	if (memcmp(note.address, mapped, sizeof(mapped)) == 0)
		inet_ntop(AF_INET, note.address + sizeof(mapped), text, sizeof(text));
	else
		inet_ntop(AF_INET6, note.address, text, sizeof(text));
	if (napi_create_object(env, &result) != napi_ok)
		return NULL;
	set_field(env, result, "address", make_string(env, text));
	set_field(env, result, "port", make_int(env, note.port));
	set_field(env, result, "caller", make_u64(env, note.caller));
	set_field(env, result, "callee", make_u64(env, note.callee));
	return result;
}

/* socketCookie(fd) -> the number that the kernel gives this socket and no other before it restarts.
 */
static napi_value socket_cookie(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	socklen_t cookie_bytes = sizeof(uint64_t);
	uint64_t cookie = 0;
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &cookie_bytes) != 0)
		return throw_errno(env, errno, "getsockopt", "SO_COOKIE");
	return make_u64(env, cookie);
}

/* peerCredentials(fd) -> [pid, uid] of who connected at the other end of a unix socket, as of then. */
static napi_value peer_credentials(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], answer, number;
	socklen_t peer_bytes;
	struct ucred peer;
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	peer_bytes = sizeof(peer);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &peer_bytes) != 0)
		return throw_errno(env, errno, "getsockopt", "SO_PEERCRED");
	if (napi_create_array_with_length(env, 2, &answer) != napi_ok ||
	    napi_create_int32(env, peer.pid, &number) != napi_ok ||
	    napi_set_element(env, answer, 0, number) != napi_ok ||
	    napi_create_uint32(env, peer.uid, &number) != napi_ok ||
	    napi_set_element(env, answer, 1, number) != napi_ok)
		return NULL;
	return answer;
}

const struct method socket_methods[] = {
    {"tcpListen", tcp_listen},
    {"tcpSocket", tcp_socket},
    {"tcpUserTimeout", tcp_user_timeout},
    {"udpBind", udp_bind},
    {"originalDestination", original_destination},
    {"socketCookie", socket_cookie},
    {"peerCredentials", peer_credentials},
    {NULL, NULL},
};
