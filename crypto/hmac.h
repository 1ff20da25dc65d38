/* HMAC-SHA-256 (RFC 2104), for form tokens and signed cookies. */
#pragma once

#include "crypto/hash.h"

/* Compare results with hash_eq. */
void hmac_sha256(const void *key, size_t key_len, const void *message, size_t n, struct hash *out);
