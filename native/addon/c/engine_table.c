// SPDX-License-Identifier: Apache-2.0
/*
 * engine_table.c - the sockets of the engine by number, and what the kernel is asked to tell of each.
 *
 * A number that is freed is given again from the next turn on. Limit: SOCKETS_MAX a thread.
 */
#include "engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#define SOCKETS_MAX (1 << 20)

static int grow(struct engine *e)
{
	int32_t capacity = e->capacity == 0 ? 256 : e->capacity * 2;
	struct engine_socket *sockets;

	if (capacity > SOCKETS_MAX) {
		errno = ENOBUFS;
		return -1;
	}
	sockets = realloc(e->sockets, (size_t)capacity * sizeof(*sockets));
	if (!sockets)
		return -1;
	for (int32_t id = capacity - 1; id >= e->capacity; id--) {
		sockets[id].state = STATE_FREE;
		sockets[id].next_free = e->first_free;
		e->first_free = id;
	}
	e->sockets = sockets;
	e->capacity = capacity;
	return 0;
}

int32_t engine_adopt(int fd, enum socket_state state)
{
	struct engine *e = engine;
	struct engine_socket *s;
	int32_t id;

	if (e->first_free < 0 && grow(e) != 0)
		return -1;
	id = e->first_free;
	s = &e->sockets[id];
	e->first_free = s->next_free;
	memset(s, 0, sizeof(*s));
	s->fd = fd;
	s->state = (uint8_t)state;
	/* What was accepted is read once somebody asks for it. */
	s->is_paused = state == STATE_OPEN;
	s->wants_write = state == STATE_CONNECTING;
	if (e->open_count++ == 0)
		engine_keep_loop(e, true);
	if (engine_poll(id) == 0)
		return id;
	engine_release(id);
	return -1;
}

int engine_poll(int32_t id)
{
	struct engine *e = engine;
	struct engine_socket *s = &e->sockets[id];
	struct epoll_event event = {.data.u32 = (uint32_t)id};

	if (s->state == STATE_LISTENING) {
		if (!s->is_paused)
			event.events = EPOLLIN;
	} else if (!s->is_paused && !s->has_ended && s->state == STATE_OPEN) {
		event.events = EPOLLIN | EPOLLRDHUP;
	}
	if (s->wants_write)
		event.events |= EPOLLOUT;
	if (s->is_polled && event.events == s->polled)
		return 0;
	/* Nothing wanted and not in the set: nothing to be told of. */
	if (!s->is_polled && event.events == 0)
		return 0;
	if (epoll_ctl(e->epoll, s->is_polled ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, s->fd, &event) != 0)
		return -1;
	s->is_polled = true;
	s->polled = event.events;
	return 0;
}

int engine_release(int32_t id)
{
	struct engine *e = engine;
	struct engine_socket *s = &e->sockets[id];
	int fd = s->fd;

	s->state = STATE_CLOSED;
	s->fd = -1;
	s->next_free = e->first_closed;
	e->first_closed = id;
	if (--e->open_count == 0)
		engine_keep_loop(e, false);
	return fd;
}

/* Numbers of sockets that were closed may be given again: nothing of this turn speaks of them any more. */
void engine_free_closed(struct engine *e)
{
	while (e->first_closed >= 0) {
		int32_t id = e->first_closed;

		e->first_closed = e->sockets[id].next_free;
		e->sockets[id].state = STATE_FREE;
		e->sockets[id].next_free = e->first_free;
		e->first_free = id;
	}
}
