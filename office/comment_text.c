/* Rules look at the bare text, in which nothing hides behind an accent, a full-width letter or a sign
 * that is not seen. They hold and never refuse: a sum of money that looks like a telephone number costs
 * a clerk a moment and its author nothing. */
#include "office/comment_text.h"

#include "base/utf8.h"

#include <string.h>

/* --- Cleaning --- */

/* Marks that turn the direction around: with them a text can be written over its neighbours. */
static bool turns(int32_t c)
{
	return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

struct str comment_clean(struct arena *a, struct str typed)
{
	struct str rest = utf8_clean(a, typed), sign;
	struct buf b = { .a = a };
	size_t end = 0;
	int32_t c;
	while (utf8_next_sign(&rest, &sign, &c)) {
		bool blank = utf8_is_blank(c);
		if (turns(c) || (!b.len && blank))
			continue;
		buf_put(&b, sign);
		if (!blank)
			end = b.len;
	}
	/* Without a mark between them two signs may have become one. */
	return utf8_nfc(a, str_cut(buf_str(&b), end));
}

struct str comment_clean_name(struct arena *a, struct str typed)
{
	struct str rest = comment_clean(a, typed), sign;
	struct buf b = { .a = a };
	bool gap = false;
	int32_t c;
	while (utf8_next_sign(&rest, &sign, &c)) {
		if (utf8_is_blank(c)) {
			gap = true;
			continue;
		}
		if (gap)
			buf_putc(&b, ' ');
		gap = false;
		buf_put(&b, sign);
	}
	return buf_str(&b);
}

/* --- Rules --- */

enum { RUN_LONG = 9, PHONE_LEAST = 9, PHONE_MOST = 11 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* What ends an address here. A full stop without a space after it is a common slip ("xong.Mong"), so
 * not everything with a point in it is an address. */
static bool is_domain_end(struct str s)
{
	static const char *const ends[] = { "vn",     "com", "net",  "org",   "info", "biz",
					    "edu",    "gov", "io",   "me",    "ly",   "tk",
					    "xyz",    "top", "club", "shop",  "site", "store",
					    "online", "app", "link", "live",  "tv",   "cc",
					    "asia",   "gl",  "gg",   "page",  "dev",  "pro",
					    "vip",    "win", "bet",  "casino" };
	size_t n = 0;
	while (n < s.len && is_letter(s.at[n]))
		n++;
	bool over = n == s.len || (!is_digit(s.at[n]) && s.at[n] != '-');
	for (size_t i = 0; i < LENGTH(ends) && over; i++)
		if (str_eq(str_cut(s, n), str_of(ends[i])))
			return true;
	return false;
}

static bool has_link(struct str bare)
{
	if (str_has(bare, S("://")) || str_has(bare, S("www.")) || str_has(bare, S("hxxp")))
		return true;
	for (size_t i = 1; i + 1 < bare.len; i++) {
		bool joins = is_letter(bare.at[i - 1]) || is_digit(bare.at[i - 1]);
		if (bare.at[i] == '.' && joins && is_domain_end(str_from(bare, i + 1)))
			return true;
	}
	return false;
}

static bool has_mail(struct str bare)
{
	for (size_t i = 1; i + 1 < bare.len; i++) {
		char before = bare.at[i - 1], after = bare.at[i + 1];
		if (bare.at[i] == '@' && (is_letter(before) || is_digit(before)) &&
		    (is_letter(after) || is_digit(after)))
			return true;
	}
	return false;
}

/* How many signs part the digit before from the one after: one, or two when one of them is a bracket;
 * 0: the run of digits ends here. */
static size_t parting(struct str s)
{
	size_t n = 0;
	bool bracket = false;
	for (; n < s.len && n < 2 && s.at[n] && strchr(".- ()", s.at[n]); n++)
		bracket = bracket || s.at[n] == '(' || s.at[n] == ')';
	bool goes_on = n && n < s.len && is_digit(s.at[n]) && (n == 1 || bracket);
	return goes_on ? n : 0;
}

/* "0912.345.678", "(0229) 387 1234", "+84 912 345 678". Nine or more digits without anything between them
 * are a number of somebody or of an account; parted ones only where they begin like a telephone number,
 * because sums of money are written so too. */
static bool has_number(struct str bare)
{
	for (size_t i = 0; i < bare.len; i++) {
		size_t end = i, digits = 0, together = 0, longest = 0, gap;
		for (; end < bare.len && is_digit(bare.at[end]); end += gap) {
			digits++;
			if (++together > longest)
				longest = together;
			if (++end < bare.len && (gap = parting(str_from(bare, end))))
				together = 0;
			else
				gap = 0;
		}
		bool home = bare.at[i] == '0';
		bool abroad = i && bare.at[i - 1] == '+' && str_starts(str_from(bare, i), S("84"));
		if (longest >= RUN_LONG ||
		    ((home || abroad) && digits >= PHONE_LEAST && digits <= PHONE_MOST))
			return true;
		if (digits)
			i = end;
	}
	return false;
}

/* Words of a name as they stand between spaces in the list: a citizen may not answer as the office. */
static const char *const offices[] = {
	" ubnd ",        " u b n d ",   " uy ban ",   " hdnd ",        " hoi dong ",
	" mttq ",        " mat tran ",  " dang uy ",  " chi bo ",      " cong an ",
	" chinh quyen ", " chu tich ",  " bi thu ",   " truong thon ", " truong ban ",
	" can bo ",      " cong chuc ", " lanh dao ", " quan tri ",    " admin ",
};

static bool sounds_official(struct arena *a, struct str name)
{
	struct str rest = utf8_bare(a, name), word;
	struct buf words = { .a = a };
	buf_putc(&words, ' ');
	while (utf8_next_word(&rest, &word)) {
		buf_put(&words, word);
		buf_putc(&words, ' ');
	}
	for (size_t i = 0; i < LENGTH(offices); i++)
		if (str_has(buf_str(&words), str_of(offices[i])))
			return true;
	return false;
}

unsigned comment_why(struct arena *a, struct str name, struct str text,
		     const struct comment_past *past)
{
	struct str bare = utf8_bare(a, str_printf(a, "%.*s\n%.*s", STR_ARG(name), STR_ARG(text)));
	unsigned why = 0;
	if (past->hold_all)
		why |= COMMENT_WHY_SETTING;
	if (!past->shown)
		why |= COMMENT_WHY_FIRST;
	if (has_link(bare))
		why |= COMMENT_WHY_LINK;
	if (has_mail(bare) || has_number(bare))
		why |= COMMENT_WHY_CONTACT;
	if (past->waiting >= COMMENT_WAITING_MANY)
		why |= COMMENT_WHY_WAITING;
	if (past->again)
		why |= COMMENT_WHY_AGAIN;
	if (sounds_official(a, name))
		why |= COMMENT_WHY_OFFICE;
	return why;
}

bool comment_same(struct arena *a, struct str x, struct str y)
{
	struct str rest_x = utf8_bare(a, x), rest_y = utf8_bare(a, y), word_x, word_y;
	bool any = false;
	while (utf8_next_word(&rest_x, &word_x)) {
		if (!utf8_next_word(&rest_y, &word_y) || !str_eq(word_x, word_y))
			return false;
		any = true;
	}
	return !utf8_next_word(&rest_y, &word_y) && (any || str_eq(x, y));
}

struct str comment_why_word(enum comment_why one)
{
	static const struct str words[COMMENT_WHYS] = {
		S_INIT("setting"), S_INIT("first"), S_INIT("link"),   S_INIT("contact"),
		S_INIT("waiting"), S_INIT("again"), S_INIT("office"),
	};
	for (int i = 0; i < COMMENT_WHYS; i++)
		if (one == 1u << i)
			return words[i];
	return S("");
}
