/* SPDX-License-Identifier: Apache-2.0 */
/* tls.h - what tls_context.c (what is trusted), tls_session.c (a connection) and tls.c (its octets) share. */
#ifndef WEFT_TLS_H
#define WEFT_TLS_H

#include "addon.h"
#include "openssl_abi.h"

#define ALPN_BYTES_MAX 64

struct tls_context {
	SSL_CTX *ctx;
	/* The object in JavaScript, and each session: ALPN is looked up here. */
	int users;
	unsigned char alpn[ALPN_BYTES_MAX];
	size_t alpn_length;
};

struct tls_session {
	SSL *ssl;
	struct tls_context *context;
	/* Only during a call. */
	const uint8_t *in;
	size_t in_length;
	uint8_t *out;
	size_t out_length, out_bytes_max;
	SSL_SESSION *fresh;
	bool has_failed;
	/* How far off the time of a certificate is that is not valid now; 0 for none. */
	long long off_seconds;
	char error[256];
};

/* Throws what OpenSSL says and returns NULL. */
napi_value tls_fail(napi_env env, const char *what);
/* tls.c: whether Node exports what is needed; makes the buffers' BIO on the first call. */
bool tls_is_there(void);
/* tls.c: the buffers of a session as OpenSSL reads and writes them; NULL without memory. */
BIO *tls_new_bio(struct tls_session *t);
napi_value tls_receive(napi_env env, napi_callback_info info);
napi_value tls_send(napi_env env, napi_callback_info info);
napi_value tls_end(napi_env env, napi_callback_info info);
/* tls_session.c: the arguments of a call, the first of which is a session that is not freed; NULL has thrown. */
struct tls_session *tls_read_session(napi_env env, napi_callback_info info, size_t count,
				     napi_value *arguments);
/* tls_context.c: one user less; the last one frees it. */
void tls_leave_context(struct tls_context *context);
napi_value tls_context(napi_env env, napi_callback_info info);

#endif
