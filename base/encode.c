/* One alphabet table per direction, no locale, no tables to keep in step by hand. */
#include "base/encode.h"

#include <assert.h>
#include <string.h>

static const char base64_signs[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base32_signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void buf_put_hex(struct buf *b, const void *bytes, size_t n)
{
	const uint8_t *in = bytes;
	char *to = buf_reserve(b, 2 * n);

	for (size_t i = 0; i < n; i++) {
		to[2 * i] = "0123456789abcdef"[in[i] >> 4];
		to[2 * i + 1] = "0123456789abcdef"[in[i] & 15];
	}
	b->len += 2 * n;
}

struct str hex_encode(struct arena *a, const void *bytes, size_t n)
{
	struct buf b = { .a = a };

	buf_put_hex(&b, bytes, n);
	return buf_str(&b);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool hex_decode(struct str s, void *out, size_t n)
{
	uint8_t *to = out;

	if (s.len % 2 || s.len / 2 != n)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (hex_digit(s.at[i]) < 0)
			return false;
	for (size_t i = 0; i < n; i++)
		to[i] = (uint8_t)((unsigned)hex_digit(s.at[2 * i]) << 4 |
				  (unsigned)hex_digit(s.at[2 * i + 1]));
	return true;
}

void buf_put_base64(struct buf *b, const void *bytes, size_t n)
{
	const uint8_t *in = bytes;
	char *to = buf_reserve(b, (n + 2) / 3 * 4);

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		uint32_t group = (uint32_t)in[i] << 16;
		if (left > 1)
			group |= (uint32_t)in[i + 1] << 8;
		if (left > 2)
			group |= in[i + 2];
		*to++ = base64_signs[group >> 18];
		*to++ = base64_signs[group >> 12 & 63];
		*to++ = left > 1 ? base64_signs[group >> 6 & 63] : '=';
		*to++ = left > 2 ? base64_signs[group & 63] : '=';
	}
	b->len += (n + 2) / 3 * 4;
}

struct str base64_encode(struct arena *a, const void *bytes, size_t n)
{
	struct buf b = { .a = a };

	buf_put_base64(&b, bytes, n);
	return buf_str(&b);
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t base64_padding(struct str s)
{
	return (s.len && s.at[s.len - 1] == '=') +
	       (s.len > 1 && s.at[s.len - 1] == '=' && s.at[s.len - 2] == '=');
}

/* Every sign is looked at before `to`, which may be the caller's struct, is touched. */
static bool base64_canonical(struct str s)
{
	size_t signs = s.len - base64_padding(s);

	if (s.len % 4)
		return false;
	for (size_t i = 0; i < signs; i++)
		if (base64_value(s.at[i]) < 0)
			return false;
	if (signs % 4 == 2)
		return (base64_value(s.at[signs - 1]) & 15) == 0;
	if (signs % 4 == 3)
		return (base64_value(s.at[signs - 1]) & 3) == 0;
	return signs % 4 == 0;
}

static void base64_write(struct str s, uint8_t *to)
{
	size_t signs = s.len - base64_padding(s);
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < signs; i++) {
		bits = bits << 6 | (uint32_t)base64_value(s.at[i]);
		held += 6;
		if (held >= 8) {
			held -= 8;
			*to++ = (uint8_t)(bits >> held);
		}
	}
}

bool base64_decode(struct arena *a, struct str s, struct str *out)
{
	if (!base64_canonical(s))
		return false;
	size_t n = s.len / 4 * 3 - base64_padding(s);
	uint8_t *to = arena_get(a, n);
	base64_write(s, to);
	*out = (struct str){ (const char *)to, n };
	return true;
}

bool base64_decode_exact(struct str s, void *out, size_t n)
{
	if (!base64_canonical(s) || s.len / 4 * 3 - base64_padding(s) != n)
		return false;
	base64_write(s, out);
	return true;
}

void buf_put_base32(struct buf *b, const void *bytes, size_t n)
{
	const uint8_t *in = bytes;
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | in[i];
		for (held += 8; held >= 5; held -= 5)
			buf_putc(b, base32_signs[bits >> (held - 5) & 31]);
	}
	if (held)
		buf_putc(b, base32_signs[bits << (5 - held) & 31]);
}

static int base32_value(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		return 1;
	if (c == 'O')
		return 0;
	const char *found = c ? strchr(base32_signs, c) : NULL;
	return found ? (int)(found - base32_signs) : -1;
}

static bool is_filler(char c)
{
	return c == '-' || c == ' ';
}

bool base32_decode(struct str s, void *out, size_t n)
{
	uint8_t *to = out;
	uint32_t bits = 0;
	size_t signs = 0;
	int held = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (is_filler(s.at[i]))
			continue;
		if (base32_value(s.at[i]) < 0)
			return false;
		bits = (uint32_t)base32_value(s.at[i]);
		signs++;
	}
	/* `bits` is the last sign here: its filling must be zero. */
	if (signs != (n * 8 + 4) / 5 || (bits & ((1u << (signs * 5 - n * 8)) - 1)))
		return false;
	bits = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (is_filler(s.at[i]))
			continue;
		bits = bits << 5 | (uint32_t)base32_value(s.at[i]);
		held += 5;
		if (held >= 8) {
			held -= 8;
			*to++ = (uint8_t)(bits >> held);
		}
	}
	return true;
}

static char check_sign(const int values[7])
{
	int sum = 0;

	for (int i = 0; i < 7; i++)
		sum += (2 * i + 1) * values[i];
	return base32_signs[sum % 32];
}

static struct str code_print(struct arena *a, char first, char second, const int values[7])
{
	char t[7];

	for (int i = 0; i < 7; i++)
		t[i] = base32_signs[values[i]];
	return str_printf(a, "%c%c-%c%c%c%c-%c%c%c%c", first, second, t[0], t[1], t[2], t[3], t[4],
			  t[5], t[6], check_sign(values));
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

struct str code_make(struct arena *a, struct str letters, uint64_t random)
{
	int values[7];

	assert(letters.len == 2);
	for (int i = 0; i < 7; i++)
		values[i] = random >> (30 - 5 * i) & 31;
	return code_print(a, letters.at[0], letters.at[1], values);
}

bool code_read(struct arena *a, struct str typed, struct str *out)
{
	char signs[10];
	int values[8];
	size_t n = 0;

	for (size_t i = 0; i < typed.len; i++) {
		if (is_filler(typed.at[i]))
			continue;
		if (n == sizeof signs)
			return false;
		signs[n++] = upper(typed.at[i]);
	}
	if (n != sizeof signs)
		return false;
	for (int i = 0; i < 2; i++)
		if (signs[i] < 'A' || signs[i] > 'Z')
			return false;
	for (int i = 0; i < 8; i++)
		if ((values[i] = base32_value(signs[i + 2])) < 0)
			return false;
	if (base32_signs[values[7]] != check_sign(values))
		return false;
	*out = code_print(a, signs[0], signs[1], values);
	return true;
}

struct str check_value_text(struct arena *a, const uint8_t *first_ten_bytes)
{
	struct buf signs = { .a = a }, out = { .a = a };

	buf_put_base32(&signs, first_ten_bytes, CHECK_VALUE_BYTES);
	for (size_t i = 0; i < signs.len; i += 4) {
		if (i)
			buf_putc(&out, '-');
		buf_put_bytes(&out, signs.at + i, 4);
	}
	return buf_str(&out);
}

bool check_value_read(struct str typed, uint8_t out[CHECK_VALUE_BYTES])
{
	return base32_decode(typed, out, CHECK_VALUE_BYTES);
}
