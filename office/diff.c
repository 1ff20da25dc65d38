/* Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986) over tokens: once over lines, then
 * over the words of each stretch of changed lines. The frontier of every round is kept to walk the
 * path back, which costs D * D integers; hence the bound on D, and a scratch arena that is emptied
 * after every comparison. */
#include "office/diff.h"

#include <string.h>

#define LIMIT_BYTES ((size_t)1 << 20) /* of either text */
#define LIMIT_LINE_EDITS 1500         /* lines removed and added; 9 MB of frontiers */
#define LIMIT_WORD_EDITS 700          /* words removed and added within one stretch */

struct token {
	struct str text;
	uint64_t hash;
};

struct tokens {
	struct token *at;
	size_t n;
};

/* One stretch of the result in tokens: `same` of them equal, then `removed`, then `added`. */
struct run {
	size_t same, removed, added;
};

struct runs {
	struct run *at;
	size_t n;
};

struct work {
	struct arena *out;     /* the caller's: pieces */
	struct arena *lines;   /* lives as long as the comparison of lines */
	struct arena *scratch; /* emptied after each stretch of words */
	struct diff *diff;
	size_t cap;
};

static size_t line_length(struct str s)
{
	const char *end = memchr(s.at, '\n', s.len);
	return end ? (size_t)(end - s.at) + 1 : s.len;
}

enum sign { SPACE, WORD, MARK };

/* Every byte of a letter beyond ASCII belongs to a word, so no token cuts a letter in two. */
static enum sign sign_of(unsigned char c)
{
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
		return SPACE;
	bool letter =
		c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return letter ? WORD : MARK;
}

static size_t word_length(struct str s)
{
	enum sign first = sign_of((unsigned char)s.at[0]);
	size_t n = 1;
	while (first != MARK && n < s.len && sign_of((unsigned char)s.at[n]) == first)
		n++;
	return n;
}

static struct tokens split(struct arena *a, struct str s, size_t (*length)(struct str))
{
	struct tokens out = { 0 };
	for (struct str rest = s; rest.len; rest = str_from(rest, length(rest)))
		out.n++;
	out.at = NEW_N(a, struct token, out.n);
	size_t i = 0;
	for (struct str rest = s; rest.len; i++) {
		struct str text = str_cut(rest, length(rest));
		out.at[i] = (struct token){ text, str_hash(text) };
		rest = str_from(rest, text.len);
	}
	return out;
}

static bool same(const struct token *x, const struct token *y)
{
	return x->hash == y->hash && str_eq(x->text, y->text);
}

/* Rounds of the search: frontier d holds, for k = -d, -d+2, ..., d, how far x came on diagonal
 * k = x - y with d edits; OUTSIDE where no path of d edits within the grid ends on k. */
#define OUTSIDE (-2) /* a step to the right of it is still negative */

struct search {
	struct arena *a;
	struct tokens x, y;
	int32_t **frontiers;
	int32_t found; /* the d of the shortest script, -1 beyond the limit */
};

/* The x at which diagonal k is entered in round d: from above (something added) or from the left
 * (something removed), whichever leads farther; negative when neither stays within the grid. */
static int32_t enter(const struct search *s, int32_t d, int32_t k, bool *added)
{
	const int32_t *last = s->frontiers[d - 1]; /* diagonal j stands at (j + d - 1) / 2 */
	int32_t above = k < d ? last[(k + d) / 2] : OUTSIDE;
	int32_t left = k > -d ? last[(k + d) / 2 - 1] + 1 : OUTSIDE;
	if (above - k > (int32_t)s->y.n)
		above = OUTSIDE;
	if (left > (int32_t)s->x.n)
		left = OUTSIDE;
	*added = above >= left;
	return *added ? above : left;
}

static void search(struct search *s, int32_t limit)
{
	int32_t nx = (int32_t)s->x.n, ny = (int32_t)s->y.n;
	s->frontiers = NEW_N(s->a, int32_t *, (size_t)limit + 1);
	s->found = -1;
	for (int32_t d = 0; d <= limit; d++) {
		int32_t *frontier = s->frontiers[d] = NEW_N(s->a, int32_t, (size_t)d + 1);
		for (int32_t k = -d; k <= d; k += 2) {
			bool added;
			int32_t at = d ? enter(s, d, k, &added) : 0;
			if (at < 0) {
				frontier[(k + d) / 2] = OUTSIDE;
				continue;
			}
			while (at < nx && at - k < ny && same(&s->x.at[at], &s->y.at[at - k]))
				at++;
			frontier[(k + d) / 2] = at;
			if (at == nx && at - k == ny) {
				s->found = d;
				return;
			}
		}
	}
}

/* Walks the path back from the end and marks which tokens are not common to both. */
static void mark(const struct search *s, bool *gone, bool *come)
{
	int32_t k = (int32_t)s->x.n - (int32_t)s->y.n;
	for (int32_t d = s->found; d > 0; d--) {
		bool added;
		int32_t at = enter(s, d, k, &added);
		if (added)
			come[at - k - 1] = true;
		else
			gone[at - 1] = true;
		k += added ? 1 : -1;
	}
}

static struct runs collect(struct arena *a, struct tokens x, struct tokens y, const bool *gone,
			   const bool *come)
{
	struct runs out = { NEW_N(a, struct run, x.n + y.n + 1), 0 };
	size_t i = 0, j = 0;
	while (i < x.n || j < y.n) {
		struct run *r = &out.at[out.n++];
		for (; i < x.n && j < y.n && !gone[i] && !come[j]; i++, j++)
			r->same++;
		for (; i < x.n && gone[i]; i++)
			r->removed++;
		for (; j < y.n && come[j]; j++)
			r->added++;
	}
	return out;
}

/* The shortest script between x and y, or everything replaced when it would pass the limit. */
static struct runs compare(struct arena *a, struct tokens x, struct tokens y, int32_t limit)
{
	size_t head = 0, tail = 0;
	while (head < x.n && head < y.n && same(&x.at[head], &y.at[head]))
		head++;
	while (tail < x.n - head && tail < y.n - head &&
	       same(&x.at[x.n - 1 - tail], &y.at[y.n - 1 - tail]))
		tail++;

	bool *gone = NEW_N(a, bool, x.n + 1), *come = NEW_N(a, bool, y.n + 1);
	struct search s = {
		.a = a,
		.x = { x.at + head, x.n - head - tail },
		.y = { y.at + head, y.n - head - tail },
		.found = -1,
	};
	if (s.x.n && s.y.n)
		search(&s, limit);
	if (s.found >= 0) {
		mark(&s, gone + head, come + head);
	} else {
		memset(gone + head, true, s.x.n);
		memset(come + head, true, s.y.n);
	}
	return collect(a, x, y, gone, come);
}

static void put(struct work *w, enum diff_what what, struct str text)
{
	struct diff *d = w->diff;
	if (!text.len)
		return;
	struct diff_piece *last = d->n ? &d->at[d->n - 1] : NULL;
	if (last && last->what == what && last->text.at + last->text.len == text.at) {
		last->text.len += text.len;
		return;
	}
	if (d->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 16;
		d->at = arena_grow(w->out, d->at, w->cap * sizeof *d->at, cap * sizeof *d->at);
		w->cap = cap;
	}
	d->at[d->n++] = (struct diff_piece){ what, text };
}

/* The text of n tokens, which stand side by side. */
static struct str span(struct tokens t, size_t from, size_t n)
{
	if (!n)
		return S("");
	const struct token *last = &t.at[from + n - 1];
	return (struct str){ t.at[from].text.at,
			     (size_t)(last->text.at + last->text.len - t.at[from].text.at) };
}

static bool only_signs(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (sign_of((unsigned char)s.at[i]) == WORD)
			return false;
	return true;
}

/* A change of several words reads as one change: common spaces and marks between two changes are
 * counted with them. */
static struct runs join(struct arena *a, struct tokens x, struct runs runs)
{
	struct runs out = { NEW_N(a, struct run, runs.n), 0 };
	size_t at = 0;
	for (size_t i = 0; i < runs.n; i++) {
		struct run r = runs.at[i];
		struct run *last = out.n ? &out.at[out.n - 1] : NULL;
		bool changes = r.removed || r.added;
		if (last && changes && only_signs(span(x, at, r.same))) {
			last->removed += r.same + r.removed;
			last->added += r.same + r.added;
		} else {
			out.at[out.n++] = r;
		}
		at += r.same + r.removed;
	}
	return out;
}

static size_t same_words(struct tokens x, struct runs runs)
{
	size_t n = 0, at = 0;
	for (size_t i = 0; i < runs.n; i++) {
		n += only_signs(span(x, at, runs.at[i].same)) ? 0 : runs.at[i].same;
		at += runs.at[i].same + runs.at[i].removed;
	}
	return n;
}

/* Where hardly a word stayed, old and new are easier to read whole, one after the other. */
static void put_stretch(struct work *w, struct str before, struct str after)
{
	struct arena *a = w->scratch;
	struct tokens x = split(a, before, word_length), y = split(a, after, word_length);
	struct runs runs = join(a, x, compare(a, x, y, LIMIT_WORD_EDITS));
	size_t i = 0, j = 0;
	if (4 * same_words(x, runs) < (x.n > y.n ? x.n : y.n)) {
		put(w, DIFF_REMOVED, before);
		put(w, DIFF_ADDED, after);
		runs.n = 0;
	}
	for (size_t r = 0; r < runs.n; r++) {
		const struct run *run = &runs.at[r];
		put(w, DIFF_SAME, span(y, j, run->same));
		put(w, DIFF_REMOVED, span(x, i + run->same, run->removed));
		put(w, DIFF_ADDED, span(y, j + run->same, run->added));
		i += run->same + run->removed;
		j += run->same + run->added;
	}
	arena_clear(a);
}

static void put_lines(struct work *w, struct str before, struct str after)
{
	struct tokens x = split(w->lines, before, line_length);
	struct tokens y = split(w->lines, after, line_length);
	struct runs runs = compare(w->lines, x, y, LIMIT_LINE_EDITS);
	size_t i = 0, j = 0;
	for (size_t r = 0; r < runs.n; r++) {
		const struct run *run = &runs.at[r];
		put(w, DIFF_SAME, span(y, j, run->same));
		i += run->same;
		j += run->same;
		put_stretch(w, span(x, i, run->removed), span(y, j, run->added));
		i += run->removed;
		j += run->added;
	}
}

void diff_texts(struct arena *a, struct str before, struct str after, struct diff *out)
{
	struct diff diff = { 0 };
	struct work w = { .out = a, .diff = &diff };
	if (before.len > LIMIT_BYTES || after.len > LIMIT_BYTES) {
		put(&w, DIFF_REMOVED, before);
		put(&w, DIFF_ADDED, after);
	} else {
		w.lines = arena_new(0);
		w.scratch = arena_new(0);
		put_lines(&w, before, after);
		arena_free(w.scratch);
		arena_free(w.lines);
	}
	*out = diff;
}
