/* Our own folding and splitting, the same for what is stored and what is typed: two spellings of one
 * word meet because both pass through the same two functions. */
#include "store/search.h"

#include "base/utf8.h"
#include "store/engine.h"

#include <string.h>

/* Both sides of the comparison cut long words alike, so that they still meet. */
static struct str short_word(struct str word)
{
	size_t n = word.len;

	if (n > SEARCH_WORD_BYTES)
		for (n = SEARCH_WORD_BYTES; ((unsigned char)word.at[n] & 0xC0) == 0x80;)
			n--;
	return str_cut(word, n);
}

static void put_word(struct buf *b, struct str word)
{
	if (b->len)
		buf_putc(b, ' ');
	buf_put(b, short_word(word));
}

static void put_words(struct buf *b, struct str text)
{
	struct str folded = utf8_fold(b->a, text), word;

	while (utf8_next_word(&folded, &word))
		put_word(b, word);
}

/* "CK-7K3Q-92MV": ck 7k3q 92mv, and ck7k3q92mv for those who type it in one. */
static void put_codes(struct buf *b, struct str codes)
{
	struct str code;

	put_words(b, codes);
	while (str_next(&codes, ' ', &code)) {
		struct str folded = utf8_fold(b->a, code), word;
		struct buf whole = { .a = b->a };
		size_t n = 0;
		for (; utf8_next_word(&folded, &word); n++)
			buf_put(&whole, word);
		if (n > 1)
			put_word(b, buf_str(&whole));
	}
}

enum err search_put(struct tx *tx, int64_t id, struct str title, struct str body, struct str codes)
{
	struct buf t = { .a = tx->mem }, b = { .a = tx->mem };

	put_words(&t, title);
	put_codes(&t, codes);
	put_words(&b, body);
	return search_later(tx, id, false, buf_str(&t), buf_str(&b));
}

enum err search_remove(struct tx *tx, int64_t id)
{
	return search_later(tx, id, true, S(""), S(""));
}

static void add_term(struct arena *a, struct search *s, struct str folded, bool phrase)
{
	struct str rest = folded, word;
	size_t most = 0;

	while (utf8_next_word(&rest, &word))
		most++;
	struct strs words = { .at = NEW_N(a, struct str, most) };
	while (utf8_next_word(&folded, &word)) {
		if (phrase) {
			words.at[words.n++] = short_word(word);
		} else if (s->n < SEARCH_TERMS) {
			words.at[words.n] = short_word(word);
			s->terms[s->n++].words = (struct strs){ &words.at[words.n++], 1 };
		}
	}
	if (phrase && words.n && s->n < SEARCH_TERMS)
		s->terms[s->n++].words =
			(struct strs){ words.at, words.n < SEARCH_TERMS ? words.n : SEARCH_TERMS };
}

/* The length of a quotation mark at the beginning, 0 for anything else. */
static size_t quote(struct str s)
{
	if (str_starts(s, S("\"")))
		return 1;
	return str_starts(s, S("“")) || str_starts(s, S("”")) ? strlen("“") : 0;
}

static size_t find_quote(struct str s)
{
	size_t i = 0;

	while (i < s.len && !quote(str_from(s, i)))
		i++;
	return i;
}

/* Does it end within a word, so that the word may still go on? */
static bool ends_in_word(struct arena *a, struct str text)
{
	struct str folded = utf8_fold(a, text), last = { 0 }, word;
	const char *end = folded.at + folded.len;

	while (utf8_next_word(&folded, &word))
		last = word;
	return last.len >= 2 && last.at + last.len == end;
}

bool search_parse(struct arena *a, struct str typed, enum search_option option, struct search *out)
{
	struct search s = { 0 };
	struct str rest = typed;
	bool open_end = false;

	while (rest.len) {
		size_t until = find_quote(rest);
		struct str part = str_cut(rest, until);
		add_term(a, &s, utf8_fold(a, part), false);
		open_end = until == rest.len && ends_in_word(a, part);
		rest = str_from(rest, until);
		if (!rest.len)
			break;
		rest = str_from(rest, quote(rest));
		size_t end = find_quote(rest);
		/* A quotation that is not closed is words like others. */
		bool closed = end < rest.len;
		part = str_cut(rest, end);
		add_term(a, &s, utf8_fold(a, part), closed);
		open_end = !closed && ends_in_word(a, part);
		rest = str_from(rest, closed ? end + quote(str_from(rest, end)) : end);
	}
	if (!s.n)
		return false;
	s.terms[s.n - 1].prefix = option == SEARCH_PREFIX && open_end && s.n < SEARCH_TERMS;
	*out = s;
	return true;
}

struct query search_query_at(struct tx *tx, const struct search *s, enum search_tier tier,
			     const char *sqlite, const char *postgres, const char *seldom)
{
	const struct engine *engine = tx->db->engine;
	struct str says = engine->search_expression(tx->mem, s, tier == SEARCH_IN_TITLE);
	const char *sql = engine->search_spelling == SEARCH_POSTGRES ? postgres : sqlite;
	bool is_seldom = false;
	/* A transaction finds what it has put itself. */
	enum err e = search_settle(tx);

	if (!e && engine->search_seldom)
		e = engine->search_seldom(tx, says, &is_seldom);
	if (e)
		return (struct query){ .tx = tx, .sql = sql, .err = e };
	struct query q = db_query_at(tx, is_seldom ? seldom : sql);
	db_bind_str(&q, says);
	return q;
}

enum err search_meant(struct tx *tx, struct search *s)
{
	enum { LISTED = 3 };
	struct search_term *last = &s->terms[s->n - 1];
	struct search alone = { .terms = { { .words = last->words } }, .n = 1 };
	bool is_there = false;

	if (!last->prefix || last->words.at[last->words.n - 1].len <= LISTED)
		return OK;
	enum err e = search_settle(tx);
	if (!e)
		e = tx->db->engine->search_has(tx, &alone, &is_there);
	if (is_there)
		last->prefix = false;
	return e;
}
