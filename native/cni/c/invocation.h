/* SPDX-License-Identifier: Apache-2.0 */
/* invocation.h - what the container runtime asks: its environment and the configuration on standard input. */
#ifndef WEFT_INVOCATION_H
#define WEFT_INVOCATION_H

#include "fault.h"
#include "json.h"

#include <limits.h>

#define CONFIG_BYTES_MAX 262144
#define NAME_BYTES 256

enum command {
	COMMAND_ADD,
	COMMAND_DEL,
	COMMAND_CHECK,
	COMMAND_STATUS,
	COMMAND_GC,
	COMMAND_VERSION,
};

struct invocation {
	enum command command;
	const char *command_name;
	char version[16];	 /* of CNI, as the configuration names it; '' when it names none */
	struct json prev_result; /* none, or an object */
	char socket[108];	 /* of the agent */
	char namespaces[PATH_MAX]; /* file of the namespaces that must wait for it */
	char container[NAME_BYTES];
	char netns[PATH_MAX];
	char interface[NAME_BYTES];
	/* Of Kubernetes; pod '' when somebody else asks. */
	char pod_namespace[NAME_BYTES];
	char pod[NAME_BYTES];
	char pod_uid[NAME_BYTES];
};

/* Versions of CNI whose results are handed on; the last is what we say we are. */
extern const char *const versions[];
extern const unsigned versions_count;

/* Reads standard input to its end into `room`. */
bool read_config(char *room, size_t *bytes, struct fault *fault);

/* Fills the invocation from the environment and the configuration, which must outlive it. */
bool read_invocation(const char *config, size_t config_bytes, struct invocation *invocation,
		     struct fault *fault);

#endif
