// SPDX-License-Identifier: Apache-2.0
/*
 * engine.c - the turn of the engine: waits under libuv's loop, receives, tells JavaScript once.
 *
 * Level-triggered: what a turn leaves undone comes again in the next, so nothing can be forgotten.
 * Limits: EVENTS_MAX events a turn, RECEIVE_BYTES_MAX octets a socket and turn, ACCEPTS_MAX
 * connections a listener and turn. The sockets themselves are in engine_table.c.
 */
#include "engine.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#define WAIT_MAX 256
#define ACCEPTS_MAX 16

/*
 * The part of libuv's interface that is used, declared here since its headers are not where
 * the addon is compiled; stable within libuv 1. Handles are opaque: uv_handle_size says how large.
 */
typedef void uv_poll_t;
typedef void (*uv_poll_cb)(uv_poll_t *handle, int status, int events);
typedef void (*uv_close_cb)(void *handle);
extern size_t uv_handle_size(int type);
extern int uv_poll_init(void *loop, uv_poll_t *handle, int fd);
extern int uv_poll_start(uv_poll_t *handle, int events, uv_poll_cb callback);
extern void uv_close(void *handle, uv_close_cb callback);
extern void uv_ref(void *handle);
extern void uv_unref(void *handle);
#define UV_POLL_TYPE 8
#define UV_READABLE_EVENT 1

__thread struct engine *engine;

static bool has_room(const struct engine *e)
{
	/* A socket may tell octets, the end and that it can be written. */
	return e->out_count + 3 <= EVENTS_MAX && e->in_bytes - e->in_used >= RECEIVE_BYTES_MAX;
}

static void tell(struct engine *e, int32_t id, enum event_kind kind, size_t offset, int32_t length)
{
	int32_t *event = e->out + (size_t)e->out_count++ * EVENT_WORDS;

	event[0] = id;
	event[1] = kind;
	event[2] = (int32_t)offset;
	event[3] = length;
}

static int error_of(int fd)
{
	int error = 0;
	socklen_t bytes = sizeof(error);

	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &bytes) == 0 ? error : errno;
}

static void accept_some(struct engine *e, int32_t listener)
{
	for (int i = 0; i < ACCEPTS_MAX && has_room(e); i++) {
		int fd = accept4(e->sockets[listener].fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		int32_t id;

		if (fd < 0) {
			/* Out of descriptors: the connection waits in the backlog, and JavaScript
			 * hears of it. */
			if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
			    errno == ENOMEM)
				tell(e, listener, EVENT_FAILED, 0, errno);
			return;
		}
		id = engine_adopt(fd, STATE_OPEN);
		if (id < 0) {
			close(fd);
			return;
		}
		tell(e, id, EVENT_ACCEPTED, 0, listener);
	}
}

static void connected(struct engine *e, int32_t id)
{
	struct engine_socket *s = &e->sockets[id];
	int error = error_of(s->fd);

	if (error != 0) {
		tell(e, id, EVENT_FAILED, 0, error);
		s->is_paused = true;
		s->wants_write = false;
	} else {
		s->state = STATE_OPEN;
		s->wants_write = false;
		tell(e, id, EVENT_CONNECTED, 0, 0);
	}
	engine_poll(id);
}

static void failed(struct engine *e, int32_t id, int error)
{
	struct engine_socket *s = &e->sockets[id];

	s->is_paused = true;
	s->wants_write = false;
	engine_poll(id);
	tell(e, id, EVENT_FAILED, 0, error);
}

/* True as long as there may be more at once. */
static bool receive_once(struct engine *e, int32_t id)
{
	struct engine_socket *s = &e->sockets[id];
	ssize_t got = recv(s->fd, e->in + e->in_used, RECEIVE_BYTES_MAX, 0);

	if (got > 0) {
		tell(e, id, EVENT_BYTES, e->in_used, (int32_t)got);
		/* The next one starts on a cache line of its own. */
		e->in_used += ((size_t)got + 63) & ~(size_t)63;
		return true;
	}
	if (got == 0) {
		s->has_ended = true;
		engine_poll(id);
		tell(e, id, EVENT_END, 0, 0);
	} else if (errno != EAGAIN && errno != EINTR) {
		failed(e, id, errno);
	}
	return false;
}

static void receive(struct engine *e, int32_t id, uint32_t events)
{
	/* The end right behind the last octets is told in the same turn. */
	if (receive_once(e, id) && (events & EPOLLRDHUP) && has_room(e))
		receive_once(e, id);
}

/* Both directions are over, or the peer reset, while nobody reads. */
static void hung_up(struct engine *e, int32_t id)
{
	struct engine_socket *s = &e->sockets[id];
	int error = error_of(s->fd);

	if (error != 0) {
		failed(e, id, error);
	} else {
		epoll_ctl(e->epoll, EPOLL_CTL_DEL, s->fd, NULL);
		s->is_polled = false;
	}
}

static void look_at(struct engine *e, int32_t id, uint32_t events)
{
	struct engine_socket *s = &e->sockets[id];

	if (s->state == STATE_LISTENING)
		return accept_some(e, id);
	if (s->state == STATE_CONNECTING)
		return connected(e, id);
	if (s->state != STATE_OPEN)
		return;
	if (s->wants_write && (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))) {
		s->wants_write = false;
		engine_poll(id);
		tell(e, id, EVENT_WRITABLE, 0, 0);
	}
	if (s->is_paused || s->has_ended) {
		if (events & (EPOLLHUP | EPOLLERR))
			hung_up(e, id);
	} else if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
		receive(e, id, events);
	}
}

static void call_javascript(struct engine *e)
{
	napi_handle_scope scope;
	napi_value turn, count, receiver;
	napi_status status;

	if (napi_open_handle_scope(e->env, &scope) != napi_ok)
		return;
	napi_get_reference_value(e->env, e->turn, &turn);
	napi_create_int32(e->env, e->out_count, &count);
	napi_get_global(e->env, &receiver);
	e->out_count = 0;
	status = napi_make_callback(e->env, e->context, receiver, turn, 1, &count, NULL);
	if (status == napi_pending_exception) {
		napi_value error;

		napi_get_and_clear_last_exception(e->env, &error);
		napi_fatal_exception(e->env, error);
	}
	napi_close_handle_scope(e->env, scope);
}

static void run_turn(uv_poll_t *handle, int status, int wanted)
{
	struct epoll_event ready[WAIT_MAX];
	struct engine *e = engine;
	int count;

	(void)handle;
	(void)status;
	(void)wanted;
	if (!e)
		return;
	count = epoll_wait(e->epoll, ready, WAIT_MAX, 0);
	e->in_used = 0;
	e->out_count = 0;
	for (int i = 0; i < count && has_room(e); i++)
		look_at(e, (int32_t)ready[i].data.u32, ready[i].events);
	if (e->out_count > 0)
		call_javascript(e);
	if (engine)
		engine_free_closed(engine);
}

void engine_keep_loop(struct engine *e, bool is_kept)
{
	if (is_kept)
		uv_ref(e->poll);
	else
		uv_unref(e->poll);
}

static void free_handle(void *handle) { free(handle); }

static void stop(void *argument)
{
	struct engine *e = argument;

	for (int32_t id = 0; id < e->capacity; id++)
		if (e->sockets[id].state != STATE_FREE && e->sockets[id].state != STATE_CLOSED)
			close(e->sockets[id].fd);
	uv_close(e->poll, free_handle);
	close(e->epoll);
	napi_delete_reference(e->env, e->turn);
	napi_delete_reference(e->env, e->input);
	napi_delete_reference(e->env, e->events);
	napi_async_destroy(e->env, e->context);
	free(e->sockets);
	free(e);
	engine = NULL;
}

static bool keep_arguments(struct engine *e, napi_value *arguments)
{
	napi_env env = e->env;
	napi_typedarray_type type;
	napi_valuetype value_type;
	napi_value name;
	size_t words;
	void *events;

	if (!read_bytes(env, arguments[1], "input", (void **)&e->in, &e->in_bytes))
		return false;
	if (napi_get_typedarray_info(env, arguments[2], &type, &words, &events, NULL, NULL) !=
		napi_ok ||
	    type != napi_int32_array || words < EVENTS_MAX * EVENT_WORDS ||
	    napi_typeof(env, arguments[0], &value_type) != napi_ok || value_type != napi_function) {
		napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE",
				      "Cannot start the engine: expected (turn, input, events)");
		return false;
	}
	e->out = events;
	return napi_create_reference(env, arguments[0], 1, &e->turn) == napi_ok &&
	       napi_create_reference(env, arguments[1], 1, &e->input) == napi_ok &&
	       napi_create_reference(env, arguments[2], 1, &e->events) == napi_ok &&
	       napi_create_string_utf8(env, "weft:sockets", NAPI_AUTO_LENGTH, &name) == napi_ok &&
	       napi_async_init(env, NULL, name, &e->context) == napi_ok;
}

/*
 * engineStart(turn, input, events): once per thread. `turn(count)` is called with so many events in
 * `events`; octets are in `input` until it returns.
 */
napi_value engine_start(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	void *loop;
	struct engine *e;

	if (engine)
		return throw_errno(env, EALREADY, "engineStart", "this thread");
	if (!read_arguments(env, info, 3, arguments))
		return NULL;
	e = calloc(1, sizeof(*e));
	if (!e)
		return throw_errno(env, ENOMEM, "calloc", "engine");
	e->env = env;
	e->first_free = -1;
	e->first_closed = -1;
	if (!keep_arguments(e, arguments)) {
		free(e);
		return NULL;
	}
	e->epoll = epoll_create1(EPOLL_CLOEXEC);
	e->poll = calloc(1, uv_handle_size(UV_POLL_TYPE));
	if (e->epoll < 0 || !e->poll || napi_get_uv_event_loop(env, (void *)&loop) != napi_ok ||
	    uv_poll_init(loop, e->poll, e->epoll) != 0 ||
	    uv_poll_start(e->poll, UV_READABLE_EVENT, run_turn) != 0) {
		int error = errno;

		if (e->epoll >= 0)
			close(e->epoll);
		free(e);
		return throw_errno(env, error, "epoll_create1", "engine");
	}
	engine_keep_loop(e, false);
	engine = e;
	napi_add_env_cleanup_hook(env, stop, e);
	return make_undefined(env);
}
