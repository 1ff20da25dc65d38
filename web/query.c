/* Canonical text is what cached pages are found by, so it is made in the caller's memory: no
 * allocation on the way to a page that is ready. */
#include "web/query.h"

#include "base/utf8.h"

#include <string.h>
#include <sys/types.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_allowed(unsigned char c, bool lines)
{
	return (c >= 0x20 && c != 0x7F) || (lines && (c == '\t' || c == '\r' || c == '\n'));
}

/* Into memory of at least in.len bytes. -1: refused. */
static ssize_t decode_into(struct str in, bool plus, bool lines, char *to)
{
	size_t n = 0;
	for (size_t i = 0; i < in.len; i++) {
		unsigned char c = (unsigned char)in.at[i];
		if (c == '%') {
			if (in.len - i < 3)
				return -1;
			int high = hex_digit(in.at[i + 1]), low = hex_digit(in.at[i + 2]);
			if (high < 0 || low < 0)
				return -1;
			c = (unsigned char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (!is_allowed(c, lines))
			return -1;
		to[n++] = (char)c;
	}
	return utf8_valid((struct str){ to, n }) ? (ssize_t)n : -1;
}

bool percent_decode(struct arena *a, struct str in, bool plus, bool lines, struct str *out)
{
	char *to = arena_get(a, in.len + 1);
	ssize_t n = decode_into(in, plus, lines, to);
	if (n < 0)
		return false;
	*out = (struct str){ to, (size_t)n };
	return true;
}

static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

static const char hex_digits[] = "0123456789ABCDEF";

void percent_encode(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if (is_plain(c)) {
			buf_putc(out, (char)c);
		} else {
			buf_putc(out, '%');
			buf_putc(out, hex_digits[c >> 4]);
			buf_putc(out, hex_digits[c & 15]);
		}
	}
}

struct str pairs_get(const struct pairs *p, struct str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->at[i].name, name))
			return p->at[i].value;
	return S("");
}

struct strs pairs_all(struct arena *a, const struct pairs *p, struct str name)
{
	struct strs all = { NEW_N(a, struct str, p->n), 0 };
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->at[i].name, name))
			all.at[all.n++] = p->at[i].value;
	return all;
}

static struct pair split(struct str piece)
{
	struct str rest = piece, name;
	if (!str_next(&rest, '=', &name))
		return (struct pair){ S(""), S("") };
	return (struct pair){ name, rest.at ? rest : S("") };
}

bool pairs_parse(struct arena *a, struct str text, bool lines, size_t max, struct pairs *out)
{
	size_t n = text.len != 0;
	for (size_t i = 0; i < text.len; i++)
		n += text.at[i] == '&';
	if (n > max)
		return false;
	struct pairs p = { NEW_N(a, struct pair, n), 0 };
	struct str rest = text, piece;
	while (text.len && str_next(&rest, '&', &piece)) {
		struct pair raw = split(piece), *pair = &p.at[p.n];
		if (!piece.len)
			continue; /* "a=1&&b=2", as some links are written */
		if (!raw.name.len || !percent_decode(a, raw.name, true, false, &pair->name) ||
		    !percent_decode(a, raw.value, true, lines, &pair->value))
			return false;
		p.n++;
	}
	*out = p;
	return true;
}

/* --- canonical text --- */

struct room {
	char *at;
	size_t len, cap;
	bool full;
};

static void put(struct room *r, unsigned char c)
{
	if (r->len < r->cap)
		r->at[r->len++] = (char)c;
	else
		r->full = true;
}

/* Decodes and encodes again, keeping the signs of `keep` as they are. */
static bool put_piece(struct room *r, struct str raw, bool plus, const char *keep)
{
	char plain[QUERY_MAX];
	if (raw.len > sizeof plain)
		return false;
	ssize_t n = decode_into(raw, plus, false, plain);
	for (ssize_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)plain[i];
		if (is_plain(c) || strchr(keep, c)) {
			put(r, c);
		} else {
			put(r, '%');
			put(r, (unsigned char)hex_digits[c >> 4]);
			put(r, (unsigned char)hex_digits[c & 15]);
		}
	}
	return n >= 0 && !r->full;
}

int query_canonical(struct str raw, char *out, size_t cap)
{
	char pool[QUERY_MAX];
	struct room work = { pool, 0, sizeof pool, false };
	struct pair pairs[QUERY_PAIRS_MAX];
	size_t n = 0, count = 0;
	struct str rest = raw, piece;

	while (raw.len && str_next(&rest, '&', &piece)) {
		struct pair pair = split(piece);
		size_t at = work.len;
		if (++count > QUERY_PAIRS_MAX)
			return -1;
		if (!piece.len)
			continue;
		if (!pair.name.len || !put_piece(&work, pair.name, true, ""))
			return -1;
		struct str name = { pool + at, work.len - at };
		at = work.len;
		if (!put_piece(&work, pair.value, true, ""))
			return -1;
		struct str value = { pool + at, work.len - at };
		if (!value.len)
			continue;
		size_t place = n++;
		for (; place && str_cmp(pairs[place - 1].name, name) > 0; place--)
			pairs[place] = pairs[place - 1];
		pairs[place] = (struct pair){ name, value };
	}
	struct room to = { out, 0, cap, false };
	for (size_t i = 0; i < n; i++) {
		if (i)
			put(&to, '&');
		for (size_t k = 0; k < pairs[i].name.len; k++)
			put(&to, (unsigned char)pairs[i].name.at[k]);
		put(&to, '=');
		for (size_t k = 0; k < pairs[i].value.len; k++)
			put(&to, (unsigned char)pairs[i].value.at[k]);
	}
	return to.full ? -1 : (int)to.len;
}

int path_canonical(struct str raw, char *out, size_t cap)
{
	struct room to = { out, 0, cap, false };
	struct str rest = raw, segment;

	if (!raw.len || raw.at[0] != '/' || raw.len > QUERY_MAX)
		return -1;
	rest = str_from(raw, 1);
	put(&to, '/');
	for (bool first = true; str_next(&rest, '/', &segment); first = false) {
		size_t at = to.len + !first;
		if (!first)
			put(&to, '/');
		if (!segment.len && rest.at)
			return -1;
		if (!put_piece(&to, segment, false, "!$&'()*+,;=:@"))
			return -1;
		struct str made = { out + at, to.len - at };
		if (str_eq(made, S(".")) || str_eq(made, S("..")) || str_has(made, S("%2F")) ||
		    str_has(made, S("%5C")))
			return -1;
	}
	return to.full ? -1 : (int)to.len;
}
