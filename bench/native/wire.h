// SPDX-License-Identifier: Apache-2.0
// What origin.c and load.c share: a growing buffer, non-blocking sockets on loopback, and the frames of HTTP/2 (RFC 9113 §4, §6).
// Header blocks are constants without dynamic table entries, and those of the other side are not decoded: neither
// program ever needs more than the first octet of one.
#ifndef WEFT_BENCH_WIRE_H
#define WEFT_BENCH_WIRE_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define H2_PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
#define H2_PREFACE_SIZE 24
#define H2_HEAD_SIZE 9
#define H2_FRAME_MAX 16384
#define H2_WINDOW_DEFAULT 65535
#define H2_WINDOW_STREAM (1 << 20)
#define H2_WINDOW_CONNECTION (1 << 24)

enum { H2_DATA, H2_HEADERS, H2_PRIORITY, H2_RST_STREAM, H2_SETTINGS, H2_PUSH_PROMISE, H2_PING, H2_GOAWAY, H2_WINDOW_UPDATE };
enum { H2_END_STREAM = 1, H2_ACK = 1, H2_END_HEADERS = 4, H2_PADDED = 8 };

struct bytes {
    uint8_t *at;
    size_t length, capacity;
};

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline uint8_t *bytes_reserve(struct bytes *b, size_t more) {
    if (b->length + more > b->capacity) {
        size_t capacity = b->capacity ? b->capacity : 4096;
        while (capacity < b->length + more) capacity *= 2;
        if (!(b->at = realloc(b->at, capacity))) die("realloc");
        b->capacity = capacity;
    }
    return b->at + b->length;
}

static inline void bytes_add(struct bytes *b, const void *from, size_t length) {
    memcpy(bytes_reserve(b, length), from, length);
    b->length += length;
}

static inline void bytes_drop(struct bytes *b, size_t length) {
    if (length < b->length) memmove(b->at, b->at + length, b->length - length);
    b->length -= length;
}

static inline void bytes_free(struct bytes *b) {
    free(b->at);
    memset(b, 0, sizeof *b);
}

/** Writes what the socket takes now. Returns -1 when the connection is gone. */
static inline int bytes_send(struct bytes *b, int fd) {
    size_t sent = 0;
    while (sent < b->length) {
        ssize_t n = send(fd, b->at + sent, b->length - sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) break;
        if (n < 0) return -1;
        sent += (size_t)n;
    }
    if (sent) bytes_drop(b, sent);
    return 0;
}

/** Reads once. Returns what recv returned, 0 at the end of the stream, -1 with EAGAIN when there is nothing. */
static inline ssize_t bytes_receive(struct bytes *b, int fd) {
    ssize_t n = recv(fd, bytes_reserve(b, 65536), 65536, 0);
    if (n > 0) b->length += (size_t)n;
    return n;
}

static inline uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/** `host` is an IPv4 address in digits. */
static inline struct sockaddr_in address_of(const char *host, int port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, host, &a.sin_addr) != 1) die(host);
    return a;
}

static inline void no_delay(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline void raise_file_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static inline uint32_t read_u32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline void write_u32(uint8_t *p, uint32_t v) {
    p[0] = (uint8_t)(v >> 24), p[1] = (uint8_t)(v >> 16), p[2] = (uint8_t)(v >> 8), p[3] = (uint8_t)v;
}

static inline void h2_frame(struct bytes *out, int type, int flags, uint32_t stream, const void *payload, size_t length) {
    uint8_t *p = bytes_reserve(out, H2_HEAD_SIZE + length);
    p[0] = (uint8_t)(length >> 16), p[1] = (uint8_t)(length >> 8), p[2] = (uint8_t)length;
    p[3] = (uint8_t)type, p[4] = (uint8_t)flags;
    write_u32(p + 5, stream);
    if (length) memcpy(p + H2_HEAD_SIZE, payload, length);
    out->length += H2_HEAD_SIZE + length;
}

static inline void h2_window_update(struct bytes *out, uint32_t stream, uint32_t by) {
    uint8_t p[4];
    write_u32(p, by);
    h2_frame(out, H2_WINDOW_UPDATE, 0, stream, p, 4);
}

/** Our SETTINGS: 1000 streams, a window of 1 MiB for each, 16 MiB for the connection, no dynamic table at our decoder. */
static inline void h2_settings(struct bytes *out) {
    static const uint8_t settings[] = {0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0xe8, 0, 4, 0, 0x10, 0, 0};
    h2_frame(out, H2_SETTINGS, 0, 0, settings, sizeof settings);
    h2_window_update(out, 0, H2_WINDOW_CONNECTION - H2_WINDOW_DEFAULT);
}

/** A string literal of HPACK without Huffman code (RFC 7541 §5.2), shorter than 127 octets. */
static inline uint8_t *hpack_string(uint8_t *p, const char *text) {
    size_t length = strlen(text);
    *p++ = (uint8_t)length;
    memcpy(p, text, length);
    return p + length;
}

#endif
