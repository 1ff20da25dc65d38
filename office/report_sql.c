/* Each query begins with the units beneath one on a day and, beside each, the child of that one through
 * which it lies there: so one pass gives the whole and every row of the table. Units without any tally
 * (most villages) are left out before anything is looked up for them. CROSS JOIN keeps that order. */
#include "office/report_sql.h"

#include <assert.h>

enum { COVER_KEYS = 8 };

/* --- Keys --- */

struct str report_due_key(struct arena *a, struct str rule, const char *outcome)
{
	return str_printf(a, "%.*s.due%s", STR_ARG(rule), outcome);
}

struct str report_part_key(struct arena *a, const struct kind *k, const struct measure_part *p)
{
	switch (p->from) {
	case COUNT_SHOWN:
		return str_printf(a, "%s.%s", k->name, p->key);
	case COUNT_FIGURE:
		return str_of(p->key);
	case COUNT_DUTIES:
		return report_due_key(a, str_of(p->key), "");
	case COUNT_NIL:
		return report_due_key(a, str_of(p->key), ".nil");
	}
	return S("");
}

static void put_distinct(struct strs *list, struct str key)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->at[i], key))
			return;
	list->at[list->n++] = key;
}

static void put_key(struct report_keys *keys, struct report_key key)
{
	keys->at[keys->n++] = key;
	put_distinct(&keys->distinct, key.key);
}

static void keys_of_line(struct arena *a, const struct report *r, size_t line,
			 struct report_keys *out)
{
	const struct report_line *l = &r->lines.at[line];
	for (size_t i = 0; i < l->n; i++) {
		const struct measure_part *p = l->parts[i].part;
		struct str rule = str_of(p->key);
		bool share = l->measure->how == MEASURE_IN_TIME;
		if (!l->parts[i].holds)
			continue;
		assert(share == (p->from == COUNT_DUTIES));
		put_key(out, (struct report_key){ report_part_key(a, l->parts[i].kind, p), line, i,
						  share });
		if (!share)
			continue;
		put_key(out,
			(struct report_key){ report_due_key(a, rule, ".met"), line, i, false });
		put_key(out,
			(struct report_key){ report_due_key(a, rule, ".nil"), line, i, false });
		if (!l->measure->sealed) /* its running month is left out whole */
			put_distinct(&out->rules, rule);
	}
}

void report_keys_of(struct arena *a, const struct report *r, struct report_keys *out)
{
	size_t most = r->lines.n * MEASURE_PARTS * 3 + 1;
	*out = (struct report_keys){
		.at = arena_get_n(a, most, sizeof *out->at),
		.distinct = { NEW_N(a, struct str, most), 0 },
		.rules = { NEW_N(a, struct str, most), 0 },
	};
	for (size_t i = 0; i < r->lines.n; i++)
		if (r->lines.at[i].measure->how != MEASURE_ALL)
			keys_of_line(a, r, i, out);
}

/* --- Queries --- */

/* Is the child v of $1 above a unit on the day $2? */
#define UNDER_CHILD(unit)                                                                     \
	"FROM unit_version v CROSS JOIN unit_ancestor c WHERE v.parent = $1"                  \
	" AND v.valid_from <= $2 AND v.valid_to >= $2 AND c.ancestor = v.unit AND c.way <= 1" \
	" AND c.valid_from <= $2 AND c.valid_to >= $2" unit
/* Beneath the children; and what lies beneath $1 through none of them: itself, and units that ended and
 * were left to it. */
#define BELOW                                                                                      \
	"WITH below AS MATERIALIZED (SELECT c.unit AS unit, v.unit AS child " UNDER_CHILD(         \
		" AND EXISTS (SELECT 1 FROM tally x WHERE x.unit = c.unit)") " UNION ALL SELECT "  \
									     "a.unit, 0 FROM "     \
									     "unit_ancestor a "    \
									     "WHERE a.ancestor = " \
									     "$1"                  \
									     " AND (a.unit = $1 "  \
									     "OR a.way = 1) AND "  \
									     "a.way <= 1 AND "     \
									     "a.valid_from <= $2"  \
									     " AND a.valid_to >= " \
									     "$2 AND EXISTS "      \
									     "(SELECT 1 FROM "     \
									     "tally x WHERE "      \
									     "x.unit = a.unit)"    \
									     " AND NOT EXISTS "    \
									     "(SELECT 1 FROM "     \
									     "unit_ancestor c "    \
									     "JOIN unit_version v" \
									     " ON v.unit = "       \
									     "c.ancestor AND "     \
									     "v.parent = $1 AND "  \
									     "v.valid_from <= $2"  \
									     " AND v.valid_to >= " \
									     "$2 WHERE c.unit = "  \
									     "a.unit AND c.way "   \
									     "<= 1"                \
									     " AND c.valid_from "  \
									     "<= $2 AND "          \
									     "c.valid_to >= $2))"
/* REPORT_KEYS of them. */
#define KEYS_FROM_5                                                               \
	"($5), ($6), ($7), ($8), ($9), ($10), ($11), ($12), ($13), ($14), ($15)," \
	" ($16), ($17), ($18), ($19), ($20), ($21), ($22), ($23), ($24)"
#define KEYS_FROM_11                                                                   \
	"($11), ($12), ($13), ($14), ($15), ($16), ($17), ($18), ($19), ($20), ($21)," \
	" ($22), ($23), ($24), ($25), ($26), ($27), ($28), ($29), ($30)"

static void bind_keys(struct query *q, const struct strs *keys, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		db_bind_str(q, i < keys->n ? keys->at[i] : S(""));
}

static int64_t month_of(int year, int month)
{
	return (int64_t)year * 100 + month;
}

/* What a sum is made of: the whole of a year from the table of years; months from that of months. */
static void put_piece(struct report_pieces *p, int year, int from, int to, bool period,
		      bool to_date)
{
	bool before = year < p->year;
	if (from > to)
		return;
	p->at[p->n++] = (struct report_piece){
		.whole = from == 1 && to == 12,
		.first = month_of(year, from),
		.last = month_of(year, to),
		.columns = { [REPORT_PERIOD] = period && !before,
			     [REPORT_TO_DATE] = to_date && !before,
			     [REPORT_BEFORE] = period && before,
			     [REPORT_BEFORE_TO_DATE] = to_date && before },
	};
}

void report_pieces_of(const struct report_span *s, struct report_pieces *out)
{
	*out = (struct report_pieces){ .year = s->year };
	for (int year = s->year; year >= s->year - 1; year--) {
		if (s->to == 12 && s->from > 1) {
			put_piece(out, year, 1, 12, false, true);
			put_piece(out, year, s->from, 12, true, false);
		} else {
			put_piece(out, year, s->from, s->to, true, true);
			put_piece(out, year, 1, s->from - 1, false, true);
		}
	}
}

struct query report_months(struct tx *tx, int64_t unit, struct date tree,
			   const struct report_pieces *p, const struct strs *keys, size_t at)
{
	struct query q = db_query(
		tx, BELOW ", k (tally_key) AS (VALUES " KEYS_FROM_11 "), s (piece, first, last) AS"
			  " (VALUES (0, CAST($3 AS BIGINT), CAST($4 AS BIGINT)), (1, $5, $6), (2, "
			  "$7, $8), (3, $9, $10))"
			  " SELECT b.child, t.tally_key, s.piece, CAST(SUM(t.n) AS BIGINT)"
			  " FROM below b CROSS JOIN k CROSS JOIN s CROSS JOIN tally t"
			  " WHERE s.first <= s.last AND t.unit = b.unit"
			  " AND t.tally_key = k.tally_key AND t.month BETWEEN s.first AND s.last"
			  " GROUP BY b.child, t.tally_key, s.piece");
	BIND(&q, unit, tree);
	for (size_t i = 0; i < REPORT_PIECES; i++) {
		bool used = i < p->n && !p->at[i].whole;
		db_bind_int(&q, used ? p->at[i].first : 1);
		db_bind_int(&q, used ? p->at[i].last : 0);
	}
	bind_keys(&q, keys, at, REPORT_KEYS);
	return q;
}

struct query report_years(struct tx *tx, int64_t unit, struct date tree,
			  const struct report_pieces *p, const struct strs *keys, size_t at)
{
	struct query q = db_query(
		tx, BELOW ", k (tally_key) AS (VALUES " KEYS_FROM_5 ")"
			  " SELECT b.child, t.tally_key, t.year, CAST(SUM(t.n) AS BIGINT)"
			  " FROM below b CROSS JOIN k CROSS JOIN tally_year t"
			  " WHERE t.unit = b.unit AND t.tally_key = k.tally_key"
			  " AND t.year BETWEEN $3 AND $4 GROUP BY b.child, t.tally_key, t.year");
	BIND(&q, unit, tree, (int64_t)p->year - 1, (int64_t)p->year);
	bind_keys(&q, keys, at, REPORT_KEYS);
	return q;
}

/* What RULE.due and its outcomes count: office/fold_count.c. */
#define COUNTED "(y.state NOT IN (4, 5) OR y.minimum = 1)"
#define IN_TIME "y.state IN (1, 3)"
#define ANSWERED "y.state IN (1, 2, 3)"

struct query report_not_yet_due(struct tx *tx, int64_t unit, struct date tree, struct date first,
				struct date last, const struct strs *rules, size_t at)
{
	struct query q =
		db_query(tx, BELOW ", k (rule) AS (VALUES " KEYS_FROM_5 ")"
				   " SELECT b.child, y.rule, COUNT(*),"
				   " CAST(SUM(CASE WHEN " IN_TIME " THEN 1 ELSE 0 END) AS BIGINT)"
				   " FROM below b CROSS JOIN k CROSS JOIN duty y"
				   " WHERE y.unit = b.unit AND y.rule = k.rule"
				   " AND y.due_on BETWEEN $3 AND $4 AND " COUNTED
				   " GROUP BY b.child, y.rule");
	BIND(&q, unit, tree, first, last);
	bind_keys(&q, rules, at, REPORT_KEYS);
	return q;
}

struct query report_units(struct tx *tx, int64_t unit, struct date tree, struct str rule,
			  struct date first, struct date last)
{
	struct query q = db_query(
		tx, BELOW " SELECT u.child, COUNT(*),"
			  " CAST(SUM(CASE WHEN u.answered = u.owed THEN 1 ELSE 0 END) AS BIGINT)"
			  " FROM (SELECT b.child AS child, COUNT(*) AS owed,"
			  " SUM(CASE WHEN " ANSWERED " THEN 1 ELSE 0 END) AS answered"
			  " FROM below b CROSS JOIN duty y WHERE y.unit = b.unit AND y.rule = $3"
			  " AND y.due_on BETWEEN $4 AND $5 AND " COUNTED
			  " GROUP BY b.child, b.unit) AS u GROUP BY u.child");
	BIND(&q, unit, tree, rule, first, last);
	return q;
}

struct query report_units_list(struct tx *tx, int64_t unit, struct date tree, struct str rule,
			       struct date first, struct date last, enum duty_outcome outcome,
			       int64_t after, int64_t limit)
{
	struct query q = db_query(
		tx,
		"SELECT u.unit, u.answered, u.owed FROM (SELECT a.unit AS unit, COUNT(*) AS owed,"
		" CAST(SUM(CASE WHEN " ANSWERED " THEN 1 ELSE 0 END) AS BIGINT) AS answered"
		" FROM unit_ancestor a CROSS JOIN duty y WHERE a.ancestor = $1 AND a.way <= 1"
		" AND a.valid_from <= $2 AND a.valid_to >= $2 AND a.unit > $7"
		" AND y.unit = a.unit AND y.rule = $3 AND y.due_on BETWEEN $4 AND $5"
		" AND " COUNTED " GROUP BY a.unit) AS u WHERE $6 = 0"
		" OR ($6 = 1 AND u.answered = u.owed) OR ($6 = 2 AND u.answered < u.owed)"
		" ORDER BY u.unit LIMIT $8");
	BIND(&q, unit, tree, rule, first, last, (int64_t)outcome, after, limit);
	return q;
}

/* Has the unit of the version w answered in the months $3..$4 with one of the keys $5..$12? One that was
 * made of others of its level answers with what they did before; an agency that ended beneath a commune
 * answered for itself. */
#define HAS_ANSWERED                                                         \
	"CASE WHEN EXISTS (SELECT 1 FROM unit_ancestor p CROSS JOIN tally t" \
	" WHERE p.ancestor = w.unit AND (p.unit = w.unit OR (p.way = 1"      \
	" AND EXISTS (SELECT 1 FROM unit_version o WHERE o.unit = p.unit"    \
	" AND o.level = w.level)))"                                          \
	" AND p.valid_from <= $2 AND p.valid_to >= $2 AND t.unit = p.unit"   \
	" AND t.tally_key IN ($5, $6, $7, $8, $9, $10, $11, $12)"            \
	" AND t.month BETWEEN $3 AND $4 AND t.n > 0) THEN 1 ELSE 0 END"
/* Communes, agencies and enterprises: report_cover_levels. */
#define OWES(enterprise) \
	"w.valid_from <= $2 AND w.valid_to >= $2 AND w.level IN (3, 5, " enterprise ")"

static void bind_cover(struct query *q, int64_t unit, const struct report *r,
		       const struct report_line *line)
{
	struct strs keys = { NEW_N(q->tx->mem, struct str, COVER_KEYS), 0 };
	for (size_t i = 0; line && i < line->n && i < LENGTH(line->parts); i++)
		put_distinct(&keys,
			     report_part_key(q->tx->mem, line->parts[i].kind, line->parts[i].part));
	BIND(q, unit, r->tree, month_of(r->span.year, r->span.from),
	     month_of(r->span.year, r->span.to));
	bind_keys(q, &keys, 0, COVER_KEYS);
}

struct query report_cover(struct tx *tx, const struct report *r)
{
	struct query q = db_query(
		tx,
		"SELECT o.child, o.level, COUNT(*), CAST(SUM(o.answered) AS BIGINT) FROM"
		" (SELECT v.unit AS child, w.level AS level, " HAS_ANSWERED
		" AS answered FROM unit_version v CROSS JOIN unit_ancestor c"
		" CROSS JOIN unit_version w WHERE v.parent = $1 AND v.valid_from "
		"<= $2"
		" AND v.valid_to >= $2 AND c.ancestor = v.unit AND c.way = 0"
		" AND c.valid_from <= $2 AND c.valid_to >= $2 AND w.unit = "
		"c.unit AND " OWES("$13") " UNION ALL SELECT 0, w.level, " HAS_ANSWERED
					  " FROM unit_version w WHERE w.unit = $1 "
					  "AND " OWES("$13") ") AS o GROUP BY o.child, o.level");
	bind_cover(&q, r->unit.id, r, r->coverage);
	BIND(&q, (int64_t)report_enterprise_level(tx, &r->span));
	return q;
}

struct query report_cover_list(struct tx *tx, const struct report *r, int64_t unit,
			       enum duty_outcome outcome, int64_t after, int64_t limit)
{
	struct query q = db_query(
		tx,
		"SELECT o.unit, o.answered, 1 FROM (SELECT w.unit AS unit, " HAS_ANSWERED
		" AS answered FROM unit_ancestor a"
		" CROSS JOIN unit_version w WHERE a.ancestor = $1 AND a.way = 0"
		" AND a.valid_from <= $2 AND a.valid_to >= $2 AND a.unit > $14"
		" AND w.unit = a.unit AND " OWES(
			"$16") ") AS o WHERE $13 = 0"
			       " OR ($13 = 1 AND o.answered = 1) OR ($13 = 2 AND o.answered = 0)"
			       " ORDER BY o.unit LIMIT $15");
	bind_cover(&q, unit, r, r->coverage);
	BIND(&q, (int64_t)outcome, after, limit, (int64_t)report_enterprise_level(tx, &r->span));
	return q;
}

/* --- Figures of statistics --- */

/* A figure is of the period or of before it, and so is the day that its item names. */
#define FIGURE_PARTS(first, item)                                                                  \
	"CASE WHEN f.counted_on < " first " THEN 0 ELSE 1 END AS during, CASE WHEN f.item < " item \
	" THEN 0 ELSE 1 END AS young"

struct query report_figure_sums(struct tx *tx, int64_t unit, struct date tree, struct date first,
				struct date last, int64_t item, const struct strs *keys, size_t at)
{
	struct query q = db_query(
		tx, BELOW
		", k (figure_key) AS (VALUES " KEYS_FROM_5 ")"
		" SELECT p.child, p.figure_key, p.during, p.young,"
		" CAST(SUM(p.n) AS BIGINT) FROM (SELECT b.child AS child,"
		" f.figure_key AS figure_key, f.n AS n, " FIGURE_PARTS(
			"$3", "$25") " FROM below b CROSS JOIN k CROSS JOIN figure f WHERE f.unit "
				     "= b.unit"
				     " AND f.figure_key = k.figure_key AND f.counted_on <= $4) AS p"
				     " GROUP BY p.child, p.figure_key, p.during, p.young");
	BIND(&q, unit, tree, first, last);
	bind_keys(&q, keys, at, REPORT_KEYS);
	BIND(&q, item);
	return q;
}

/* A key and its four weights in one number, because a statement takes so many values and no more. */
#define WEIGHTS_FROM_3                                                                     \
	"($3, CAST($4 AS BIGINT)), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14)," \
	" ($15, $16), ($17, $18), ($19, $20), ($21, $22), ($23, $24), ($25, $26)"
#define WEIGHT(power) "(k.code / " power " % 3 - 1)"
/* Those under $1 on the day $2, each with what it counts. */
#define WEIGHTED                                                                                                                                                                                       \
	"WITH k (figure_key, code) AS (VALUES " WEIGHTS_FROM_3 "),"                                                                                                                                    \
	" p AS (SELECT f.unit AS unit, f.dossier AS dossier, f.counted_on AS counted_on, f.n *"                                                                                                        \
	" CASE WHEN f.counted_on < $27 THEN CASE WHEN f.item < $28 THEN " WEIGHT(                                                                                                                      \
		"27") " ELSE " WEIGHT("9") " END ELSE CASE WHEN f.item < $28 THEN " WEIGHT("3") " ELSE " WEIGHT("1") " END END AS n"                                                                   \
														     " FROM unit_ancestor a CROSS JOIN k CROSS JOIN figure f WHERE a.ancestor = $1"    \
														     " AND a.way <= 1 AND a.valid_from <= $2 AND a.valid_to >= $2 AND f.unit = a.unit" \
														     " AND f.figure_key = k.figure_key AND f.counted_on <= $29)"

static int64_t weights_code(const int64_t w[2][2])
{
	return (w[0][0] + 1) * 27 + (w[0][1] + 1) * 9 + (w[1][0] + 1) * 3 + w[1][1] + 1;
}

static void bind_weights(struct query *q, int64_t unit, struct date tree,
			 const struct report_weights *w)
{
	BIND(q, unit, tree);
	for (size_t i = 0; i < REPORT_WEIGHTS; i++) {
		bool used = i < w->n;
		db_bind_str(q, used ? w->keys[i] : S(""));
		db_bind_int(q, used ? weights_code(w->w[i]) : 0);
	}
	BIND(q, w->first, w->item, w->last);
}

struct query report_weighted(struct tx *tx, int64_t unit, struct date tree,
			     const struct report_weights *w, int64_t after_unit, int64_t after_id,
			     int64_t limit)
{
	struct query q = db_query(tx, WEIGHTED
				  ", s AS (SELECT p.unit AS unit, p.dossier AS dossier,"
				  " MAX(p.counted_on) AS counted_on, CAST(SUM(p.n) AS BIGINT) AS n"
				  " FROM p WHERE p.n <> 0 AND (p.unit > $30 OR (p.unit = $30"
				  " AND p.dossier > $31)) GROUP BY p.unit, p.dossier"
				  " HAVING SUM(p.n) <> 0)"
				  " SELECT " DOSSIER_COLUMNS ", s.counted_on, 0, s.n, s.unit"
				  " FROM s JOIN dossier d ON d.id = s.dossier"
				  " WHERE d.visibility <> 3" /* sealed: counted, never listed */
				  " ORDER BY s.unit, s.dossier LIMIT $32");
	bind_weights(&q, unit, tree, w);
	BIND(&q, after_unit, after_id, limit);
	return q;
}

struct query report_weighted_sum(struct tx *tx, int64_t unit, struct date tree,
				 const struct report_weights *w)
{
	struct query q =
		db_query(tx, WEIGHTED " SELECT CAST(COALESCE(SUM(p.n), 0) AS BIGINT) FROM p");
	bind_weights(&q, unit, tree, w);
	return q;
}
