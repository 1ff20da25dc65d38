/* The reader (RFC 8259): one walk over one copy of the text. Strings are unescaped where they stand in
 * that copy, so a tree costs its nodes and nothing else. What two programs could read in two ways is
 * refused: duplicate keys, integers beyond 64 bits, U+0000. */
#include "base/json.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 8 << 20, MAX_DEPTH = 64, FEW_KEYS = 16 };

struct reader {
	struct arena *a;
	char *begin, *at, *end; /* a NUL stands at `end` */
	const char *fault;      /* NULL while all is well */
};

static bool fail(struct reader *r, const char *fault)
{
	if (!r->fault)
		r->fault = fault;
	return false;
}

static void skip_space(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r')
		r->at++;
}

static bool take(struct reader *r, char c)
{
	skip_space(r);
	if (*r->at != c)
		return false;
	r->at++;
	return true;
}

/* --- Strings --- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* The four digits after "\u". -1: there are none. */
static int32_t read_unit(struct reader *r)
{
	int32_t unit = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		int digit = hex_digit(*r->at);
		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* A code point, of two units outside the basic plane. -1: a half of one, or U+0000. */
static int32_t read_point(struct reader *r)
{
	int32_t high = read_unit(r), low;
	if (high < 0xD800 || high > 0xDFFF)
		return high ? high : -1;
	if (high > 0xDBFF || r->at[0] != '\\' || r->at[1] != 'u')
		return -1;
	r->at += 2;
	low = read_unit(r);
	return low < 0xDC00 || low > 0xDFFF ? -1 : 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00;
}

/* Never longer than the escape it replaces. */
static char *put_point(char *to, int32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c < 0x800) {
		*to++ = (char)(0xC0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*to++ = (char)(0xE0 | c >> 12);
		} else {
			*to++ = (char)(0xF0 | c >> 18);
			*to++ = (char)(0x80 | (c >> 12 & 0x3F));
		}
		*to++ = (char)(0x80 | (c >> 6 & 0x3F));
	}
	*to++ = (char)(0x80 | (c & 0x3F));
	return to;
}

static bool read_escape(struct reader *r, char **to)
{
	static const char signs[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	char c = *r->at++;
	const char *sign = c ? strchr(signs, c) : NULL;
	if (sign) {
		*(*to)++ = means[sign - signs];
		return true;
	}
	int32_t point = c == 'u' ? read_point(r) : -1;
	if (point < 0)
		return fail(r, "an escape that means nothing");
	*to = put_point(*to, point);
	return true;
}

/* After the opening quotation mark. */
static bool read_string(struct reader *r, struct str *out)
{
	char *begin = r->at, *to;
	while ((unsigned char)*r->at >= ' ' && *r->at != '"' && *r->at != '\\')
		r->at++;
	to = r->at;
	while (*r->at != '"') {
		if ((unsigned char)*r->at < ' ')
			return fail(r, r->at == r->end ? "a string without an end"
						       : "a control character in a string");
		if (*r->at != '\\')
			*to++ = *r->at++;
		else if (r->at++, !read_escape(r, &to))
			return false;
	}
	r->at++;
	*to = '\0';
	*out = (struct str){ begin, (size_t)(to - begin) };
	return true;
}

/* --- Numbers --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool skip_digits(struct reader *r)
{
	if (!is_digit(*r->at))
		return fail(r, "a digit is missing");
	while (is_digit(*r->at))
		r->at++;
	return true;
}

static bool read_number(struct reader *r, struct json *out)
{
	const char *begin = r->at;
	r->at += *r->at == '-';
	if (*r->at == '0' && is_digit(r->at[1]))
		return fail(r, "a number begins with 0");
	if (!skip_digits(r))
		return false;
	out->kind = J_INT;
	struct str digits = { begin, (size_t)(r->at - begin) };
	if (*r->at == '.') {
		out->kind = J_REAL;
		r->at++;
		if (!skip_digits(r))
			return false;
	}
	if (*r->at == 'e' || *r->at == 'E') {
		out->kind = J_REAL;
		r->at++;
		r->at += *r->at == '+' || *r->at == '-';
		if (!skip_digits(r))
			return false;
	}
	if (out->kind == J_INT && !str_int(digits, &out->n))
		return fail(r, "an integer beyond 64 bits");
	return true;
}

/* --- Values --- */

static bool read_value(struct reader *r, int depth, struct json *out);

/* Room for one more of n. */
static void *grow(struct reader *r, void *at, size_t n, size_t *cap, size_t size)
{
	size_t before = *cap;
	if (n < before)
		return at;
	*cap = before ? before * 2 : 4;
	return arena_grow(r->a, at, before * size, *cap * size);
}

static bool read_list(struct reader *r, int depth, struct json *out)
{
	size_t cap = 0;
	*out = (struct json){ .kind = J_LIST };
	if (take(r, ']'))
		return true;
	do {
		out->items = grow(r, out->items, out->count, &cap, sizeof *out->items);
		if (!read_value(r, depth + 1, &out->items[out->count++]))
			return false;
	} while (take(r, ','));
	return take(r, ']') || fail(r, "a comma or ] is missing");
}

static int by_text(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

/* Strangers choose how many keys there are, so many are sorted. */
static bool is_twice(struct arena *a, const struct json *object)
{
	const struct json_member *m = object->members;
	size_t n = object->count;
	if (n <= FEW_KEYS) {
		for (size_t i = 1; i < n; i++)
			for (size_t k = 0; k < i; k++)
				if (str_eq(m[i].key, m[k].key))
					return true;
		return false;
	}
	struct str *keys = NEW_N(a, struct str, n);
	for (size_t i = 0; i < n; i++)
		keys[i] = m[i].key;
	qsort(keys, n, sizeof *keys, by_text);
	for (size_t i = 1; i < n; i++)
		if (str_eq(keys[i - 1], keys[i]))
			return true;
	return false;
}

static bool read_object(struct reader *r, int depth, struct json *out)
{
	size_t cap = 0;
	*out = (struct json){ .kind = J_OBJECT };
	if (take(r, '}'))
		return true;
	do {
		out->members = grow(r, out->members, out->count, &cap, sizeof *out->members);
		struct json_member *m = &out->members[out->count++];
		if (!take(r, '"'))
			return fail(r, "a key is missing");
		if (!read_string(r, &m->key))
			return false;
		if (!take(r, ':'))
			return fail(r, "a colon is missing");
		if (!read_value(r, depth + 1, &m->value))
			return false;
	} while (take(r, ','));
	if (!take(r, '}'))
		return fail(r, "a comma or } is missing");
	return !is_twice(r->a, out) || fail(r, "a key stands twice");
}

static bool read_word(struct reader *r, struct str word, enum json_kind kind, struct json *out)
{
	if (!str_starts((struct str){ r->at, (size_t)(r->end - r->at) }, word))
		return fail(r, "no value stands here");
	r->at += word.len;
	*out = (struct json){ .kind = kind };
	return true;
}

static bool read_value(struct reader *r, int depth, struct json *out)
{
	if (depth > MAX_DEPTH)
		return fail(r, "nested more than 64 levels deep");
	skip_space(r);
	switch (*r->at) {
	case '{':
		r->at++;
		return read_object(r, depth, out);
	case '[':
		r->at++;
		return read_list(r, depth, out);
	case '"':
		r->at++;
		*out = (struct json){ .kind = J_STR };
		return read_string(r, &out->s);
	case 't':
		return read_word(r, S("true"), J_TRUE, out);
	case 'f':
		return read_word(r, S("false"), J_FALSE, out);
	case 'n':
		return read_word(r, S("null"), J_NULL, out);
	default:
		*out = (struct json){ .kind = J_NULL };
		if (*r->at != '-' && !is_digit(*r->at))
			return fail(r, "no value stands here");
		return read_number(r, out);
	}
}

/* By the text as it came: unescaping has moved the copy. */
static struct str where(const struct reader *r, struct str text)
{
	size_t at = (size_t)(r->at - r->begin), line = 1, begin = 0;
	for (size_t i = 0; i < at && i < text.len; i++)
		if (text.at[i] == '\n') {
			line++;
			begin = i + 1;
		}
	return str_printf(r->a, "line %zu, column %zu: %s", line, at - begin + 1, r->fault);
}

bool json_parse(struct arena *a, struct str text, struct json *out, struct str *why)
{
	struct json tree;
	if (text.len > MAX_BYTES) {
		*why = S("longer than 8 MiB");
		return false;
	}
	if (!utf8_valid(text)) {
		*why = S("not valid UTF-8");
		return false;
	}
	struct reader r = { .a = a, .begin = str_z(a, text) };
	r.at = r.begin;
	r.end = r.begin + text.len;
	if (!read_value(&r, 1, &tree) || (skip_space(&r), r.at != r.end)) {
		fail(&r, "more follows the value");
		*why = where(&r, text);
		return false;
	}
	*out = tree;
	return true;
}
