/* Randomness as an argument. The system's source for everything real; a seeded, reproducible stream
 * for simulation and tests, where the same seed must give the same codes, salts and log root. Keys
 * and passwords are never drawn from a seeded stream: their makers refuse one. */
#pragma once

#include "base/def.h"

#include <stdbool.h>

struct rng {
	bool seeded;
	uint8_t key[32];   /* ChaCha20 key, from the seed */
	uint64_t block;    /* the next nonce */
	uint8_t held[512]; /* bytes of the stream not yet handed out: the last `left` of them */
	size_t left;
};

void rng_system(struct rng *out);
/* The bytes depend on the seed alone, not on how the calls divide them. */
void rng_seeded(struct rng *out, uint64_t seed);

void rng_bytes(struct rng *rng, void *out, size_t n);
uint64_t rng_u64(struct rng *rng);
uint64_t rng_below(struct rng *rng, uint64_t n); /* uniform in 0 .. n-1; n > 0 */
