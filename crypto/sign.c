/* libsodium's detached signatures behind our own types. */
#include "crypto/sign.h"

#include <sodium.h>
#include <stdlib.h>

__attribute__((constructor)) static void start(void)
{
	if (sodium_init() < 0)
		abort();
}

void wipe(void *bytes, size_t n)
{
	sodium_memzero(bytes, n);
}

void secret_key_wipe(struct secret_key *k)
{
	wipe(k, sizeof *k);
}

void key_seed_wipe(struct key_seed *s)
{
	wipe(s, sizeof *s);
}

bool key_seed_make(struct rng *rng, struct key_seed *out)
{
	if (rng->seeded)
		return false;
	rng_bytes(rng, out->b, sizeof out->b);
	return true;
}

void key_from_seed(const struct key_seed *seed, struct secret_key *out, struct public_key *pub)
{
	crypto_sign_seed_keypair(pub->b, out->b, seed->b);
}

void sign(const struct secret_key *k, const void *message, size_t n, struct signature *out)
{
	crypto_sign_detached(out->b, NULL, message, n, k->b);
}

bool sign_verify(const struct public_key *k, const void *message, size_t n,
		 const struct signature *s)
{
	return crypto_sign_verify_detached(s->b, message, n, k->b) == 0;
}
