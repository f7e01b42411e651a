/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* probe_hold.h - `hold`, `held` and `release` of probe.c, which includes this: a connection that stays open. */
#ifndef WEFT_PROBE_HOLD_H
#define WEFT_PROBE_HOLD_H

static int holding = -1;

static void do_hold(const char *address, int port, const char *word)
{
	struct sockaddr_storage peer;
	socklen_t peer_bytes = sizeof(peer);
	char text[80], data[512];
	struct address to;
	ssize_t got;

	if (!parse(address, port, &to)) {
		answer_errno("parse");
		return;
	}
	holding = socket(to.family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	limit_waiting(holding);
	if (connect(holding, (struct sockaddr *)&to.storage, to.bytes) != 0)
		answer_errno("connect");
	else if ((got = read(holding, data, sizeof(data))) < 0)
		answer_errno("read");
	else if (write(holding, word, strlen(word)) != (ssize_t)strlen(word))
		answer_errno("write");
	else if (getpeername(holding, (struct sockaddr *)&peer, &peer_bytes) != 0)
		answer_errno("getpeername");
	else
		printf("ok %s %.*s\n", print(&peer, text, sizeof(text)), (int)got, data);
}

static void do_held(void)
{
	char octet;
	ssize_t got = recv(holding, &octet, 1, MSG_PEEK | MSG_DONTWAIT);

	if (got < 0 && errno != EAGAIN)
		answer_errno("recv");
	else
		printf(got == 0 ? "ok ended\n" : "ok open\n");
}

#endif
