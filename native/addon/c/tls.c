// SPDX-License-Identifier: Apache-2.0
/*
 * tls.c - TLS 1.3 as a function of octets: Node's OpenSSL between buffers of JavaScript.
 *
 * No sockets and no callbacks into JavaScript: encrypted octets go in and plain ones come out, and
 * the other way, in buffers that the caller reuses. tls_session.c makes what the octets belong to.
 */
#include "tls.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

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

BIO *tls_new_bio(struct tls_session *t)
{
	BIO *bio = BIO_new(io_method);

	if (bio) {
		BIO_set_data(bio, t);
		BIO_set_init(bio, 1);
	}
	return bio;
}

static void note_failure(struct tls_session *t)
{
	unsigned long error = ERR_get_error();
	long verified = SSL_get_verify_result(t->ssl);
	const char *reason = error ? ERR_reason_error_string(error) : NULL;

	t->has_failed = true;
	if (t->off_seconds)
		snprintf(t->error, sizeof(t->error),
			 "%s (%s by the clock of this node, by %lld s): expected the clocks of "
			 "nodes to agree",
			 reason ? reason : "refused", X509_verify_cert_error_string(verified),
			 t->off_seconds);
	else if (verified != X509_V_OK)
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
napi_value tls_receive(napi_env env, napi_callback_info info)
{
	napi_value arguments[6];
	struct tls_session *t = tls_read_session(env, info, 6, arguments);
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
napi_value tls_send(napi_env env, napi_callback_info info)
{
	napi_value arguments[4];
	struct tls_session *t = tls_read_session(env, info, 4, arguments);
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
napi_value tls_end(napi_env env, napi_callback_info info)
{
	napi_value arguments[2];
	struct tls_session *t = tls_read_session(env, info, 2, arguments);
	void *cipher;
	size_t cipher_bytes_max;

	if (!t || !read_bytes(env, arguments[1], "cipher", &cipher, &cipher_bytes_max))
		return NULL;
	if (t->has_failed || !SSL_is_init_finished(t->ssl))
		return make_int(env, 0);
	return make_int(env, write_only(t, NULL, 0, cipher, cipher_bytes_max));
}
