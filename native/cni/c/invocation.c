// SPDX-License-Identifier: Apache-2.0
/* invocation.c - see invocation.h. Source: Container Network Interface specification 1.1.0, sections 1 and 2. */
#include "invocation.h"

#include "clock.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_WAIT_MS 10000
#define SOCKET_DEFAULT "/run/weft/cni.sock"
#define NAMESPACES_DEFAULT "/var/lib/weft/cni/namespaces"

const char *const versions[] = {"0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"};
const unsigned versions_count = sizeof(versions) / sizeof(*versions);

static const struct {
	const char *name;
	enum command command;
} commands[] = {
    {"ADD", COMMAND_ADD},	{"DEL", COMMAND_DEL}, {"CHECK", COMMAND_CHECK},
    {"STATUS", COMMAND_STATUS}, {"GC", COMMAND_GC},   {"VERSION", COMMAND_VERSION},
};

bool read_config(char *room, size_t *bytes, struct fault *fault)
{
	long long deadline_ms = now_ms() + INPUT_WAIT_MS;

	for (*bytes = 0;;) {
		ssize_t got;

		if (!wait_until(STDIN_FILENO, POLLIN, deadline_ms))
			return fault_set(fault, CODE_IO, "cannot read the configuration: %s",
					 strerror(errno));
		got = read(STDIN_FILENO, room + *bytes, CONFIG_BYTES_MAX + 1 - *bytes);
		if (got == 0)
			return true;
		if (got < 0 && errno != EINTR && errno != EAGAIN)
			return fault_set(fault, CODE_IO, "cannot read the configuration: %s",
					 strerror(errno));
		if (got > 0)
			*bytes += (size_t)got;
		if (*bytes > CONFIG_BYTES_MAX)
			return fault_set(
			    fault, CODE_CONFIG,
			    "the configuration is too long: expected at most %d octets",
			    CONFIG_BYTES_MAX);
	}
}

/* A variable, '' when it is not set. False when it does not fit. */
static bool read_variable(const char *name, char *out, size_t out_bytes, struct fault *fault)
{
	const char *value = getenv(name);
	size_t bytes = value ? strlen(value) : 0;

	if (bytes >= out_bytes)
		return fault_set(fault, CODE_ENVIRONMENT,
				 "%s is too long: expected at most %zu octets", name,
				 out_bytes - 1);
	memcpy(out, value ? value : "", bytes + 1);
	return true;
}

/* The value of one key of CNI_ARGS (`KEY=VALUE;KEY=VALUE`), '' when it is not there. */
static bool read_argument(const char *key, char *out, size_t out_bytes, struct fault *fault)
{
	const char *at = getenv("CNI_ARGS");
	size_t key_bytes = strlen(key);

	out[0] = '\0';
	while (at && *at) {
		size_t bytes = strcspn(at, ";");

		if (bytes > key_bytes && !strncmp(at, key, key_bytes) && at[key_bytes] == '=') {
			bytes -= key_bytes + 1;
			if (bytes >= out_bytes)
				return fault_set(
				    fault, CODE_ENVIRONMENT,
				    "%s in CNI_ARGS is too long: expected at most %zu octets", key,
				    out_bytes - 1);
			memcpy(out, at + key_bytes + 1, bytes);
			out[bytes] = '\0';
			return true;
		}
		at += bytes + (at[bytes] == ';');
	}
	return true;
}

static bool read_command(struct invocation *invocation, struct fault *fault)
{
	const char *name = getenv("CNI_COMMAND");

	for (size_t i = 0; name && i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(name, commands[i].name))
			continue;
		invocation->command = commands[i].command;
		invocation->command_name = commands[i].name;
		return true;
	}
	return fault_set(
	    fault, CODE_ENVIRONMENT,
	    "CNI_COMMAND is \"%.32s\", expected ADD, DEL, CHECK, STATUS, GC or VERSION",
	    name ? name : "");
}

static bool read_environment(struct invocation *invocation, struct fault *fault)
{
	if (!read_variable("CNI_CONTAINERID", invocation->container, NAME_BYTES, fault) ||
	    !read_variable("CNI_NETNS", invocation->netns, PATH_MAX, fault) ||
	    !read_variable("CNI_IFNAME", invocation->interface, NAME_BYTES, fault) ||
	    !read_argument("K8S_POD_NAMESPACE", invocation->pod_namespace, NAME_BYTES, fault) ||
	    !read_argument("K8S_POD_NAME", invocation->pod, NAME_BYTES, fault) ||
	    !read_argument("K8S_POD_UID", invocation->pod_uid, NAME_BYTES, fault))
		return false;
	if (invocation->command > COMMAND_CHECK)
		return true;
	if (*invocation->pod && !*invocation->pod_namespace)
		return fault_set(
		    fault, CODE_ENVIRONMENT,
		    "K8S_POD_NAMESPACE is missing in CNI_ARGS: expected one with K8S_POD_NAME");
	if (!*invocation->container)
		return fault_set(fault, CODE_ENVIRONMENT,
				 "CNI_CONTAINERID is missing: expected the id of a container");
	if (!*invocation->netns && invocation->command != COMMAND_DEL)
		return fault_set(fault, CODE_ENVIRONMENT,
				 "CNI_NETNS is missing: expected the path of a network namespace");
	return true;
}

/* A setting of ours: a path, absolute and short enough. */
static bool read_path(struct json config, const char *name, const char *fallback, char *out,
		      size_t out_bytes, struct fault *fault)
{
	struct json value = json_member(config, name);

	if (!value.at) {
		memcpy(out, fallback, strlen(fallback) + 1);
		return true;
	}
	if (!json_copy(value, out, out_bytes) || *out != '/')
		return fault_set(fault, CODE_CONFIG,
				 "\"%s\" is %.*s, expected an absolute path of at most %zu octets",
				 name, (int)(value.bytes > 200 ? 200 : value.bytes), value.at,
				 out_bytes - 1);
	return true;
}

static bool is_known(const char *version)
{
	for (unsigned i = 0; i < versions_count; i++)
		if (!strcmp(version, versions[i]))
			return true;
	return false;
}

static bool read_version(struct json config, struct invocation *invocation, struct fault *fault)
{
	struct json value = json_member(config, "cniVersion");

	if (!json_copy(value, invocation->version, sizeof(invocation->version)) ||
	    !is_known(invocation->version)) {
		invocation->version[0] = '\0';
		return fault_set(
		    fault, CODE_VERSION,
		    "\"cniVersion\" is %.*s, expected 0.3.0, 0.3.1, 0.4.0, 1.0.0 or 1.1.0",
		    value.at ? (int)(value.bytes > 32 ? 32 : value.bytes) : 6,
		    value.at ? value.at : "absent");
	}
	return true;
}

bool read_invocation(const char *text, size_t text_bytes, struct invocation *invocation,
		     struct fault *fault)
{
	struct json_error error;
	struct json config;

	if (!read_command(invocation, fault))
		return false;
	if (!json_check(text, text_bytes, &config, &error))
		return fault_set(fault, CODE_DECODE,
				 "the configuration is no JSON: at octet %zu, expected %s",
				 error.offset, error.expected);
	if (!json_is_object(config))
		return fault_set(fault, CODE_CONFIG, "the configuration is no object of JSON");
	if (invocation->command == COMMAND_VERSION) {
		json_copy(json_member(config, "cniVersion"), invocation->version,
			  sizeof(invocation->version));
		return true;
	}
	if (!read_version(config, invocation, fault) || !read_environment(invocation, fault) ||
	    !read_path(config, "socket", SOCKET_DEFAULT, invocation->socket,
		       sizeof(invocation->socket), fault) ||
	    !read_path(config, "namespaces", NAMESPACES_DEFAULT, invocation->namespaces,
		       sizeof(invocation->namespaces), fault))
		return false;
	invocation->prev_result = json_member(config, "prevResult");
	if (invocation->prev_result.at && !json_is_object(invocation->prev_result))
		return fault_set(fault, CODE_CONFIG, "\"prevResult\" is no object");
	if (!invocation->prev_result.at &&
	    (invocation->command == COMMAND_ADD || invocation->command == COMMAND_CHECK))
		return fault_set(
		    fault, CODE_CONFIG,
		    "\"prevResult\" is absent: expected weft-cni to stand behind another plugin");
	return true;
}
