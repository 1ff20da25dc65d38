/* One pass with a small stack of open parentheses. Expressions are handed to the C compiler as text,
 * so what matters here is that they stay expressions: no statement, no block, no comment, no
 * assignment. */
#include "tools/directive.h"

#include <string.h>

static const char keywords[] =
	" template include if elif else each end msg msg_id call layout slot ";

bool directive_is_name(struct str s)
{
	struct scan w = { .text = s };
	return s.len && !(s.at[0] >= '0' && s.at[0] <= '9') && scan_word(&w, "_").len == s.len;
}

/* Steps over a string or a character between quotes. */
static void skip_quoted(struct scan *s)
{
	size_t from = s->at;
	int quote = scan_peek(s, 0), c;
	for (s->at++; (c = scan_peek(s, 0)) != quote; s->at += c == '\\' ? 2 : 1)
		if (c < 0 || c == '\n' || scan_peek(s, 1) < 0) {
			scan_fail(s, from, "this string is not closed: add %c", quote);
			s->at = s->text.len;
			return;
		}
	s->at++;
}

bool directive_read(struct scan *s, struct arena *mem, struct directive *out)
{
	char open[32];
	size_t depth = 0;
	*out = (struct directive){ .at = s->at };
	size_t from = s->at += 2;
	while (!s->failed && !(scan_sees(s, "}}") && !depth)) {
		int c = scan_peek(s, 0), next = scan_peek(s, 1);
		if (c < 0) {
			scan_fail(s, out->at, "this directive is never closed: add }}");
		} else if (c == '"' || c == '\'') {
			out->words = out->words || c == '"';
			skip_quoted(s);
			continue;
		} else if ((c == '(' || c == '[') && depth == sizeof open) {
			scan_fail(s, s->at,
				  "more than %zu parentheses inside each other: compute it in C",
				  sizeof open);
		} else if (c == '(' || c == '[') {
			open[depth++] = c == '(' ? ')' : ']';
		} else if ((c == ')' || c == ']') && depth && open[depth - 1] == c) {
			depth--;
		} else if (c == ')' || c == ']') {
			scan_fail(s, s->at, "'%c' does not pair: balance ( ) and [ ]", c);
		} else if ((c == '=' && next != '=' && !strchr("=!<>", s->text.at[s->at - 1])) ||
			   (next == c && (c == '+' || c == '-')) || scan_sees(s, "<<=") ||
			   scan_sees(s, ">>=")) {
			scan_fail(s, s->at,
				  "a page does not change values: compute it in C and put it in "
				  "the struct");
		} else if (scan_sees(s, "//") || scan_sees(s, "/*")) {
			scan_fail(s, s->at,
				  "no comment inside a directive: write {{# ... }} beside it");
		} else if (c > 0x7e ||
			   !(strchr(" \t\n.,_+-*/%<>=!&|?:~^", c) || (c >= '0' && c <= '9') ||
			     ((c | 32) >= 'a' && (c | 32) <= 'z'))) {
			scan_fail(s, s->at,
				  "'%.*s' cannot stand in a directive: only a C expression without "
				  "; { } can",
				  STR_ARG(scan_sign(s)));
		}
		s->at += !s->failed;
	}
	if (s->failed)
		return false;
	struct str all = str_trim(str_cut(str_from(s->text, from), s->at - from));
	char *flat = str_z(mem, all);
	for (size_t i = 0; i < all.len; i++)
		if (flat[i] == '\n')
			flat[i] = ' ';
	struct scan w = { .text = { flat, all.len } };
	out->word = scan_word(&w, "_");
	out->rest = str_trim(str_from(w.text, w.at));
	if (!scan_listed(keywords, out->word) || (w.at < all.len && !strchr(" \t", flat[w.at]))) {
		out->word = S("");
		out->rest = w.text;
	}
	s->at += 2;
	return true;
}

bool directive_call(struct str text, struct str *name, struct str *args)
{
	const char *open = text.len ? memchr(text.at, '(', text.len) : NULL;
	struct scan s = { .text = text, .failed = true }; /* silent: quotes were checked before */
	if (!open || text.at[text.len - 1] != ')')
		return false;
	int depth = 1;
	for (s.at = (size_t)(open - text.at) + 1; s.at < text.len - 1; s.at++) {
		if (text.at[s.at] == '"' || text.at[s.at] == '\'') {
			skip_quoted(&s);
			s.at--;
			continue;
		}
		depth += (text.at[s.at] == '(') - (text.at[s.at] == ')');
		if (!depth)
			return false;
	}
	*name = str_trim(str_cut(text, (size_t)(open - text.at)));
	*args = str_trim(str_cut(str_from(text, (size_t)(open - text.at) + 1),
				 text.len - (size_t)(open - text.at) - 2));
	return true;
}
