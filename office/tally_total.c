/* What came in is sorted and added up whenever the array is full, so that it grows only by what
 * is new. */
#include "office/tally_total.h"

#include <stdlib.h>

int tally_order(const struct tally_delta *a, const struct tally_delta *b)
{
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	int order = str_cmp(a->key, b->key);
	return order ? order : (a->month > b->month) - (a->month < b->month);
}

static int order(const void *x, const void *y)
{
	return tally_order(x, y);
}

void tally_total_settle(struct tally_total *t)
{
	struct tally_deltas *s = &t->sums;
	size_t n = 0;
	if (s->n)
		qsort(s->at, s->n, sizeof *s->at, order);
	for (size_t i = 0; i < s->n; i++) {
		if (n && tally_order(&s->at[n - 1], &s->at[i]) == 0) {
			s->at[n - 1].n += s->at[i].n;
		} else {
			n -= n && !s->at[n - 1].n;
			s->at[n++] = s->at[i];
		}
	}
	s->n = n - (n && !s->at[n - 1].n);
}

/* --- Keys: a few hundred, said a million times --- */

static struct str *key_slot(struct str *keys, size_t cap, struct str key)
{
	size_t i = (size_t)str_hash(key) & (cap - 1);
	while (keys[i].at && !str_eq(keys[i], key))
		i = (i + 1) & (cap - 1);
	return &keys[i];
}

static void keys_grow(struct tally_total *t)
{
	size_t cap = t->key_cap ? t->key_cap * 2 : 512;
	struct str *wider = NEW_N(t->a, struct str, cap);
	for (size_t i = 0; i < t->key_cap; i++)
		if (t->keys[i].at)
			*key_slot(wider, cap, t->keys[i]) = t->keys[i];
	t->keys = wider;
	t->key_cap = cap;
}

static struct str key_kept(struct tally_total *t, struct str key)
{
	if (t->key_n * 2 >= t->key_cap)
		keys_grow(t);
	struct str *slot = key_slot(t->keys, t->key_cap, key);
	if (!slot->at) {
		*slot = str_dup(t->a, key);
		t->key_n++;
	}
	return *slot;
}

void tally_total_add(struct tally_total *t, const struct tally_deltas *from)
{
	struct tally_deltas *s = &t->sums;
	for (size_t i = 0; i < from->n; i++) {
		bool full = s->n == s->cap;
		if (full)
			tally_total_settle(t);
		if (full && s->n * 2 >= s->cap) {
			size_t cap = s->cap ? s->cap * 2 : 256;
			s->at = arena_grow(t->a, s->at, s->n * sizeof *s->at, cap * sizeof *s->at);
			s->cap = cap;
		}
		s->at[s->n] = from->at[i];
		s->at[s->n++].key = key_kept(t, from->at[i].key);
	}
}
