/* SPDX-License-Identifier: Apache-2.0 */
/*
 * addon.h - what the files of the addon share: reading arguments, failing, registering.
 *
 * Every function of the addon wraps one system call (or the fixed few that one descriptor needs),
 * holds no policy and keeps no state. A system call that fails throws a JavaScript Error carrying
 * `code` (ENOENT), `errno`, `syscall` and `argument`; src/addon.ts gives these a type.
 */
#ifndef WEFT_ADDON_H
#define WEFT_ADDON_H

#define NAPI_VERSION 9
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <netinet/in.h>
#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define ARGUMENTS_MAX 6
#define PATH_BYTES_MAX 4096

/* A function of the addon as JavaScript sees it. */
struct method {
	const char *name;
	napi_callback call;
};

/* The functions of one file, ended by {NULL, NULL}. */
extern const struct method netns_methods[];
extern const struct method socket_methods[];
extern const struct method socket_diag_methods[];
extern const struct method descriptor_methods[];
extern const struct method bpf_object_methods[];
extern const struct method bpf_map_methods[];
extern const struct method bpf_link_methods[];
extern const struct method tls_methods[];
extern const struct method shared_memory_methods[];
extern const struct method resident_methods[];
extern const struct method rights_methods[];

/* arguments.c: each returns false after throwing a TypeError. Missing trailing arguments read as
 * undefined. */
bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *arguments);
bool read_int(napi_env env, napi_value value, const char *name, int *out);
bool read_bool(napi_env env, napi_value value, const char *name, bool *out);
bool read_string(napi_env env, napi_value value, const char *name, char *out, size_t out_bytes);
bool read_bytes(napi_env env, napi_value value, const char *name, void **data,
		size_t *length_bytes);
/* "" reads as the unspecified address of `family` (AF_UNSPEC: refused). */
bool read_address(napi_env env, napi_value value, int family, int port,
		  struct sockaddr_storage *out, socklen_t *out_bytes);

/* Throws the Error for `error` (an errno) and returns NULL, so that a caller can `return
 * throw_errno(...)`. */
napi_value throw_errno(napi_env env, int error, const char *syscall, const char *argument);

napi_value make_int(napi_env env, int64_t value);
napi_value make_u64(napi_env env, uint64_t value);
napi_value make_string(napi_env env, const char *value);
napi_value make_bytes(napi_env env, const void *data, size_t length_bytes);
napi_value make_null(napi_env env);
napi_value make_undefined(napi_env env);
void set_field(napi_env env, napi_value object, const char *name, napi_value value);

/*
 * netns.c: puts the calling thread into the network namespace `netns` (a descriptor; negative:
 * stays) and back. No JavaScript runs between the two. When the way back fails the process ends: a
 * thread of the agent in the network namespace of a workload would dial for everybody else from
 * there.
 */
int netns_enter(int netns);
void netns_leave(int netns);

#endif
