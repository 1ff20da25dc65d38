/* What is typed is nearly always composed already and takes the short way round utf8proc. */
#include "base/utf8.h"

#include "base/utf8_step.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool utf8_valid(struct str s)
{
	const unsigned char *at = (const unsigned char *)s.at;
	size_t step;
	for (size_t i = 0; i < s.len; i += step) {
		unsigned char c = at[i];
		step = 1;
		if (c && c < 0x80)
			continue;
		/* Nearly all of Vietnamese: two bytes, or three whose second may be any. */
		step = c < 0xE0 ? 2 : 3;
		bool plain = (c >= 0xC2 && c < 0xE0) || (c > 0xE0 && c < 0xED);
		if (plain && s.len - i >= step && (at[i + 1] & 0xC0) == 0x80 &&
		    (at[i + step - 1] & 0xC0) == 0x80)
			continue;
		step = utf8_step(s.at + i, s.len - i);
		if (!step || !c)
			return false;
	}
	return true;
}

bool utf8_next_sign(struct str *rest, struct str *sign, int32_t *point)
{
	if (!rest->len)
		return false;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)rest->at,
					      (utf8proc_ssize_t)rest->len, point);
	*sign = str_cut(*rest, n < 1 ? 1 : (size_t)n);
	*rest = str_from(*rest, sign->len);
	return true;
}

bool utf8_is_blank(int32_t c)
{
	static const int32_t unseen[] = { 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5,
					  0x2060, 0x2800, 0x3164, 0xFEFF, 0xFFA0 };
	utf8proc_category_t k = utf8proc_category(c);
	if (c == '\n' || c == '\t' || (c >= 0x200B && c <= 0x200D) ||
	    (k >= UTF8PROC_CATEGORY_ZS && k <= UTF8PROC_CATEGORY_ZP))
		return true;
	for (size_t i = 0; i < LENGTH(unseen); i++)
		if (c == unseen[i])
			return true;
	return false;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80 || !s.at[i])
			return false;
	return true;
}

/* Valid text in which nothing can be composed any more, as nearly all that is typed: signs below
 * U+0300, where the combining marks begin, the precomposed letters of Vietnamese from U+1E00 to U+1EFF,
 * dashes, quotation marks and the ellipsis from U+2010 to U+203F. */
static bool is_composed(struct str s)
{
	size_t step;
	for (size_t i = 0; i < s.len; i += step) {
		unsigned char c = (unsigned char)s.at[i];
		step = utf8_step(s.at + i, s.len - i);
		if (!step || !c)
			return false;
		unsigned char next = step > 1 ? (unsigned char)s.at[i + 1] : 0;
		unsigned char last = step > 2 ? (unsigned char)s.at[i + 2] : 0;
		if (c >= 0xCC && !(c == 0xE1 && next >= 0xB8 && next <= 0xBB) &&
		    !(c == 0xE2 && next == 0x80 && last >= 0x90))
			return false;
	}
	return true;
}

/* What utf8proc gives is for free(); negative when it cannot. */
static utf8proc_ssize_t map_whole(struct str s, utf8proc_option_t options, utf8proc_uint8_t **out)
{
	*out = NULL;
	return utf8proc_map((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len, out, options);
}

static struct str map(struct arena *a, struct str s, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped;
	utf8proc_ssize_t n = map_whole(s, options, &mapped);
	if (n < 0)
		return S("");
	struct str out = str_dup(a, (struct str){ (char *)mapped, (size_t)n });
	free(mapped);
	return out;
}

struct str utf8_nfc(struct arena *a, struct str s)
{
	if (is_composed(s))
		return s;
	return utf8_valid(s) ? map(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE) : S("");
}

size_t utf8_length(struct arena *a, struct str s)
{
	struct str text = utf8_nfc(a, s);
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool continues = ((unsigned char)text.at[i] & 0xC0) == 0x80;
		bool pair = text.at[i] == '\n' && i && text.at[i - 1] == '\r';
		n += !continues && !pair;
	}
	return n;
}

struct str utf8_clean(struct arena *a, struct str s)
{
	struct str text = utf8_nfc(a, s);
	char *to = arena_get(a, text.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == '\r')
			to[n++] = '\n';
		else if (c == '\n' && i && text.at[i - 1] == '\r')
			continue;
		else if ((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t')
			to[n++] = (char)c;
	}
	return str_trim((struct str){ to, n });
}

static struct str each_letter(struct arena *a, struct str s,
			      utf8proc_int32_t (*to)(utf8proc_int32_t))
{
	struct buf b = { .a = a };
	if (!utf8_valid(s))
		return S("");
	for (size_t i = 0; i < s.len;) {
		utf8proc_int32_t c;
		i += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)s.at + i,
					      (utf8proc_ssize_t)(s.len - i), &c);
		b.len +=
			(size_t)utf8proc_encode_char(to(c), (utf8proc_uint8_t *)buf_reserve(&b, 4));
	}
	return buf_str(&b);
}

struct str utf8_lower(struct arena *a, struct str s)
{
	return each_letter(a, s, utf8proc_tolower);
}

struct str utf8_upper(struct arena *a, struct str s)
{
	return each_letter(a, s, utf8proc_toupper);
}

struct str utf8_capital(struct arena *a, struct str s)
{
	size_t n = 1;
	while (n < s.len && ((unsigned char)s.at[n] & 0xC0) == 0x80)
		n++;
	if (!s.len)
		return s;
	struct str first = utf8_upper(a, str_cut(s, n));
	struct buf b = { .a = a };
	buf_put(&b, first);
	buf_put(&b, str_from(s, n));
	return first.len ? buf_str(&b) : s;
}

struct str utf8_fold(struct arena *a, struct str s)
{
	struct str text = str_lower(a, s);
	if (!is_ascii(text))
		text = utf8_valid(text) ? map(a, text,
					      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
						      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK)
					: S("");
	char *to = arena_get(a, text.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool d = i + 1 < text.len && (unsigned char)text.at[i] == 0xC4 &&
			 (unsigned char)text.at[i + 1] == 0x91; /* đ has no decomposition */
		to[n++] = d ? 'd' : text.at[i];
		i += d;
	}
	return (struct str){ to, n };
}

/* Folding makes letters small, so capitals are put back where they stood. */
struct str utf8_unaccented(struct arena *a, struct str s)
{
	struct buf b = { .a = a };
	struct str rest = utf8_valid(s) ? s : S(""), sign;
	int32_t point;
	while (utf8_next_sign(&rest, &sign, &point)) {
		struct str plain = utf8_fold(a, sign);
		bool capital = !str_eq(utf8_lower(a, sign), sign);
		buf_put(&b, capital ? utf8_capital(a, plain) : plain);
	}
	return buf_str(&b);
}

struct str utf8_bare(struct arena *a, struct str s)
{
	if (is_ascii(s) || !utf8_valid(s))
		return utf8_fold(a, s);
	return utf8_fold(
		a,
		map(a, s, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE));
}

/* The length of a letter or digit at the beginning of `s`, 0 for anything else; `step` is the
 * length of whatever stands there. */
static size_t word_char(struct str s, size_t *step)
{
	unsigned char c = (unsigned char)s.at[0];
	*step = 1;
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	utf8proc_int32_t point;
	utf8proc_ssize_t n =
		utf8proc_iterate((const utf8proc_uint8_t *)s.at, (utf8proc_ssize_t)s.len, &point);
	if (n < 1)
		return 0;
	*step = (size_t)n;
	utf8proc_category_t k = utf8proc_category(point);
	bool letter = k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
	return letter || k == UTF8PROC_CATEGORY_ND ? *step : 0;
}

bool utf8_next_word(struct str *folded, struct str *out)
{
	size_t step, n = 0;
	while (folded->len && !word_char(*folded, &step))
		*folded = str_from(*folded, step);
	while (n < folded->len && word_char(str_from(*folded, n), &step))
		n += step;
	*out = str_cut(*folded, n);
	*folded = str_from(*folded, n);
	return n > 0;
}

bool utf8_is_word(int32_t point)
{
	utf8proc_category_t k = utf8proc_category(point);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME) ||
	       k == UTF8PROC_CATEGORY_ND;
}

/* Grave, acute, tilde, hook above, dot below. Other marks make another letter: â, ê, ơ. */
static bool is_tone(int32_t c)
{
	return c == 0x0300 || c == 0x0301 || c == 0x0303 || c == 0x0309 || c == 0x0323;
}

struct str utf8_spelling(struct arena *a, struct str word)
{
	utf8proc_uint8_t *apart;
	if (is_ascii(word))
		return str_lower(a, word);
	if (!utf8_valid(word))
		return S("");
	utf8proc_ssize_t n =
		map_whole(word, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &apart);
	if (n < 0)
		return S("");
	char *to = arena_get(a, (size_t)n);
	size_t len = 0;
	for (int tones = 0; tones <= 1; tones++) {
		struct str rest = { (const char *)apart, (size_t)n }, sign;
		for (int32_t c; utf8_next_sign(&rest, &sign, &c);) {
			if (is_tone(c) != tones)
				continue;
			memcpy(to + len, sign.at, sign.len);
			len += sign.len;
		}
	}
	free(apart);
	return (struct str){ to, len };
}

struct str utf8_slug(struct arena *a, struct str s)
{
	struct str folded = utf8_fold(a, s), word;
	struct buf b = { .a = a };
	while (utf8_next_word(&folded, &word)) {
		if (!is_ascii(word))
			continue;
		if (b.len)
			buf_putc(&b, '-');
		buf_put(&b, word);
	}
	return buf_str(&b);
}

struct str utf8_ellipsis(struct arena *a, struct str s, size_t n)
{
	size_t points = 0, at = 0, space = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.at[i] & 0xC0) == 0x80)
			continue;
		if (points++ == n) {
			at = i;
			break;
		}
		if (s.at[i] == ' ')
			space = i;
	}
	if (!at)
		return s;
	return str_printf(a, "%.*s…", (int)(space > at / 2 ? space : at), s.at);
}
