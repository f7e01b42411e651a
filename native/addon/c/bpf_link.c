// SPDX-License-Identifier: Apache-2.0
/* bpf_link.c - links: a program held at a hook for as long as a descriptor or pin of the link
 * exists. */
#include "addon.h"
#include "bpf.h"

#include <errno.h>

#define PROGRAMS_MAX 64

/* linkCreate(program, target, attachType) -> descriptor. `target`: a cgroup directory or a network
 * namespace. */
static napi_value link_create(napi_env env, napi_callback_info info)
{
	napi_value arguments[3];
	union bpf_attr attr;
	int program, target, attach_type, fd;

	if (!read_arguments(env, info, 3, arguments) ||
	    !read_int(env, arguments[0], "program", &program) ||
	    !read_int(env, arguments[1], "target", &target) ||
	    !read_int(env, arguments[2], "attachType", &attach_type))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.link_create.prog_fd = (uint32_t)program;
	attr.link_create.target_fd = (uint32_t)target;
	attr.link_create.attach_type = (uint32_t)attach_type;
	fd = bpf(BPF_LINK_CREATE, &attr);
	if (fd < 0)
		return throw_errno(env, errno, "bpf(LINK_CREATE)", "link");
	return make_int(env, fd);
}

/* linkUpdate(link, program): swaps the program; there is no moment without one. */
static napi_value link_update(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	union bpf_attr attr;
	int link, program;

	if (!read_arguments(env, info, 2, arguments) ||
	    !read_int(env, arguments[0], "link", &link) ||
	    !read_int(env, arguments[1], "program", &program))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.link_update.link_fd = (uint32_t)link;
	attr.link_update.new_prog_fd = (uint32_t)program;
	if (bpf(BPF_LINK_UPDATE, &attr) != 0)
		return throw_errno(env, errno, "bpf(LINK_UPDATE)", "link");
	return make_undefined(env);
}

/* linkDetach(link): takes the program off its hook now, whoever else still holds the link. */
static napi_value link_detach(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	union bpf_attr attr;
	int link;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "link", &link))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.link_detach.link_fd = (uint32_t)link;
	if (bpf(BPF_LINK_DETACH, &attr) != 0)
		return throw_errno(env, errno, "bpf(LINK_DETACH)", "link");
	return make_undefined(env);
}

/* linkInfo(link) -> {id, programId, attachType, cgroup, netnsInode}. Both are 0 once the target is
 * gone or detached. */
static napi_value link_info(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct bpf_link_info link;
	uint32_t attach_type = 0, netns_inode = 0;
	uint64_t cgroup = 0;
	int fd;

	if (!read_arguments(env, info, 1, arguments) || !read_int(env, arguments[0], "link", &fd))
		return NULL;
	if (bpf_info(fd, &link, sizeof(link)) != 0)
		return throw_errno(env, errno, "bpf(OBJ_GET_INFO_BY_FD)", "link");
	if (link.type == BPF_LINK_TYPE_CGROUP) {
		attach_type = link.cgroup.attach_type;
		cgroup = link.cgroup.cgroup_id;
	} else if (link.type == BPF_LINK_TYPE_NETNS) {
		attach_type = link.netns.attach_type;
		netns_inode = link.netns.netns_ino;
	}
	if (napi_create_object(env, &result) != napi_ok)
		return NULL;
	set_field(env, result, "id", make_int(env, link.id));
	set_field(env, result, "programId", make_int(env, link.prog_id));
	set_field(env, result, "attachType", make_int(env, attach_type));
	set_field(env, result, "cgroup", make_u64(env, cgroup));
	set_field(env, result, "netnsInode", make_int(env, netns_inode));
	return result;
}

/* programsAt(target, attachType) -> ids of the programs that the kernel runs at this hook of a
 * cgroup or namespace. */
static napi_value programs_at(napi_env env, napi_callback_info info)
{
	napi_value arguments[2], result;
	uint32_t ids[PROGRAMS_MAX];
	union bpf_attr attr;
	int target, attach_type;

	if (!read_arguments(env, info, 2, arguments) ||
	    !read_int(env, arguments[0], "target", &target) ||
	    !read_int(env, arguments[1], "attachType", &attach_type))
		return NULL;
	memset(&attr, 0, sizeof(attr));
	attr.query.target_fd = (uint32_t)target;
	attr.query.attach_type = (uint32_t)attach_type;
	attr.query.prog_ids = pointer_to_u64(ids);
	attr.query.prog_cnt = PROGRAMS_MAX;
	if (bpf(BPF_PROG_QUERY, &attr) != 0)
		return throw_errno(env, errno, "bpf(PROG_QUERY)", "target");
	if (napi_create_array(env, &result) != napi_ok)
		return NULL;
	for (uint32_t i = 0; i < attr.query.prog_cnt && i < PROGRAMS_MAX; i++)
		napi_set_element(env, result, i, make_int(env, ids[i]));
	return result;
}

const struct method bpf_link_methods[] = {
    {"linkCreate", link_create}, {"linkUpdate", link_update}, {"linkDetach", link_detach},
    {"linkInfo", link_info},	 {"programsAt", programs_at}, {NULL, NULL},
};
