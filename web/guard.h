/* What stands between a stranger's page and our forms: tokens tied to a browser, the origin of a
 * request, and who asks when a proxy stands in between. */
#pragma once

#include "base/field.h"
#include "crypto/rng.h"

struct ask;

#define TOKEN_FIELD "ma-gui"
#define SESSION_COOKIE "phien"
#define VISITOR_COOKIE "khach"
#define RECEIPT_COOKIE "bien-nhan"
enum { SECRET_BYTES = 32, COOKIE_BYTES = 16 };

/* 128 random bits and a proof that this site gave them to this browser: `tie` is the browser's
 * session or visitor cookie. */
struct str token_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
		      struct rng *rng);
/* `once`: the random part, 32 hexadecimal digits, unique for the form it stood in. */
MUST_USE bool token_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
			 struct str token, struct str *once);

/* An upload that waits while its form is mended, as a hidden value only this browser can send. */
struct str kept_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
		     const struct file_ref *file);
MUST_USE bool kept_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
			struct str text, struct file_ref *out);

/* The last part of a private feed's address: whose it is, which of his, and a proof that this site gave
 * it out. Nothing of it is stored; the next number ends the one before. */
struct str feed_key_make(struct arena *a, const uint8_t secret[SECRET_BYTES], int64_t person,
			 int64_t generation);
MUST_USE bool feed_key_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str key,
			    int64_t *person, int64_t *generation);

/* The same for the links in letters: `what` says for what each is good ("stop", "prove"). */
struct str letter_key_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str what,
			   int64_t person, int64_t n);
MUST_USE bool letter_key_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str what,
			      struct str key, int64_t *person, int64_t *n);

/* Who told the secret of a receipt goes on without it: the code, when the secret was made, and a proof that
 * this site let him in. */
struct str receipt_pass_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str code,
			     struct instant made_at);
MUST_USE bool receipt_pass_read(struct arena *a, const uint8_t secret[SECRET_BYTES],
				struct str pass, struct str *code, struct instant *made_at);

/* 128 random bits for a cookie. */
struct str cookie_random(struct arena *a, struct rng *rng);

/* Did one of our own pages send this form? By Sec-Fetch-Site where the browser says it, else by
 * Origin, which must then name our host; browsers that say neither are left to the token. */
bool guard_same_origin(const struct ask *ask, struct str host);

/* Who asks: the other end, or, when that is a trusted proxy, the last address in X-Forwarded-For
 * that is none. `https`: by the word of a trusted proxy. */
struct str guard_client(struct arena *a, const struct ask *ask, const struct strs *proxies,
			bool *https);
bool guard_is_loopback(struct str address);
/* "example.vn", "example.vn:8080", "[::1]:80": what may stand in a Host header. */
bool guard_is_host(struct str host);

/* "R-7K3Q-92": what a page and the log both name. */
struct str ref_make(struct arena *a, struct rng *rng);
