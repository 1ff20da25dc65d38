/* Each key of figures is summed once into four parts: counted before the period or in it, of an item whose
 * day is before it or in it. A column gives each part of each of its keys a weight; tables and lists
 * read the same weights. */
#include "office/statistic.h"

#include "office/report_sql.h"

#include <string.h>

struct weight {
	struct str key;
	int64_t w[2][2]; /* [counted in the period][the item's day is in it] */
};
struct weights {
	struct weight at[STAT_KEYS];
	size_t n;
};

static struct weight *weight_of(struct weights *all, struct str key)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i].key, key))
			return &all->at[i];
	if (all->n == STAT_KEYS)
		return NULL; /* a column that reads more: test_statistics.c asks for each */
	all->at[all->n] = (struct weight){ .key = key };
	return &all->at[all->n++];
}

static void add_key(struct weights *all, const struct stat_term *t, struct str key)
{
	struct weight *w = weight_of(all, key);
	for (int in = 0; w && in < 2; in++)
		for (int young = 0; young < 2; young++) {
			bool when = t->when == STAT_UNTIL || (t->when == STAT_IN) == in;
			bool age = t->age == STAT_ANY || (t->age == STAT_NEW) == young;
			if (when && age)
				w->w[in][young] += t->minus ? -1 : 1;
		}
}

/* `secret`: of what is never listed, instead of the rest; < 0: both. */
static void weights_of(struct arena *a, const struct stat_table *t, const struct stat_column *c,
		       int secret, struct weights *out)
{
	out->n = 0;
	for (int i = 0; i < STAT_TERMS && c->terms[i].key; i++) {
		const struct stat_term *term = &c->terms[i];
		if (!term->of && secret <= 0)
			add_key(out, term, str_of(term->key));
		for (unsigned k = 0; term->of && t->suffixes[k]; k++)
			if (term->of & 1u << k &&
			    (secret < 0 || (bool)secret == (bool)(t->secret & 1u << k)))
				add_key(out, term,
					str_printf(a, "%s.%s", term->key, t->suffixes[k]));
	}
}

bool stat_is_known(const struct stat_column *c)
{
	return c->terms[0].key;
}

bool stat_is_listed(const struct stat_table *t, const struct stat_column *c)
{
	for (int i = 0; i < STAT_TERMS && c->terms[i].key; i++)
		if (!c->terms[i].of || c->terms[i].of & ~t->secret)
			return true;
	return false;
}

/* --- Sums --- */

struct making {
	struct tx *tx;
	struct stat *s;
	enum stat_span span;
	struct weights *columns;
	struct strs keys;
};

static int64_t *row_values(struct stat *s, int64_t child, enum stat_span span)
{
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.at[i].unit.id == child)
			return s->rows.at[i].values[span];
	return s->rest.values[span];
}

static void add_sum(struct making *m, int64_t child, struct str key, bool in, bool young, int64_t n)
{
	for (int c = 0; c < m->s->table->n; c++)
		for (size_t i = 0; i < m->columns[c].n; i++)
			if (str_eq(m->columns[c].at[i].key, key)) {
				int64_t add = m->columns[c].at[i].w[in][young] * n;
				row_values(m->s, child, m->span)[c] += add;
				m->s->values[m->span][c] += add;
			}
}

static int64_t item_from(struct date day)
{
	return (int64_t)day.days * STAT_DAY;
}

static enum err sum_keys(struct making *m)
{
	enum err e = OK;
	struct date first = m->s->first[m->span];
	for (size_t at = 0; !e && at < m->keys.n; at += REPORT_KEYS) {
		struct query q = report_figure_sums(m->tx, m->s->unit.id, m->s->tree, first,
						    m->s->last, item_from(first), &m->keys, at);
		while (db_next(&q))
			add_sum(m, col_int(&q, 0), col_str(&q, 1), col_int(&q, 2), col_int(&q, 3),
				col_int(&q, 4));
		db_end(&q);
		e = q.err;
	}
	return e;
}

static void add_distinct(struct strs *keys, size_t most, struct str key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (str_eq(keys->at[i], key))
			return;
	if (keys->n < most)
		keys->at[keys->n++] = key;
}

static void fill_keys(struct making *m)
{
	const struct stat_table *t = m->s->table;
	size_t most = (size_t)t->n * STAT_KEYS;
	m->columns = arena_get_n(m->tx->mem, (size_t)t->n, sizeof *m->columns);
	m->keys = (struct strs){ NEW_N(m->tx->mem, struct str, most), 0 };
	for (int c = 0; c < t->n; c++) {
		weights_of(m->tx->mem, t, &t->columns[c], -1, &m->columns[c]);
		for (size_t i = 0; i < m->columns[c].n; i++)
			add_distinct(&m->keys, most, m->columns[c].at[i].key);
	}
}

static void fill_values(struct tx *tx, struct stat *s, int64_t **values)
{
	for (int i = 0; i < STAT_SPANS; i++)
		values[i] = NEW_N(tx->mem, int64_t, (size_t)s->table->n);
}

static enum err fill_rows(struct tx *tx, struct stat *s)
{
	struct unit_list beneath;
	enum err e = unit_children(tx, s->unit.id, s->tree, 500, &beneath);
	if (e)
		return e;
	s->rows.at = arena_get_n(tx->mem, beneath.n, sizeof *s->rows.at);
	for (size_t i = 0; i < beneath.n; i++) {
		s->rows.at[i] = (struct stat_row){ .unit = beneath.at[i] };
		fill_values(tx, s, s->rows.at[i].values);
	}
	s->rows.n = beneath.n;
	return OK;
}

enum err stat_make(struct tx *tx, const struct stat_table *t, const struct unit *u,
		   struct date first, struct date last, struct stat *out)
{
	struct date today = tx_today(tx);
	struct stat s = { .table = t,
			  .unit = *u,
			  .first = { first, date_year_start(date_ymd(last).year) },
			  .last = last,
			  .tree = date_cmp(last, today) < 0 ? last : today };
	struct making m = { .tx = tx, .s = &s };
	enum err e = fill_rows(tx, &s);
	fill_values(tx, &s, s.values);
	fill_values(tx, &s, s.rest.values);
	fill_keys(&m);
	for (int i = 0; !e && i < STAT_SPANS; i++) {
		m.span = (enum stat_span)i;
		e = sum_keys(&m);
	}
	if (!e)
		*out = s;
	return e;
}

bool stat_holds(const struct stat_identity *i, const int64_t *values)
{
	int64_t sum = 0;
	for (int k = 0; k < STAT_SUM && i->right[k]; k++)
		sum += values[i->right[k] - 1];
	return values[i->left - 1] == sum;
}

/* --- What a cell counted --- */

static enum err list_key_values(struct tx *tx, const struct stat_filter *f, int secret,
				struct report_weights *out)
{
	const struct stat_table *t = f->stat->table;
	struct weights w;
	weights_of(tx->mem, t, &t->columns[f->column - 1], secret, &w);
	if (w.n > REPORT_WEIGHTS)
		return tx_fail(tx, ERR_CORRUPT, "%s: a column of %zu keys", t->code, w.n);
	out->n = w.n;
	for (size_t i = 0; i < w.n; i++) {
		out->keys[i] = w.at[i].key;
		memcpy(out->w[i], w.at[i].w, sizeof out->w[i]);
	}
	out->first = f->stat->first[f->span];
	out->last = f->stat->last;
	out->item = item_from(out->first);
	return OK;
}

enum err stat_list(struct tx *tx, const struct stat_filter *f, struct report_entries *out)
{
	struct report_weights w;
	struct report_entries rows = { .at = arena_get_n(tx->mem, (size_t)f->limit,
							 sizeof *rows.at) };
	enum err e = list_key_values(tx, f, 0, &w);
	if (e)
		return e;
	struct query q = report_weighted(tx, f->stat->unit.id, f->stat->tree, &w, f->after_unit,
					 f->after_id, (int64_t)f->limit + 1);
	while (!rows.more && db_next(&q)) {
		if (rows.n == (size_t)f->limit) {
			rows.more = true;
			break;
		}
		report_dossier_read(&q, &rows.at[rows.n++].dossier);
	}
	db_end(&q);
	if (!q.err)
		*out = rows;
	return q.err;
}

enum err stat_secret(struct tx *tx, const struct stat_filter *f, int64_t *out)
{
	struct report_weights w;
	enum err e = list_key_values(tx, f, 1, &w);
	*out = 0;
	if (e || !w.n)
		return e;
	struct query q = report_weighted_sum(tx, f->stat->unit.id, f->stat->tree, &w);
	if (!(e = db_one(&q)))
		*out = col_int(&q, 0);
	db_end(&q);
	return e;
}
