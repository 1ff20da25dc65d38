/* One look at each place where a trace could begin; nothing is copied. */
#include "office/trace.h"

#include "base/utf8.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A sign of a name on the net; bytes beyond ASCII are letters of ordinary words. */
static bool is_name(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == '+';
}

static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static char at(struct str s, size_t i)
{
	return i < s.len ? s.at[i] : '\0';
}

static struct str piece_of(struct str s, size_t from, size_t to)
{
	return (struct str){ s.at + from, to - from };
}

/* --- Numbers --- */

/* A run of digits in groups with one sign between all of them: how numbers are written. */
struct number {
	char first[3]; /* its first digits, without +84 */
	int digits;
	size_t end;
};

static struct number read_number(struct str s, size_t i)
{
	struct number n = { .end = i };
	char between = '\0';
	while (i < s.len) {
		if (is_digit(s.at[i])) {
			if (n.digits < 3)
				n.first[n.digits] = s.at[i];
			n.digits++;
			n.end = ++i;
			continue;
		}
		bool joins = (s.at[i] == ' ' || s.at[i] == '.' || s.at[i] == '-') &&
			     is_digit(at(s, i + 1)) && (!between || between == s.at[i]);
		if (!joins)
			break;
		between = s.at[i++];
	}
	return n;
}

/* Without the nought in front: mobile numbers have nine digits and begin with 3, 5, 7, 8 or 9, others
 * begin with 2 and have ten. */
static bool is_subscriber(char first, int digits)
{
	return (digits == 9 &&
		(first == '3' || first == '5' || first == '7' || first == '8' || first == '9')) ||
	       (digits == 10 && first == '2');
}

static bool is_phone(struct str s, size_t i, size_t *end)
{
	bool abroad = at(s, i) == '+' && at(s, i + 1) == '8' && at(s, i + 2) == '4';
	size_t from = abroad ? i + 3 : i;
	if (abroad && (at(s, from) == ' ' || at(s, from) == '.' || at(s, from) == '-'))
		from++;
	if (!is_digit(at(s, from)))
		return false;
	struct number n = read_number(s, from);
	*end = n.end;
	if (is_word(at(s, n.end)))
		return false;
	if (abroad)
		return is_subscriber(n.first[0], n.digits);
	return n.first[0] == '0' && (n.digits == 12 || is_subscriber(n.first[1], n.digits - 1));
}

/* --- Names on the net --- */

static size_t name_end(struct str s, size_t i)
{
	while (i < s.len && is_name(s.at[i]))
		i++;
	while (i && (s.at[i - 1] == '.' || s.at[i - 1] == '-')) /* the end of the sentence */
		i--;
	return i;
}

/* At an '@': what stands before it decides which of the two it is. */
static enum trace around_at(struct str s, size_t i, struct str *piece)
{
	size_t from = i, to = name_end(s, i + 1);
	bool dotted = false;
	for (size_t k = i + 1; k < to; k++)
		dotted |= s.at[k] == '.';
	while (from && is_name(s.at[from - 1]))
		from--;
	if (to < i + 2)
		return TRACE_NONE;
	bool alone = from == i && (!i || (unsigned char)s.at[i - 1] < 0x80);
	enum trace found = from < i && dotted    ? TRACE_EMAIL
			   : alone && to - i > 3 ? TRACE_HANDLE
						 : TRACE_NONE;
	if (found)
		*piece = piece_of(s, from, to);
	return found;
}

static const char *const networks[] = {
	"facebook.com", "fb.com",       "fb.me",    "m.me",          "zalo.me",
	"tiktok.com",   "youtube.com",  "youtu.be", "instagram.com", "threads.net",
	"twitter.com",  "x.com",        "t.me",     "telegram.me",   "lotus.vn",
	"gapo.vn",      "linkedin.com", "wa.me",    "viber.com",
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* "facebook.com/..." or "m.facebook.com/..." that begins here; its name alone is a word like any. */
static bool is_network(struct str s, size_t i, size_t *end)
{
	for (size_t k = 0; k < LENGTH(networks); k++) {
		struct str host = str_of(networks[k]);
		size_t n = 0;
		while (n < host.len && lower(at(s, i + n)) == host.at[n])
			n++;
		if (n < host.len || at(s, i + n) != '/' || i + n + 1 >= s.len ||
		    (unsigned char)at(s, i + n + 1) <= ' ')
			continue;
		*end = i + n;
		while (*end < s.len && (unsigned char)s.at[*end] > ' ')
			++*end;
		return true;
	}
	return false;
}

enum trace trace_find(struct str text, struct str *piece)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t end;
		char before = i ? text.at[i - 1] : ' ';
		bool starts_number = !is_word(before) && before != '+' && before != '.' &&
				     before != '-' && before != '/';
		if (starts_number && is_phone(text, i, &end)) {
			*piece = piece_of(text, i, end);
			return TRACE_PHONE;
		}
		if (!is_word(before) && before != '-' && is_network(text, i, &end)) {
			*piece = piece_of(text, i, end);
			return TRACE_PROFILE;
		}
		enum trace found = text.at[i] == '@' ? around_at(text, i, piece) : TRACE_NONE;
		if (found)
			return found;
	}
	return TRACE_NONE;
}

/* --- What is known of somebody --- */

/* Words alone, however they are accented, written large, marked or broken into lines. */
static struct str words_of(struct arena *a, struct str text, struct str between)
{
	struct str rest = utf8_bare(a, text), word;
	struct buf b = { .a = a };
	while (utf8_next_word(&rest, &word)) {
		if (b.len)
			buf_put(&b, between);
		buf_put(&b, word);
	}
	return buf_str(&b);
}

bool trace_says(struct arena *a, struct str text, struct str what)
{
	struct str mark = words_of(a, what, S(" "));
	return mark.len > 3 && str_has(str_printf(a, " %.*s ", STR_ARG(words_of(a, text, S(" ")))),
				       str_printf(a, " %.*s ", STR_ARG(mark)));
}

/* Numbers are the same in groups and without; names of files have no blanks to part words. */
bool trace_says_joined(struct arena *a, struct str text, struct str what)
{
	struct str mark = words_of(a, what, S(""));
	return mark.len > 3 && str_has(words_of(a, text, S("")), mark);
}
