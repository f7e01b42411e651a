// SPDX-License-Identifier: Apache-2.0
// Asks again and again until somebody answers: what a pod does that wants something the moment it starts.
//   first [every=MS] [each] [hold] HOST:PORT…
// GET on a connection of its own each time, per target in a thread of its own, next try MS (5) after the one before ended.
// One line of JSON per target at its first answer of 200: when the program began, when that try began and ended (ms since
// the epoch), and how many were in vain. `each` goes on until its input ends, and prints a line for every answer. `hold` stays
// afterwards.
#include "wire.h"
#include <pthread.h>
#include <poll.h>

enum { PATIENCE_MS = 1000, ANSWER_MAX = 4096 };

static int every_ms = 5, goes_on;
static double started_ms;

static double epoch_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/** Whether the socket is ready in time. */
static int ready(int fd, short events) {
    struct pollfd p = {.fd = fd, .events = events};
    return poll(&p, 1, PATIENCE_MS) == 1;
}

static int answers(const char *host, int port, const char *request) {
    struct sockaddr_in address = address_of(host, port);
    char answer[ANSWER_MAX];
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), ok = 0;
    if (fd < 0) die("socket");
    int connected = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 || errno == EINPROGRESS;
    if (connected && ready(fd, POLLOUT) && send(fd, request, strlen(request), MSG_NOSIGNAL) > 0 && ready(fd, POLLIN)) {
        ssize_t n = recv(fd, answer, sizeof answer, 0);
        ok = n >= 12 && memcmp(answer, "HTTP/1.1 200", 12) == 0;
    }
    close(fd);
    return ok;
}

static void *ask(void *argument) {
    char host[64], request[256];
    int port, vain = 0;
    if (sscanf(argument, "%63[0-9.]:%d", host, &port) != 2) die(argument);
    snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n", host, port);
    for (;; usleep((useconds_t)every_ms * 1000)) {
        double began_ms = epoch_ms();
        if (!answers(host, port, request)) {
            vain++;
            continue;
        }
        printf("{\"target\":\"%s:%d\",\"startedMs\":%.3f,\"beganMs\":%.3f,\"endedMs\":%.3f,\"inVain\":%d}\n", host, port,
               started_ms, began_ms, epoch_ms(), vain);
        if (!goes_on) return NULL;
        vain = 0;
    }
}

/** As the first process of a container it would ignore the signal otherwise. */
static void end(int signal) { _exit(signal == SIGTERM ? 0 : 1); }

int main(int argc, char **argv) {
    pthread_t threads[64];
    int targets = 0, holds = 0;
    signal(SIGTERM, end);
    started_ms = epoch_ms();
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "every=", 6) == 0) every_ms = atoi(argv[i] + 6);
        else if (strcmp(argv[i], "each") == 0) goes_on = 1;
        else if (strcmp(argv[i], "hold") == 0) holds = 1;
        else if (targets == 64) return fputs("first: expected at most 64 targets\n", stderr), 2;
        else if (pthread_create(&threads[targets++], NULL, ask, argv[i])) die("pthread_create");
    }
    while (goes_on) {
        char octets[64];
        if (read(0, octets, sizeof octets) <= 0) return 0;
    }
    for (int i = 0; i < targets; i++) pthread_join(threads[i], NULL);
    while (holds) pause();
    return targets > 0 || holds ? 0 : (fputs("first: expected HOST:PORT\n", stderr), 2);
}
