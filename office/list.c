/* Lists walk `dossier_under` backwards from the last row shown: the newest first, and the rows of
 * any unit's subtree lie together. A filter that the index does not know is applied on the way. */
#include "office/list.h"

#include "office/sealed.h"
#include "office/unit_memory.h"
#include "store/search.h"

#include <stdlib.h>

enum { TOTAL_MOST = 1001, SEALED_LOOKED_AT = 1000 };

static void read_row(struct query *q, const struct office *office, struct list_row *out)
{
	*out = (struct list_row){
		.id = col_int(q, 0),
		.code = col_str(q, 1),
		.kind = office_kind(office, col_str(q, 2)),
		.title = col_str(q, 3),
		.facet = col_str(q, 4),
		.number = col_str(q, 5),
		.state = (unsigned)col_int(q, 6),
		.unit = col_int(q, 7),
		.shown_on = col_date(q, 8),
		.opened_on = col_date(q, 9),
		.due = col_date(q, 10),
		.met = col_date(q, 11),
		.unverified = col_bool(q, 12),
		.changed_at = col_instant(q, 13),
		.parent = col_int(q, 14),
	};
}

#define COLUMNS(due, met)                                                                       \
	"SELECT d.id, d.code, d.kind, d.title, d.facet, d.number, d.state, d.unit, d.shown_on," \
	" d.opened_on, " due ", " met ", d.unverified, d.changed_at, d.parent"
#define ROW_COLUMNS COLUMNS("d.due_on", "d.met_on")
/* Of what waits for a step at a unit, the day that runs there now: that of its first duty may be long met, and an
 * office that sent it on may owe something of its own. */
#define WAITING_COLUMNS(unit)                                                                 \
	COLUMNS("(SELECT MIN(y.due_on) FROM duty y WHERE y.dossier = d.id AND y.unit = " unit \
		" AND y.state = 0 AND y.minimum = 0)",                                        \
		"NULL")

/* $1 unit, $2 kind, $3 the first day, $4..$5 the row before which to begin, $6 limit; then what narrows
 * it. The two columns are compared as one, so that a page begins where the last one ended. */
#define UNDER                                                         \
	" FROM dossier_under u WHERE u.ancestor = $1 AND u.kind = $2" \
	" AND u.shown_on >= $3 AND (u.shown_on, u.dossier) < ($4, $5)"
#define NEWEST_FIRST " ORDER BY u.shown_on DESC, u.dossier DESC LIMIT $6"

/* The rows of one facet lie apart by timing. Asked for all of them, each of the four ranges, which is in
 * order, gives a page, and the newest of these are the page: told so, no engine sorts all that there is. */
#define FACET(timing)                                                                           \
	"SELECT shown_on, dossier FROM (SELECT u.shown_on, u.dossier" UNDER " AND u.facet = $7" \
	" AND u.timing = " timing NEWEST_FIRST ") AS t" timing
#define FACETS                                                                 \
	FACET("0")                                                             \
	" UNION ALL " FACET("1") " UNION ALL " FACET("2") " UNION ALL " FACET( \
		"3") " ORDER BY 1 DESC, 2 DESC LIMIT $6"

/* Whether what is owed is overdue depends on today, and is looked up. */
#define LISTED(where)                                                             \
	ROW_COLUMNS " FROM dossier_under u JOIN dossier d ON d.id = u.dossier"    \
		    " WHERE u.ancestor = $1 AND u.kind = $2 AND u.shown_on >= $3" \
		    " AND (u.shown_on, u.dossier) < ($4, $5)" where NEWEST_FIRST
#define TIMED " AND u.timing = $7 AND ($7 < 3 OR d.due_on < $8)"

/* By the hour: $4 is also the last day, $7 the step, $8 the hour of the row before. The index gives the
 * days in order, and only what stands within one is sorted: for kinds with few rows a day. */
#define HOURLY(where)                                                                             \
	ROW_COLUMNS ", t.shown_at FROM (SELECT u.shown_on, u.dossier, COALESCE((SELECT"           \
		    " MIN(a.recorded_at) FROM act a WHERE a.dossier = u.dossier AND a.step = $7)" \
		    ", 0) AS shown_at FROM dossier_under u WHERE u.ancestor = $1 AND u.kind = $2" \
		    " AND u.shown_on >= $3 AND u.shown_on <= $4" where ") AS t JOIN dossier d"    \
		    " ON d.id = t.dossier WHERE t.shown_on < $4 OR t.shown_at < $8"               \
		    " OR (t.shown_at = $8 AND t.dossier < $5)"                                    \
		    " ORDER BY t.shown_on DESC, t.shown_at DESC, t.dossier DESC LIMIT $6"

/* The row before which a list begins: after the last one shown, or on its last day. */
static void begin_of(const struct list_filter *f, struct date *on, int64_t *id)
{
	struct date to = date_is_set(f->to) ? f->to : date_year_start(9999);
	bool goes_on = date_is_set(f->after_on) && date_cmp(f->after_on, to) <= 0;
	*on = goes_on ? f->after_on : to;
	*id = goes_on ? f->after_id : INT64_MAX;
}

static struct date first_day(const struct list_filter *f)
{
	return date_is_set(f->from) ? f->from : date_year_start(1);
}

static bool hourly(const struct list_filter *f)
{
	return f->by_hour && f->kind->hour && !f->timing;
}

static struct query hourly_query(struct tx *tx, const struct list_filter *f, int64_t limit)
{
	struct date on;
	int64_t id;
	begin_of(f, &on, &id);
	struct instant at = id == INT64_MAX ? (struct instant){ INT64_MAX } : f->after_at;
	struct query q = f->facet.len ? db_query(tx, HOURLY(" AND u.facet = $9 AND u.timing = 0"))
				      : db_query(tx, HOURLY(""));
	BIND(&q, f->under, str_of(f->kind->name), first_day(f), on, id, limit,
	     str_of(f->kind->hour), at);
	if (f->facet.len)
		BIND(&q, f->facet);
	return q;
}

static struct query under_query(struct tx *tx, const struct list_filter *f, int64_t limit)
{
	struct date on;
	int64_t id;
	struct query q;
	begin_of(f, &on, &id);
	if (f->timing && f->facet.len)
		q = db_query(tx, LISTED(TIMED " AND u.facet = $9"));
	else if (f->timing)
		q = db_query(tx, LISTED(TIMED));
	else if (f->facet.len)
		q = db_query(tx, ROW_COLUMNS " FROM (" FACETS
					     ") AS u JOIN dossier d ON d.id = u.dossier"
					     " ORDER BY u.shown_on DESC, u.dossier DESC");
	else
		q = db_query(tx, LISTED(""));
	BIND(&q, f->under, str_of(f->kind->name), first_day(f), on, id, limit);
	if (f->timing)
		BIND(&q, (int64_t)f->timing, tx_today(tx));
	if (f->facet.len)
		BIND(&q, f->facet);
	return q;
}

enum err list_dossiers(struct tx *tx, const struct list_filter *f, struct list_rows *out)
{
	struct list_rows rows = { NEW_N(tx->mem, struct list_row, f->limit), 0, false };
	bool timed = hourly(f);
	struct query q =
		timed ? hourly_query(tx, f, f->limit + 1) : under_query(tx, f, f->limit + 1);
	while (!rows.more && db_next(&q)) {
		if (rows.n == (size_t)f->limit) {
			rows.more = true;
			break;
		}
		struct list_row *row = &rows.at[rows.n++];
		read_row(&q, tx->office, row);
		if (timed)
			row->shown_at = col_instant(&q, 15);
	}
	db_end(&q);
	if (q.err)
		return q.err;
	*out = rows;
	return OK;
}

void list_go_on(struct list_filter *f, const struct list_row *last)
{
	f->after_on = last->shown_on;
	f->after_at = last->shown_at;
	f->after_id = last->id;
}

/* $1 unit, $2 kind, $3..$4 days, $5 limit. But for what is overdue the index alone counts them. */
#define COUNTED(from, where)                                                            \
	"SELECT COUNT(*) FROM (SELECT 1 FROM dossier_under u" from                      \
	" WHERE u.ancestor = $1 AND u.kind = $2 AND u.shown_on BETWEEN $3 AND $4" where \
	" LIMIT $5) AS listed"
#define COUNTED_OWED " JOIN dossier d ON d.id = u.dossier"

static enum err count(struct tx *tx, const struct list_filter *f, int64_t *out)
{
	struct date to = date_is_set(f->to) ? f->to : date_year_start(9999);
	bool facet = f->facet.len, overdue = f->timing == TIMING_OVERDUE;
	struct query q;
	if (overdue && facet)
		q = db_query(tx, COUNTED(COUNTED_OWED, " AND u.timing = $6 AND d.due_on < $7"
						       " AND u.facet = $8"));
	else if (overdue)
		q = db_query(tx, COUNTED(COUNTED_OWED, " AND u.timing = $6 AND d.due_on < $7"));
	else if (f->timing && facet)
		q = db_query(tx, COUNTED("", " AND u.timing = $6 AND u.facet = $7"));
	else if (f->timing)
		q = db_query(tx, COUNTED("", " AND u.timing = $6"));
	else if (facet)
		q = db_query(tx, COUNTED("", " AND u.timing IN (0, 1, 2, 3) AND u.facet = $6"));
	else
		q = db_query(tx, COUNTED("", ""));
	BIND(&q, f->under, str_of(f->kind->name), first_day(f), to, (int64_t)TOTAL_MOST);
	if (f->timing)
		BIND(&q, (int64_t)f->timing);
	if (overdue)
		BIND(&q, tx_today(tx));
	if (facet)
		BIND(&q, f->facet);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	return e;
}

static void put_number(struct buf *b, int64_t n)
{
	buf_put_int(b, n);
	buf_putc(b, ' ');
}

enum err list_total(struct tx *tx, const struct list_filter *f, int64_t *out)
{
	struct buf question = { .a = tx->mem };
	put_number(&question, f->under);
	put_number(&question, f->timing);
	put_number(&question, f->from.days);
	put_number(&question, f->to.days);
	buf_put(&question, str_of(f->kind->name));
	buf_putc(&question, ' ');
	buf_put(&question, f->facet);
	int64_t *known = count_known(tx, buf_str(&question));
	if (known && *known >= 0) {
		*out = *known;
		return OK;
	}
	enum err e = count(tx, f, out);
	if (!e && known)
		*known = *out;
	return e;
}

static struct query search_part(struct tx *tx, const struct search *s,
				const struct search_filter *f, bool elsewhere, int64_t after,
				int64_t limit)
{
	struct query q = search_query(tx, s, elsewhere ? SEARCH_ELSEWHERE : SEARCH_IN_TITLE,
				      ROW_COLUMNS " FROM ",
				      " CROSS JOIN dossier AS d WHERE d.id = hit.id"
				      " AND d.visibility = 0 AND hit.id < $2"
				      " AND ($4 = '' OR d.kind = $4)"
				      " AND ($5 = 0 OR EXISTS (SELECT 1 FROM dossier_under AS u"
				      " WHERE u.dossier = d.id AND u.ancestor = $5))"
				      " ORDER BY hit.id DESC LIMIT $3");
	BIND(&q, after, limit, f->kind ? str_of(f->kind->name) : S(""), f->under);
	return q;
}

enum err list_search(struct tx *tx, const struct search_filter *f, struct search_rows *out)
{
	struct search_rows rows = { .at = NEW_N(tx->mem, struct list_row, f->limit) };
	struct search s;
	rows.no_words = !search_parse(tx->mem, f->words, SEARCH_PREFIX, &s);
	enum err e = rows.no_words ? OK : search_meant(tx, &s);
	if (e)
		return e;
	int64_t after = f->after_id ? f->after_id : INT64_MAX;
	for (int part = f->elsewhere; part < 2 && !rows.no_words && !rows.more; part++) {
		struct query q =
			search_part(tx, &s, f, part, after, f->limit - (int64_t)rows.n + 1);
		while (!rows.more && db_next(&q)) {
			if (rows.n == (size_t)f->limit) {
				rows.more = true;
				break;
			}
			read_row(&q, tx->office, &rows.at[rows.n++]);
			rows.elsewhere = part;
		}
		db_end(&q);
		if (q.err)
			return q.err;
		after = INT64_MAX;
	}
	*out = rows;
	return OK;
}

enum err list_authored(struct tx *tx, int64_t after_id, int limit, struct list_rows *out)
{
	struct list_rows rows = { NEW_N(tx->mem, struct list_row, limit), 0, false };
	struct query q = db_query(tx, ROW_COLUMNS " FROM dossier d WHERE d.author = $1"
						  " AND d.author <> 0 AND d.visibility IN ($2, $3)"
						  " AND d.id < $4 ORDER BY d.id DESC LIMIT $5");
	BIND(&q, tx->who ? tx->who->person : 0, (int64_t)VISIBLE_PUBLIC, (int64_t)VISIBLE_PERSONAL,
	     after_id ? after_id : INT64_MAX, (int64_t)limit + 1);
	while (!rows.more && db_next(&q)) {
		if (rows.n == (size_t)limit)
			rows.more = true;
		else
			read_row(&q, tx->office, &rows.at[rows.n++]);
	}
	db_end(&q);
	if (!q.err)
		*out = rows;
	return q.err;
}

/* Is there a step from that state that this appointment may take: of what its unit holds, or (at_home) of
 * what concerns it, whoever holds it? */
static bool waits_for(const struct member *m, const struct appointment *by, const struct kind *k,
		      const struct state *state, bool at_home)
{
	for (const struct step *s = k->steps; state->waits && s->name; s++)
		if ((s->from & state->bit) && !s->follows && s->to && s->to != state->bit &&
		    s->at_home == at_home && (!at_home || kind_turns_home(k, state->bit)) &&
		    (s->may & by->role) && member_may(m, s->may, by->unit, str_of(k->work)))
			return true;
	return false;
}

static bool listed(const struct list_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].id == id)
			return true;
	return false;
}

/* What stands in one state at one unit; without what the lists of duties show already (office/queue.c), and
 * without one's own, which waits for somebody else. */
static enum err add_waiting(struct tx *tx, const struct appointment *by, const struct kind *k,
			    const struct state *state, int limit, struct list_rows *rows)
{
	bool sees_duties = by->role & (CLERK | LEADER | FRONT | INSPECTOR);
	struct query q = db_query(
		tx, WAITING_COLUMNS(
			    "d.holder") " FROM dossier d WHERE d.holder = $1 AND d.visibility = $2"
					" AND d.kind = $3 AND d.state = $4 AND d.author <> $8"
					" AND ($5 = 0 OR NOT"
					" EXISTS (SELECT 1 FROM duty y WHERE y.dossier = d.id"
					" AND y.unit = d.holder AND y.state = 0 AND y.minimum = 0"
					" AND y.due_on <= $6)) ORDER BY d.id LIMIT $7");
	BIND(&q, by->unit, (int64_t)state->visibility, str_of(k->name), (int64_t)state->bit,
	     (int64_t)sees_duties, tx_today(tx), (int64_t)limit + 1, tx->who->person);
	rows->at = arena_grow(tx->mem, rows->at, rows->n * sizeof *rows->at,
			      (rows->n + (size_t)limit + 1) * sizeof *rows->at);
	while (db_next(&q)) {
		struct list_row *row = &rows->at[rows->n];
		read_row(&q, tx->office, row);
		if (state->visibility >= VISIBLE_PERSONAL)
			row->title = row->code; /* what it says is opened with a reason */
		rows->n += !listed(rows, row->id);
	}
	return q.err;
}

/* What is taken at home is public, so that it stands beneath the unit it concerns. */
static enum err add_waiting_at_home(struct tx *tx, const struct appointment *by,
				    const struct kind *k, const struct state *state, int limit,
				    struct list_rows *rows)
{
	struct query q = db_query(
		tx,
		WAITING_COLUMNS("d.unit") " FROM dossier_under u JOIN dossier d ON d.id = u.dossier"
					  " WHERE u.ancestor = $1 AND u.kind = $2 AND d.unit = $1"
					  " AND d.state = $3"
					  " ORDER BY d.id LIMIT $4");
	BIND(&q, by->unit, str_of(k->name), (int64_t)state->bit, (int64_t)limit + 1);
	rows->at = arena_grow(tx->mem, rows->at, rows->n * sizeof *rows->at,
			      (rows->n + (size_t)limit + 1) * sizeof *rows->at);
	while (db_next(&q)) {
		struct list_row *row = &rows->at[rows->n];
		read_row(&q, tx->office, row);
		rows->n += !listed(rows, row->id);
	}
	return q.err;
}

/* Sealed: only what the case itself opens to tx->who, whatever his role may do next. What he owes of it
 * stands in no list of duties. */
static bool is_named(struct tx *tx, const struct list_row *row)
{
	struct dossier *d;
	return kind_state(row->kind, row->state)->waits && !dossier_load(tx, row->id, &d) &&
	       sealed_right(tx, d, NULL);
}

static enum err add_sealed(struct tx *tx, const struct appointment *by, const struct kind *k,
			   struct list_rows *rows)
{
	struct query q =
		db_query(tx, WAITING_COLUMNS("d.holder") " FROM dossier d WHERE d.holder = $1"
							 " AND d.visibility = $2 AND d.kind = $3"
							 " ORDER BY d.id DESC LIMIT $4");
	BIND(&q, by->unit, (int64_t)VISIBLE_SEALED, str_of(k->name), (int64_t)SEALED_LOOKED_AT);
	rows->at = arena_grow(tx->mem, rows->at, rows->n * sizeof *rows->at,
			      (rows->n + SEALED_LOOKED_AT) * sizeof *rows->at);
	while (db_next(&q)) {
		struct list_row *row = &rows->at[rows->n];
		read_row(&q, tx->office, row);
		row->title = row->code;
		rows->n += !listed(rows, row->id) && is_named(tx, row);
	}
	return q.err;
}

static int by_age(const void *a, const void *b)
{
	const struct list_row *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

enum err list_waiting(struct tx *tx, int limit, struct list_rows *out)
{
	struct list_rows rows = { NULL, 0, false };
	enum err e = OK;
	for (size_t i = 0; tx->who && i < tx->who->n; i++)
		for (const struct kind *const *k = tx->office->kinds; *k; k++)
			for (const struct state *s = (*k)->states; !e && s->bit; s++) {
				const struct appointment *by = &tx->who->at[i];
				if (s->visibility == VISIBLE_SEALED)
					continue;
				if (waits_for(tx->who, by, *k, s, false))
					e = add_waiting(tx, by, *k, s, limit, &rows);
				if (!e && waits_for(tx->who, by, *k, s, true))
					e = add_waiting_at_home(tx, by, *k, s, limit, &rows);
			}
	for (size_t i = 0; !e && tx->who && i < tx->who->n; i++)
		for (const struct kind *const *k = tx->office->kinds; !e && *k; k++)
			if (kind_seals(*k))
				e = add_sealed(tx, &tx->who->at[i], *k, &rows);
	if (e)
		return e;
	if (rows.n)
		qsort(rows.at, rows.n, sizeof *rows.at, by_age);
	rows.more = rows.n > (size_t)limit;
	if (rows.more)
		rows.n = (size_t)limit;
	*out = rows;
	return OK;
}
