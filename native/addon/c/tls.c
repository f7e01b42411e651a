// SPDX-License-Identifier: Apache-2.0
/*
 * tls.c - TLS 1.3 as a function of octets: Node's OpenSSL between buffers of JavaScript.
 *
 * No sockets and no callbacks into JavaScript: encrypted octets go in and plain ones come out, and
 * the other way, in buffers that the caller reuses. What is trusted is decided by the context (a
 * chain to its roots, checked by OpenSSL); who the peer is, by the caller, from its certificate.
 *
 * tidy: long because every function of a connection looks into the same structure, which nobody else may.
 */
#include "tls.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES_MAX 256
#define RESULT_WORDS 3

enum state_bit {
	STATE_READY = 1,  /* the handshake is done */
	STATE_ENDED = 2,  /* the peer said close_notify */
	STATE_FAILED = 4, /* see tlsError */
};

static BIO_METHOD *io_method;

static int io_read(BIO *bio, char *out, int length)
{
	struct tls_session *t = BIO_get_data(bio);
	size_t count = t->in_length < (size_t)length ? t->in_length : (size_t)length;

	BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY);
	if (count == 0) {
		BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY);
		return -1;
	}
	memcpy(out, t->in, count);
	t->in += count;
	t->in_length -= count;
	return (int)count;
}

static int io_write(BIO *bio, const char *bytes, int length)
{
	struct tls_session *t = BIO_get_data(bio);

	BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY);
	if ((size_t)length > t->out_bytes_max - t->out_length) {
		BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY);
		return -1;
	}
	memcpy(t->out + t->out_length, bytes, (size_t)length);
	t->out_length += (size_t)length;
	return length;
}

static long io_ctrl(BIO *bio, int command, long number, void *pointer)
{
	(void)bio;
	(void)number;
	(void)pointer;
	return command == BIO_CTRL_FLUSH;
}

bool tls_is_there(void)
{
	if (!SSL_CTX_new || !SSL_get1_peer_certificate || !BIO_meth_new || !SSL_set1_host)
		return false;
	if (io_method)
		return true;
	io_method = BIO_meth_new(BIO_TYPE_SOURCE_SINK | 127, "weft");
	return io_method && BIO_meth_set_read(io_method, io_read) &&
	       BIO_meth_set_write(io_method, io_write) && BIO_meth_set_ctrl(io_method, io_ctrl);
}

static void release(struct tls_session *t)
{
	SSL_free(t->ssl);
	SSL_SESSION_free(t->fresh);
	tls_leave_context(t->context);
	t->ssl = NULL;
	t->fresh = NULL;
	t->context = NULL;
}

static void free_session(napi_env env, void *data, void *hint)
{
	(void)env;
	(void)hint;
	release(data);
	free(data);
}

static struct tls_session *read_session(napi_env env, napi_callback_info info, size_t count,
					napi_value *arguments)
{
	void *t = NULL;

	if (!read_arguments(env, info, count, arguments))
		return NULL;
	if (napi_get_value_external(env, arguments[0], &t) == napi_ok &&
	    ((struct tls_session *)t)->ssl)
		return t;
	throw_errno(env, EBADF, "tls", "session");
	return NULL;
}

static void resume(SSL *ssl, const unsigned char *bytes, size_t length)
{
	SSL_SESSION *session = d2i_SSL_SESSION(NULL, &bytes, (long)length);

	if (session)
		SSL_set_session(ssl, session);
	SSL_SESSION_free(session);
	ERR_clear_error();
}

/*
 * tlsSession(context, isServer, serverName, peerName, ticket) -> a connection before its handshake.
 * Client: asks for `serverName` (SNI) and demands a certificate for `peerName`, '' for neither; resumes
 * by `ticket`, an empty one for none.
 */
static napi_value tls_session(napi_env env, napi_callback_info info)
{
	napi_value arguments[5], result = NULL;
	char server_name[NAME_BYTES_MAX], peer_name[NAME_BYTES_MAX];
	void *context, *ticket;
	struct tls_context *c;
	struct tls_session *t;
	size_t ticket_length;
	bool is_server;
	BIO *bio;

	if (!read_arguments(env, info, 5, arguments) ||
	    napi_get_value_external(env, arguments[0], &context) != napi_ok ||
	    !read_bool(env, arguments[1], "isServer", &is_server) ||
	    !read_string(env, arguments[2], "serverName", server_name, sizeof(server_name)) ||
	    !read_string(env, arguments[3], "peerName", peer_name, sizeof(peer_name)) ||
	    !read_bytes(env, arguments[4], "ticket", &ticket, &ticket_length))
		return NULL;
	c = context;
	t = calloc(1, sizeof(*t));
	if (!t)
		return throw_errno(env, ENOMEM, "calloc", "tls");
	t->context = c;
	c->users++;
	t->ssl = SSL_new(c->ctx);
	bio = t->ssl ? BIO_new(io_method) : NULL;
	if (!bio) {
		free_session(env, t, NULL);
		return tls_fail(env, "begin TLS");
	}
	BIO_set_data(bio, t);
	BIO_set_init(bio, 1);
	SSL_set_bio(t->ssl, bio, bio);
	SSL_set_ex_data(t->ssl, 0, t);
	if (is_server) {
		SSL_set_accept_state(t->ssl);
	} else {
		SSL_set_connect_state(t->ssl);
		SSL_set_alpn_protos(t->ssl, c->alpn, (unsigned int)c->alpn_length);
		if (server_name[0])
			SSL_ctrl(t->ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
				 server_name);
		if (peer_name[0])
			SSL_set1_host(t->ssl, peer_name);
		if (ticket_length > 0)
			resume(t->ssl, ticket, ticket_length);
	}
	if (napi_create_external(env, t, free_session, NULL, &result) != napi_ok)
		free_session(env, t, NULL);
	return result;
}

static void note_failure(struct tls_session *t)
{
	unsigned long error = ERR_get_error();
	long verified = SSL_get_verify_result(t->ssl);
	const char *reason = error ? ERR_reason_error_string(error) : NULL;

	t->has_failed = true;
	if (verified != X509_V_OK)
		snprintf(t->error, sizeof(t->error), "%s (%s)", reason ? reason : "refused",
			 X509_verify_cert_error_string(verified));
	else
		snprintf(t->error, sizeof(t->error), "%s",
			 reason ? reason : "the TLS of the peer is broken");
	ERR_clear_error();
}

static int32_t state_of(struct tls_session *t, bool has_ended)
{
	return (SSL_is_init_finished(t->ssl) ? STATE_READY : 0) | (has_ended ? STATE_ENDED : 0) |
	       (t->has_failed ? STATE_FAILED : 0);
}

/* Reads all that can be; returns how much, and sets `has_ended`. */
static size_t read_all(struct tls_session *t, uint8_t *plain, size_t plain_bytes_max,
		       bool *has_ended)
{
	size_t total = 0;

	while (total < plain_bytes_max) {
		size_t room = plain_bytes_max - total;
		int got = SSL_read(t->ssl, plain + total, room > INT_MAX ? INT_MAX : (int)room);

		if (got > 0) {
			total += (size_t)got;
			continue;
		}
		switch (SSL_get_error(t->ssl, got)) {
		case SSL_ERROR_WANT_READ:
		case SSL_ERROR_WANT_WRITE:
			break;
		case SSL_ERROR_ZERO_RETURN:
			*has_ended = true;
			break;
		default:
			note_failure(t);
		}
		break;
	}
	return total;
}

/*
 * tlsReceive(session, bytes, length, plain, cipher, result): takes `length` octets of the peer (0 begins
 * a client's handshake). `result` gets how much is in `plain`, how much of `cipher` is to be sent,
 * and the bits of the state. `plain` needs 32 KiB more than was received, so that nothing remains.
 */
static napi_value tls_receive(napi_env env, napi_callback_info info)
{
	napi_value arguments[6];
	struct tls_session *t = read_session(env, info, 6, arguments);
	napi_typedarray_type type;
	void *bytes, *plain, *cipher, *words;
	size_t bytes_max, plain_bytes_max, cipher_bytes_max, words_max, count = 0;
	int32_t length, *result;
	bool has_ended = false;

	if (!t || !read_bytes(env, arguments[1], "bytes", &bytes, &bytes_max) ||
	    napi_get_value_int32(env, arguments[2], &length) != napi_ok ||
	    !read_bytes(env, arguments[3], "plain", &plain, &plain_bytes_max) ||
	    !read_bytes(env, arguments[4], "cipher", &cipher, &cipher_bytes_max))
		return NULL;
	if (napi_get_typedarray_info(env, arguments[5], &type, &words_max, &words, NULL, NULL) !=
		napi_ok ||
	    type != napi_int32_array || words_max < RESULT_WORDS || length < 0 ||
	    (size_t)length > bytes_max || plain_bytes_max < (size_t)length + 32768)
		return throw_errno(env, EINVAL, "tlsReceive", "lengths");
	result = words;
	t->in = bytes;
	t->in_length = (size_t)length;
	t->out = cipher;
	t->out_length = 0;
	t->out_bytes_max = cipher_bytes_max;
	ERR_clear_error();
	if (!t->has_failed)
		count = read_all(t, plain, plain_bytes_max, &has_ended);
	t->in = NULL;
	t->in_length = 0;
	t->out = NULL;
	result[0] = (int32_t)count;
	result[1] = (int32_t)t->out_length;
	result[2] = state_of(t, has_ended);
	return make_undefined(env);
}

/* Runs one of the calls that only write; returns the octets to send, -1 when it failed. */
static int32_t write_only(struct tls_session *t, const void *plain, int length, void *cipher,
			  size_t cipher_bytes_max)
{
	int done;

	t->out = cipher;
	t->out_length = 0;
	t->out_bytes_max = cipher_bytes_max;
	ERR_clear_error();
	done = length > 0 ? SSL_write(t->ssl, plain, length) : SSL_shutdown(t->ssl);
	t->out = NULL;
	t->out_bytes_max = 0;
	if (length > 0 && done != length) {
		note_failure(t);
		return -1;
	}
	ERR_clear_error();
	return (int32_t)t->out_length;
}

/* tlsSend(session, plain, length, cipher) -> octets of `cipher` to send, or -1. After the handshake. */
static napi_value tls_send(napi_env env, napi_callback_info info)
{
	napi_value arguments[4];
	struct tls_session *t = read_session(env, info, 4, arguments);
	void *plain, *cipher;
	size_t plain_bytes, cipher_bytes_max;
	int32_t length;

	if (!t || !read_bytes(env, arguments[1], "plain", &plain, &plain_bytes) ||
	    napi_get_value_int32(env, arguments[2], &length) != napi_ok ||
	    !read_bytes(env, arguments[3], "cipher", &cipher, &cipher_bytes_max))
		return NULL;
	/* A record adds 22 octets to at most 16 KiB. */
	if (length < 0 || (size_t)length > plain_bytes ||
	    cipher_bytes_max < (size_t)length + ((size_t)length / 16384 + 1) * 64)
		return throw_errno(env, EINVAL, "tlsSend", "lengths");
	return make_int(env,
			length == 0 ? 0 : write_only(t, plain, length, cipher, cipher_bytes_max));
}

/* tlsEnd(session, cipher) -> octets of `cipher` to send: close_notify. */
static napi_value tls_end(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	struct tls_session *t = read_session(env, info, 2, arguments);
	void *cipher;
	size_t cipher_bytes_max;

	if (!t || !read_bytes(env, arguments[1], "cipher", &cipher, &cipher_bytes_max))
		return NULL;
	if (t->has_failed || !SSL_is_init_finished(t->ssl))
		return make_int(env, 0);
	return make_int(env, write_only(t, NULL, 0, cipher, cipher_bytes_max));
}

static napi_value taken_bytes(napi_env env, unsigned char *bytes, int length)
{
	return length > 0 ? make_bytes(env, bytes, (size_t)length) : make_null(env);
}

/* tlsPeer(session) -> the certificate that the peer proved, DER, or null. */
static napi_value tls_peer(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = read_session(env, info, 1, arguments);
	unsigned char *der = NULL, *at;
	X509 *certificate;
	int length;

	if (!t)
		return NULL;
	certificate = SSL_get1_peer_certificate(t->ssl);
	if (!certificate)
		return make_null(env);
	length = i2d_X509(certificate, NULL);
	der = length > 0 ? malloc((size_t)length) : NULL;
	at = der;
	length = der ? i2d_X509(certificate, &at) : 0;
	X509_free(certificate);
	result = taken_bytes(env, der, length);
	free(der);
	return result;
}

/* tlsTicket(session) -> what resumes this connection, if the server sent some since the last call, else null. */
static napi_value tls_ticket(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = read_session(env, info, 1, arguments);
	unsigned char *bytes, *at;
	int length;

	if (!t)
		return NULL;
	if (!t->fresh)
		return make_null(env);
	length = i2d_SSL_SESSION(t->fresh, NULL);
	bytes = length > 0 ? malloc((size_t)length) : NULL;
	at = bytes;
	length = bytes ? i2d_SSL_SESSION(t->fresh, &at) : 0;
	SSL_SESSION_free(t->fresh);
	t->fresh = NULL;
	result = taken_bytes(env, bytes, length);
	if (bytes)
		explicit_bzero(bytes, (size_t)(length > 0 ? length : 0));
	free(bytes);
	return result;
}

/* tlsIsResumed(session) */
static napi_value tls_is_resumed(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = read_session(env, info, 1, arguments);

	if (!t || napi_get_boolean(env, SSL_session_reused(t->ssl) == 1, &result) != napi_ok)
		return NULL;
	return result;
}

/* tlsProtocol(session) -> what ALPN agreed on, '' for nothing. */
static napi_value tls_protocol(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = read_session(env, info, 1, arguments);
	const unsigned char *name = NULL;
	unsigned int length = 0;

	if (!t)
		return NULL;
	SSL_get0_alpn_selected(t->ssl, &name, &length);
	if (napi_create_string_latin1(env, name ? (const char *)name : "", length, &result) !=
	    napi_ok)
		return NULL;
	return result;
}

/* tlsError(session) -> why it failed, '' when it did not. */
static napi_value tls_error(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	struct tls_session *t = read_session(env, info, 1, arguments);

	return t ? make_string(env, t->error) : NULL;
}

/* tlsFree(session): forgets keys at once; the session is no more. */
static napi_value tls_free(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	struct tls_session *t = read_session(env, info, 1, arguments);

	if (t)
		release(t);
	return t ? make_undefined(env) : NULL;
}

const struct method tls_methods[] = {
    {"tlsContext", tls_context},   {"tlsSession", tls_session},
    {"tlsReceive", tls_receive},   {"tlsSend", tls_send},
    {"tlsEnd", tls_end},	   {"tlsPeer", tls_peer},
    {"tlsTicket", tls_ticket},	   {"tlsIsResumed", tls_is_resumed},
    {"tlsProtocol", tls_protocol}, {"tlsError", tls_error},
    {"tlsFree", tls_free},	   {NULL, NULL},
};
