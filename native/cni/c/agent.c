// SPDX-License-Identifier: Apache-2.0
/* agent.c - see agent.h. The words are those of apps/agent/src/kubernetes/cni-request.ts. */
#include "agent.h"

#include "clock.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define REQUEST_BYTES_MAX (CONFIG_BYTES_MAX + 32768)
#define ANSWER_BYTES_MAX 8192
#define NAMESPACES_BYTES_MAX 4194304

static bool send_request(int fd, const struct invocation *invocation, int netns_fd,
			 long long deadline_ms)
{
	static char room[REQUEST_BYTES_MAX];
	struct text request = text_in(room, sizeof(room));
	char number[32];

	snprintf(number, sizeof(number), ",\"netnsFd\":%d", netns_fd);
	text_add(&request, "{\"version\":1");
	text_add_member(&request, "command", invocation->command_name);
	text_add_member(&request, "container", invocation->container);
	text_add_member(&request, "netns", invocation->netns);
	text_add(&request, number);
	text_add_member(&request, "interface", invocation->interface);
	text_add_member(&request, "namespace", invocation->pod_namespace);
	text_add_member(&request, "pod", invocation->pod);
	text_add_member(&request, "uid", invocation->pod_uid);
	text_add(&request, ",\"result\":");
	if (invocation->prev_result.at)
		text_add_bytes(&request, invocation->prev_result.at, invocation->prev_result.bytes);
	else
		text_add(&request, "null");
	text_add(&request, "}\n");
	for (size_t sent = 0; sent < request.bytes;) {
		ssize_t put;

		if (request.is_cut) {
			errno = EMSGSIZE;
			return false;
		}
		if (!wait_until(fd, POLLOUT, deadline_ms))
			return false;
		put = send(fd, room + sent, request.bytes - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (put > 0)
			sent += (size_t)put;
		else if (errno != EINTR && errno != EAGAIN)
			return false;
	}
	/* The request is whole: a line within it would be the next one. */
	return shutdown(fd, SHUT_WR) == 0;
}

/* The answer up to the agent's end. False with errno set; ENODATA when it ended without a word. */
static bool read_answer(int fd, char *room, size_t *bytes, long long deadline_ms)
{
	for (*bytes = 0; *bytes < ANSWER_BYTES_MAX;) {
		ssize_t got;

		if (!wait_until(fd, POLLIN, deadline_ms))
			return false;
		got = recv(fd, room + *bytes, ANSWER_BYTES_MAX - *bytes, MSG_DONTWAIT);
		if (got == 0) {
			errno = ENODATA;
			return *bytes > 0;
		}
		if (got > 0)
			*bytes += (size_t)got;
		else if (errno != EINTR && errno != EAGAIN)
			return false;
	}
	errno = EMSGSIZE;
	return false;
}

static enum answer understand(const char *room, size_t bytes, struct fault *fault)
{
	struct json_error error;
	char message[MESSAGE_BYTES / 2];
	struct json answer, ok;

	if (!json_check(room, bytes, &answer, &error)) {
		fault_set(fault, CODE_TRY_AGAIN, "the agent's answer is no JSON");
		return ANSWER_ABSENT;
	}
	ok = json_member(answer, "ok");
	if (ok.bytes == 4 && !memcmp(ok.at, "true", 4))
		return ANSWER_YES;
	if (!json_copy(json_member(answer, "message"), message, sizeof(message)))
		snprintf(message, sizeof(message), "the agent does not say why");
	fault_set(fault, CODE_REFUSED, "%s", message);
	if (json_member(answer, "again").at)
		fault->code = CODE_TRY_AGAIN;
	return ANSWER_NO;
}

enum answer ask_agent(const struct invocation *invocation, int netns_fd, long long deadline_ms,
		      struct fault *fault)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char room[ANSWER_BYTES_MAX];
	const char *doing = "connect to";
	enum answer answer = ANSWER_ABSENT;
	bool is_asked;
	size_t bytes;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, invocation->socket, sizeof(address.sun_path));
	is_asked = fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;
	if (is_asked) {
		doing = "get an answer of";
		is_asked = send_request(fd, invocation, netns_fd, deadline_ms) &&
			   read_answer(fd, room, &bytes, deadline_ms);
	}
	if (is_asked)
		answer = understand(room, bytes, fault);
	else
		fault_set(fault, CODE_TRY_AGAIN, "cannot %s the agent of this node at \"%s\": %s",
			  doing, invocation->socket, strerror(errno));
	if (fd >= 0)
		close(fd);
	return answer;
}

static bool has_line(const char *text, size_t bytes, const char *line)
{
	size_t line_bytes = strlen(line);

	for (const char *at = text, *end = text + bytes; at < end;) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t found = (size_t)((stop ? stop : end) - at);

		if (found == line_bytes && !memcmp(at, line, found))
			return true;
		at += found + 1;
	}
	return false;
}

static char *read_all(int fd, size_t *bytes)
{
	char *room = malloc(NAMESPACES_BYTES_MAX);

	for (*bytes = 0; room && *bytes < NAMESPACES_BYTES_MAX;) {
		ssize_t got = read(fd, room + *bytes, NAMESPACES_BYTES_MAX - *bytes);

		if (got == 0)
			return room;
		if (got > 0)
			*bytes += (size_t)got;
		else if (errno != EINTR)
			break;
	}
	free(room);
	return NULL;
}

bool must_wait(const char *path, const char *pod_namespace, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool is_listed;
	size_t bytes;
	char *text;

	*why = "its namespace has pods of the mesh";
	if (fd < 0 && errno == ENOENT)
		return false; /* no agent has ever been here */
	text = fd < 0 ? NULL : read_all(fd, &bytes);
	if (fd >= 0)
		close(fd);
	if (!text) {
		*why = "the list of the namespaces of the mesh cannot be read";
		return true;
	}
	is_listed = has_line(text, bytes, pod_namespace);
	free(text);
	return is_listed;
}
