// SPDX-License-Identifier: Apache-2.0
/* shared_memory.c - files that several processes have in their memory. */
#include "addon.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void unmap(napi_env env, void *data, void *hint)
{
	(void)env;
	munmap(data, (size_t)(uintptr_t)hint);
}

/* mapShared(path, lengthBytes) -> ArrayBuffer over the file: what is written there is seen by every
 * process that maps it. The file must be that long already. */
static napi_value map_shared(napi_env env, napi_callback_info info)
{
	char path[PATH_BYTES_MAX];
	napi_value arguments[2], buffer;
	struct stat status;
	int length, fd, error;
	void *data;

	if (!read_arguments(env, info, 2, arguments) ||
	    !read_string(env, arguments[0], "path", path, sizeof(path)) ||
	    !read_int(env, arguments[1], "lengthBytes", &length))
		return NULL;
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return throw_errno(env, errno, "open", path);
	/* Touching a mapping beyond the end of its file ends the process. */
	if (fstat(fd, &status) != 0 || length <= 0 || status.st_size < length) {
		close(fd);
		return throw_errno(env, EINVAL, "fstat", path);
	}
	data = mmap(NULL, (size_t)length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	error = errno;
	close(fd);
	if (data == MAP_FAILED)
		return throw_errno(env, error, "mmap", path);
	if (napi_create_external_arraybuffer(env, data, (size_t)length, unmap,
					     (void *)(uintptr_t)length, &buffer) != napi_ok) {
		munmap(data, (size_t)length);
		return throw_errno(env, ENOTSUP, "mmap", path);
	}
	return buffer;
}

const struct method shared_memory_methods[] = {
    {"mapShared", map_shared},
    {NULL, NULL},
};
