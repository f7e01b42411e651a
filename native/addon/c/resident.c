// SPDX-License-Identifier: Apache-2.0
/* resident.c - what of this process needs to stay in memory. */
#include "addon.h"

#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#define LINE_BYTES_MAX 8192

struct mapping {
	uintptr_t start, end;
	unsigned long inode;
	char permissions[5];
};

/* The first line of a mapping in smaps; the lines after it begin with a name and a colon. */
static bool read_mapping(const char *line, struct mapping *mapping)
{
	struct mapping read = {0};

	if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s %*s %*s %lu", &read.start, &read.end,
		   read.permissions, &read.inode) != 4)
		return false;
	*mapping = read;
	return true;
}

/* Pages of a file, of which none was ever written to: letting go of one loses nothing. */
static bool is_of_file(const struct mapping *mapping)
{
	return mapping->inode != 0 && mapping->permissions[0] == 'r' &&
	       mapping->permissions[1] == '-' && mapping->permissions[3] == 'p';
}

/*
 * releaseFilePages() -> octets of mappings whose pages this process no longer holds: program code and constants, read
 * from the page cache again when they are next used. Mappings with pages of their own (relocated, patched) are left
 * alone. Source: madvise(2), MADV_DONTNEED on private file mappings; proc(5), smaps.
 */
static napi_value release_file_pages(napi_env env, napi_callback_info info)
{
	char line[LINE_BYTES_MAX];
	struct mapping mapping = {0};
	unsigned long anonymous;
	double released = 0;
	napi_value result;
	FILE *smaps;

	(void)info;
	smaps = fopen("/proc/self/smaps", "re");
	if (!smaps)
		return throw_errno(env, errno, "open", "/proc/self/smaps");
	while (fgets(line, sizeof(line), smaps)) {
		if (read_mapping(line, &mapping) ||
		    sscanf(line, "Anonymous: %lu kB", &anonymous) != 1)
			continue;
		if (anonymous == 0 && is_of_file(&mapping) &&
		    madvise((void *)mapping.start, mapping.end - mapping.start, MADV_DONTNEED) == 0)
			released += (double)(mapping.end - mapping.start);
	}
	fclose(smaps);
	return napi_create_double(env, released, &result) == napi_ok ? result : NULL;
}

/*
 * trimHeap() -> whether memory that was freed and kept for later went back to the system; the allocator keeps what lies
 * between pieces in use otherwise. Source: malloc_trim(3).
 */
static napi_value trim_heap(napi_env env, napi_callback_info info)
{
	napi_value result;

	(void)info;
	return napi_get_boolean(env, malloc_trim(0) == 1, &result) == napi_ok ? result : NULL;
}

const struct method resident_methods[] = {
    {"trimHeap", trim_heap},
    {"releaseFilePages", release_file_pages},
    {NULL, NULL},
};
