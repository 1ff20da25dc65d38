/* One-time codes of an authenticator (RFC 6238: HMAC-SHA-1, 30 seconds), for those who sign in with
 * a second factor. A code is good for its own step and one on either side, for clocks that differ. */
#pragma once

#include "base/date.h"
#include "crypto/rng.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_DIGITS 6

struct totp_secret {
	uint8_t b[TOTP_SECRET_BYTES];
};

/* False with a seeded `rng`. */
MUST_USE bool totp_secret_make(struct rng *rng, struct totp_secret *out);
int64_t totp_step(struct instant now);
/* The code of a step, `digits` from 6 to 8. */
struct str totp_code(struct arena *a, const struct totp_secret *s, int64_t step, int digits);

/* Is `typed` (digits; spaces allowed) the code of the step of `now` or of a neighbour, and later than
 * `last_step`, the step of the last code accepted for this account (-1 for none)? On success `step`
 * is what the caller must store as the new last step, in the same transaction: that refuses replay. */
MUST_USE bool totp_check(const struct totp_secret *s, struct str typed, struct instant now,
			 int64_t last_step, int64_t *step);

/* "otpauth://totp/..." for the QR code, names percent-encoded. */
struct str totp_uri(struct arena *a, const struct totp_secret *s, struct str issuer,
		    struct str account);
