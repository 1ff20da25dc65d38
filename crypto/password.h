/* Passwords: Argon2id with 19 MiB and two passes (OWASP's minimum), kept as libsodium's encoded
 * string, which carries its own cost and salt. Each call takes tens of milliseconds and 19 MiB: run it
 * in the password pool, never on the writer. The salt is always the system's, never from a seed. */
#pragma once

#include "base/err.h"
#include "base/str.h"

#define PASSWORD_MAX 1024 /* bytes; longer input is refused, not cut */

struct password {
	char text[128]; /* "$argon2id$v=19$m=19456,t=2,p=1$...", ends in zero */
};

/* ERR_INVALID when empty or longer than PASSWORD_MAX; ERR_BUSY when there is no memory for it. */
MUST_USE enum err password_hash(struct str typed, struct password *out);
/* `stored` may be any text: what is no encoded password verifies nothing. */
MUST_USE bool password_verify(struct str stored, struct str typed);
/* Takes as long as password_verify and is false: for accounts that do not exist, so that the time of
 * the answer does not tell which ones do. */
bool password_pretend(struct str typed);
/* True when `stored` was made at another cost (or is no encoded password): hash again after the next
 * successful sign-in. */
bool password_needs_rehash(struct str stored);
/* An encoded password that costs no more to check than 64 MiB and ten passes: what somebody
 * else's file may bring, since it is checked for whoever types a login. */
bool password_is_bearable(struct str stored);
