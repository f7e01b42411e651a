// SPDX-License-Identifier: Apache-2.0
/* tls_context.c - what connections of one certificate share: it, its key, the roots, ALPN. */
#include "tls.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEM_BYTES_MAX (1 << 20)

napi_value tls_fail(napi_env env, const char *what)
{
	char message[320], reason[200] = "unknown";
	unsigned long error = ERR_get_error();

	if (error)
		ERR_error_string_n(error, reason, sizeof(reason));
	ERR_clear_error();
	snprintf(message, sizeof(message), "Cannot %s: %s", what, reason);
	napi_throw_error(env, "ERR_TLS", message);
	return NULL;
}

void tls_leave_context(struct tls_context *c)
{
	if (!c || --c->users > 0)
		return;
	SSL_CTX_free(c->ctx);
	free(c);
}

static void free_context(napi_env env, void *data, void *hint)
{
	(void)env;
	(void)hint;
	tls_leave_context(data);
}

/* Each certificate of a PEM text: the first into the context as its own when `is_chain`, others after it;
 * else all as roots. */
static bool add_certificates(SSL_CTX *ctx, const char *pem, bool is_chain)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	bool is_first = true, is_good = bio != NULL;
	X509 *certificate;

	while (is_good && (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
		if (!is_chain)
			is_good =
			    X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), certificate) == 1;
		else if (is_first)
			is_good = SSL_CTX_use_certificate(ctx, certificate) == 1;
		else
			is_good = SSL_CTX_ctrl(ctx, SSL_CTRL_CHAIN_CERT, 1, certificate) == 1;
		X509_free(certificate);
		is_first = false;
	}
	BIO_free(bio);
	/* Running out of certificates is an error to the reader of PEM. */
	if (is_good)
		ERR_clear_error();
	return is_good && !is_first;
}

static bool add_key(SSL_CTX *ctx, const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
	bool is_good =
	    key && SSL_CTX_use_PrivateKey(ctx, key) == 1 && SSL_CTX_check_private_key(ctx) == 1;

	EVP_PKEY_free(key);
	BIO_free(bio);
	return is_good;
}

static int select_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_length,
		       const unsigned char *in, unsigned int in_length, void *argument)
{
	const struct tls_context *c = argument;

	(void)ssl;
	for (size_t ours = 0; ours < c->alpn_length; ours += 1u + c->alpn[ours]) {
		for (unsigned int theirs = 0; theirs < in_length; theirs += 1u + in[theirs]) {
			if (in[theirs] != c->alpn[ours] ||
			    memcmp(in + theirs, c->alpn + ours, 1u + in[theirs]) != 0)
				continue;
			*out = in + theirs + 1;
			*out_length = in[theirs];
			return SSL_TLSEXT_ERR_OK;
		}
	}
	return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static int keep_session(SSL *ssl, SSL_SESSION *session)
{
	struct tls_session *t = SSL_get_ex_data(ssl, 0);

	if (!t)
		return 0;
	SSL_SESSION_free(t->fresh);
	t->fresh = session;
	return 1;
}

/* Notes by how much a certificate is out of its time: that is how far clocks differ. Changes no verdict. */
static int note_time(int is_good, X509_STORE_CTX *chain)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls_session *t = ssl ? SSL_get_ex_data(ssl, 0) : NULL;
	X509 *certificate = X509_STORE_CTX_get_current_cert(chain);
	int error = X509_STORE_CTX_get_error(chain), days, seconds, is_told = 0;

	if (is_good || !t || !certificate)
		return is_good;
	if (error == X509_V_ERR_CERT_NOT_YET_VALID)
		is_told = ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notBefore(certificate));
	else if (error == X509_V_ERR_CERT_HAS_EXPIRED)
		is_told = ASN1_TIME_diff(&days, &seconds, X509_get0_notAfter(certificate), NULL);
	if (is_told)
		t->off_seconds = days * 86400LL + seconds;
	return is_good;
}

static char *read_pem(napi_env env, napi_value value)
{
	size_t length;
	char *text;

	if (napi_get_value_string_utf8(env, value, NULL, 0, &length) != napi_ok ||
	    length > PEM_BYTES_MAX) {
		napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE",
				      "Cannot make a TLS context: expected PEM texts");
		return NULL;
	}
	text = malloc(length + 1);
	if (text)
		napi_get_value_string_utf8(env, value, text, length + 1, &length);
	return text;
}

static bool fill_context(struct tls_context *c, const char *chain, const char *key,
			 const char *roots)
{
	SSL_CTX *ctx = c->ctx;

	/* Without ChaCha20, which no other HBONE speaks; the smaller key first, for speed. */
	if (SSL_CTX_ctrl(ctx, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_3_VERSION, NULL) != 1 ||
	    SSL_CTX_set_ciphersuites(ctx, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384") != 1)
		return false;
	/* Idle connections hold no record buffers. */
	SSL_CTX_ctrl(ctx, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS, NULL);
	if (chain[0] && (!add_certificates(ctx, chain, true) || !add_key(ctx, key)))
		return false;
	if (roots[0] && !add_certificates(ctx, roots, false))
		return false;
	/* Tickets carry the sessions of a server; those of a client are kept by the caller. */
	SSL_CTX_ctrl(ctx, SSL_CTRL_SET_SESS_CACHE_MODE,
		     SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL, NULL);
	SSL_CTX_sess_set_new_cb(ctx, keep_session);
	SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"weft", 4);
	SSL_CTX_set_alpn_select_cb(ctx, select_alpn, c);
	SSL_CTX_set_verify(ctx, roots[0] ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0,
			   ASN1_TIME_diff && X509_STORE_CTX_get_ex_data ? note_time : NULL);
	return true;
}

/*
 * tlsContext(chainPem, keyPem, rootsPem, alpn) -> context for either role, TLS 1.3 alone. With roots
 * the peer must prove a chain to one of them; without chain there is no certificate of our own.
 * `alpn` is as on the wire: lengths and names. Null where Node exports no OpenSSL.
 */
napi_value tls_context(napi_env env, napi_callback_info info)
{
	napi_value arguments[4], result = NULL;
	struct tls_context *c;
	char *chain, *key, *roots;
	void *alpn;
	bool is_filled;

	if (!read_arguments(env, info, 4, arguments))
		return NULL;
	if (!tls_is_there())
		return make_null(env);
	c = calloc(1, sizeof(*c));
	if (!c || !read_bytes(env, arguments[3], "alpn", &alpn, &c->alpn_length) ||
	    c->alpn_length > ALPN_BYTES_MAX) {
		free(c);
		return throw_errno(env, EINVAL, "tlsContext", "alpn");
	}
	c->users = 1;
	memcpy(c->alpn, alpn, c->alpn_length);
	chain = read_pem(env, arguments[0]);
	key = read_pem(env, arguments[1]);
	roots = read_pem(env, arguments[2]);
	c->ctx = chain && key && roots ? SSL_CTX_new(TLS_method()) : NULL;
	is_filled = c->ctx && fill_context(c, chain, key, roots);
	if (key)
		explicit_bzero(key, strlen(key));
	free(chain);
	free(key);
	free(roots);
	if (!is_filled) {
		SSL_CTX_free(c->ctx);
		free(c);
		return tls_fail(env, "make a TLS context");
	}
	if (napi_create_external(env, c, free_context, NULL, &result) != napi_ok)
		free_context(env, c, NULL);
	return result;
}
