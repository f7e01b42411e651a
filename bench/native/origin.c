// SPDX-License-Identifier: Apache-2.0
// The origins behind the proxies that nginx cannot be: one thread, one epoll, far cheaper than any proxy.
//   origin h2:PORT …      HTTP/2 with prior knowledge: answers a request without a body with 128 octets; echoes
//                         any other as gRPC, message by message, with trailers at the end
//   origin echo:PORT …    TCP: gives back what it gets
//   origin source:PORT …  TCP: after the first octet, sends until the other side closes
// On loopback; after on=IPV4, on that address.
// Prints "ready" once it listens, and ends when its standard input does.
#include "wire.h"

enum kind { H2, ECHO, SOURCE, INPUT };
enum { BUCKETS = 256, BODY_SIZE = 128, SOURCE_CHUNK = 262144, PENDING_MAX = 1 << 22 };

struct stream {
    struct stream *next;
    uint32_t id;
    int64_t window;
    uint32_t unacknowledged;
    int ended;
    struct bytes pending;
};

struct peer {
    enum kind kind;
    int fd, is_listener, greeted, waits, started;
    struct bytes in, out;
    int64_t window;
    int64_t stream_window;
    uint32_t unacknowledged;
    struct stream *streams[BUCKETS];
};

static int poller;
static uint8_t zeros[SOURCE_CHUNK];
static uint8_t body[BODY_SIZE];
static uint8_t page_head[64], grpc_head[64], trailers[32];
static size_t page_head_size, grpc_head_size, trailers_size;

static void prepare_heads(void) {
    memset(body, 'w', sizeof body);
    uint8_t *p = page_head;
    *p++ = 0x88; // :status 200
    *p++ = 0x0f, *p++ = 0x10, p = hpack_string(p, "text/plain"); // content-type
    *p++ = 0x0f, *p++ = 0x0d, p = hpack_string(p, "128");        // content-length
    page_head_size = (size_t)(p - page_head);
    p = grpc_head;
    *p++ = 0x88;
    *p++ = 0x0f, *p++ = 0x10, p = hpack_string(p, "application/grpc");
    grpc_head_size = (size_t)(p - grpc_head);
    p = trailers;
    *p++ = 0, p = hpack_string(p, "grpc-status"), p = hpack_string(p, "0");
    trailers_size = (size_t)(p - trailers);
}

static struct stream **stream_slot(struct peer *peer, uint32_t id) {
    struct stream **slot = &peer->streams[(id >> 1) % BUCKETS];
    while (*slot && (*slot)->id != id) slot = &(*slot)->next;
    return slot;
}

static void stream_remove(struct stream **slot) {
    struct stream *gone = *slot;
    *slot = gone->next;
    bytes_free(&gone->pending);
    free(gone);
}

/** Echoes as much as both windows allow, and ends the stream when all is echoed. */
static void stream_flush(struct peer *peer, struct stream **slot) {
    struct stream *s = *slot;
    while (s->pending.length > 0 && s->window > 0 && peer->window > 0) {
        size_t n = s->pending.length < H2_FRAME_MAX ? s->pending.length : H2_FRAME_MAX;
        if ((int64_t)n > s->window) n = (size_t)s->window;
        if ((int64_t)n > peer->window) n = (size_t)peer->window;
        h2_frame(&peer->out, H2_DATA, 0, s->id, s->pending.at, n);
        bytes_drop(&s->pending, n);
        s->window -= (int64_t)n, peer->window -= (int64_t)n;
    }
    if (s->ended && s->pending.length == 0) {
        h2_frame(&peer->out, H2_HEADERS, H2_END_HEADERS | H2_END_STREAM, s->id, trailers, trailers_size);
        stream_remove(slot);
    }
}

static void flush_all(struct peer *peer) {
    for (int i = 0; i < BUCKETS; i++) {
        for (struct stream **slot = &peer->streams[i]; *slot;) {
            struct stream *before = *slot;
            stream_flush(peer, slot);
            if (*slot == before) slot = &(*slot)->next;
        }
    }
}

static void on_settings(struct peer *peer, int flags, const uint8_t *p, size_t length) {
    if (flags & H2_ACK) return;
    for (size_t i = 0; i + 6 <= length; i += 6) {
        if ((p[i] << 8 | p[i + 1]) != 4) continue;
        int64_t window = read_u32(p + i + 2), by = window - peer->stream_window;
        peer->stream_window = window;
        for (int b = 0; b < BUCKETS; b++)
            for (struct stream *s = peer->streams[b]; s; s = s->next) s->window += by;
    }
    h2_frame(&peer->out, H2_SETTINGS, H2_ACK, 0, NULL, 0);
    flush_all(peer);
}

static void on_headers(struct peer *peer, int flags, uint32_t id) {
    struct stream **slot = stream_slot(peer, id);
    if (*slot) { // trailers of a request
        (*slot)->ended = 1;
        stream_flush(peer, slot);
    } else if (flags & H2_END_STREAM) {
        h2_frame(&peer->out, H2_HEADERS, H2_END_HEADERS, id, page_head, page_head_size);
        h2_frame(&peer->out, H2_DATA, H2_END_STREAM, id, body, sizeof body);
        peer->window -= sizeof body; // pages are small beside any window that a proxy grants
    } else {
        struct stream *s = calloc(1, sizeof *s);
        if (!s) die("calloc");
        s->id = id, s->window = peer->stream_window, *slot = s;
        h2_frame(&peer->out, H2_HEADERS, H2_END_HEADERS, id, grpc_head, grpc_head_size);
    }
}

static void on_data(struct peer *peer, int flags, uint32_t id, const uint8_t *p, size_t length) {
    peer->unacknowledged += (uint32_t)length;
    if (peer->unacknowledged > H2_WINDOW_CONNECTION / 4) {
        h2_window_update(&peer->out, 0, peer->unacknowledged);
        peer->unacknowledged = 0;
    }
    struct stream **slot = stream_slot(peer, id);
    if (!*slot) return;
    struct stream *s = *slot;
    s->unacknowledged += (uint32_t)length;
    if (s->unacknowledged > H2_WINDOW_STREAM / 4 && s->pending.length < PENDING_MAX) {
        h2_window_update(&peer->out, id, s->unacknowledged);
        s->unacknowledged = 0;
    }
    if (flags & H2_PADDED && length > 0) length -= (size_t)1 + p[0], p++;
    bytes_add(&s->pending, p, length);
    if (flags & H2_END_STREAM) s->ended = 1;
    stream_flush(peer, slot);
}

static void on_window_update(struct peer *peer, uint32_t id, uint32_t by) {
    if (id == 0) {
        peer->window += by;
        flush_all(peer);
        return;
    }
    struct stream **slot = stream_slot(peer, id);
    if (!*slot) return;
    (*slot)->window += by;
    stream_flush(peer, slot);
}

static void on_frame(struct peer *peer, int type, int flags, uint32_t id, const uint8_t *p, size_t length) {
    if (type == H2_DATA) on_data(peer, flags, id, p, length);
    else if (type == H2_HEADERS) on_headers(peer, flags, id);
    else if (type == H2_SETTINGS) on_settings(peer, flags, p, length);
    else if (type == H2_WINDOW_UPDATE) on_window_update(peer, id, read_u32(p) & 0x7fffffff);
    else if (type == H2_PING && !(flags & H2_ACK)) h2_frame(&peer->out, H2_PING, H2_ACK, 0, p, length);
    else if (type == H2_RST_STREAM && *stream_slot(peer, id)) stream_remove(stream_slot(peer, id));
}

static int read_frames(struct peer *peer) {
    size_t at = 0;
    if (!peer->greeted) {
        if (peer->in.length < H2_PREFACE_SIZE) return 0;
        if (memcmp(peer->in.at, H2_PREFACE, H2_PREFACE_SIZE) != 0) return -1;
        peer->greeted = 1, at = H2_PREFACE_SIZE;
        h2_settings(&peer->out);
    }
    while (peer->in.length - at >= H2_HEAD_SIZE) {
        const uint8_t *p = peer->in.at + at;
        size_t length = (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2];
        if (length > H2_FRAME_MAX) return -1;
        if (peer->in.length - at < H2_HEAD_SIZE + length) break;
        on_frame(peer, p[3], p[4], read_u32(p + 5) & 0x7fffffff, p + H2_HEAD_SIZE, length);
        at += H2_HEAD_SIZE + length;
    }
    if (at) bytes_drop(&peer->in, at);
    return 0;
}

static void watch(struct peer *peer, int operation, uint32_t events) {
    struct epoll_event e = {.events = events, .data.ptr = peer};
    if (epoll_ctl(poller, operation, peer->fd, &e) < 0) die("epoll_ctl");
}

static void close_peer(struct peer *peer) {
    close(peer->fd);
    for (int i = 0; i < BUCKETS; i++)
        while (peer->streams[i]) stream_remove(&peer->streams[i]);
    bytes_free(&peer->in), bytes_free(&peer->out);
    free(peer);
}

static void accept_all(struct peer *listener) {
    for (;;) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        struct peer *peer = calloc(1, sizeof *peer);
        if (!peer) die("calloc");
        no_delay(fd);
        peer->fd = fd, peer->kind = listener->kind;
        peer->window = peer->stream_window = H2_WINDOW_DEFAULT;
        watch(peer, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static int pour(struct peer *peer) {
    for (int i = 0; i < 4; i++) {
        ssize_t n = send(peer->fd, zeros, sizeof zeros, MSG_NOSIGNAL);
        if (n < 0) return errno == EAGAIN ? 0 : -1;
    }
    return 0;
}

static int serve(struct peer *peer, uint32_t events) {
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        struct bytes *into = peer->kind == ECHO ? &peer->out : &peer->in;
        ssize_t n = bytes_receive(into, peer->fd);
        if (n == 0 || (n < 0 && errno != EAGAIN)) return -1;
        if (peer->kind == H2 && n > 0 && read_frames(peer) < 0) return -1;
        if (peer->kind == SOURCE && n > 0) peer->started = 1, peer->in.length = 0;
    }
    if (peer->started && pour(peer) < 0) return -1;
    if (peer->out.length > 0 && bytes_send(&peer->out, peer->fd) < 0) return -1;
    int waits = peer->out.length > 0 || peer->started;
    if (waits != peer->waits) watch(peer, EPOLL_CTL_MOD, waits ? EPOLLIN | EPOLLOUT : EPOLLIN);
    peer->waits = waits;
    return 0;
}

static void listen_on(enum kind kind, const char *host, int port) {
    struct peer *listener = calloc(1, sizeof *listener);
    if (!listener) die("calloc");
    struct sockaddr_in address = address_of(host, port);
    int on = 1;
    listener->kind = kind, listener->is_listener = 1;
    listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener->fd, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
    if (listen(listener->fd, 4096) < 0) die("listen");
    watch(listener, EPOLL_CTL_ADD, EPOLLIN);
}

int main(int argc, char **argv) {
    raise_file_limit();
    prepare_heads();
    poller = epoll_create1(EPOLL_CLOEXEC);
    const char *host = "127.0.0.1";
    for (int i = 1; i < argc; i++) {
        int port = 0;
        if (strncmp(argv[i], "on=", 3) == 0) host = argv[i] + 3;
        else if (sscanf(argv[i], "h2:%d", &port) == 1) listen_on(H2, host, port);
        else if (sscanf(argv[i], "echo:%d", &port) == 1) listen_on(ECHO, host, port);
        else if (sscanf(argv[i], "source:%d", &port) == 1) listen_on(SOURCE, host, port);
        else return fprintf(stderr, "origin: \"%s\": expected h2:PORT, echo:PORT or source:PORT\n", argv[i]), 2;
    }
    struct peer input = {.kind = INPUT, .fd = 0};
    watch(&input, EPOLL_CTL_ADD, EPOLLIN);
    puts("ready"), fflush(stdout);
    struct epoll_event events[256];
    for (;;) {
        int n = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < n; i++) {
            struct peer *peer = events[i].data.ptr;
            if (peer->kind == INPUT) return 0;
            if (peer->is_listener) accept_all(peer);
            else if (serve(peer, events[i].events) < 0) close_peer(peer);
        }
    }
}
