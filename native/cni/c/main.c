// SPDX-License-Identifier: Apache-2.0
/*
 * weft-cni - holds a pod's start until the mesh has hold of the pod.
 *
 * A chained plugin of CNI: it makes no network. When the plugins before it are done it asks the agent of this node, over
 * a unix socket, and hands their result on, octet by octet, once the pod is enrolled or is none of the mesh.
 *
 * ADD      as above. Where the agent does not answer, pods of namespaces of the mesh fail (the runtime tries again) and
 *          all others start: the agent keeps the list of these namespaces in a file.
 * CHECK    fails when a pod that should be enrolled is not; where the agent does not answer its hooks hold the pod.
 * DEL      tells the agent, and never fails: what it held ends with the pod's cgroup and network namespace.
 * STATUS   never fails: pods outside the mesh can always be added, and the agent's own pod waits for this answer.
 * GC       nothing: the agent follows the pods themselves.
 *
 * A caller that names no pod of Kubernetes (CNI_ARGS) is let through.
 * Source: Container Network Interface specification 1.1.0. Test: ../src/plugin.process.test.ts.
 */
#include "agent.h"
#include "clock.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#define ADD_WAIT_MS 20000
#define OTHER_WAIT_MS 3000

static char config[CONFIG_BYTES_MAX + 1];
static struct invocation invocation;

static int print(const struct text *text)
{
	for (size_t put = 0; put < text->bytes;) {
		ssize_t wrote = write(STDOUT_FILENO, text->at + put, text->bytes - put);

		if (wrote > 0)
			put += (size_t)wrote;
		else if (errno != EINTR)
			return 1;
	}
	return 0;
}

static const char *spoken_version(void)
{
	return *invocation.version ? invocation.version : versions[versions_count - 1];
}

static int print_fault(const struct fault *fault)
{
	static char message[MESSAGE_BYTES + 3 * NAME_BYTES], room[6 * sizeof(message) + 64];
	struct text text = text_in(room, sizeof(room));
	char code[32];

	if (*invocation.pod)
		snprintf(message, sizeof(message), "weft-cni: pod %s/%s: %s",
			 invocation.pod_namespace, invocation.pod, fault->message);
	else
		snprintf(message, sizeof(message), "weft-cni: %s", fault->message);
	snprintf(code, sizeof(code), ",\"code\":%d,\"msg\":", fault->code);
	text_add(&text, "{\"cniVersion\":");
	text_add_string(&text, spoken_version());
	text_add(&text, code);
	text_add_string(&text, message);
	text_add(&text, "}\n");
	print(&text);
	return 1;
}

static int print_version(void)
{
	char room[256];
	struct text text = text_in(room, sizeof(room));

	text_add(&text, "{\"cniVersion\":");
	text_add_string(&text, spoken_version());
	text_add(&text, ",\"supportedVersions\":[");
	for (unsigned i = 0; i < versions_count; i++) {
		text_add(&text, i ? "," : "");
		text_add_string(&text, versions[i]);
	}
	text_add(&text, "]}\n");
	return print(&text);
}

static int print_result(void)
{
	static char room[CONFIG_BYTES_MAX + 2];
	struct text text = text_in(room, sizeof(room));

	text_add_bytes(&text, invocation.prev_result.at, invocation.prev_result.bytes);
	text_add(&text, "\n");
	return print(&text);
}

/* Held open until the agent has answered: it takes the namespace by this descriptor, so it can be no other. */
static bool open_netns(int *fd, struct fault *fault)
{
	struct statfs filesystem;

	*fd = open(invocation.netns, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return fault_set(fault, CODE_ENVIRONMENT, "cannot open CNI_NETNS \"%.300s\": %s",
				 invocation.netns, strerror(errno));
	if (fstatfs(*fd, &filesystem) || filesystem.f_type != NSFS_MAGIC)
		return fault_set(fault, CODE_ENVIRONMENT,
				 "CNI_NETNS \"%.300s\" is no namespace: expected that of a pod",
				 invocation.netns);
	return true;
}

static int add(struct fault *fault)
{
	enum answer answer;
	const char *why;
	int netns_fd;

	if (!*invocation.pod)
		return print_result();
	if (!open_netns(&netns_fd, fault))
		return print_fault(fault);
	answer = ask_agent(&invocation, netns_fd, now_ms() + ADD_WAIT_MS, fault);
	if (answer == ANSWER_ABSENT &&
	    !must_wait(invocation.namespaces, invocation.pod_namespace, &why))
		answer = ANSWER_YES;
	if (answer == ANSWER_YES)
		return print_result();
	if (answer == ANSWER_ABSENT) {
		size_t bytes = strlen(fault->message);

		snprintf(fault->message + bytes, MESSAGE_BYTES - bytes, "; %s, so it waits", why);
	}
	return print_fault(fault);
}

static int check(struct fault *fault)
{
	int netns_fd;

	if (!*invocation.pod)
		return 0;
	if (!open_netns(&netns_fd, fault))
		return print_fault(fault);
	if (ask_agent(&invocation, netns_fd, now_ms() + OTHER_WAIT_MS, fault) == ANSWER_NO)
		return print_fault(fault);
	return 0;
}

static int forget(struct fault *fault)
{
	if (*invocation.pod)
		ask_agent(&invocation, -1, now_ms() + OTHER_WAIT_MS, fault);
	return 0;
}

int main(void)
{
	struct fault fault = {0};
	size_t bytes;

	if (!read_config(config, &bytes, &fault) ||
	    !read_invocation(config, bytes, &invocation, &fault))
		return print_fault(&fault);
	switch (invocation.command) {
	case COMMAND_ADD:
		return add(&fault);
	case COMMAND_CHECK:
		return check(&fault);
	case COMMAND_DEL:
		return forget(&fault);
	case COMMAND_VERSION:
		return print_version();
	case COMMAND_STATUS:
	case COMMAND_GC:
		return 0;
	}
	return 1;
}
