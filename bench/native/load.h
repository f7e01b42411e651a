// SPDX-License-Identifier: Apache-2.0
// The engine of the load generator, as its protocols see it. A slot is one place for an operation in flight: a
// connection, or a stream of one.
#ifndef WEFT_BENCH_LOAD_H
#define WEFT_BENCH_LOAD_H

#include "wire.h"

enum protocol { HTTP1, HTTP1_CONNECT, TCP, TCP_CONNECT, HTTP2, GRPC_UNARY, GRPC_STREAM, PROTOCOLS };

struct connection;

struct slot {
    struct connection *connection;
    struct slot *next_idle;
    uint64_t intended_ns;
    int busy;
    /** Of HTTP/2: its stream, what may be sent on it, what was not acknowledged, and whether it waits for a window. */
    uint32_t stream, unacknowledged;
    int64_t window;
    int blocked;
    /** Octets of the answer until now, of them the head; what a whole answer has, 0 while unknown. */
    size_t got, wanted;
};

struct connection {
    int fd, waits, is_ready;
    struct bytes in, out;
    struct slot *slots;
    int64_t window, stream_window;
    uint32_t next_stream, unacknowledged;
};

struct load {
    enum protocol protocol;
    int port, connections, slots, size, rate;
    double seconds, skip;
    const char *host, *path;
    /** What a message of `size` octets looks like on the wire. */
    struct bytes message;
    /** A request of HTTP/1.1, or the header block of one of HTTP/2. */
    struct bytes request;
};

extern struct load load;

/** The operation in `slot` is over, well or not. The engine may begin the next one in it at once. */
void slot_done(struct slot *slot, int ok);
void fatal(const char *what);

void h2_prepare(void);
void h2_open(struct connection *c);
void h2_begin(struct slot *slot);
/** Takes whole frames from the input of `c`. */
void h2_read(struct connection *c);

#endif
