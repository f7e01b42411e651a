// SPDX-License-Identifier: Apache-2.0
/* addon.c - puts the functions of every file on the object that JavaScript loads. */
#include "addon.h"
#include "engine.h"

static bool add(napi_env env, napi_value exports, const struct method *methods)
{
	for (; methods->name; methods++) {
		napi_value function;

		if (napi_create_function(env, methods->name, NAPI_AUTO_LENGTH, methods->call, NULL,
					 &function) != napi_ok ||
		    napi_set_named_property(env, exports, methods->name, function) != napi_ok)
			return false;
	}
	return true;
}

NAPI_MODULE_INIT()
{
	if (!add(env, exports, netns_methods) || !add(env, exports, socket_methods) ||
	    !add(env, exports, descriptor_methods) || !add(env, exports, bpf_object_methods) ||
	    !add(env, exports, bpf_map_methods) || !add(env, exports, bpf_link_methods) ||
	    !add(env, exports, engine_methods) || !add(env, exports, tls_methods) ||
	    !add(env, exports, shared_memory_methods) || !add(env, exports, resident_methods) ||
	    !add(env, exports, rights_methods) || !add(env, exports, socket_diag_methods))
		return NULL;
	return exports;
}
