/* The algorithm is fetched once, and each thread keeps one context for the one-shot form: asking
 * OpenSSL 3 for both on every call costs more than hashing a tree node does. OpenSSL fails here only
 * when the machine has no memory, and then the process ends as it does in the arena. */
#include "crypto/hash.h"

#include "base/encode.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t per_thread;
static EVP_MD *algorithm;

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void free_context(void *context)
{
	EVP_MD_CTX_free(context);
}

static void fetch(void)
{
	algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
	must(algorithm != NULL);
	must(pthread_key_create(&per_thread, free_context) == 0);
}

static EVP_MD_CTX *thread_context(void)
{
	must(pthread_once(&once, fetch) == 0);
	EVP_MD_CTX *context = pthread_getspecific(per_thread);
	if (!context) {
		context = EVP_MD_CTX_new();
		must(context && pthread_setspecific(per_thread, context) == 0);
	}
	return context;
}

static void finish(EVP_MD_CTX *context, struct hash *out)
{
	unsigned int len = 0;

	must(EVP_DigestFinal_ex(context, out->b, &len) == 1 && len == sizeof out->b);
}

void sha256(const void *bytes, size_t n, struct hash *out)
{
	EVP_MD_CTX *context = thread_context();

	must(EVP_DigestInit_ex(context, algorithm, NULL) == 1);
	must(EVP_DigestUpdate(context, bytes, n) == 1);
	finish(context, out);
}

void sha256_begin(struct sha256 *s)
{
	must(pthread_once(&once, fetch) == 0);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	must(context && EVP_DigestInit_ex(context, algorithm, NULL) == 1);
	s->state = context;
}

void sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
	must(EVP_DigestUpdate(s->state, bytes, n) == 1);
}

void sha256_end(struct sha256 *s, struct hash *out)
{
	finish(s->state, out);
	sha256_drop(s);
}

void sha256_drop(struct sha256 *s)
{
	EVP_MD_CTX_free(s->state);
	s->state = NULL;
}

bool hash_eq(const struct hash *x, const struct hash *y)
{
	return CRYPTO_memcmp(x->b, y->b, sizeof x->b) == 0;
}

struct str hash_hex(struct arena *a, const struct hash *h)
{
	return hex_encode(a, h->b, sizeof h->b);
}

bool hash_read_hex(struct str hex, struct hash *out)
{
	return hex_decode(hex, out->b, sizeof out->b);
}
