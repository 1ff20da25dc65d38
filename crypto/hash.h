/* SHA-256 (FIPS 180-4), by OpenSSL because it uses the processor's own instructions. */
#pragma once

#include "base/buf.h"

struct hash {
	uint8_t b[32];
};

void sha256(const void *bytes, size_t n, struct hash *out);

/* For input that comes in pieces. Every sha256_begin needs one sha256_end or sha256_drop. */
struct sha256 {
	void *state; /* OpenSSL's */
};
void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);
void sha256_end(struct sha256 *s, struct hash *out);
void sha256_drop(struct sha256 *s); /* accepts one already ended */

/* Takes the same time whatever the bytes. */
bool hash_eq(const struct hash *x, const struct hash *y);
struct str hash_hex(struct arena *a, const struct hash *h); /* 64 lower-case digits */
MUST_USE bool hash_read_hex(struct str hex, struct hash *out);
