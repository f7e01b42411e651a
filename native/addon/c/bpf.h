/* SPDX-License-Identifier: Apache-2.0 */
/* bpf.h - the bpf(2) system call, for the three files about objects, maps and links. */
#ifndef WEFT_ADDON_BPF_H
#define WEFT_ADDON_BPF_H

#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int bpf(enum bpf_cmd command, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static inline uint64_t pointer_to_u64(const void *pointer) { return (uint64_t)(uintptr_t)pointer; }

/* Reads `info` of whatever `fd` is; 0 or -1 with errno. */
static inline int bpf_info(int fd, void *info, uint32_t info_bytes)
{
	union bpf_attr attr;

	memset(info, 0, info_bytes);
	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = (uint32_t)fd;
	attr.info.info_len = info_bytes;
	attr.info.info = pointer_to_u64(info);
	return bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
}

#endif
