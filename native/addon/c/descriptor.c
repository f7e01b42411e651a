// SPDX-License-Identifier: Apache-2.0
/* descriptor.c - descriptors of ours and of other processes, and the ids of cgroups. */
#include "addon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif
#define CGROUP2_MAGIC 0x63677270

/* closeFd(fd) */
static napi_value close_fd(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char text[16];
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (close(fd) != 0) {
		snprintf(text, sizeof(text), "%d", fd);
		return throw_errno(env, errno, "close", text);
	}
	return make_undefined(env);
}

/* takeFd(pid, fd) -> a descriptor here of the same open file as `fd` in process `pid`; CLOEXEC.
 * Needs CAP_SYS_PTRACE. */
static napi_value take_fd(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	char text[40];
	int pid, target, pidfd, fd, error;

	if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "pid", &pid) ||
	    !read_int(env, arguments[1], "fd", &target))
		return NULL;
	snprintf(text, sizeof(text), "fd %d of process %d", target, pid);
	pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		return throw_errno(env, errno, "pidfd_open", text);
	fd = (int)syscall(SYS_pidfd_getfd, pidfd, target, 0);
	error = errno;
	close(pidfd);
	if (fd < 0)
		return throw_errno(env, error, "pidfd_getfd", text);
	return make_int(env, fd);
}

/* cgroupId(path) -> the id that the kernel's programs see for this cgroup v2 directory. */
static napi_value cgroup_id(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char path[PATH_BYTES_MAX];
	_Alignas(struct file_handle) char storage[sizeof(struct file_handle) + sizeof(uint64_t)];
	struct file_handle *handle = (struct file_handle *)storage;
	struct statfs filesystem;
	uint64_t id;
	int mount_id;

	if (!read_arguments(env, info, 1, arguments) ||
	    !read_string(env, arguments[0], "path", path, sizeof(path)))
		return NULL;
	if (statfs(path, &filesystem) != 0)
		return throw_errno(env, errno, "statfs", path);
	if (filesystem.f_type != CGROUP2_MAGIC)
		return throw_errno(env, EMEDIUMTYPE, "name_to_handle_at", path);
	handle->handle_bytes = sizeof(id);
	if (name_to_handle_at(AT_FDCWD, path, handle, &mount_id, 0) != 0)
		return throw_errno(env, errno, "name_to_handle_at", path);
	memcpy(&id, storage + sizeof(struct file_handle), sizeof(id));
	return make_u64(env, id);
}

/* mountBpffs(path): mounts the file system of pins. */
static napi_value mount_bpffs(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char path[PATH_BYTES_MAX];

	if (!read_arguments(env, info, 1, arguments) ||
	    !read_string(env, arguments[0], "path", path, sizeof(path)))
		return NULL;
	if (mount("bpf", path, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0700") != 0)
		return throw_errno(env, errno, "mount", path);
	return make_undefined(env);
}

const struct method descriptor_methods[] = {
    {"closeFd", close_fd},	 {"takeFd", take_fd}, {"cgroupId", cgroup_id},
    {"mountBpffs", mount_bpffs}, {NULL, NULL},
};
