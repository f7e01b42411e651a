// SPDX-License-Identifier: Apache-2.0
/*
 * bpf_map.c - entries of maps by descriptor.
 *
 * The caller gives keys and values of the sizes that the map has (mapInfo): the kernel reads
 * exactly those many octets, so these functions ask it for the sizes first and refuse anything
 * shorter. Values of per-CPU maps hold one slot of 8 octets' alignment for each possible CPU.
 */
#include "addon.h"
#include "bpf.h"

#include <errno.h>
#include <stdlib.h>

static bool is_per_cpu(uint32_t type)
{
	return type == BPF_MAP_TYPE_PERCPU_ARRAY || type == BPF_MAP_TYPE_PERCPU_HASH ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

struct map_call {
	int fd;
	struct bpf_map_info map;
	union bpf_attr attr;
};

/* Reads the descriptor and its sizes. Throws and returns false when it is no map. */
static bool open_call(napi_env env, napi_value fd, struct map_call *call)
{
	if (!read_int(env, fd, "map", &call->fd))
		return false;
	if (bpf_info(call->fd, &call->map, sizeof(call->map)) != 0) {
		throw_errno(env, errno, "bpf(OBJ_GET_INFO_BY_FD)", "map");
		return false;
	}
	memset(&call->attr, 0, sizeof(call->attr));
	call->attr.map_fd = (uint32_t)call->fd;
	return true;
}

static bool read_sized(napi_env env, napi_value value, const char *name, uint32_t size_bytes,
		       void **out)
{
	size_t length_bytes;

	if (!read_bytes(env, value, name, out, &length_bytes))
		return false;
	if (length_bytes == size_bytes)
		return true;
	napi_throw_range_error(env, "ERR_OUT_OF_RANGE",
			       "Cannot call the addon: expected as many octets as the map holds");
	return false;
}

static bool read_key(napi_env env, napi_value value, struct map_call *call)
{
	void *key;

	if (!read_sized(env, value, "key", call->map.key_size, &key))
		return false;
	call->attr.key = pointer_to_u64(key);
	return true;
}

/* mapGet(map, key, cpus) -> octets of the value, or null. `cpus`: possible CPUs, for a per-CPU map.
 */
static napi_value map_get(napi_env env, napi_callback_info info)
{
	napi_value arguments[3], result;
	struct map_call call;
	size_t value_bytes;
	void *value;
	int cpus;

	if (!read_arguments(env, info, 3, arguments) || !open_call(env, arguments[0], &call) ||
	    !read_key(env, arguments[1], &call) || !read_int(env, arguments[2], "cpus", &cpus))
		return NULL;
	value_bytes = call.map.value_size;
	if (is_per_cpu(call.map.type))
		value_bytes = (value_bytes + 7) / 8 * 8 * (size_t)cpus;
	value = calloc(1, value_bytes);
	if (!value)
		return throw_errno(env, ENOMEM, "calloc", call.map.name);
	call.attr.value = pointer_to_u64(value);
	if (bpf(BPF_MAP_LOOKUP_ELEM, &call.attr) == 0)
		result = make_bytes(env, value, value_bytes);
	else if (errno == ENOENT)
		result = make_null(env);
	else
		result = throw_errno(env, errno, "bpf(MAP_LOOKUP_ELEM)", call.map.name);
	free(value);
	return result;
}

/* mapSet(map, key, value, flags): 0 any, 1 only if absent (else EEXIST), 2 only if present (else
 * ENOENT). */
static napi_value map_set(napi_env env, napi_callback_info info)
{
	napi_value arguments[4];
	struct map_call call;
	void *value;
	int flags;

	if (!read_arguments(env, info, 4, arguments) || !open_call(env, arguments[0], &call) ||
	    !read_key(env, arguments[1], &call) ||
	    !read_sized(env, arguments[2], "value", call.map.value_size, &value) ||
	    !read_int(env, arguments[3], "flags", &flags))
		return NULL;
	call.attr.value = pointer_to_u64(value);
	call.attr.flags = (uint64_t)flags;
	if (bpf(BPF_MAP_UPDATE_ELEM, &call.attr) != 0)
		return throw_errno(env, errno, "bpf(MAP_UPDATE_ELEM)", call.map.name);
	return make_undefined(env);
}

/* mapDelete(map, key) -> whether it was there. */
static napi_value map_delete(napi_env env, napi_callback_info info)
{
	napi_value arguments[2], result;
	struct map_call call;
	bool was_there;

	if (!read_arguments(env, info, 2, arguments) || !open_call(env, arguments[0], &call) ||
	    !read_key(env, arguments[1], &call))
		return NULL;
	was_there = bpf(BPF_MAP_DELETE_ELEM, &call.attr) == 0;
	if (!was_there && errno != ENOENT)
		return throw_errno(env, errno, "bpf(MAP_DELETE_ELEM)", call.map.name);
	napi_get_boolean(env, was_there, &result);
	return result;
}

/* mapNextKey(map, key or null for the first) -> the key after it, or null at the end. */
static napi_value map_next_key(napi_env env, napi_callback_info info)
{
	napi_value arguments[2], result;
	napi_valuetype type;
	struct map_call call;
	void *next;

	if (!read_arguments(env, info, 2, arguments) || !open_call(env, arguments[0], &call))
		return NULL;
	if (napi_typeof(env, arguments[1], &type) != napi_ok)
		return NULL;
	if (type != napi_null && !read_key(env, arguments[1], &call))
		return NULL;
	next = calloc(1, call.map.key_size);
	if (!next)
		return throw_errno(env, ENOMEM, "calloc", call.map.name);
	call.attr.next_key = pointer_to_u64(next);
	if (bpf(BPF_MAP_GET_NEXT_KEY, &call.attr) == 0)
		result = make_bytes(env, next, call.map.key_size);
	else if (errno == ENOENT)
		result = make_null(env);
	else
		result = throw_errno(env, errno, "bpf(MAP_GET_NEXT_KEY)", call.map.name);
	free(next);
	return result;
}

const struct method bpf_map_methods[] = {
    {"mapGet", map_get},	  {"mapSet", map_set}, {"mapDelete", map_delete},
    {"mapNextKey", map_next_key}, {NULL, NULL},
};
