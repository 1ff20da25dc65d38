/* The seeded stream is ChaCha20 under SHA-256("dinh/rng/1" || 0 || seed), one nonce after the other. */
#include "crypto/rng.h"

#include "crypto/hash.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

__attribute__((constructor)) static void start(void)
{
	if (sodium_init() < 0)
		abort();
}

static void put_be64(uint8_t out[8], uint64_t n)
{
	for (int i = 0; i < 8; i++)
		out[i] = (uint8_t)(n >> (56 - 8 * i));
}

void rng_system(struct rng *out)
{
	*out = (struct rng){ .seeded = false };
}

void rng_seeded(struct rng *out, uint64_t seed)
{
	static const char label[] = "dinh/rng/1"; /* its closing zero byte is hashed too */
	uint8_t input[sizeof label + 8];
	struct hash key;

	memcpy(input, label, sizeof label);
	put_be64(input + sizeof label, seed);
	sha256(input, sizeof input, &key);
	*out = (struct rng){ .seeded = true };
	memcpy(out->key, key.b, sizeof out->key);
}

void rng_bytes(struct rng *rng, void *out, size_t n)
{
	uint8_t *to = out, nonce[crypto_stream_chacha20_NONCEBYTES];

	if (!rng->seeded) {
		randombytes_buf(out, n);
		return;
	}
	while (n) {
		if (!rng->left) {
			put_be64(nonce, rng->block++);
			crypto_stream_chacha20(rng->held, sizeof rng->held, nonce, rng->key);
			rng->left = sizeof rng->held;
		}
		size_t part = n < rng->left ? n : rng->left;
		memcpy(to, rng->held + sizeof rng->held - rng->left, part);
		rng->left -= part;
		to += part;
		n -= part;
	}
}

uint64_t rng_u64(struct rng *rng)
{
	uint8_t b[8];
	uint64_t n = 0;

	rng_bytes(rng, b, sizeof b);
	for (int i = 0; i < 8; i++)
		n = n << 8 | b[i];
	return n;
}

uint64_t rng_below(struct rng *rng, uint64_t n)
{
	uint64_t x;

	assert(n > 0);
	/* The lowest 2^64 mod n values would make small answers more likely; draw again. */
	do
		x = rng_u64(rng);
	while (x < -n % n);
	return x % n;
}
