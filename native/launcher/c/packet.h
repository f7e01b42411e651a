/* SPDX-License-Identifier: Apache-2.0 */
/* packet.h - packets of text over a unix socket, each with at most one descriptor (SCM_RIGHTS of unix(7)). */
#ifndef WEFT_PACKET_H
#define WEFT_PACKET_H

#include <stdbool.h>
#include <sys/types.h>

#define REQUEST_BYTES_MAX 256

/* Without waiting. Octets of the packet, 0 at the end, -1 with errno set; `fd` is -1 where none came along. A packet that
 * is longer than `text` is none of ours: its first octet is cleared. */
ssize_t packet_receive(int socket, char text[REQUEST_BYTES_MAX], int *fd);

/* Without waiting, `fd` -1 for none. False with errno set. */
bool packet_send(int socket, const char *text, int fd);

/* As packet_send, but waits for room as long as the socket lets it. */
bool packet_send_all(int socket, const char *text, int fd);

#endif
