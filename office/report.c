/* Two passes over the tree of one day: the tallies of every key that an indicator needs, in one query
 * for two dozen keys, and the duties of the running month that have not fallen due yet, which the
 * tallies count already. */
#include "office/report.h"

#include "office/report_sql.h"

#include <stdlib.h>

enum { ROWS_MOST = 300 };

const enum unit_level report_cover_levels[REPORT_COVERS] = { LEVEL_COMMUNE, LEVEL_AGENCY,
							     LEVEL_ENTERPRISE };

/* --- Which days --- */

static bool read_month(struct str text, int otherwise, int *out)
{
	int64_t n = otherwise;
	if (text.len && (!str_int(text, &n) || n < 1 || n > 12))
		return false;
	*out = (int)n;
	return true;
}

bool report_span_read(struct str year, struct str from, struct str to, struct date today,
		      struct report_span *out)
{
	struct ymd now = date_ymd(today);
	struct report_span s;
	int64_t y;
	if (year.len != 4 || !str_int(year, &y) || y < REPORT_FIRST_YEAR || y > now.year)
		return false;
	s.year = (int)y;
	int last = s.year == now.year ? now.month : 12;
	if (!read_month(from, 1, &s.from) || !read_month(to, last, &s.to) || s.from > s.to ||
	    s.from > last)
		return false;
	s.to = s.to < last ? s.to : last;
	*out = s;
	return true;
}

static struct date month_start(int year, int month)
{
	return date_add_months(date_year_start(year), month - 1);
}

void report_days(const struct report_span *span, enum report_column column, struct date *first,
		 struct date *last)
{
	bool whole = column == REPORT_TO_DATE || column == REPORT_BEFORE_TO_DATE;
	int year = span->year - (column >= REPORT_BEFORE);
	*first = month_start(year, whole ? 1 : span->from);
	*last = date_month_end(month_start(year, span->to));
}

enum unit_level report_enterprise_level(struct tx *tx, const struct report_span *span)
{
	struct date first, last;
	report_days(span, REPORT_PERIOD, &first, &last);
	bool asked = law_matters(tx->office->law, tx->mem, REGIME_ENTERPRISE, last).n > 0;
	return asked ? LEVEL_ENTERPRISE : LEVEL_COMMUNE;
}

struct date report_tree_day(const struct report_span *span, struct date today)
{
	struct date first, last;
	report_days(span, REPORT_PERIOD, &first, &last);
	return date_cmp(last, today) < 0 ? last : today;
}

/* --- Lines --- */

static const struct indicator *law_row(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->indicators.n; i++)
		if (str_eq(l->indicators.at[i].code, code))
			return &l->indicators.at[i];
	return NULL;
}

static struct report_line *line_of(struct report *r, struct str code)
{
	for (size_t i = 0; i < r->lines.n; i++)
		if (str_eq(r->lines.at[i].code, code))
			return &r->lines.at[i];
	return NULL;
}

static bool has_part(const struct report_line *line, const struct measure_part *p)
{
	for (size_t i = 0; i < line->n; i++)
		if (measure_part_same(line->parts[i].part, p))
			return true;
	return false;
}

static void add_measure(struct tx *tx, struct report *r, const struct kind *k,
			const struct measure *m)
{
	struct str code = str_of(m->code);
	struct report_line *line = m->how == MEASURE_ANY ? r->coverage : line_of(r, code);
	if (!line && m->how == MEASURE_ANY)
		*(line = r->coverage = NEW(tx->mem, struct report_line)) =
			(struct report_line){ .counted_to = NO_DATE };
	else if (!line)
		line = &r->lines.at[r->lines.n++];
	if (!line->measure) {
		line->measure = m;
		line->law = law_row(tx->office->law, code);
		line->code = code;
	}
	for (size_t i = 0; i < MEASURE_PARTS && m->parts[i].from; i++)
		if (line->n < MEASURE_PARTS && !has_part(line, &m->parts[i]))
			line->parts[line->n++] =
				(struct report_part){ .kind = k, .part = &m->parts[i] };
}

/* The order of the law's table; what the house adds stands after the law's. */
static int by_table(const void *a, const void *b)
{
	const struct report_line *x = a, *y = b;
	if (!x->law && !y->law)
		return str_cmp(x->code, y->code);
	if (!x->law || !y->law)
		return !x->law - !y->law;
	return (x->law > y->law) - (x->law < y->law);
}

static void find_lines(struct tx *tx, struct str only, struct report *r)
{
	size_t n = 0;
	for (const struct kind *const *k = tx->office->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			n++;
	r->lines.at = NEW_N(tx->mem, struct report_line, n + 1);
	for (const struct kind *const *k = tx->office->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			if (!only.len || str_eq(only, str_of(m->code)))
				add_measure(tx, r, *k, m);
	qsort(r->lines.at, r->lines.n, sizeof *r->lines.at, by_table);
}

static void widen(struct span *to, struct span by)
{
	bool from_ever = !date_is_set(to->from) || !date_is_set(by.from);
	bool for_ever = !date_is_set(to->to) || !date_is_set(by.to);
	if (from_ever || date_cmp(by.from, to->from) < 0)
		to->from = from_ever ? NO_DATE : by.from;
	if (for_ever || date_cmp(by.to, to->to) > 0)
		to->to = for_ever ? NO_DATE : by.to;
}

static bool rule_holds(const struct law *l, struct str rule, struct date first, struct date last,
		       struct span *out)
{
	bool holds = false;
	for (size_t i = 0; i < l->limits.n; i++) {
		const struct time_limit *row = &l->limits.at[i];
		bool ended = date_is_set(row->valid.to) && date_cmp(row->valid.to, first) < 0;
		if (!str_eq(row->rule, rule) || ended || date_cmp(row->valid.from, last) > 0)
			continue;
		if (holds)
			widen(out, row->valid);
		else
			*out = row->valid;
		holds = true;
	}
	return holds;
}

static bool act_holds(const struct law *l, struct str code, struct date first, struct date last,
		      struct span *out)
{
	for (size_t i = 0; i < l->acts.n; i++) {
		*out = l->acts.at[i].valid;
		if (str_eq(l->acts.at[i].code, code))
			return !((date_is_set(out->to) && date_cmp(out->to, first) < 0) ||
				 (date_is_set(out->from) && date_cmp(out->from, last) > 0));
	}
	return false;
}

/* What counts acts, or a rule of the house, applies unless a law is named; what counts duties of the
 * law applies while one of its rules is in force. */
static bool part_holds(const struct law *l, const struct report_line *line, size_t part,
		       struct date first, struct date last, struct span *out)
{
	const struct measure_part *p = line->parts[part].part;
	*out = (struct span){ NO_DATE, NO_DATE };
	if (line->measure->law)
		return act_holds(l, str_of(line->measure->law), first, last, out);
	if (p->from != COUNT_DUTIES || str_starts(str_of(p->key), S("house.")))
		return true;
	return rule_holds(l, str_of(p->key), first, last, out);
}

static void find_rules(const struct law *l, const struct report_span *span,
		       struct report_line *line)
{
	line->since = line->until = NO_DATE;
	for (int c = 0; c < REPORT_COLUMNS; c++) {
		struct date first, last;
		struct span all = { NO_DATE, NO_DATE }, held;
		report_days(span, (enum report_column)c, &first, &last);
		for (size_t i = 0; i < line->n; i++) {
			if (!part_holds(l, line, i, first, last, &held))
				continue;
			line->parts[i].holds = true;
			if (line->applies[c])
				widen(&all, held);
			else
				all = held;
			line->applies[c] = true;
		}
		if (c != REPORT_PERIOD || !line->applies[c])
			continue;
		if (date_is_set(all.from) && date_cmp(all.from, first) > 0)
			line->since = all.from;
		if (date_is_set(all.to) && date_cmp(all.to, last) < 0)
			line->until = all.to;
	}
}

/* --- Adding up --- */

struct adding {
	struct tx *tx;
	struct report *r;
	struct report_keys keys;
};

static struct report_row *row_of(struct adding *x, int64_t child)
{
	for (size_t i = 0; child && i < x->r->rows.n; i++)
		if (x->r->rows.at[i].unit.id == child)
			return &x->r->rows.at[i];
	return &x->r->rest;
}

static void add_value(struct adding *x, struct report_row *row, size_t line, size_t part,
		      enum report_column column, int64_t n, int64_t of)
{
	struct report_line *l = &x->r->lines.at[line];
	struct report_value *to[] = { &l->value[column], &l->parts[part].value[column],
				      &row->values[line][column] };
	for (size_t i = 0; i < LENGTH(to); i++) {
		to[i]->n += n;
		to[i]->of += of;
	}
}

/* What one key of tallies is added to. */
static void add_key(struct adding *x, int64_t child, struct str key,
		    const int64_t sums[REPORT_COLUMNS])
{
	struct report_row *row = row_of(x, child);
	for (size_t i = 0; i < x->keys.n; i++) {
		const struct report_key *k = &x->keys.at[i];
		if (!str_eq(k->key, key))
			continue;
		for (int c = 0; c < REPORT_COLUMNS; c++)
			add_value(x, row, k->line, k->part, (enum report_column)c,
				  k->to_of ? 0 : sums[c], k->to_of ? sums[c] : 0);
	}
}

/* A sum goes to every column of which its piece is a part. */
static void add_piece(struct adding *x, const struct report_piece *p, int64_t child, struct str key,
		      int64_t n)
{
	int64_t sums[REPORT_COLUMNS];
	for (int c = 0; c < REPORT_COLUMNS; c++)
		sums[c] = p->columns[c] ? n : 0;
	add_key(x, child, key, sums);
}

static enum err add_years(struct adding *x, const struct report_pieces *p, size_t at)
{
	struct query q = report_years(x->tx, x->r->unit.id, x->r->tree, p, &x->keys.distinct, at);
	while (db_next(&q)) {
		int64_t year = col_int(&q, 2);
		for (size_t i = 0; i < p->n; i++)
			if (p->at[i].whole && p->at[i].first / 100 == year)
				add_piece(x, &p->at[i], col_int(&q, 0), col_str(&q, 1),
					  col_int(&q, 3));
	}
	return q.err;
}

static enum err add_months(struct adding *x, const struct report_pieces *p, size_t at)
{
	struct query q = report_months(x->tx, x->r->unit.id, x->r->tree, p, &x->keys.distinct, at);
	while (db_next(&q))
		add_piece(x, &p->at[col_int(&q, 2)], col_int(&q, 0), col_str(&q, 1),
			  col_int(&q, 3));
	return q.err;
}

/* Keys of measures that count what is sealed. */
static void sealed_keys(const struct adding *x, struct strs *out)
{
	*out = (struct strs){ NEW_N(x->tx->mem, struct str, x->keys.n), 0 };
	for (size_t i = 0; i < x->keys.n; i++)
		if (x->r->lines.at[x->keys.at[i].line].measure->sealed)
			out->at[out->n++] = x->keys.at[i].key;
}

/* The month that runs is taken out again, and the same one of the year before, so that both have as many. */
static enum err take_running(struct adding *x)
{
	const struct report_span *s = &x->r->span;
	int64_t now = (int64_t)s->year * 100 + s->to;
	struct report_pieces p = {
		.at = { { .first = now,
			  .last = now,
			  .columns = { [REPORT_PERIOD] = true, [REPORT_TO_DATE] = true } },
			{ .first = now - 100,
			  .last = now - 100,
			  .columns = { [REPORT_BEFORE] = true, [REPORT_BEFORE_TO_DATE] = true } } },
		.n = 2,
		.year = s->year,
	};
	struct strs keys;
	if (!x->r->running)
		return OK;
	sealed_keys(x, &keys);
	for (size_t at = 0; at < keys.n; at += REPORT_KEYS) {
		struct query q = report_months(x->tx, x->r->unit.id, x->r->tree, &p, &keys, at);
		while (db_next(&q))
			add_piece(x, &p.at[col_int(&q, 2)], col_int(&q, 0), col_str(&q, 1),
				  -col_int(&q, 3));
		if (q.err)
			return q.err;
	}
	return OK;
}

static enum err add_tallies(struct adding *x)
{
	struct report_pieces p;
	bool years = false, months = false;
	enum err e = OK;
	report_pieces_of(&x->r->span, &p);
	for (size_t i = 0; i < p.n; i++) {
		years |= p.at[i].whole;
		months |= !p.at[i].whole;
	}
	for (size_t at = 0; !e && at < x->keys.distinct.n; at += REPORT_KEYS) {
		if (years)
			e = add_years(x, &p, at);
		if (!e && months)
			e = add_months(x, &p, at);
	}
	return e;
}

/* Today and later: not fallen due. They lie in the last month alone, because a period ends with the
 * running month at the latest. */
static enum err take_not_yet_due(struct adding *x)
{
	struct report *r = x->r;
	for (size_t at = 0; r->running && at < x->keys.rules.n; at += REPORT_KEYS) {
		struct query q =
			report_not_yet_due(x->tx, r->unit.id, r->tree, date_add(r->counted, 1),
					   r->last, &x->keys.rules, at);
		while (db_next(&q)) {
			struct str rule = col_str(&q, 1);
			int64_t due = -col_int(&q, 2), answered = -col_int(&q, 3);
			int64_t counts[][REPORT_COLUMNS] = { { due, due }, { answered, answered } };
			add_key(x, col_int(&q, 0), report_due_key(x->tx->mem, rule, ""), counts[0]);
			/* met and nil stand on the same side: either key leads there. */
			add_key(x, col_int(&q, 0), report_due_key(x->tx->mem, rule, ".met"),
				counts[1]);
		}
		if (q.err)
			return q.err;
	}
	return OK;
}

/* Units that answered all that fell due: counted from the duties themselves, because a sum over units
 * does not say it. There are few duties of such a rule. */
static enum err add_units(struct adding *x, size_t line)
{
	struct report *r = x->r;
	struct report_line *l = &r->lines.at[line];
	for (int c = 0; c < REPORT_COLUMNS; c++) {
		struct date first, last;
		report_days(&r->span, (enum report_column)c, &first, &last);
		if (!l->applies[c])
			continue;
		if (date_cmp(last, r->counted) > 0)
			last = r->counted;
		struct query q = report_units(x->tx, r->unit.id, r->tree,
					      str_of(l->parts[0].part->key), first, last);
		while (db_next(&q))
			add_value(x, row_of(x, col_int(&q, 0)), line, 0, (enum report_column)c,
				  col_int(&q, 2), col_int(&q, 1));
		if (q.err)
			return q.err;
	}
	return OK;
}

static enum err add_cover(struct adding *x)
{
	struct report *r = x->r;
	struct query q = report_cover(x->tx, r);
	while (db_next(&q)) {
		struct report_row *row = row_of(x, col_int(&q, 0));
		int level = (int)col_int(&q, 1);
		for (int i = 0; i < REPORT_COVERS; i++) {
			if ((int)report_cover_levels[i] != level)
				continue;
			struct report_cover *to[] = { &row->cover[i], &r->cover[i] };
			for (size_t k = 0; k < LENGTH(to); k++) {
				to[k]->owing += col_int(&q, 2);
				to[k]->answered += col_int(&q, 3);
			}
		}
	}
	return q.err;
}

static enum err find_rows(struct tx *tx, int most, struct report *r)
{
	struct unit_list children;
	enum err e = OK;
	children.n = 0;
	if (most && (e = unit_children(tx, r->unit.id, r->tree, most, &children)))
		return e;
	r->rows.at = NEW_N(tx->mem, struct report_row, children.n);
	r->rest.values = arena_get_n(tx->mem, r->lines.n, sizeof *r->rest.values);
	for (size_t i = 0; i < children.n; i++) {
		struct report_row *row = &r->rows.at[r->rows.n++];
		row->unit = children.at[i];
		row->values = arena_get_n(tx->mem, r->lines.n, sizeof *row->values);
	}
	return OK;
}

static bool anything_before(const struct report *r)
{
	for (size_t i = 0; i < r->lines.n; i++) {
		struct report_value v = r->lines.at[i].value[REPORT_BEFORE_TO_DATE];
		if (v.n || v.of)
			return true;
	}
	return false;
}

/* A rule that was not in force says nothing, whatever was entered under it by mistake. */
static void leave_out(struct report *r)
{
	for (size_t i = 0; i < r->lines.n; i++)
		for (int c = 0; c < REPORT_COLUMNS; c++)
			if (!r->lines.at[i].applies[c])
				r->lines.at[i].value[c] = (struct report_value){ 0, 0 };
}

enum err report_make(struct tx *tx, const struct unit *u, const struct report_span *span,
		     struct str only, struct report *out)
{
	struct report r = { .unit = *u, .span = *span };
	struct date today = tx_today(tx);
	report_days(span, REPORT_PERIOD, &r.first, &r.last);
	r.tree = report_tree_day(span, today);
	r.running = date_cmp(r.last, today) >= 0;
	r.counted = r.running ? date_add(today, -1) : r.last;
	find_lines(tx, only, &r);
	for (size_t i = 0; i < r.lines.n; i++) {
		struct report_line *line = &r.lines.at[i];
		find_rules(tx->office->law, span, line);
		line->counted_to = r.running && line->measure->sealed
					   ? date_add(month_start(span->year, span->to), -1)
					   : NO_DATE;
	}
	enum err e = find_rows(tx, only.len ? 0 : ROWS_MOST, &r);
	if (e)
		return e;
	struct adding x = { .tx = tx, .r = &r };
	report_keys_of(tx->mem, &r, &x.keys);
	if (u->in_force) {
		if ((e = add_tallies(&x)) || (e = take_running(&x)) || (e = take_not_yet_due(&x)) ||
		    (r.coverage && (e = add_cover(&x))))
			return e;
		for (size_t i = 0; !e && i < r.lines.n; i++)
			if (r.lines.at[i].measure->how == MEASURE_ALL)
				e = add_units(&x, i);
	}
	if (e)
		return e;
	leave_out(&r);
	for (int i = 0; r.coverage && i < REPORT_COVERS; i++) {
		r.coverage->applies[REPORT_PERIOD] = true;
		r.coverage->value[REPORT_PERIOD].n += r.cover[i].answered;
		r.coverage->value[REPORT_PERIOD].of += r.cover[i].owing;
	}
	r.known_before = anything_before(&r);
	*out = r;
	return OK;
}

/* --- Reading it --- */

const struct report_line *report_line(const struct report *r, struct str code)
{
	for (size_t i = 0; i < r->lines.n; i++)
		if (str_eq(r->lines.at[i].code, code))
			return &r->lines.at[i];
	return r->coverage && str_eq(r->coverage->code, code) ? r->coverage : NULL;
}

int64_t report_share(struct report_value v)
{
	return v.of > 0 ? (v.n * 2000 + v.of) / (v.of * 2) : -1;
}

int report_class(const struct measure *m, struct report_value v)
{
	int class = 1;
	if (v.of < REPORT_LEAST)
		return 0;
	/* Whole numbers, not rounded ones: 83.96 % is below 84 %. */
	for (int i = 0; i < MEASURE_CLASSES; i++)
		class += v.n * 1000 >= v.of * m->classes[i];
	return class;
}
