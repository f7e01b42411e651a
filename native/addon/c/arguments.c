// SPDX-License-Identifier: Apache-2.0
/* arguments.c - reads what JavaScript passed and makes what it gets back. */
#include "addon.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool refuse(napi_env env, const char *name, const char *expected)
{
	char message[160];

	snprintf(message, sizeof(message),
		 "Cannot call the addon: argument %s is wrong: expected %s", name, expected);
	napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", message);
	return false;
}

bool read_arguments(napi_env env, napi_callback_info info, size_t count, napi_value *arguments)
{
	size_t given = count;

	if (napi_get_cb_info(env, info, &given, arguments, NULL, NULL) != napi_ok)
		return refuse(env, "list", "a call from JavaScript");
	return true;
}

bool read_int(napi_env env, napi_value value, const char *name, int *out)
{
	double number;

	if (napi_get_value_double(env, value, &number) != napi_ok)
		return refuse(env, name, "an integer");
	if (number != (double)(int)number)
		return refuse(env, name, "an integer of 32 bits");
	*out = (int)number;
	return true;
}

bool read_bool(napi_env env, napi_value value, const char *name, bool *out)
{
	if (napi_get_value_bool(env, value, out) != napi_ok)
		return refuse(env, name, "true or false");
	return true;
}

bool read_string(napi_env env, napi_value value, const char *name, char *out, size_t out_bytes)
{
	size_t length;

	if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok)
		return refuse(env, name, "a string");
	if (length + 1 > out_bytes)
		return refuse(env, name, "a shorter string");
	if (napi_get_value_string_utf8(env, value, out, out_bytes, &length) != napi_ok ||
	    strlen(out) != length)
		return refuse(env, name, "a string without NUL");
	return true;
}

bool read_bytes(napi_env env, napi_value value, const char *name, void **data, size_t *length_bytes)
{
	napi_typedarray_type type;
	bool is_typed_array = false;

	if (napi_is_typedarray(env, value, &is_typed_array) != napi_ok || !is_typed_array)
		return refuse(env, name, "a Uint8Array");
	if (napi_get_typedarray_info(env, value, &type, length_bytes, data, NULL, NULL) !=
		napi_ok ||
	    type != napi_uint8_array)
		return refuse(env, name, "a Uint8Array");
	return true;
}

bool read_address(napi_env env, napi_value value, int family, int port,
		  struct sockaddr_storage *out, socklen_t *out_bytes)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
	char text[INET6_ADDRSTRLEN];

	if (!read_string(env, value, "address", text, sizeof(text)))
		return false;
	if (port < 0 || port > 65535)
		return refuse(env, "port", "0 to 65535");
	memset(out, 0, sizeof(*out));
	if (family != AF_INET6 &&
	    (inet_pton(AF_INET, text, &v4->sin_addr) == 1 || (family == AF_INET && !text[0]))) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		*out_bytes = sizeof(*v4);
		return true;
	}
	if (family != AF_INET &&
	    (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1 || (family == AF_INET6 && !text[0]))) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		*out_bytes = sizeof(*v6);
		return true;
	}
	return refuse(env, "address", "a numeric IPv4 or IPv6 address of the family asked for");
}

static const char *errno_name(int error)
{
#ifdef __GLIBC__
	const char *name = strerrorname_np(error);

	return name ? name : "EUNKNOWN";
#else
	static __thread char number[16];

	snprintf(number, sizeof(number), "E%d", error);
	return number;
#endif
}

napi_value throw_errno(napi_env env, int error, const char *syscall, const char *argument)
{
	char message[PATH_BYTES_MAX + 256];
	napi_value failure;

	snprintf(message, sizeof(message), "Cannot %s \"%s\": %s (%s)", syscall, argument,
		 errno_name(error), strerror(error));
	if (napi_create_error(env, make_string(env, errno_name(error)), make_string(env, message),
			      &failure) == napi_ok) {
		set_field(env, failure, "errno", make_int(env, error));
		set_field(env, failure, "syscall", make_string(env, syscall));
		set_field(env, failure, "argument", make_string(env, argument));
		napi_throw(env, failure);
	}
	return NULL;
}

napi_value make_int(napi_env env, int64_t value)
{
	napi_value result = NULL;

	napi_create_int64(env, value, &result);
	return result;
}

napi_value make_u64(napi_env env, uint64_t value)
{
	napi_value result = NULL;

	napi_create_bigint_uint64(env, value, &result);
	return result;
}

napi_value make_string(napi_env env, const char *value)
{
	napi_value result = NULL;

	napi_create_string_utf8(env, value, NAPI_AUTO_LENGTH, &result);
	return result;
}

/* A Uint8Array of its own: the octets are copied. */
napi_value make_bytes(napi_env env, const void *data, size_t length_bytes)
{
	napi_value buffer = NULL;
	napi_value result = NULL;
	void *copy;

	if (napi_create_arraybuffer(env, length_bytes, &copy, &buffer) != napi_ok)
		return NULL;
	memcpy(copy, data, length_bytes);
	napi_create_typedarray(env, napi_uint8_array, length_bytes, buffer, 0, &result);
	return result;
}

napi_value make_null(napi_env env)
{
	napi_value result = NULL;

	napi_get_null(env, &result);
	return result;
}

napi_value make_undefined(napi_env env)
{
	napi_value result = NULL;

	napi_get_undefined(env, &result);
	return result;
}

void set_field(napi_env env, napi_value object, const char *name, napi_value value)
{
	napi_set_named_property(env, object, name, value);
}
