/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.h - TCP sockets that reach JavaScript in batches: what engine.c, engine_table.c and engine_socket.c share.
 *
 * The one exception to "no state" in this addon, for speed (docs/decisions/0115): one epoll set per
 * thread beneath libuv's; what is ready is received into one buffer and told to JavaScript by one
 * call per turn. Holds no policy: nothing is queued for sending, nothing times out here.
 */
#ifndef WEFT_ENGINE_H
#define WEFT_ENGINE_H

#include "addon.h"

#include <stdint.h>
#include <sys/socket.h>

/* One event: socket, kind, offset into the input buffer, length (octets, errno or listener). */
#define EVENT_WORDS 4
#define EVENTS_MAX 512
/* No event is received into less room than this: 64 KiB of content and its head in one. */
#define RECEIVE_BYTES_MAX 131072

enum event_kind {
	EVENT_BYTES = 1,
	EVENT_END = 2,
	EVENT_WRITABLE = 3,
	EVENT_FAILED = 4,
	EVENT_CONNECTED = 5,
	EVENT_ACCEPTED = 6,
};

enum socket_state {
	STATE_FREE = 0,
	STATE_LISTENING,
	STATE_CONNECTING,
	STATE_OPEN,
	/* Closed in this turn: its number is not given again before the next. */
	STATE_CLOSED,
};

struct engine_socket {
	int fd;
	uint8_t state;
	bool is_paused;
	bool wants_write;
	bool has_ended;	 /* the peer half-closed */
	bool is_polled;	 /* in the epoll set */
	uint32_t polled; /* for these */
	int32_t next_free;
};

struct engine {
	napi_env env;
	napi_ref turn;	/* JavaScript's function */
	napi_ref input; /* keeps the buffer alive */
	napi_ref events;
	napi_async_context context;
	int epoll;
	void *poll; /* uv_poll_t */
	struct engine_socket *sockets;
	int32_t capacity, first_free, first_closed;
	int32_t open_count;
	uint8_t *in;
	size_t in_bytes, in_used;
	int32_t *out; /* events */
	int32_t out_count;
};

extern __thread struct engine *engine;

/* Puts a descriptor under the engine; returns its number, -1 (errno) when memory or the kernel refuses. */
int32_t engine_adopt(int fd, enum socket_state state);
/* Makes the kernel's interest what the socket's flags say. */
int engine_poll(int32_t id);
/* Takes the socket out; its descriptor is the caller's. Returns it. */
int engine_release(int32_t id);
/* At the end of a turn, when none of its events is still to be looked at. */
void engine_free_closed(struct engine *e);
/* engine.c: whether the loop of the thread goes on for the engine's sake. */
void engine_keep_loop(struct engine *e, bool is_kept);
/* engine.c: the first call of a thread makes the engine. */
napi_value engine_start(napi_env env, napi_callback_info info);

extern const struct method engine_methods[];

#endif
