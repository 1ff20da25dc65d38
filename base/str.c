/* Small functions over borrowed text. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str str_of(const char *z)
{
	return z ? (struct str){ z, strlen(z) } : S("");
}

char *str_z(struct arena *a, struct str s)
{
	char *z = arena_get(a, s.len + 1);
	if (s.len)
		memcpy(z, s.at, s.len);
	return z;
}

struct str str_dup(struct arena *a, struct str s)
{
	return (struct str){ str_z(a, s), s.len };
}

bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (!a.len || memcmp(a.at, b.at, a.len) == 0);
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.at, b.at, n) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_cut(s, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

bool str_has(struct str s, struct str part)
{
	return !part.len || (s.len && memmem(s.at, s.len, part.at, part.len));
}

struct str str_from(struct str s, size_t n)
{
	return n < s.len ? (struct str){ s.at + n, s.len - n } : S("");
}

struct str str_cut(struct str s, size_t n)
{
	return (struct str){ s.at, n < s.len ? n : s.len };
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len && is_space(s.at[0]))
		s = str_from(s, 1);
	while (s.len && is_space(s.at[s.len - 1]))
		s.len--;
	return s;
}

bool str_next(struct str *rest, char sep, struct str *out)
{
	if (!rest->at)
		return false;
	const char *end = rest->len ? memchr(rest->at, sep, rest->len) : NULL;
	if (!end) {
		*out = *rest;
		*rest = (struct str){ NULL, 0 };
		return true;
	}
	size_t n = (size_t)(end - rest->at);
	*out = str_cut(*rest, n);
	*rest = (struct str){ end + 1, rest->len - n - 1 };
	return true;
}

bool str_int(struct str s, int64_t *out)
{
	bool minus = s.len && s.at[0] == '-';
	int64_t n = 0;
	if (s.len == minus)
		return false;
	for (size_t i = minus; i < s.len; i++) {
		int digit = s.at[i] - '0';
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, digit, &n))
			return false;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*out = minus ? n : -n;
	return true;
}

struct str str_lower(struct arena *a, struct str s)
{
	char *z = str_z(a, s);
	for (size_t i = 0; i < s.len; i++)
		if (z[i] >= 'A' && z[i] <= 'Z')
			z[i] = (char)(z[i] + 32);
	return (struct str){ z, s.len };
}

struct str str_printf(struct arena *a, const char *format, ...)
{
	char small[256]; /* most fit, and are then formatted once */
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	size_t len = n > 0 ? (size_t)n : 0;
	char *z = arena_get(a, len + 1);
	if (len < sizeof small)
		memcpy(z, small, len);
	else
		vsnprintf(z, len + 1, format, again);
	va_end(again);
	return (struct str){ z, len };
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3;
	return h;
}
