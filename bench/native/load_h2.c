// SPDX-License-Identifier: Apache-2.0
// HTTP/2 and gRPC as a client: requests are a constant header block; of answers the status (static table, :status 200),
// the octets of the body and the end of the stream are checked.
#include "load.h"

static const uint8_t STATUS_200 = 0x88;

void h2_prepare(void) {
    uint8_t head[256], *p = head;
    int is_grpc = load.protocol != HTTP2;
    *p++ = is_grpc ? 0x83 : 0x82, *p++ = 0x86; // :method, :scheme http
    *p++ = 0x04, p = hpack_string(p, load.path);
    *p++ = 0x01, p = hpack_string(p, "bench.test");
    if (is_grpc) {
        *p++ = 0x0f, *p++ = 0x10, p = hpack_string(p, "application/grpc");
        *p++ = 0, p = hpack_string(p, "te"), p = hpack_string(p, "trailers");
        uint8_t prefix[5] = {0};
        write_u32(prefix + 1, (uint32_t)load.size);
        bytes_add(&load.message, prefix, 5);
        memset(bytes_reserve(&load.message, (size_t)load.size), 'w', (size_t)load.size);
        load.message.length += (size_t)load.size;
    }
    bytes_add(&load.request, head, (size_t)(p - head));
}

void h2_open(struct connection *c) {
    bytes_add(&c->out, H2_PREFACE, H2_PREFACE_SIZE);
    h2_settings(&c->out);
    c->window = c->stream_window = H2_WINDOW_DEFAULT, c->next_stream = 1;
}

static void send_message(struct slot *slot, int flags) {
    struct connection *c = slot->connection;
    if (slot->window < (int64_t)load.message.length || c->window < (int64_t)load.message.length) {
        slot->blocked = 1;
        return;
    }
    slot->blocked = 0;
    slot->window -= (int64_t)load.message.length, c->window -= (int64_t)load.message.length;
    h2_frame(&c->out, H2_DATA, flags, slot->stream, load.message.at, load.message.length);
}

void h2_begin(struct slot *slot) {
    struct connection *c = slot->connection;
    slot->got = 0;
    if (load.protocol != GRPC_STREAM || slot->stream == 0) {
        int flags = H2_END_HEADERS | (load.protocol == HTTP2 ? H2_END_STREAM : 0);
        slot->stream = c->next_stream, c->next_stream += 2;
        slot->window = c->stream_window, slot->unacknowledged = 0;
        h2_frame(&c->out, H2_HEADERS, flags, slot->stream, load.request.at, load.request.length);
    }
    if (load.protocol != HTTP2) send_message(slot, load.protocol == GRPC_UNARY ? H2_END_STREAM : 0);
}

static struct slot *slot_of(struct connection *c, uint32_t stream) {
    for (int i = 0; i < load.slots; i++)
        if (c->slots[i].stream == stream) return &c->slots[i];
    return NULL;
}

static void acknowledge(struct connection *c, struct slot *slot, size_t length) {
    c->unacknowledged += (uint32_t)length;
    if (c->unacknowledged > H2_WINDOW_CONNECTION / 4) {
        h2_window_update(&c->out, 0, c->unacknowledged);
        c->unacknowledged = 0;
    }
    if (!slot) return;
    slot->unacknowledged += (uint32_t)length;
    if (slot->unacknowledged > H2_WINDOW_STREAM / 4) {
        h2_window_update(&c->out, slot->stream, slot->unacknowledged);
        slot->unacknowledged = 0;
    }
}

static int is_ok(const uint8_t *block, size_t length) {
    size_t at = 0;
    while (at < length && (block[at] & 0xe0) == 0x20) at++; // dynamic table size updates of one octet
    return at < length && block[at] == STATUS_200;
}

static void end(struct slot *slot, int ok) {
    if (load.protocol == GRPC_STREAM) fatal("the stream was ended");
    slot->stream = 0;
    slot_done(slot, ok);
}

static void on_data(struct connection *c, struct slot *slot, int flags, const uint8_t *p, size_t length) {
    acknowledge(c, slot, length);
    if (!slot) return;
    if (flags & H2_PADDED && length > 0) length -= (size_t)1 + p[0];
    slot->got += length;
    if (load.protocol == GRPC_STREAM && slot->busy && slot->got >= load.message.length) slot_done(slot, 1);
    else if (flags & H2_END_STREAM) end(slot, load.protocol == HTTP2 && slot->got == (size_t)load.size);
}

static void on_headers(struct slot *slot, int flags, const uint8_t *p, size_t length) {
    if (!slot) return;
    int is_first = slot->got == 0 && !(flags & H2_END_STREAM);
    if (is_first && !is_ok(p, length)) fatal("an answer is not 200");
    if (flags & H2_END_STREAM) end(slot, load.protocol == GRPC_UNARY && slot->got == load.message.length);
}

static void on_window(struct connection *c, struct slot *slot, uint32_t by) {
    if (slot) slot->window += by;
    else c->window += by;
    for (int i = 0; i < load.slots; i++)
        if (c->slots[i].blocked) send_message(&c->slots[i], load.protocol == GRPC_UNARY ? H2_END_STREAM : 0);
}

static void on_settings(struct connection *c, int flags, const uint8_t *p, size_t length) {
    if (flags & H2_ACK) return;
    for (size_t i = 0; i + 6 <= length; i += 6) {
        if ((p[i] << 8 | p[i + 1]) != 4) continue;
        int64_t window = read_u32(p + i + 2), by = window - c->stream_window;
        c->stream_window = window;
        for (int s = 0; s < load.slots; s++) c->slots[s].window += by;
    }
    h2_frame(&c->out, H2_SETTINGS, H2_ACK, 0, NULL, 0);
    c->is_ready = 1;
}

void h2_read(struct connection *c) {
    size_t at = 0;
    while (c->in.length - at >= H2_HEAD_SIZE) {
        const uint8_t *p = c->in.at + at;
        size_t length = (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2];
        if (c->in.length - at < H2_HEAD_SIZE + length) break;
        int type = p[3], flags = p[4];
        uint32_t stream = read_u32(p + 5) & 0x7fffffff;
        struct slot *slot = stream ? slot_of(c, stream) : NULL;
        p += H2_HEAD_SIZE;
        if (type == H2_DATA) on_data(c, slot, flags, p, length);
        else if (type == H2_HEADERS) on_headers(slot, flags, p, length);
        else if (type == H2_SETTINGS) on_settings(c, flags, p, length);
        else if (type == H2_WINDOW_UPDATE && (slot || !stream)) on_window(c, slot, read_u32(p) & 0x7fffffff);
        else if (type == H2_PING && !(flags & H2_ACK)) h2_frame(&c->out, H2_PING, H2_ACK, 0, p, length);
        else if (type == H2_RST_STREAM && slot) end(slot, 0);
        else if (type == H2_GOAWAY) fatal("the proxy said GOAWAY");
        at += H2_HEAD_SIZE + length;
    }
    if (at) bytes_drop(&c->in, at);
}
