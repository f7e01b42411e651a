// SPDX-License-Identifier: Apache-2.0
/* netns.c - network namespaces: open one, work in one. */
#include "addon.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

/* The namespace of this thread as it was before the first visit elsewhere; opened once, never
 * closed. */
static __thread int home_netns = -1;

int netns_enter(int netns)
{
	if (netns < 0)
		return 0;
	if (home_netns < 0) {
		home_netns = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
		if (home_netns < 0)
			return -1;
	}
	return setns(netns, CLONE_NEWNET);
}

void netns_leave(int netns)
{
	int error = errno;

	if (netns >= 0 && setns(home_netns, CLONE_NEWNET) != 0) {
		fprintf(stderr,
			"weft addon: cannot return from a network namespace, ending the process\n");
		abort();
	}
	errno = error;
}

/* openNetns(path) -> descriptor of the network namespace that the file stands for. */
static napi_value open_netns(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char path[PATH_BYTES_MAX];
	int fd;

	if (!read_arguments(env, info, 1, arguments) ||
	    !read_string(env, arguments[0], "path", path, sizeof(path)))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return throw_errno(env, errno, "open", path);
	return make_int(env, fd);
}

/* netnsCookie(netns) -> the kernel's number of that namespace, the same that its programs see.
 * Negative: our own. */
static napi_value netns_cookie(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	socklen_t cookie_bytes = sizeof(uint64_t);
	uint64_t cookie = 0;
	int netns, fd, result;

	if (!read_arguments(env, info, 1, arguments) ||
	    !read_int(env, arguments[0], "netns", &netns))
		return NULL;
	if (netns_enter(netns) != 0)
		return throw_errno(env, errno, "setns", "netns");
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	netns_leave(netns);
	if (fd < 0)
		return throw_errno(env, errno, "socket", "udp");
	result = getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &cookie_bytes);
	if (result != 0)
		result = errno;
	close(fd);
	if (result != 0)
		return throw_errno(env, result, "getsockopt", "SO_NETNS_COOKIE");
	return make_u64(env, cookie);
}

const struct method netns_methods[] = {
    {"openNetns", open_netns},
    {"netnsCookie", netns_cookie},
    {NULL, NULL},
};
