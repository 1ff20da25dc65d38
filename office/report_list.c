/* Part by part; within a part by unit, so that the ancestor index gives the order and a page ends after
 * its last row. What became public is walked newest first, as every list of dossiers is. */
#include "office/report_list.h"

#include "office/access.h"
#include "office/report_sql.h"

#include <inttypes.h>

struct listing {
	struct tx *tx;
	const struct report_list_filter *f;
	struct date first, last;
	struct report_entries *out;
};

static size_t room(const struct listing *l)
{
	return (size_t)l->f->limit - l->out->n;
}

static struct report_entry *put(struct listing *l, size_t part)
{
	struct report_entry *e = &l->out->at[l->out->n++];
	*e = (struct report_entry){ .part = part };
	return e;
}

/* --- Dossiers --- */

void report_dossier_read(struct query *q, struct report_dossier *out)
{
	enum visibility v = (enum visibility)col_int(q, 6);
	*out = (struct report_dossier){
		.id = col_int(q, 0),
		.unit = col_int(q, 11),
		.code = col_str(q, 2),
		.title = col_str(q, 3),
		.kind = office_kind(q->tx->office, col_str(q, 4)),
		.state = (unsigned)col_int(q, 5),
		.shown = v == VISIBLE_PUBLIC,
		.on = col_date(q, 8),
		.item = col_int(q, 9),
		.n = col_int(q, 10),
	};
	if (v == VISIBLE_PERSONAL)
		out->shown = access_may_ask(q->tx, col_int(q, 7), out->kind);
	if (!out->shown)
		out->code = S("");
	if (v != VISIBLE_PUBLIC)
		out->title = S("");
}

static enum err read_dossiers(struct listing *l, size_t part, struct query *q)
{
	while (!l->out->more && db_next(q)) {
		if (!room(l))
			l->out->more = true;
		else
			report_dossier_read(q, &put(l, part)->dossier);
	}
	db_end(q);
	return q->err;
}

static enum err list_shown(struct listing *l, size_t part, const struct report_cursor *after)
{
	const struct report_part *p = &l->f->line->parts[part];
	struct date day = date_is_set(after->day) ? after->day : date_year_start(9999);
	struct query q = db_query(
		l->tx, "SELECT " DOSSIER_COLUMNS ", u.shown_on, 0, 1, d.unit FROM dossier_under u"
		       " JOIN dossier d ON d.id = u.dossier WHERE u.ancestor = $1 AND u.kind = $2"
		       " AND u.shown_on BETWEEN $3 AND $4"
		       " AND (u.shown_on < $5 OR (u.shown_on = $5 AND u.dossier < $6))"
		       " AND EXISTS (SELECT 1 FROM unit_ancestor a WHERE a.unit = d.unit"
		       " AND a.ancestor = $1 AND a.way <= 1 AND a.valid_from <= $7"
		       " AND a.valid_to >= $7)"
		       " ORDER BY u.shown_on DESC, u.dossier DESC LIMIT $8");
	BIND(&q, l->f->under, str_of(p->kind->name), l->first, l->last, day,
	     date_is_set(after->day) ? after->id : INT64_MAX, l->f->report->tree,
	     (int64_t)room(l) + 1);
	return read_dossiers(l, part, &q);
}

static enum err list_figure(struct listing *l, size_t part, const struct report_cursor *after)
{
	const struct report_part *p = &l->f->line->parts[part];
	struct date day = date_is_set(after->day) ? after->day : date_year_start(1);
	struct query q = db_query(
		l->tx,
		"SELECT " DOSSIER_COLUMNS ", f.counted_on, f.item, f.n, f.unit"
		" FROM unit_ancestor a CROSS JOIN figure f JOIN dossier d ON d.id = f.dossier"
		" WHERE d.visibility <> 3 AND a.ancestor = $1 AND a.way <= 1"
		" AND a.valid_from <= $2 AND a.valid_to >= $2 AND a.unit >= $6 AND f.unit = a.unit"
		" AND f.figure_key = $3 AND f.counted_on BETWEEN $4 AND $5"
		" AND (a.unit > $6 OR f.counted_on > $7 OR (f.counted_on = $7"
		" AND (f.dossier > $8 OR (f.dossier = $8 AND f.item > $9))))"
		" ORDER BY a.unit, f.counted_on, f.dossier, f.item LIMIT $10");
	BIND(&q, l->f->under, l->f->report->tree, str_of(p->part->key), l->first, l->last,
	     after->unit, day, after->id, after->item, (int64_t)room(l) + 1);
	return read_dossiers(l, part, &q);
}

/* --- Duties --- */

static enum err list_duties(struct listing *l, size_t part, const struct report_cursor *after)
{
	struct duty_rows rows;
	struct duty_due_filter f = {
		.under = l->f->under,
		.tree = l->f->report->tree,
		.rule = str_of(l->f->line->parts[part].part->key),
		.first = l->first,
		.last = date_cmp(l->last, l->f->report->counted) < 0 ? l->last
								     : l->f->report->counted,
		.outcome = l->f->outcome,
		.limit = room(l) ? (int)room(l) : 1,
		.after_unit = after->unit,
		.after_due = after->day,
		.after_id = after->id,
	};
	enum err e = duty_list_due(l->tx, &f, &rows);
	for (size_t i = 0; !e && i < rows.n; i++) {
		if (!room(l)) {
			l->out->more = true;
			return OK;
		}
		put(l, part)->duty = rows.at[i];
	}
	if (!e)
		l->out->more = rows.more;
	return e;
}

/* --- Units --- */

static enum err read_units(struct listing *l, size_t part, struct query *q)
{
	enum err e = OK;
	while (!e && !l->out->more && db_next(q)) {
		if (!room(l)) {
			l->out->more = true;
			break;
		}
		struct report_answerer *u = &put(l, part)->unit;
		u->value = (struct report_value){ col_int(q, 1), col_int(q, 2) };
		e = unit_find(l->tx, col_int(q, 0), l->f->report->tree, &u->unit);
	}
	db_end(q);
	return e ? e : q->err;
}

static enum err list_units(struct listing *l, const struct report_cursor *after)
{
	const struct report *r = l->f->report;
	if (l->f->line->measure->how == MEASURE_ANY) {
		struct query q = report_cover_list(l->tx, r, l->f->under, l->f->outcome,
						   after->unit, (int64_t)room(l) + 1);
		return read_units(l, 0, &q);
	}
	struct query q = report_units_list(l->tx, l->f->under, r->tree,
					   str_of(l->f->line->parts[0].part->key), l->first,
					   date_cmp(l->last, r->counted) < 0 ? l->last : r->counted,
					   l->f->outcome, after->unit, (int64_t)room(l) + 1);
	return read_units(l, 0, &q);
}

/* --- All of it --- */

static void list_days(struct listing *l)
{
	struct date to = l->f->line->counted_to;
	report_days(&l->f->report->span, l->f->to_date ? REPORT_TO_DATE : REPORT_PERIOD, &l->first,
		    &l->last);
	if (date_is_set(to) && date_cmp(to, l->last) < 0)
		l->last = to;
}

static enum err list_part(struct listing *l, size_t part, const struct report_cursor *after)
{
	switch (l->f->line->parts[part].part->from) {
	case COUNT_SHOWN:
		return list_shown(l, part, after);
	case COUNT_FIGURE:
		return list_figure(l, part, after);
	case COUNT_DUTIES:
	case COUNT_NIL:
		return list_duties(l, part, after);
	}
	return OK;
}

enum err report_list(struct tx *tx, const struct report_list_filter *f, struct report_entries *out)
{
	struct report_entries entries = {
		.at = arena_get_n(tx->mem, (size_t)f->limit, sizeof *entries.at),
	};
	struct listing l = { .tx = tx, .f = f, .out = &entries };
	struct report_cursor after = f->after;
	enum err e = OK;
	list_days(&l);
	if (f->line->measure->how == MEASURE_ALL || f->line->measure->how == MEASURE_ANY) {
		e = list_units(&l, &after);
		if (!e)
			*out = entries;
		return e;
	}
	for (size_t i = after.part; !e && !entries.more && i < f->line->n; i++) {
		if (f->only_part < 0 || (size_t)f->only_part == i)
			e = list_part(&l, i, &after);
		after = (struct report_cursor){ .day = NO_DATE };
	}
	if (!e)
		*out = entries;
	return e;
}

/* --- What is counted and not listed --- */

static struct query sealed_figures(struct listing *l, const char *key)
{
	struct query q = db_query(
		l->tx, "SELECT CAST(COALESCE(SUM(f.n), 0) AS BIGINT) FROM dossier d JOIN figure f"
		       " ON f.dossier = d.id JOIN unit_ancestor a ON a.unit = f.unit"
		       " WHERE d.visibility = 3 AND a.ancestor = $1 AND a.way <= 1"
		       " AND a.valid_from <= $2 AND a.valid_to >= $2 AND f.figure_key = $3"
		       " AND f.counted_on BETWEEN $4 AND $5");
	BIND(&q, l->f->under, l->f->report->tree, str_of(key), l->first, l->last);
	return q;
}

/* The states as in duty_list_due. */
static struct query sealed_duties(struct listing *l, const char *rule)
{
	struct date counted = l->f->report->counted;
	struct query q = db_query(
		l->tx, "SELECT COUNT(*) FROM dossier d JOIN duty y ON y.dossier = d.id"
		       " JOIN unit_ancestor a ON a.unit = y.unit WHERE d.visibility = 3"
		       " AND a.ancestor = $1 AND a.way <= 1 AND a.valid_from <= $2"
		       " AND a.valid_to >= $2 AND y.rule = $3 AND y.due_on BETWEEN $4 AND $5"
		       " AND (y.state NOT IN (4, 5) OR y.minimum = 1)"
		       " AND ($6 = 0 OR ($6 = 1 AND y.state IN (1, 3))"
		       " OR ($6 = 2 AND y.state NOT IN (1, 3)))");
	BIND(&q, l->f->under, l->f->report->tree, str_of(rule), l->first,
	     date_cmp(l->last, counted) < 0 ? l->last : counted, (int64_t)l->f->outcome);
	return q;
}

enum err report_list_sealed(struct tx *tx, const struct report_list_filter *f, int64_t *out)
{
	struct listing l = { .tx = tx, .f = f };
	enum err e = OK;
	*out = 0;
	list_days(&l);
	if (f->line->measure->how == MEASURE_ALL || f->line->measure->how == MEASURE_ANY)
		return OK; /* units are listed, each by its name */
	for (size_t i = 0; !e && i < f->line->n; i++) {
		const struct measure_part *p = f->line->parts[i].part;
		if ((f->only_part >= 0 && (size_t)f->only_part != i) || p->from == COUNT_SHOWN)
			continue;
		struct query q = p->from == COUNT_FIGURE ? sealed_figures(&l, p->key)
							 : sealed_duties(&l, p->key);
		if (!(e = db_one(&q)))
			*out += col_int(&q, 0);
		db_end(&q);
	}
	return e;
}

struct report_cursor report_cursor_of(const struct report_line *line, const struct report_entry *e)
{
	struct report_cursor c = { .part = e->part, .day = NO_DATE };
	enum measure_how how = line->measure->how;
	enum count_from from = line->parts[e->part].part->from;
	if (how == MEASURE_ALL || how == MEASURE_ANY) {
		c.unit = e->unit.unit.id;
	} else if (from == COUNT_SHOWN || from == COUNT_FIGURE) {
		c.unit = e->dossier.unit;
		c.day = e->dossier.on;
		c.id = e->dossier.id;
		c.item = e->dossier.item;
	} else {
		c.unit = e->duty.unit;
		c.day = e->duty.duty.due;
		c.id = e->duty.id;
	}
	return c;
}

/* Part, unit, day or nothing, dossier or duty, item. */
struct report_cursor report_cursor_read(struct str text)
{
	struct report_cursor c = { .day = NO_DATE }, beginning = c;
	struct str rest = text, cell[5] = { S("") };
	int64_t n[5] = { 0 };
	for (size_t i = 0; i < LENGTH(cell); i++)
		if (!str_next(&rest, '.', &cell[i]) ||
		    (i != 2 && (!str_int(cell[i], &n[i]) || n[i] < 0)))
			return beginning;
	if (rest.at || n[0] >= MEASURE_PARTS || (cell[2].len && !date_parse(cell[2], &c.day)))
		return beginning;
	c.part = (size_t)n[0];
	c.unit = n[1];
	c.id = n[3];
	c.item = n[4];
	return c;
}

struct str report_cursor_text(struct arena *a, const struct report_cursor *c)
{
	struct str day = date_is_set(c->day) ? date_iso(a, c->day) : S("");
	return str_printf(a, "%zu.%" PRId64 ".%.*s.%" PRId64 ".%" PRId64, c->part, c->unit,
			  STR_ARG(day), c->id, c->item);
}
