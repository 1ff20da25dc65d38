/* Ed25519 signatures (RFC 8032), by libsodium. Each thing of 32 or 64 bytes is its own struct, so
 * that a key cannot be passed where a signature belongs. */
#pragma once

#include "crypto/rng.h"

struct public_key {
	uint8_t b[32];
};
struct secret_key {
	uint8_t b[64]; /* seed, then the public key: libsodium's form */
};
struct signature {
	uint8_t b[64];
};
struct key_seed {
	uint8_t b[32]; /* as secret as the key made from it */
};

/* Declares a secret that overwrites itself when its name goes out of scope:
 *     SECRET struct secret_key k;   SECRET_SEED struct key_seed s; */
#define SECRET __attribute__((cleanup(secret_key_wipe)))
#define SECRET_SEED __attribute__((cleanup(key_seed_wipe)))
void secret_key_wipe(struct secret_key *k);
void key_seed_wipe(struct key_seed *s);
/* Overwrites memory in a way the compiler may not leave out. */
void wipe(void *bytes, size_t n);

/* Draws a new seed. False with a seeded `rng`: a key that a simulation's seed gives away is none. */
MUST_USE bool key_seed_make(struct rng *rng, struct key_seed *out);
void key_from_seed(const struct key_seed *seed, struct secret_key *out, struct public_key *pub);

void sign(const struct secret_key *k, const void *message, size_t n, struct signature *out);
/* Refuses keys of small order and signatures that are not canonical. */
MUST_USE bool sign_verify(const struct public_key *k, const void *message, size_t n,
			  const struct signature *s);
