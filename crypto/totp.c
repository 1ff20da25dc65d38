/* The truncation of RFC 4226 over an eight-byte counter. All three codes are always computed, so the
 * time taken does not say which one matched. */
#include "crypto/totp.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

bool totp_secret_make(struct rng *rng, struct totp_secret *out)
{
	if (rng->seeded)
		return false;
	rng_bytes(rng, out->b, sizeof out->b);
	return true;
}

int64_t totp_step(struct instant now)
{
	return now.ms / 30000;
}

static void write_code(const struct totp_secret *s, int64_t step, int digits, char out[8])
{
	uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned int len = 0;

	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	if (!HMAC(EVP_sha1(), s->b, sizeof s->b, counter, sizeof counter, mac, &len) || len != 20)
		abort();
	const uint8_t *at = mac + (mac[19] & 15);
	uint32_t n = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
		     at[3];
	for (int i = digits - 1; i >= 0; i--, n /= 10)
		out[i] = (char)('0' + n % 10);
}

struct str totp_code(struct arena *a, const struct totp_secret *s, int64_t step, int digits)
{
	char code[8];

	assert(digits >= 6 && digits <= 8);
	write_code(s, step, digits, code);
	return str_dup(a, (struct str){ code, (size_t)digits });
}

/* Without spaces; false unless exactly TOTP_DIGITS digits remain. */
static bool only_digits(struct str typed, char out[TOTP_DIGITS])
{
	size_t n = 0;

	for (size_t i = 0; i < typed.len; i++) {
		if (typed.at[i] == ' ')
			continue;
		if (typed.at[i] < '0' || typed.at[i] > '9' || n == TOTP_DIGITS)
			return false;
		out[n++] = typed.at[i];
	}
	return n == TOTP_DIGITS;
}

bool totp_check(const struct totp_secret *s, struct str typed, struct instant now,
		int64_t last_step, int64_t *step)
{
	char is[TOTP_DIGITS], should[8];
	int64_t found = -1;

	if (!only_digits(typed, is))
		return false;
	for (int64_t at = totp_step(now) - 1; at <= totp_step(now) + 1; at++) {
		write_code(s, at, TOTP_DIGITS, should);
		if (CRYPTO_memcmp(is, should, TOTP_DIGITS) == 0 && at > last_step)
			found = at;
	}
	if (found < 0)
		return false;
	*step = found;
	return true;
}

static void put_percent(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == '.' || c == '_' || c == '~')
			buf_putc(b, c);
		else
			buf_printf(b, "%%%02X", (unsigned)(uint8_t)c);
	}
}

/* RFC 4648 base32, which authenticators expect: 20 bytes are exactly 32 signs. */
static void put_secret(struct buf *b, const struct totp_secret *s)
{
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < sizeof s->b; i++) {
		bits = bits << 8 | s->b[i];
		for (held += 8; held >= 5; held -= 5)
			buf_putc(b, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[bits >> (held - 5) & 31]);
	}
}

struct str totp_uri(struct arena *a, const struct totp_secret *s, struct str issuer,
		    struct str account)
{
	struct buf b = { .a = a };

	buf_put(&b, S("otpauth://totp/"));
	put_percent(&b, issuer);
	buf_putc(&b, ':');
	put_percent(&b, account);
	buf_put(&b, S("?secret="));
	put_secret(&b, s);
	buf_put(&b, S("&issuer="));
	put_percent(&b, issuer);
	return buf_str(&b);
}
