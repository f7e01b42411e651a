// SPDX-License-Identifier: Apache-2.0
/* bpf_object.c - pins and descriptions of programs and maps. */
#include "addon.h"
#include "bpf.h"

#include <errno.h>

/* objectGet(path) -> descriptor of the program, map or link pinned at `path`. */
static napi_value object_get(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	char path[PATH_BYTES_MAX];
	union bpf_attr attr;
	int fd;

	if (!read_arguments(env, info, 1, arguments) ||
	    !read_string(env, arguments[0], "path", path, sizeof(path)))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.pathname = pointer_to_u64(path);
	fd = bpf(BPF_OBJ_GET, &attr);
	if (fd < 0)
		return throw_errno(env, errno, "bpf(OBJ_GET)", path);
	return make_int(env, fd);
}

/* objectPin(fd, path) */
static napi_value object_pin(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	char path[PATH_BYTES_MAX];
	union bpf_attr attr;
	int fd;

	if (!read_arguments(env, info, 2, arguments) || !read_int(env, arguments[0], "fd", &fd) ||
	    !read_string(env, arguments[1], "path", path, sizeof(path)))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.pathname = pointer_to_u64(path);
	attr.bpf_fd = (uint32_t)fd;
	if (bpf(BPF_OBJ_PIN, &attr) != 0)
		return throw_errno(env, errno, "bpf(OBJ_PIN)", path);
	return make_undefined(env);
}

/* mapInfo(fd) -> {id, type, keyBytes, valueBytes, entriesMax, name} */
static napi_value map_info(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct bpf_map_info map;
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (bpf_info(fd, &map, sizeof(map)) != 0)
		return throw_errno(env, errno, "bpf(OBJ_GET_INFO_BY_FD)", "map");
	if (napi_create_object(env, &result) != napi_ok)
		return NULL;
	set_field(env, result, "id", make_int(env, map.id));
	set_field(env, result, "type", make_int(env, map.type));
	set_field(env, result, "keyBytes", make_int(env, map.key_size));
	set_field(env, result, "valueBytes", make_int(env, map.value_size));
	set_field(env, result, "entriesMax", make_int(env, map.max_entries));
	set_field(env, result, "name", make_string(env, map.name));
	return result;
}

/* programInfo(fd) -> {id, type, tag, name} */
static napi_value program_info(napi_env env, napi_callback_info info)
{
	static const char digits[] = "0123456789abcdef";
	napi_value arguments[1], result;
	char tag[2 * BPF_TAG_SIZE + 1] = "";
	struct bpf_prog_info program;
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "fd", &fd))
		return NULL;
	if (bpf_info(fd, &program, sizeof(program)) != 0)
		return throw_errno(env, errno, "bpf(OBJ_GET_INFO_BY_FD)", "program");
	for (int i = 0; i < BPF_TAG_SIZE; i++) {
		tag[2 * i] = digits[program.tag[i] >> 4];
		tag[2 * i + 1] = digits[program.tag[i] & 15];
	}
	if (napi_create_object(env, &result) != napi_ok)
		return NULL;
	set_field(env, result, "id", make_int(env, program.id));
	set_field(env, result, "type", make_int(env, program.type));
	set_field(env, result, "tag", make_string(env, tag));
	set_field(env, result, "name", make_string(env, program.name));
	return result;
}

const struct method bpf_object_methods[] = {
    {"objectGet", object_get},
    {"objectPin", object_pin},
    {"mapInfo", map_info},
    {"programInfo", program_info},
    {NULL, NULL},
};
