/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* ipv6_only.h - whether a socket of IPv6 wants nothing of IPv4 (IPV6_V6ONLY). */
#ifndef WEFT_IPV6_ONLY_H
#define WEFT_IPV6_ONLY_H

#include "kernel_types.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>
#include <stdbool.h>

static __always_inline bool is_ipv6_only(struct bpf_sock *socket)
{
	struct sock *kernel_socket = (struct sock *)bpf_skc_to_tcp_sock(socket);

	if (!kernel_socket)
		return true;
	return BPF_CORE_READ_BITFIELD_PROBED(&kernel_socket->__sk_common, skc_ipv6only);
}

#endif
