/* First what each unit did itself, by year and part of an indicator; then, for each year, what its
 * ancestors on the last day of that year add up to. The rules are those that office/measure.h states,
 * written a second time. */
#include "office/verify_review.h"

#include "office/report.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- Sums by unit, year and slot --- */

struct cell {
	int64_t unit;
	int year, slot;
	struct report_value value;
};
struct cells {
	struct arena *a;
	struct cell *at; /* open addressing: a free place has unit 0 */
	size_t n, cap;
};

static size_t place_of(const struct cells *c, int64_t unit, int year, int slot)
{
	uint64_t h = (uint64_t)unit * 0x9E3779B97F4A7C15u + (uint64_t)year * 0x100000001B3u +
		     (uint64_t)slot;
	h ^= h >> 29;
	size_t i = (size_t)(h * 0xBF58476D1CE4E5B9u) & (c->cap - 1);
	while (c->at[i].unit &&
	       (c->at[i].unit != unit || c->at[i].year != year || c->at[i].slot != slot))
		i = (i + 1) & (c->cap - 1);
	return i;
}

static void widen(struct cells *c)
{
	struct cells wider = { .a = c->a, .cap = c->cap ? c->cap * 2 : 256, .n = c->n };
	wider.at = arena_get_n(c->a, wider.cap, sizeof *wider.at);
	for (size_t i = 0; i < c->cap; i++)
		if (c->at[i].unit)
			wider.at[place_of(&wider, c->at[i].unit, c->at[i].year, c->at[i].slot)] =
				c->at[i];
	*c = wider;
}

static void add(struct cells *c, int64_t unit, int year, int slot, int64_t n, int64_t of)
{
	if (c->n * 2 >= c->cap)
		widen(c);
	struct cell *cell = &c->at[place_of(c, unit, year, slot)];
	c->n += !cell->unit;
	*cell = (struct cell){ unit, year, slot, { cell->value.n + n, cell->value.of + of } };
}

static struct report_value value_at(const struct cells *c, int64_t unit, int year, int slot)
{
	if (!c->cap)
		return (struct report_value){ 0, 0 };
	return c->at[place_of(c, unit, year, slot)].value;
}

static int by_unit_and_year(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	return x->year != y->year ? x->year - y->year : x->slot - y->slot;
}

/* In order; the table is no more one to look things up in. */
static void settle(struct cells *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->cap; i++)
		if (c->at[i].unit)
			c->at[n++] = c->at[i];
	c->cap = 0;
	if (n)
		qsort(c->at, n, sizeof *c->at, by_unit_and_year);
}

/* --- What is counted --- */

struct slot {
	const struct kind *kind;
	const struct measure *measure;
	const struct measure_part *part;
	int line; /* the first slot with the same code */
};

struct review {
	struct arena *keep;
	struct date today;
	struct slot *slots;
	int n;
	struct cells own;    /* by the unit itself; slots are parts */
	struct cells whole;  /* of a unit and all beneath it; slots are lines */
	struct cells marked; /* units that answered at all; slots are lines */
	int first_year, last_year;
};

static int line_of(const struct review *r, const char *code)
{
	for (int i = 0; i < r->n; i++)
		if (str_eq(str_of(r->slots[i].measure->code), str_of(code)))
			return r->slots[i].line;
	return r->n;
}

static bool has_part(const struct review *r, const struct measure *m, const struct measure_part *p)
{
	for (int i = 0; i < r->n; i++)
		if (str_eq(str_of(r->slots[i].measure->code), str_of(m->code)) &&
		    measure_part_same(r->slots[i].part, p))
			return true;
	return false;
}

struct review *review_new(struct arena *keep, const struct office *o, struct date today)
{
	struct review *r = NEW(keep, struct review);
	size_t most = 0;
	for (const struct kind *const *k = o->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			most += MEASURE_PARTS;
	*r = (struct review){ .keep = keep, .today = today };
	r->slots = NEW_N(keep, struct slot, most + 1);
	r->own.a = r->whole.a = r->marked.a = keep;
	r->first_year = 9999;
	for (const struct kind *const *k = o->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			for (int i = 0; i < MEASURE_PARTS && m->parts[i].from; i++) {
				if (has_part(r, m, &m->parts[i]))
					continue;
				r->slots[r->n] = (struct slot){ *k, m, &m->parts[i], 0 };
				r->slots[r->n].line = line_of(r, m->code);
				r->n++;
			}
	return r;
}

static void count(struct review *r, int64_t unit, struct date on, int slot, int64_t n, int64_t of)
{
	int year = date_ymd(on).year;
	struct date running = date_add(r->today, 1 - date_ymd(r->today).day);
	if (r->slots[slot].measure->sealed && date_cmp(on, running) >= 0)
		return;
	if (year < REPORT_FIRST_YEAR || year > date_ymd(r->today).year)
		return;
	r->first_year = year < r->first_year ? year : r->first_year;
	r->last_year = year > r->last_year ? year : r->last_year;
	add(&r->own, unit, year, slot, n, of);
}

static void count_duty(struct review *r, int slot, const struct duty *y)
{
	const struct slot *s = &r->slots[slot];
	bool answered = y->state == DUTY_MET || y->state == DUTY_NIL ||
			(s->measure->how == MEASURE_ALL && y->state == DUTY_LATE);
	bool owed = y->minimum || (y->state != DUTY_EXCUSED && y->state != DUTY_SUSPENDED);
	if (!str_eq(y->rule, str_of(s->part->key)))
		return;
	if (s->part->from == COUNT_NIL) {
		if (y->state == DUTY_NIL && date_cmp(y->due, date_month_end(r->today)) <= 0)
			count(r, y->unit, y->due, slot, 1, 0);
	} else if (owed && date_cmp(y->due, r->today) < 0) {
		count(r, y->unit, y->due, slot, answered, 1);
	}
}

void review_add(struct review *r, const struct dossier *d, const struct fold *f)
{
	for (int i = 0; i < r->n; i++) {
		const struct measure_part *p = r->slots[i].part;
		if (p->from == COUNT_SHOWN && r->slots[i].kind == d->kind &&
		    date_is_set(d->shown_on))
			count(r, d->unit, d->shown_on, i, 1, 0);
		for (size_t k = 0; p->from == COUNT_FIGURE && k < f->figures.n; k++)
			if (f->figures.at[k].n && str_eq(f->figures.at[k].key, str_of(p->key)))
				count(r, f->figures.at[k].unit, f->figures.at[k].on, i,
				      f->figures.at[k].n, 0);
		bool duties = p->from == COUNT_DUTIES || p->from == COUNT_NIL;
		for (size_t k = 0; duties && k < d->duties.n; k++)
			count_duty(r, i, &d->duties.at[k]);
	}
}

/* --- Up the tree --- */

static struct report_span year_of(const struct review *r, int year)
{
	struct ymd now = date_ymd(r->today);
	return (struct report_span){ year, 1, year == now.year ? now.month : 12 };
}

/* Adds what a unit did in a year to one that lies above it. */
static void lift(struct review *r, const struct cell *at, size_t n, int64_t ancestor, bool itself)
{
	int year = at->year;
	for (size_t i = 0; i < n; i++) {
		const struct slot *s = &r->slots[at[i].slot];
		struct report_value v = at[i].value;
		if (s->measure->how == MEASURE_ALL)
			add(&r->whole, ancestor, year, s->line, v.n == v.of, 1);
		else if (s->measure->how != MEASURE_ANY)
			add(&r->whole, ancestor, year, s->line, v.n, v.of);
		else if (itself && v.n > 0)
			add(&r->marked, ancestor, year, s->line, 1, 0);
	}
}

static enum err lift_unit(struct review *r, struct tx *tx, const struct cell *at, size_t n)
{
	struct report_span span = year_of(r, at->year);
	/* Itself, or what it went into, of the same level. */
	struct query q = db_query(
		tx, "SELECT a.ancestor, CASE WHEN a.ancestor = $1 OR (a.way = 1 AND EXISTS"
		    " (SELECT 1 FROM unit_version o JOIN unit_version w ON w.level = o.level"
		    " WHERE o.unit = $1 AND w.unit = a.ancestor)) THEN 1 ELSE 0 END"
		    " FROM unit_ancestor a WHERE a.unit = $1 AND a.way <= 1"
		    " AND a.valid_from <= $2 AND a.valid_to >= $2");
	BIND(&q, at->unit, report_tree_day(&span, r->today));
	while (db_next(&q))
		lift(r, at, n, col_int(&q, 0), col_bool(&q, 1));
	return q.err;
}

/* Who owes, and whether it answered at all. */
static enum err cover_year(struct review *r, struct tx *tx, int year)
{
	struct report_span span = year_of(r, year);
	struct query q = db_query(tx, "SELECT w.unit, a.ancestor FROM unit_version w"
				      " JOIN unit_ancestor a ON a.unit = w.unit AND a.way = 0"
				      " AND a.valid_from <= $1 AND a.valid_to >= $1"
				      " WHERE w.level IN ($2, $3, $4) AND w.valid_from <= $1"
				      " AND w.valid_to >= $1");
	BIND(&q, report_tree_day(&span, r->today), (int64_t)report_cover_levels[0],
	     (int64_t)report_cover_levels[1], (int64_t)report_enterprise_level(tx, &span));
	while (db_next(&q))
		for (int i = 0; i < r->n; i++)
			if (r->slots[i].measure->how == MEASURE_ANY && r->slots[i].line == i)
				add(&r->whole, col_int(&q, 1), year, i,
				    value_at(&r->marked, col_int(&q, 0), year, i).n > 0, 1);
	return q.err;
}

/* --- Against the report --- */

static void compare_line(struct review *r, const struct report *report, const struct cell *is,
			 struct review_verdict *out, struct arena *a)
{
	struct str code = str_of(r->slots[is->slot].measure->code);
	const struct report_line *line = report_line(report, code);
	struct report_value says = { 0, 0 };
	if (line && !line->applies[REPORT_PERIOD])
		return;
	if (line)
		says = line->value[REPORT_PERIOD];
	out->checked++;
	if (says.n == is->value.n && says.of == is->value.of)
		return;
	out->different++;
	out->found(out->of, str_printf(a,
				       "the review of unit %.*s in %d says %.*s is %" PRId64
				       " of %" PRId64 ", its acts say %" PRId64 " of %" PRId64,
				       STR_ARG(report->unit.code), is->year, STR_ARG(code), says.n,
				       says.of, is->value.n, is->value.of));
}

static enum err compare_unit(struct review *r, struct tx *tx, const struct cell *at, size_t n,
			     struct review_verdict *out)
{
	struct report_span span = year_of(r, at->year);
	struct unit u;
	struct report report;
	enum err e = unit_find(tx, at->unit, report_tree_day(&span, r->today), &u);
	if (e || !u.in_force)
		return e; /* what it did before its end stands with its heir */
	if ((e = report_make(tx, &u, &span, S(""), &report)))
		return e;
	for (size_t i = 0; i < n; i++)
		compare_line(r, &report, &at[i], out, tx->mem);
	return OK;
}

/* Calls for each unit and year in order. */
static enum err each_unit(struct review *r, struct tx *tx, const struct cells *c,
			  enum err (*call)(struct review *r, struct tx *tx, const struct cell *at,
					   size_t n, struct review_verdict *out),
			  struct review_verdict *out)
{
	struct tx one = *tx;
	one.mem = arena_new(0);
	enum err e = OK;
	for (size_t i = 0, n; !e && i < c->n; i += n) {
		for (n = 1; i + n < c->n && c->at[i + n].unit == c->at[i].unit &&
			    c->at[i + n].year == c->at[i].year;)
			n++;
		e = call(r, &one, &c->at[i], n, out);
		arena_clear(one.mem);
	}
	arena_free(one.mem);
	return e ? tx_fail(tx, e, "%s", one.why) : OK;
}

static enum err lift_one(struct review *r, struct tx *tx, const struct cell *at, size_t n,
			 struct review_verdict *out)
{
	(void)out;
	return lift_unit(r, tx, at, n);
}

enum err review_compare(struct review *r, struct tx *tx, struct review_verdict *out)
{
	settle(&r->own);
	enum err e = each_unit(r, tx, &r->own, lift_one, out);
	for (int y = r->first_year; !e && y <= r->last_year; y++)
		e = cover_year(r, tx, y);
	if (e)
		return e;
	settle(&r->whole);
	return each_unit(r, tx, &r->whole, compare_unit, out);
}
