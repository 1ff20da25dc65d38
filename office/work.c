/* One statement for each kind: the states that wait differ by kind, and the index begins with the holder. */
#include "office/work.h"

#include "law/due.h"
#include "office/assign.h"
#include "office/office.h"
#include "office/person.h"

#include <stdlib.h>
#include <string.h>

#define NO_DAY "9999-12-31"

static unsigned waiting_states(const struct kind *k)
{
	unsigned mask = 0;
	for (const struct state *s = k->states; s->bit; s++)
		mask |= s->waits ? s->bit : 0;
	return mask;
}

static enum err soon_until(struct tx *tx, struct date *out)
{
	const struct calendar *calendar;
	struct due due;
	enum err e = office_calendar(tx, &calendar);
	if (!e)
		*out = due_compute_days(NULL, calendar, LIMIT_WORKING, LIMIT_MAX, WORK_SOON_DAYS,
					tx_today(tx), &due)
			       ? due.due
			       : tx_today(tx);
	return e;
}

static enum err days_of(struct tx *tx, enum work_due due, struct str *first, struct str *last)
{
	struct date today = tx_today(tx), soon = today;
	enum err e = soon_until(tx, &soon);
	*first = S("");
	*last = S(NO_DAY);
	if (due == WORK_OVERDUE)
		*last = date_iso(tx->mem, date_add(today, -1));
	else if (due == WORK_TODAY)
		*first = *last = date_iso(tx->mem, today);
	else if (due == WORK_SOON)
		*first = date_iso(tx->mem, today), *last = date_iso(tx->mem, soon);
	return e;
}

#define WAITING                                                                                 \
	"SELECT d.id, d.code, d.title, d.state, d.opened_on, d.officer, d.visibility,"          \
	" COALESCE((SELECT MIN(y.due_on) FROM duty y WHERE y.dossier = d.id AND y.unit = $1"    \
	" AND y.state = 0 AND y.minimum = 0), '" NO_DAY "') AS due FROM dossier d"              \
	" WHERE d.holder = $1 AND d.visibility IN (0, 1, 2) AND d.kind = $2 AND (d.state & $3)" \
	" <> 0"

static enum err list_kind(struct tx *tx, const struct work_filter *f, const struct kind *k,
			  unsigned states, struct work_rows *rows)
{
	struct str first, last;
	enum err e = days_of(tx, f->due, &first, &last);
	if (e)
		return e;
	struct query q =
		db_query(tx, "SELECT id, code, title, state, opened_on, officer, visibility, due"
			     " FROM (" WAITING ") AS w WHERE due >= $4 AND due <= $5 AND"
			     " ($6 = -1 OR officer = $6) ORDER BY due, id LIMIT $7");
	BIND(&q, f->unit, str_of(k->name), (int64_t)states, first, last, f->officer,
	     (int64_t)f->limit + 1);
	rows->at = arena_grow(tx->mem, rows->at, rows->n * sizeof *rows->at,
			      (rows->n + (size_t)f->limit + 1) * sizeof *rows->at);
	while (db_next(&q)) {
		struct str due = col_str(&q, 7);
		bool personal = col_int(&q, 6) >= VISIBLE_PERSONAL;
		rows->at[rows->n++] = (struct work_row){
			.id = col_int(&q, 0),
			.code = col_str(&q, 1),
			.title = personal ? S("") : col_str(&q, 2),
			.personal = personal,
			.kind = k,
			.state = (unsigned)col_int(&q, 3),
			.opened_on = col_date(&q, 4),
			.officer = col_int(&q, 5),
			.due = str_eq(due, S(NO_DAY)) ? NO_DATE : col_date(&q, 7),
		};
	}
	return q.err;
}

static int by_due(const void *a, const void *b)
{
	const struct work_row *x = a, *y = b;
	if (date_is_set(x->due) != date_is_set(y->due))
		return date_is_set(x->due) ? -1 : 1;
	int order = date_is_set(x->due) ? date_cmp(x->due, y->due) : 0;
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static bool works_at(const struct tx *tx, int64_t unit)
{
	for (size_t i = 0; tx->who && i < tx->who->n; i++)
		if (tx->who->at[i].unit == unit && (tx->who->at[i].role & (CLERK | LEADER)))
			return true;
	return false;
}

static bool serves(const struct tx *tx, int64_t unit, const struct kind *k)
{
	return waiting_states(k) && member_may(tx->who, CLERK | LEADER, unit, str_of(k->work));
}

/* What is sealed is out of this unit's hands until the case names somebody. */
static bool leads_aside(const struct kind *k, unsigned to)
{
	for (const struct state *s = k->states; s->bit; s++)
		if ((s->bit & to) && s->visibility == VISIBLE_SEALED)
			return true;
	return false;
}

/* Does a step of this member lead on for certain? What he writes down for the author, such as that it is
 * withdrawn, is the author's step. */
static bool goes_on(const struct tx *tx, const struct work_filter *f, const struct kind *k,
		    unsigned state)
{
	for (const struct step *s = k->steps; s->name; s++)
		if ((s->from & state) && s->to && !(s->to & state) && !s->follows &&
		    !leads_aside(k, s->to) && !(s->may & CITIZEN) &&
		    member_may(tx->who, s->may, f->unit, str_of(k->work)))
			return true;
	return false;
}

/* The states in which it is, or is not, for this member to go on. */
static unsigned turn_states(const struct tx *tx, const struct work_filter *f, const struct kind *k)
{
	unsigned mine = 0;
	for (const struct state *s = k->states; s->bit; s++)
		if (goes_on(tx, f, k, s->bit))
			mine |= s->bit;
	return f->turn == TURN_MINE ? mine : f->turn == TURN_OTHERS ? ~mine : ~0u;
}

enum err work_list(struct tx *tx, const struct work_filter *f, struct work_rows *out)
{
	struct work_rows rows = { NULL, 0, false };
	if (!works_at(tx, f->unit))
		return tx_fail(tx, ERR_DENIED, "no clerk or leader of the unit");
	for (const struct kind *const *k = tx->office->kinds; *k; k++) {
		unsigned states =
			waiting_states(*k) & (f->state ? f->state : ~0u) & turn_states(tx, f, *k);
		if ((f->kind && f->kind != *k) || !serves(tx, f->unit, *k) || !states)
			continue;
		enum err e = list_kind(tx, f, *k, states, &rows);
		if (e)
			return e;
	}
	if (rows.n)
		qsort(rows.at, rows.n, sizeof *rows.at, by_due);
	rows.more = rows.n > (size_t)f->limit;
	if (rows.more)
		rows.n = (size_t)f->limit;
	*out = rows;
	return OK;
}

/* --- Whose it is --- */

static struct work_load *load_of(struct tx *tx, struct work_loads *all, int64_t officer)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].officer == officer)
			return &all->at[i];
	all->at = arena_grow(tx->mem, all->at, all->n * sizeof *all->at,
			     (all->n + 1) * sizeof *all->at);
	all->at[all->n] = (struct work_load){ .officer = officer };
	return &all->at[all->n++];
}

static enum err count_kind(struct tx *tx, int64_t unit, const struct kind *k,
			   struct work_loads *all)
{
	struct str today = date_iso(tx->mem, tx_today(tx)), first, last;
	enum err e = days_of(tx, WORK_SOON, &first, &last);
	if (e)
		return e;
	struct query q = db_query(
		tx, "SELECT officer, COUNT(*), CAST(SUM(CASE WHEN due < $4 THEN 1 ELSE 0 END) AS"
		    " BIGINT), CAST(SUM(CASE WHEN due >= $4 AND due <= $5 THEN 1 ELSE 0 END) AS"
		    " BIGINT) FROM (" WAITING ") AS w GROUP BY officer");
	BIND(&q, unit, str_of(k->name), (int64_t)waiting_states(k), today, last);
	while (db_next(&q)) {
		struct work_load *l = load_of(tx, all, col_int(&q, 0));
		l->open += col_int(&q, 1);
		l->overdue += col_int(&q, 2);
		l->soon += col_int(&q, 3);
	}
	return q.err;
}

static enum err name_them(struct tx *tx, struct work_loads *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct person p;
		enum err e = !all->at[i].officer || all->at[i].name.len
				     ? OK
				     : person_find(tx, all->at[i].officer, &p);
		if (e)
			return e;
		if (all->at[i].officer && !all->at[i].name.len)
			all->at[i].name = p.name;
	}
	return OK;
}

enum err work_count(struct tx *tx, int64_t unit, struct work_loads *out)
{
	struct work_loads all = { NULL, 0 };
	struct officers officers;
	if (!works_at(tx, unit))
		return tx_fail(tx, ERR_DENIED, "no clerk or leader of the unit");
	enum err e = officer_list(tx, unit, (struct str){ NULL, 0 }, &officers);
	if (e)
		return e;
	for (size_t i = 0; i < officers.n; i++)
		load_of(tx, &all, officers.at[i].person)->name = officers.at[i].name;
	load_of(tx, &all, WORK_NOBODY);
	for (const struct kind *const *k = tx->office->kinds; !e && *k; k++)
		if (serves(tx, unit, *k))
			e = count_kind(tx, unit, *k, &all);
	if (e || (e = name_them(tx, &all)))
		return e;
	*out = all;
	return OK;
}
