/* OpenSSL's one-shot form; it fails only without memory. */
#include "crypto/hmac.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

void hmac_sha256(const void *key, size_t key_len, const void *message, size_t n, struct hash *out)
{
	unsigned int len = 0;

	if (key_len > INT_MAX ||
	    !HMAC(EVP_sha256(), key_len ? key : "", (int)key_len, message, n, out->b, &len) ||
	    len != sizeof out->b)
		abort();
}
