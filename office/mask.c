/* The text is cut into words once; a passage is then compared with the words that follow each place. */
#include "office/mask.h"

#include "base/utf8.h"
#include "office/trace.h"

#include <string.h>

enum { GAP_MOST = 8 }; /* bytes between two words that belong together */

/* --- Words --- */

static void add_word(struct arena *a, struct mask_words *out, size_t *cap, struct str text,
		     size_t from, size_t to)
{
	if (out->n == *cap) {
		size_t wider = *cap ? *cap * 2 : 16;
		out->at = arena_grow(a, out->at, *cap * sizeof *out->at, wider * sizeof *out->at);
		*cap = wider;
	}
	struct str word = { text.at + from, to - from };
	out->at[out->n++] =
		(struct mask_word){ from, to, utf8_spelling(a, word), utf8_fold(a, word) };
}

static struct mask_words words_of(struct arena *a, struct str text)
{
	struct mask_words out = { NULL, 0 };
	struct str rest = text, sign;
	size_t cap = 0, from = 0;
	bool inside = false;
	int32_t c;
	for (;;) {
		size_t at = text.len - rest.len;
		bool more = utf8_next_sign(&rest, &sign, &c);
		bool word = more && utf8_is_word(c);
		if (word && !inside)
			from = at;
		else if (!word && inside)
			add_word(a, &out, &cap, text, from, at);
		inside = word;
		if (!more)
			return out;
	}
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.len > 0;
}

/* --- Passages --- */

static struct str joined_digits(struct arena *a, const struct mask_words *w)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < w->n; i++) {
		if (!is_digits(w->at[i].bare))
			return S("");
		buf_put(&b, w->at[i].bare);
	}
	return buf_str(&b);
}

void passages_add(struct arena *a, struct str lines, struct passages *out)
{
	for (struct str line; str_next(&lines, '\n', &line);) {
		struct str text = utf8_clean(a, line);
		if (!text.len)
			continue;
		out->at = arena_grow(a, out->at, out->n * sizeof *out->at,
				     (out->n + 1) * sizeof *out->at);
		struct passage *p = &out->at[out->n++];
		*p = (struct passage){ .text = text, .words = words_of(a, text) };
		p->joined = joined_digits(a, &p->words);
	}
}

bool passage_is_short(const struct passage *p)
{
	size_t signs = 0;
	if (p->joined.len)
		return p->joined.len < PASSAGE_DIGITS;
	for (size_t i = 0; i < p->words.n; i++)
		for (size_t k = 0; k < p->words.at[i].bare.len; k++)
			signs += ((unsigned char)p->words.at[i].bare.at[k] & 0xC0) != 0x80;
	return signs < PASSAGE_LETTERS;
}

/* --- Finding --- */

static bool follows(const struct mask_words *w, size_t i)
{
	return i + 1 < w->n && w->at[i + 1].from - w->at[i].to <= GAP_MOST;
}

static size_t match_words(const struct passage *p, const struct mask_words *w, size_t i)
{
	bool spelled = true, bare = p->words.n > 1;
	for (size_t k = 0; k < p->words.n; k++) {
		if (i + k >= w->n || (k && !follows(w, i + k - 1)))
			return 0;
		const struct mask_word *is = &w->at[i + k];
		spelled &= str_eq(is->spelling, p->words.at[k].spelling);
		bare &= str_eq(is->bare, p->words.at[k].bare) && str_eq(is->bare, is->spelling);
		if (!spelled && !bare)
			return 0;
	}
	return p->words.n;
}

/* The same digits in other groups; or all of them in one word with something before or behind. */
static size_t match_digits(const struct passage *p, const struct mask_words *w, size_t i)
{
	struct str left = p->joined;
	if (left.len < PASSAGE_DIGITS)
		return 0;
	if (str_has(w->at[i].bare, left))
		return 1;
	for (size_t k = i; is_digits(w->at[k].bare) && str_starts(left, w->at[k].bare); k++) {
		left = str_from(left, w->at[k].bare.len);
		if (!left.len)
			return k - i + 1;
		if (!follows(w, k))
			return 0;
	}
	return 0;
}

static size_t match(const struct passages *all, const struct mask_words *w, size_t i)
{
	size_t longest = 0;
	for (size_t k = 0; k < all->n; k++) {
		size_t n = match_words(&all->at[k], w, i);
		size_t digits = n ? 0 : match_digits(&all->at[k], w, i);
		n = n > digits ? n : digits;
		longest = n > longest ? n : longest;
	}
	return longest;
}

size_t mask_text(struct arena *a, const struct passages *p, struct str *text)
{
	struct buf b = { .a = a };
	size_t places = 0, done = 0;
	if (!p->n || !text->len)
		return 0;
	struct mask_words w = words_of(a, *text);
	for (size_t i = 0; i < w.n; i++) {
		size_t n = match(p, &w, i);
		if (!n)
			continue;
		buf_put_bytes(&b, text->at + done, w.at[i].from - done);
		buf_put(&b, S(MASK_BAR));
		i += n - 1;
		done = w.at[i].to;
		places++;
	}
	if (!places)
		return 0;
	buf_put_bytes(&b, text->at + done, text->len - done);
	*text = buf_str(&b);
	return places;
}

size_t mask_file_name(struct arena *a, const struct passages *p, struct str *name)
{
	bool found = false;
	size_t stem = name->len;
	for (size_t k = 0; k < p->n && !found; k++)
		found = trace_says_joined(a, *name, p->at[k].text);
	if (!found)
		return mask_text(a, p, name);
	for (size_t i = name->len; i > 0 && stem == name->len; i--)
		if (name->at[i - 1] == '.')
			stem = i - 1;
	*name = str_printf(a, MASK_BAR "%.*s", STR_ARG(str_from(*name, stem)));
	return 1;
}

/* --- Structs --- */

static size_t mask_list(struct arena *a, const struct passages *p, struct strs *list)
{
	struct str *at = NEW_N(a, struct str, list->n);
	size_t places = 0;
	for (size_t i = 0; i < list->n; i++) {
		at[i] = list->at[i];
		places += mask_text(a, p, &at[i]);
	}
	if (places)
		list->at = at;
	return places;
}

static size_t mask_files(struct arena *a, const struct passages *p, struct file_refs *files)
{
	struct file_ref *at = NEW_N(a, struct file_ref, files->n);
	size_t places = 0;
	for (size_t i = 0; i < files->n; i++) {
		at[i] = files->at[i];
		places += mask_file_name(a, p, &at[i].name);
	}
	if (places)
		files->at = at;
	return places;
}

size_t mask_fields(struct arena *a, const struct passages *p, const struct field *table,
		   void *owner)
{
	size_t places = 0;
	for (const struct field *f = table; f && f->type; f++) {
		bool chosen = (f->choices || f->options) && !f->other;
		if (f->type == FIELD_FILES)
			places += mask_files(a, p, field_files(f, owner));
		else if (f->type == FIELD_TEXT && !chosen)
			places += mask_text(a, p, field_str(f, owner));
		else if (f->type == FIELD_LIST && !chosen)
			places += mask_list(a, p, field_list(f, owner));
	}
	return places;
}

/* --- Showing --- */

size_t mask_find(struct str text)
{
	const char *at = text.len ? memmem(text.at, text.len, MASK_BAR, S(MASK_BAR).len) : NULL;
	return at ? (size_t)(at - text.at) : text.len;
}

struct str mask_say(struct arena *a, struct str text, struct str words)
{
	struct buf b = { .a = a };
	size_t at = mask_find(text);
	if (at == text.len)
		return text;
	for (; at < text.len; at = mask_find(text)) {
		buf_put(&b, str_cut(text, at));
		buf_put(&b, words);
		text = str_from(text, at + S(MASK_BAR).len);
	}
	buf_put(&b, text);
	return buf_str(&b);
}
