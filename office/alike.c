/* Each pair of syllables is looked up as a phrase; what several pairs find is the likeliest. */
#include "office/alike.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { PAIRS_MOST = 24, PAIRS_ASKED = 8, HITS_OF_A_PAIR = 10, OWN_SEEN = 50 };

struct pairs_of {
	struct str at[PAIRS_MOST];
	size_t n;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The syllables of a title, folded, and then each with the one after it; a lone one stands alone. */
static void pairs_in(struct arena *a, struct str title, struct pairs_of *out)
{
	struct str text = utf8_fold(a, title), before = { NULL, 0 };
	size_t i = 0;
	out->n = 0;
	while (i < text.len && out->n < PAIRS_MOST) {
		while (i < text.len && !is_letter(text.at[i]))
			i++;
		size_t from = i;
		while (i < text.len && is_letter(text.at[i]))
			i++;
		struct str one = { text.at + from, i - from };
		if (before.len && one.len)
			out->at[out->n++] =
				str_printf(a, "%.*s %.*s", STR_ARG(before), STR_ARG(one));
		if (one.len)
			before = one;
	}
	if (!out->n && before.len)
		out->at[out->n++] = before;
}

static bool has(const struct pairs_of *all, struct str one)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i], one))
			return true;
	return false;
}

int alike(struct arena *a, struct str x, struct str y)
{
	struct pairs_of of_x, of_y;
	size_t shared = 0;
	pairs_in(a, x, &of_x);
	pairs_in(a, y, &of_y);
	const struct pairs_of *few = of_x.n < of_y.n ? &of_x : &of_y;
	const struct pairs_of *many = few == &of_x ? &of_y : &of_x;
	for (size_t i = 0; i < few->n; i++)
		shared += has(many, few->at[i]);
	return few->n ? (int)(100 * shared / few->n) : 0;
}

struct scored {
	struct list_row row;
	int score;
};

static int by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	if (x->score != y->score)
		return y->score - x->score;
	return (x->row.id < y->row.id) - (x->row.id > y->row.id);
}

static void take_best(struct tx *tx, struct scored *all, size_t n, size_t most,
		      struct list_rows *out)
{
	if (n)
		qsort(all, n, sizeof *all, by_score);
	*out = (struct list_rows){ NEW_N(tx->mem, struct list_row, most), 0, n > most };
	for (size_t i = 0; i < n && out->n < most; i++)
		out->at[out->n++] = all[i].row;
}

static bool is_among(const struct scored *all, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].row.id == id)
			return true;
	return false;
}

enum err alike_public(struct tx *tx, int64_t under, struct str title, size_t most,
		      struct list_rows *out)
{
	struct scored *all = NEW_N(tx->mem, struct scored, PAIRS_ASKED * HITS_OF_A_PAIR);
	struct pairs_of pairs;
	size_t n = 0;
	pairs_in(tx->mem, title, &pairs);
	for (size_t i = 0; i < pairs.n && i < PAIRS_ASKED; i++) {
		struct search_rows hits;
		struct search_filter f = {
			.words = str_printf(tx->mem, "\"%.*s\"", STR_ARG(pairs.at[i])),
			.under = under,
			.limit = HITS_OF_A_PAIR,
		};
		enum err e = list_search(tx, &f, &hits);
		if (e)
			return e;
		for (size_t k = 0; k < hits.n; k++) {
			int score = alike(tx->mem, title, hits.at[k].title);
			if (score >= ALIKE_LEAST && !is_among(all, n, hits.at[k].id))
				all[n++] = (struct scored){ hits.at[k], score };
		}
	}
	take_best(tx, all, n, most, out);
	return OK;
}

enum err alike_own(struct tx *tx, const struct kind *kind, unsigned states, struct str title,
		   size_t most, struct list_rows *out)
{
	struct list_rows mine = { NULL, 0, false };
	struct scored *all = NEW_N(tx->mem, struct scored, OWN_SEEN);
	size_t n = 0;
	enum err e = tx->who && tx->who->person ? list_authored(tx, 0, OWN_SEEN, &mine) : OK;
	if (e)
		return e;
	for (size_t i = 0; i < mine.n; i++) {
		int score = alike(tx->mem, title, mine.at[i].title);
		if (mine.at[i].kind == kind && (mine.at[i].state & states) && score >= ALIKE_LEAST)
			all[n++] = (struct scored){ mine.at[i], score };
	}
	take_best(tx, all, n, most, out);
	return OK;
}
