// SPDX-License-Identifier: Apache-2.0
/*
 * tls_session.c - one connection of TLS, from its making to its end, and what can be asked of it.
 *
 * What is trusted is decided by the context (a chain to its roots, checked by OpenSSL); who the
 * peer is, by the caller, from its certificate. tls.c takes and gives the octets.
 */
#include "tls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES_MAX 256

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

struct tls_session *tls_read_session(napi_env env, napi_callback_info info, size_t count,
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
	bio = t->ssl ? tls_new_bio(t) : NULL;
	if (!bio) {
		free_session(env, t, NULL);
		return tls_fail(env, "begin TLS");
	}
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

static napi_value taken_bytes(napi_env env, unsigned char *bytes, int length)
{
	return length > 0 ? make_bytes(env, bytes, (size_t)length) : make_null(env);
}

/* tlsPeer(session) -> the certificate that the peer proved, DER, or null. */
static napi_value tls_peer(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = tls_read_session(env, info, 1, arguments);
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
	struct tls_session *t = tls_read_session(env, info, 1, arguments);
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
	struct tls_session *t = tls_read_session(env, info, 1, arguments);

	if (!t || napi_get_boolean(env, SSL_session_reused(t->ssl) == 1, &result) != napi_ok)
		return NULL;
	return result;
}

/* tlsProtocol(session) -> what ALPN agreed on, '' for nothing. */
static napi_value tls_protocol(napi_env env, napi_callback_info info)
{
	napi_value arguments[1], result;
	struct tls_session *t = tls_read_session(env, info, 1, arguments);
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
	struct tls_session *t = tls_read_session(env, info, 1, arguments);

	return t ? make_string(env, t->error) : NULL;
}

/* tlsFree(session): forgets keys at once; the session is no more. */
static napi_value tls_free(napi_env env, napi_callback_info info)
{
	napi_value arguments[1];
	struct tls_session *t = tls_read_session(env, info, 1, arguments);

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
