/* What is due, anywhere in the tree: open duties only, through the ancestor index, oldest first.
 * Closed duties are never touched, so the cost is that of what is open.
 *
 * A list goes one of two ways. Beneath few units it gathers the first rows of each and sorts them.
 * Beneath many it walks the whole site's open duties by day and leaves out those of other units,
 * because it soon has enough of them. */
#include "office/duty.h"

#include "office/access.h"
#include "office/gate.h"
#include "office/unit_memory.h"
#include "store/db.h"

/* The days [least, most] in which `due` must fall for each part of the queue. */
static void days_of(enum duty_when when, struct date today, struct date *least, struct date *most)
{
	*least = (struct date){ date_year_start(1).days };
	*most = (struct date){ date_year_start(9999).days };
	if (when == DUTIES_OVERDUE)
		*most = date_add(today, -1);
	else if (when == DUTIES_TODAY)
		*least = *most = today;
	else if (when == DUTIES_SOON)
		*least = date_add(today, 1);
}

/* What a unit owes is public; a draft of it is not, and a personal matter has no title in a list. */
static void hide(struct tx *tx, enum visibility v, int64_t holder, struct duty_row *row)
{
	row->shown = v == VISIBLE_PUBLIC;
	if (v == VISIBLE_INTERNAL)
		row->shown = gate_is_official_of(tx, holder) || gate_is_official_of(tx, row->unit);
	if (v == VISIBLE_PERSONAL)
		row->shown = access_may_ask(tx, holder, office_kind(tx->office, row->kind));
	if (!row->shown)
		row->code = S("");
	if (!row->shown || v == VISIBLE_PERSONAL)
		row->title = S("");
}

static void read_row(struct query *q, struct duty_row *out)
{
	*out = (struct duty_row){
		.id = col_int(q, 0),
		.dossier = col_int(q, 1),
		.code = col_str(q, 2),
		.title = col_str(q, 3),
		.kind = col_str(q, 4),
		.unit = col_int(q, 5),
		.duty = {
			.no = (int)col_int(q, 6),
			.line = (int)col_int(q, 7),
			.unit = col_int(q, 5),
			.rule = col_str(q, 8),
			.row = col_str(q, 9),
			.about = col_str(q, 10),
			.from = col_date(q, 11),
			.due = col_date(q, 12),
			.due_before = col_date(q, 13),
			.skipped = S(""),
			.unverified = col_bool(q, 14),
			.state = (enum duty_state)col_int(q, 18),
			.met = col_date(q, 19),
			.minimum = col_bool(q, 20),
			.extended.from = NO_DATE,
		},
		.facet = col_str(q, 15),
		.state = (unsigned)col_int(q, 21),
	};
	hide(q->tx, (enum visibility)col_int(q, 16), col_int(q, 17), out);
}

/* At most `limit` rows, and whether there is one more. */
static enum err read_rows(struct query *q, int limit, struct duty_rows *out)
{
	struct duty_rows rows = { NEW_N(q->tx->mem, struct duty_row, limit), 0, false };
	while (!rows.more && db_next(q)) {
		if (rows.n == (size_t)limit)
			rows.more = true;
		else
			read_row(q, &rows.at[rows.n++]);
	}
	db_end(q);
	if (!q->err)
		*out = rows;
	return q->err;
}

#define DUTY_COLUMNS                                                                        \
	"SELECT y.id, y.dossier, d.code, d.title, d.kind, y.unit, y.no, y.line, y.rule, "   \
	"y.row_code,"                                                                       \
	" y.about, y.from_on, y.due_on, y.due_before, y.unverified, d.facet, d.visibility," \
	" d.holder, y.state, y.met_on, y.minimum, d.state"

/* $1 unit, $2..$3 days, $4..$5 the row after which to go on, $6 rule or '', $7 limit, $8 today. */
#define DUTY_FROM(where)                                                            \
	DUTY_COLUMNS " FROM duty y JOIN dossier d ON d.id = y.dossier WHERE " where \
		     " ORDER BY y.due_on, y.id LIMIT $7"
/* Sealed matters are counted (duty_count) and in no list. */
#define UNSEALED                                                          \
	" AND NOT EXISTS (SELECT 1 FROM dossier s WHERE s.id = y.dossier" \
	" AND s.visibility = 3)"
#define DUTY_OPEN_WHERE                                                                  \
	" AND y.state = 0 AND y.minimum = 0 AND y.due_on BETWEEN $2 AND $3"              \
	" AND y.due_on >= $4 AND (y.due_on > $4 OR y.id > $5) AND ($6 = '' OR y.rule = " \
	"$6)" UNSEALED
#define ANCESTOR_WHERE "a.ancestor = $1 AND a.valid_from <= $8 AND a.valid_to >= $8"

enum { WIDE = 256 };

static enum err is_wide(struct tx *tx, int64_t under, bool *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, under, tx_today(tx), &a);
	if (known && known->has_wide) {
		*out = known->wide;
		return OK;
	}
	struct query q = db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM unit_ancestor"
				      " WHERE ancestor = $1 LIMIT $2) AS beneath");
	BIND(&q, under, (int64_t)WIDE);
	enum err e = db_one(&q);
	if (e)
		return e;
	*out = col_int(&q, 0) == WIDE;
	if (known) {
		known->wide = *out;
		known->has_wide = true;
	}
	return OK;
}

/* How far a list reaches: one unit, few or many units, or everything, beneath the unit at the top. */
enum reach { REACH_ONE, REACH_FEW, REACH_MANY, REACH_ALL };

static enum err find_reach(struct tx *tx, const struct duty_filter *f, enum reach *out)
{
	struct unit u;
	bool wide;
	*out = REACH_ONE;
	if (f->exactly)
		return OK;
	enum err e = is_wide(tx, f->under, &wide);
	if (e)
		return e;
	*out = REACH_FEW;
	if (!wide)
		return OK;
	if (!(e = unit_find(tx, f->under, tx_today(tx), &u)))
		*out = u.parent ? REACH_MANY : REACH_ALL;
	return e;
}

enum err duty_list(struct tx *tx, const struct duty_filter *f, struct duty_rows *out)
{
	struct date today = tx_today(tx), least, most;
	days_of(f->when, today, &least, &most);
	struct date after = date_is_set(f->after_due) ? f->after_due : least;
	struct query q;
	enum reach reach;
	enum err e = find_reach(tx, f, &reach);
	if (e)
		return e;
	if (reach == REACH_ONE)
		q = db_query(tx, DUTY_FROM("y.unit = $1" DUTY_OPEN_WHERE));
	else if (reach == REACH_ALL)
		q = db_query(tx, DUTY_FROM("$1 <> 0 AND $8 <> ''" DUTY_OPEN_WHERE));
	else if (reach == REACH_MANY)
		q = db_query(tx, DUTY_FROM("EXISTS (SELECT 1 FROM unit_ancestor a"
					   " WHERE a.unit = y.unit AND " ANCESTOR_WHERE
					   ")" DUTY_OPEN_WHERE));
	else
		q = db_query(tx, DUTY_FROM("y.id IN (SELECT y.id FROM unit_ancestor a"
					   " JOIN duty y ON y.unit = a.unit"
					   " WHERE " ANCESTOR_WHERE DUTY_OPEN_WHERE
					   " ORDER BY y.due_on, y.id LIMIT $7)"));
	BIND(&q, f->under, least, most, after, f->after_id, str_some(f->rule),
	     (int64_t)f->limit + 1);
	if (!f->exactly)
		BIND(&q, today);
	return read_rows(&q, f->limit, out);
}

enum err duty_list_due(struct tx *tx, const struct duty_due_filter *f, struct duty_rows *out)
{
	struct date after = date_is_set(f->after_due) ? f->after_due : date_year_start(1);
	/* The states are those of office/fold_count.c: 1 met, 2 late, 3 nil, 4 excused, 5 suspended. */
	struct query q = db_query(
		tx, DUTY_COLUMNS
		" FROM unit_ancestor a CROSS JOIN duty y JOIN dossier d ON d.id = y.dossier"
		" WHERE d.visibility <> 3 AND a.ancestor = $1 AND a.way <= 1"
		" AND a.valid_from <= $2 AND a.valid_to >= $2 AND a.unit >= $7 AND y.unit = a.unit "
		"AND y.rule = $3"
		" AND y.due_on BETWEEN $4 AND $5 AND (a.unit > $7 OR y.due_on > $8"
		" OR (y.due_on = $8 AND y.id > $9)) AND (y.state NOT IN (4, 5) OR y.minimum = 1)"
		" AND ($6 = 0 OR ($6 = 1 AND y.state IN (1, 3))"
		" OR ($6 = 2 AND y.state NOT IN (1, 3)))"
		" ORDER BY a.unit, y.due_on, y.id LIMIT $10");
	BIND(&q, f->under, f->tree, f->rule, f->first, f->last, (int64_t)f->outcome, f->after_unit,
	     after, f->after_id, (int64_t)f->limit + 1);
	return read_rows(&q, f->limit, out);
}

/* Units that are late with anything but what the running month keeps sealed. */
static enum err count_late_units(struct tx *tx, int64_t under, struct date month, int64_t *out)
{
	struct query q = db_query(
		tx,
		"SELECT COUNT(DISTINCT y.unit) FROM duty y JOIN dossier d ON d.id = y.dossier"
		" JOIN unit_ancestor a ON a.unit = y.unit AND a.ancestor = $1"
		" AND a.valid_from <= $2 AND a.valid_to >= $2 WHERE y.state = 0"
		" AND y.minimum = 0 AND y.due_on < $2 AND (d.visibility <> 3 OR y.due_on < $3)");
	BIND(&q, under, tx_today(tx), month);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	db_end(&q);
	return e;
}

/* Of sealed matters only how many were overdue when the month began is told: on which day one was due
 * says on which it came. */
static enum err count_sealed(struct tx *tx, int64_t under, struct duty_counts *out)
{
	struct date today = tx_today(tx), month = date_add(today, 1 - date_ymd(today).day);
	struct query q = db_query(
		tx, "SELECT CAST(COALESCE(SUM(CASE WHEN y.due_on < $3 THEN 1 ELSE 0 END), 0) AS "
		    "BIGINT), CAST(COALESCE(SUM(CASE WHEN y.due_on >= $3 AND y.due_on < $2 THEN 1"
		    " ELSE 0 END), 0) AS BIGINT),"
		    " CAST(COALESCE(SUM(CASE WHEN y.due_on = $2 THEN 1 ELSE 0 END), 0) AS BIGINT),"
		    " CAST(COALESCE(SUM(CASE WHEN y.due_on > $2 THEN 1 ELSE 0 END), 0) AS BIGINT)"
		    " FROM dossier d JOIN duty y ON y.dossier = d.id JOIN unit_ancestor a"
		    " ON a.unit = y.unit AND a.ancestor = $1 AND a.valid_from <= $2"
		    " AND a.valid_to >= $2 WHERE d.visibility = 3 AND y.state = 0"
		    " AND y.minimum = 0");
	BIND(&q, under, today, month);
	enum err e = db_one(&q);
	if (e)
		return e;
	int64_t running = col_int(&q, 1);
	out->sealed = col_int(&q, 0);
	out->overdue -= running;
	out->today -= col_int(&q, 2);
	out->later -= col_int(&q, 3);
	db_end(&q);
	return running ? count_late_units(tx, under, month, &out->units_overdue) : OK;
}

static enum err count_open(struct tx *tx, int64_t under, struct duty_counts *out)
{
	struct query q = db_query(
		tx, "SELECT CAST(COALESCE(SUM(CASE WHEN y.due_on < $2 THEN 1 ELSE 0 END), 0) AS "
		    "BIGINT),"
		    " CAST(COALESCE(SUM(CASE WHEN y.due_on = $2 THEN 1 ELSE 0 END), 0) AS BIGINT),"
		    " CAST(COALESCE(SUM(CASE WHEN y.due_on > $2 THEN 1 ELSE 0 END), 0) AS BIGINT),"
		    " COUNT(DISTINCT CASE WHEN y.due_on < $2 THEN y.unit END)"
		    " FROM duty y JOIN unit_ancestor a ON a.unit = y.unit AND a.ancestor = $1"
		    " AND a.valid_from <= $2 AND a.valid_to >= $2"
		    " WHERE y.state = 0 AND y.minimum = 0");
	BIND(&q, under, tx_today(tx));
	enum err e = db_one(&q);
	if (!e)
		*out = (struct duty_counts){ col_int(&q, 0), col_int(&q, 1), col_int(&q, 2),
					     col_int(&q, 3), 0 };
	db_end(&q);
	return e ? e : count_sealed(tx, under, out);
}

enum err duty_count(struct tx *tx, int64_t under, struct duty_counts *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, under, tx_today(tx), &a);
	int64_t act = known ? act_newest(tx) : 0;
	if (act && known->duties_at == act) {
		*out = known->duties;
		return OK;
	}
	enum err e = count_open(tx, under, out);
	if (!e && act) {
		known->duties_at = act;
		known->duties = *out;
	}
	return e;
}
