/* SPDX-License-Identifier: Apache-2.0 */
/*
 * openssl_abi.h - the part of OpenSSL 3's interface that tls.c uses, declared here because its headers
 * are not where the addon is compiled. The functions are those of the OpenSSL inside Node, which
 * exports them for addons; weak, so that the addon loads where they are missing.
 */
#ifndef WEFT_OPENSSL_ABI_H
#define WEFT_OPENSSL_ABI_H

#include <stddef.h>

#define WEAK __attribute__((weak))

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_st SSL;
typedef struct ssl_method_st SSL_METHOD;
typedef struct ssl_session_st SSL_SESSION;
typedef struct bio_st BIO;
typedef struct bio_method_st BIO_METHOD;
typedef struct x509_st X509;
typedef struct x509_store_st X509_STORE;
typedef struct x509_store_ctx_st X509_STORE_CTX;
typedef struct asn1_string_st ASN1_TIME;
typedef struct evp_pkey_st EVP_PKEY;

extern WEAK const SSL_METHOD *TLS_method(void);
extern WEAK SSL_CTX *SSL_CTX_new(const SSL_METHOD *method);
extern WEAK void SSL_CTX_free(SSL_CTX *context);
extern WEAK long SSL_CTX_ctrl(SSL_CTX *context, int command, long number, void *pointer);
extern WEAK int SSL_CTX_use_certificate(SSL_CTX *context, X509 *certificate);
extern WEAK int SSL_CTX_use_PrivateKey(SSL_CTX *context, EVP_PKEY *key);
extern WEAK int SSL_CTX_check_private_key(const SSL_CTX *context);
extern WEAK X509_STORE *SSL_CTX_get_cert_store(const SSL_CTX *context);
extern WEAK int X509_STORE_add_cert(X509_STORE *store, X509 *certificate);
extern WEAK void SSL_CTX_set_verify(SSL_CTX *context, int mode,
				    int (*note)(int is_good, X509_STORE_CTX *chain));
extern WEAK int SSL_get_ex_data_X509_STORE_CTX_idx(void);
extern WEAK void *X509_STORE_CTX_get_ex_data(const X509_STORE_CTX *chain, int index);
extern WEAK int X509_STORE_CTX_get_error(const X509_STORE_CTX *chain);
extern WEAK X509 *X509_STORE_CTX_get_current_cert(const X509_STORE_CTX *chain);
extern WEAK const ASN1_TIME *X509_get0_notBefore(const X509 *certificate);
extern WEAK const ASN1_TIME *X509_get0_notAfter(const X509 *certificate);
extern WEAK int ASN1_TIME_diff(int *days, int *seconds, const ASN1_TIME *from, const ASN1_TIME *to);
extern WEAK void SSL_CTX_set_alpn_select_cb(SSL_CTX *context,
					    int (*select)(SSL *ssl, const unsigned char **out,
							  unsigned char *out_length,
							  const unsigned char *in,
							  unsigned int in_length, void *argument),
					    void *argument);
extern WEAK int SSL_CTX_set_session_id_context(SSL_CTX *context, const unsigned char *id,
					       unsigned int length);
extern WEAK void SSL_CTX_sess_set_new_cb(SSL_CTX *context,
					 int (*fresh)(SSL *ssl, SSL_SESSION *session));
extern WEAK int SSL_CTX_set_ciphersuites(SSL_CTX *context, const char *names);

extern WEAK SSL *SSL_new(SSL_CTX *context);
extern WEAK void SSL_free(SSL *ssl);
extern WEAK long SSL_ctrl(SSL *ssl, int command, long number, void *pointer);
extern WEAK void SSL_set_bio(SSL *ssl, BIO *in, BIO *out);
extern WEAK void SSL_set_connect_state(SSL *ssl);
extern WEAK void SSL_set_accept_state(SSL *ssl);
extern WEAK int SSL_set_alpn_protos(SSL *ssl, const unsigned char *protocols, unsigned int length);
extern WEAK void SSL_get0_alpn_selected(const SSL *ssl, const unsigned char **protocol,
					unsigned int *length);
extern WEAK int SSL_set1_host(SSL *ssl, const char *name);
extern WEAK int SSL_set_session(SSL *ssl, SSL_SESSION *session);
extern WEAK int SSL_session_reused(const SSL *ssl);
extern WEAK int SSL_is_init_finished(const SSL *ssl);
extern WEAK int SSL_read(SSL *ssl, void *out, int length);
extern WEAK int SSL_write(SSL *ssl, const void *bytes, int length);
extern WEAK int SSL_shutdown(SSL *ssl);
extern WEAK int SSL_get_error(const SSL *ssl, int result);
extern WEAK X509 *SSL_get1_peer_certificate(const SSL *ssl);
extern WEAK long SSL_get_verify_result(const SSL *ssl);
extern WEAK const char *X509_verify_cert_error_string(long code);
extern WEAK int SSL_set_ex_data(SSL *ssl, int index, void *data);
extern WEAK void *SSL_get_ex_data(const SSL *ssl, int index);

extern WEAK int i2d_X509(const X509 *certificate, unsigned char **out);
extern WEAK void X509_free(X509 *certificate);
extern WEAK void EVP_PKEY_free(EVP_PKEY *key);
extern WEAK int i2d_SSL_SESSION(const SSL_SESSION *session, unsigned char **out);
extern WEAK SSL_SESSION *d2i_SSL_SESSION(SSL_SESSION **out, const unsigned char **in, long length);
extern WEAK void SSL_SESSION_free(SSL_SESSION *session);

extern WEAK BIO *BIO_new(const BIO_METHOD *method);
extern WEAK BIO *BIO_new_mem_buf(const void *bytes, int length);
extern WEAK int BIO_free(BIO *bio);
extern WEAK BIO_METHOD *BIO_meth_new(int type, const char *name);
extern WEAK int BIO_meth_set_write(BIO_METHOD *method, int (*write)(BIO *, const char *, int));
extern WEAK int BIO_meth_set_read(BIO_METHOD *method, int (*read)(BIO *, char *, int));
extern WEAK int BIO_meth_set_ctrl(BIO_METHOD *method, long (*ctrl)(BIO *, int, long, void *));
extern WEAK void BIO_set_data(BIO *bio, void *data);
extern WEAK void *BIO_get_data(BIO *bio);
extern WEAK void BIO_set_init(BIO *bio, int is_ready);
extern WEAK void BIO_set_flags(BIO *bio, int flags);
extern WEAK void BIO_clear_flags(BIO *bio, int flags);

extern WEAK X509 *PEM_read_bio_X509(BIO *bio, X509 **out, void *callback, void *argument);
extern WEAK EVP_PKEY *PEM_read_bio_PrivateKey(BIO *bio, EVP_PKEY **out, void *callback,
					      void *argument);
extern WEAK unsigned long ERR_get_error(void);
extern WEAK void ERR_clear_error(void);
extern WEAK void ERR_error_string_n(unsigned long error, char *out, size_t length);
extern WEAK const char *ERR_reason_error_string(unsigned long error);

#define SSL_CTRL_CHAIN_CERT 89
#define SSL_CTRL_SET_MIN_PROTO_VERSION 123
#define SSL_CTRL_SET_TLSEXT_HOSTNAME 55
#define SSL_CTRL_SET_SESS_CACHE_MODE 44
#define SSL_CTRL_MODE 33
#define SSL_MODE_RELEASE_BUFFERS 0x10
#define TLSEXT_NAMETYPE_host_name 0
#define TLS1_3_VERSION 0x0304
#define SSL_VERIFY_PEER 1
#define SSL_VERIFY_FAIL_IF_NO_PEER_CERT 2
#define SSL_SESS_CACHE_CLIENT 1
#define SSL_SESS_CACHE_NO_INTERNAL 0x300
#define SSL_ERROR_WANT_READ 2
#define SSL_ERROR_WANT_WRITE 3
#define SSL_ERROR_ZERO_RETURN 6
#define SSL_TLSEXT_ERR_OK 0
#define SSL_TLSEXT_ERR_ALERT_FATAL 2
#define BIO_FLAGS_READ 1
#define BIO_FLAGS_WRITE 2
#define BIO_FLAGS_SHOULD_RETRY 8
#define BIO_CTRL_FLUSH 11
#define BIO_TYPE_SOURCE_SINK 0x0400
#define X509_V_OK 0
#define X509_V_ERR_CERT_NOT_YET_VALID 9
#define X509_V_ERR_CERT_HAS_EXPIRED 10

#endif
