// SPDX-License-Identifier: Apache-2.0
// The load generator for what wrk and h2load cannot do: open loop, TCP, streams of gRPC, idle connections.
//   load PROTOCOL PORT [host=IPV4] [connections=N] [slots=N] [seconds=S] [skip=S] [rate=N] [size=N] [path=P]
//   PROTOCOL: http1 http1-connect tcp tcp-connect h2 grpc-unary grpc-stream, bulk, idle
// rate=0 is a closed loop: the next operation begins when one ends. Otherwise operation k is due at start + k / rate,
// whether or not the ones before it are over, and its latency counts from then: a stall is charged to every operation
// that it delayed (no coordinated omission). Prints one line of JSON, `cpuMs` is its own time since the connections were open;
// `idle` prints "holding" and waits for its input to end.
#include "load.h"

struct load load = {.connections = 32, .slots = 1, .seconds = 2, .size = 128, .host = "127.0.0.1", .path = "/api/items"};

static const char *const names[PROTOCOLS] = {"http1", "http1-connect", "tcp", "tcp-connect", "h2", "grpc-unary", "grpc-stream"};
enum { ERRORS_MAX = 1000, DRAIN_MS = 1000, BULK_READ = 1 << 20 };

static int poller;
static uint64_t start_ns, end_ns, issued, total, done, errors;
static struct slot *idle_first, *idle_last;
static uint32_t *samples_us;
static size_t samples, samples_max;

void fatal(const char *what) {
    printf("{\"failure\":\"%s\"}\n", what);
    exit(1);
}

static int is_connect(void) { return load.protocol == HTTP1_CONNECT || load.protocol == TCP_CONNECT; }
static int is_http1(void) { return load.protocol == HTTP1 || load.protocol == HTTP1_CONNECT; }
static int is_h2(void) { return load.protocol >= HTTP2; }

static void watch(struct connection *c, int operation, uint32_t events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    if (epoll_ctl(poller, operation, c->fd, &e) < 0) die("epoll_ctl");
}

static void connect_to_proxy(struct connection *c) {
    struct sockaddr_in address = address_of(load.host, load.port);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) die("socket");
    no_delay(c->fd);
    c->in.length = c->out.length = 0, c->waits = 0;
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) die("connect");
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
}

static void flush(struct connection *c) {
    if (c->fd < 0) return;
    bytes_send(&c->out, c->fd); // a lost connection shows at the next read
    int waits = c->out.length > 0;
    if (waits != c->waits) watch(c, EPOLL_CTL_MOD, waits ? EPOLLIN | EPOLLOUT : EPOLLIN);
    c->waits = waits;
}

static void begin(struct slot *slot, uint64_t intended_ns) {
    struct connection *c = slot->connection;
    slot->intended_ns = intended_ns, slot->busy = 1, slot->got = 0, slot->wanted = 0;
    if (c->fd < 0) connect_to_proxy(c);
    if (is_h2()) h2_begin(slot);
    else if (is_http1()) bytes_add(&c->out, load.request.at, load.request.length);
    else bytes_add(&c->out, load.message.at, load.message.length);
    issued++;
}

static void sample(uint64_t intended_ns, uint64_t now) {
    if (intended_ns < start_ns + (uint64_t)(load.skip * 1e9) || samples == samples_max) return;
    samples_us[samples++] = (uint32_t)((now - intended_ns) / 1000);
}

static void push_idle(struct slot *slot) {
    slot->next_idle = NULL;
    if (idle_last) idle_last->next_idle = slot;
    else idle_first = slot;
    idle_last = slot;
}

static struct slot *pop_idle(void) {
    struct slot *slot = idle_first;
    idle_first = slot->next_idle;
    if (!idle_first) idle_last = NULL;
    return slot;
}

void slot_done(struct slot *slot, int ok) {
    slot->busy = 0;
    if (ok) {
        done++;
        if (load.rate > 0) sample(slot->intended_ns, now_ns());
    } else if (++errors > ERRORS_MAX) fatal("too many errors");
    push_idle(slot);
}

/** Begins what is due, as far as slots are free. */
static void begin_due(uint64_t now) {
    while (idle_first) {
        if (load.rate == 0) {
            if (now >= end_ns) return;
            begin(pop_idle(), now);
            continue;
        }
        uint64_t due = start_ns + (uint64_t)((double)issued * 1e9 / load.rate);
        if (issued >= total || due > now) return;
        begin(pop_idle(), due);
    }
}

static void drop(struct connection *c, int failed) {
    close(c->fd);
    c->fd = -1;
    struct slot *slot = c->slots;
    if (is_h2()) fatal("the proxy closed an HTTP/2 connection");
    if (slot->busy && failed) slot_done(slot, 0);
}

static void finish(struct connection *c) {
    if (is_connect()) close(c->fd), c->fd = -1;
    slot_done(c->slots, 1);
}

/** Returns the octets of the whole answer once its head is there, 0 before. */
static size_t http1_size(struct connection *c) {
    char *text = (char *)c->in.at, *stop = memmem(text, c->in.length, "\r\n\r\n", 4);
    if (!stop) return 0;
    if (c->in.length < 12 || memcmp(text, "HTTP/1.1 200", 12) != 0) fatal("an answer is not 200");
    for (char *line = text; line < stop; line++)
        if (*line == '\n' && strncasecmp(line + 1, "content-length:", 15) == 0)
            return (size_t)(stop + 4 - text) + strtoul(line + 16, NULL, 10);
    fatal("an answer has no content-length");
    return 0;
}

static void on_octets(struct connection *c) {
    struct slot *slot = c->slots;
    if (is_h2()) {
        h2_read(c);
        return;
    }
    slot->got += c->in.length - (is_http1() && slot->wanted == 0 ? slot->got : 0);
    if (slot->wanted == 0) slot->wanted = is_http1() ? http1_size(c) : (size_t)load.size;
    if (slot->wanted != 0) c->in.length = 0;
    if (slot->wanted != 0 && slot->got >= slot->wanted) finish(c);
}

static void serve(struct connection *c, uint32_t events) {
    if (c->fd >= 0 && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        ssize_t n = bytes_receive(&c->in, c->fd);
        if (n == 0 || (n < 0 && errno != EAGAIN)) drop(c, 1);
        else if (n > 0) on_octets(c);
    }
}

static int wait_for_events(struct epoll_event *events, uint64_t now) {
    uint64_t until = now < end_ns && end_ns - now < 100000000u ? end_ns : now + 100000000u;
    if (load.rate > 0 && issued < total && idle_first) until = start_ns + (uint64_t)((double)issued * 1e9 / load.rate);
    struct timespec t = {0};
    if (until > now) t.tv_sec = (time_t)((until - now) / 1000000000u), t.tv_nsec = (long)((until - now) % 1000000000u);
    int n = epoll_pwait2(poller, events, 256, &t, NULL);
    return n < 0 ? 0 : n;
}

static uint64_t busy_slots(struct connection *all) {
    uint64_t busy = 0;
    for (int i = 0; i < load.connections; i++)
        for (int s = 0; s < load.slots; s++) busy += (uint64_t)all[i].slots[s].busy;
    return busy;
}

static void turn(struct connection *all) {
    struct epoll_event events[256];
    int n = wait_for_events(events, now_ns());
    for (int i = 0; i < n; i++) serve(events[i].data.ptr, events[i].events);
    begin_due(now_ns());
    for (int i = 0; i < load.connections; i++)
        if (all[i].out.length > 0 && (!all[i].waits || n > 0)) flush(&all[i]);
}

static struct connection *open_all(void) {
    struct connection *all = calloc((size_t)load.connections, sizeof *all);
    for (int i = 0; i < load.connections; i++) {
        struct connection *c = &all[i];
        c->fd = -1;
        c->slots = calloc((size_t)load.slots, sizeof *c->slots);
        for (int s = 0; s < load.slots; s++) c->slots[s].connection = c;
        if (is_connect()) continue;
        connect_to_proxy(c);
        if (is_h2()) h2_open(c);
        flush(c);
    }
    // Interleaved, so that the first operations are spread over the connections.
    for (int s = 0; s < load.slots; s++)
        for (int i = 0; i < load.connections; i++) push_idle(&all[i].slots[s]);
    return all;
}

/** Streams may only be opened once the settings of the proxy are known. */
static void settle(struct connection *all) {
    uint64_t until = now_ns() + 5000000000u;
    for (int i = 0; is_h2() && i < load.connections; i++) {
        while (!all[i].is_ready) {
            struct epoll_event events[256];
            int n = epoll_wait(poller, events, 256, 100);
            for (int e = 0; e < n; e++) serve(events[e].data.ptr, events[e].events);
            if (now_ns() > until) fatal("no SETTINGS from the proxy");
        }
    }
}

static int by_value(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double percentile_ms(double share) {
    if (samples == 0) return 0;
    size_t i = (size_t)(share * (double)samples);
    return samples_us[i < samples ? i : samples - 1] / 1000.0;
}

static double cpu_ms(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    struct timeval user = usage.ru_utime, system = usage.ru_stime;
    return (double)(user.tv_sec + system.tv_sec) * 1e3 + (double)(user.tv_usec + system.tv_usec) / 1e3;
}

static void run_operations(void) {
    total = load.rate > 0 ? (uint64_t)(load.rate * load.seconds) : UINT64_MAX;
    samples_max = load.rate > 0 ? (size_t)total : 1;
    samples_us = calloc(samples_max, sizeof *samples_us);
    struct connection *all = open_all();
    settle(all);
    double cpu_before_ms = cpu_ms();
    start_ns = now_ns(), end_ns = start_ns + (uint64_t)(load.seconds * 1e9);
    while (now_ns() < end_ns) turn(all);
    uint64_t inside = done, drain_until = now_ns() + DRAIN_MS * 1000000u;
    double seconds = (double)(now_ns() - start_ns) / 1e9;
    while (now_ns() < drain_until && (busy_slots(all) > 0 || (load.rate > 0 && issued < total))) turn(all);
    uint64_t unfinished = busy_slots(all) + (load.rate > 0 ? total - issued : 0), now = now_ns();
    double cpu_after_ms = cpu_ms();
    // What never ended is charged with the time it waited at least.
    for (int i = 0; load.rate > 0 && i < load.connections; i++)
        for (int s = 0; s < load.slots; s++)
            if (all[i].slots[s].busy) sample(all[i].slots[s].intended_ns, now);
    for (; load.rate > 0 && issued < total; issued++) sample(start_ns + (uint64_t)((double)issued * 1e9 / load.rate), now);
    qsort(samples_us, samples, sizeof *samples_us, by_value);
    printf("{\"operations\":%llu,\"perSecond\":%.1f,\"errors\":%llu,\"unfinished\":%llu,\"seconds\":%.3f,"
           "\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"p999Ms\":%.3f,\"maxMs\":%.3f,\"cpuMs\":%.1f}\n",
           (unsigned long long)done, (double)inside / seconds, (unsigned long long)errors, (unsigned long long)unfinished,
           seconds, percentile_ms(0.5), percentile_ms(0.99), percentile_ms(0.999), percentile_ms(1), cpu_after_ms - cpu_before_ms);
}

/** Reads as fast as the proxy sends. The kernel discards, so that the reader costs next to nothing. */
static void run_bulk(void) {
    struct connection *all = open_all();
    uint64_t octets = 0;
    for (int i = 0; i < load.connections; i++) bytes_add(&all[i].out, "w", 1), flush(&all[i]);
    start_ns = now_ns(), end_ns = start_ns + (uint64_t)(load.seconds * 1e9);
    while (now_ns() < end_ns) {
        struct epoll_event events[256];
        int n = epoll_wait(poller, events, 256, 100);
        for (int i = 0; i < n; i++) {
            struct connection *c = events[i].data.ptr;
            if (c->out.length > 0) flush(c);
            ssize_t got = recv(c->fd, NULL, BULK_READ, MSG_TRUNC);
            if (got == 0 || (got < 0 && errno != EAGAIN)) fatal("the proxy closed a connection");
            if (got > 0) octets += (uint64_t)got;
        }
    }
    double seconds = (double)(now_ns() - start_ns) / 1e9;
    printf("{\"operations\":%.3f,\"perSecond\":%.1f,\"errors\":0,\"unfinished\":0,\"seconds\":%.3f}\n",
           (double)octets / 1048576, (double)octets / 1048576 / seconds, seconds);
}

/** Opens all connections, makes one request on each, and keeps them. */
static void run_idle(void) {
    struct connection *all = calloc((size_t)load.connections, sizeof *all);
    char reply[4096];
    for (int i = 0; i < load.connections; i++) {
        struct sockaddr_in address = address_of(load.host, load.port);
        struct timeval patience = {.tv_sec = 5};
        all[i].fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        setsockopt(all[i].fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (all[i].fd < 0 || connect(all[i].fd, (struct sockaddr *)&address, sizeof address) < 0) fatal("connect failed");
        if (send(all[i].fd, load.request.at, load.request.length, MSG_NOSIGNAL) < 0) fatal("send failed");
        if (recv(all[i].fd, reply, sizeof reply, 0) < 12 || memcmp(reply, "HTTP/1.1 200", 12) != 0) fatal("an answer is not 200");
    }
    puts("holding"), fflush(stdout);
    while (read(0, reply, sizeof reply) > 0) {}
}

static void prepare(void) {
    if (is_h2()) {
        h2_prepare();
        return;
    }
    char request[512];
    int n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: bench.test\r\n%s\r\n", load.path,
                     load.protocol == HTTP1_CONNECT ? "Connection: close\r\n" : "");
    bytes_add(&load.request, request, (size_t)n);
    memset(bytes_reserve(&load.message, (size_t)load.size), 'w', (size_t)load.size);
    load.message.length = (size_t)load.size;
}

int main(int argc, char **argv) {
    raise_file_limit();
    if (argc < 3) return fputs("load: expected PROTOCOL PORT\n", stderr), 2;
    for (int i = 3; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value) return fprintf(stderr, "load: \"%s\": expected key=value\n", argv[i]), 2;
        *value++ = 0;
        if (!strcmp(argv[i], "connections")) load.connections = atoi(value);
        else if (!strcmp(argv[i], "slots")) load.slots = atoi(value);
        else if (!strcmp(argv[i], "size")) load.size = atoi(value);
        else if (!strcmp(argv[i], "rate")) load.rate = atoi(value);
        else if (!strcmp(argv[i], "seconds")) load.seconds = atof(value);
        else if (!strcmp(argv[i], "skip")) load.skip = atof(value);
        else if (!strcmp(argv[i], "host")) load.host = value;
        else if (!strcmp(argv[i], "path")) load.path = value;
        else return fprintf(stderr, "load: \"%s\" is no setting\n", argv[i]), 2;
    }
    load.port = atoi(argv[2]);
    poller = epoll_create1(EPOLL_CLOEXEC);
    int p = 0;
    while (p < PROTOCOLS && strcmp(argv[1], names[p]) != 0) p++;
    load.protocol = p < PROTOCOLS ? (enum protocol)p : strcmp(argv[1], "idle") == 0 ? HTTP1 : TCP;
    prepare();
    if (p < PROTOCOLS) run_operations();
    else if (!strcmp(argv[1], "bulk")) run_bulk();
    else if (!strcmp(argv[1], "idle")) run_idle();
    else return fprintf(stderr, "load: \"%s\" is no protocol\n", argv[1]), 2;
    return 0;
}
