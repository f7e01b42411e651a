/* SPDX-License-Identifier: Apache-2.0 */
/* agent.h - asks the agent of this node; and what holds where it does not answer. */
#ifndef WEFT_AGENT_H
#define WEFT_AGENT_H

#include "invocation.h"

enum answer {
	ANSWER_YES,    /* the pod is enrolled, or is none of the mesh */
	ANSWER_NO,     /* `fault` says why */
	ANSWER_ABSENT, /* nobody answered; `fault` says what was tried */
};

/* One request, one answer, both a line of JSON, until `deadline_ms` of the monotonic clock. */
enum answer ask_agent(const struct invocation *invocation, int netns_fd, long long deadline_ms,
		      struct fault *fault);

/* Whether pods of that namespace must wait for the agent. True also when that can't be known; `why` says so then. */
bool must_wait(const char *path, const char *pod_namespace, const char **why);

#endif
