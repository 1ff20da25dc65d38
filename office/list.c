/* Lists walk `dossier_under` backwards from the last row shown: the newest first, and the rows of
 * any unit's subtree lie together. A filter that the index does not know is applied on the way. */
#include "office/list.h"

#include "office/unit_memory.h"
#include "store/search.h"

#include <stdlib.h>

enum { TOTAL_MOST = 1001 };

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

#define ROW_COLUMNS                                                                             \
	"SELECT d.id, d.code, d.kind, d.title, d.facet, d.number, d.state, d.unit, d.shown_on," \
	" d.opened_on, d.due_on, d.met_on, d.unverified, d.changed_at, d.parent"

/* $1 unit, $2 kind, $3 facet or '', $4..$5 days, $6..$7 the row after which to go on, $8 limit,
 * $9 timing, $10 today. */
#define UNDER_WHERE                                                               \
	" WHERE u.ancestor = $1 AND u.kind = $2 AND u.shown_on BETWEEN $4 AND $5" \
	" AND (u.shown_on < $6 OR (u.shown_on = $6 AND u.dossier < $7))"
#define TIMING_WHERE                                                                            \
	" AND ($9 = 0 OR ($9 = 1 AND d.met_on <= d.due_on) OR ($9 = 2 AND d.met_on > d.due_on)" \
	" OR ($9 = 3 AND d.met_on IS NULL AND d.due_on < $10))"
#define UNDER_ORDER " ORDER BY u.shown_on DESC, u.dossier DESC LIMIT $8"

struct bounds {
	struct date from, to, after_on;
	int64_t after_id;
};

static struct bounds bounds_of(const struct list_filter *f)
{
	struct bounds b = {
		.from = date_is_set(f->from) ? f->from : date_year_start(1),
		.to = date_is_set(f->to) ? f->to : date_year_start(9999),
		.after_on = f->after_on,
		.after_id = f->after_id,
	};
	if (!date_is_set(b.after_on)) {
		b.after_on = date_year_start(9999);
		b.after_id = INT64_MAX;
	}
	return b;
}

static struct query under_query(struct tx *tx, const struct list_filter *f, int64_t limit)
{
	struct bounds b = bounds_of(f);
	struct query q;
	if (f->facet.len)
		q = db_query(tx, ROW_COLUMNS
			     " FROM dossier_under u JOIN dossier d ON d.id = u.dossier" UNDER_WHERE
			     " AND u.facet = $3" TIMING_WHERE UNDER_ORDER);
	else
		q = db_query(tx, ROW_COLUMNS
			     " FROM dossier_under u JOIN dossier d ON d.id = u.dossier" UNDER_WHERE
			     " AND $3 = ''" TIMING_WHERE UNDER_ORDER);
	BIND(&q, f->under, str_of(f->kind->name), str_some(f->facet), b.from, b.to, b.after_on,
	     b.after_id, limit, (int64_t)f->timing, tx_today(tx));
	return q;
}

enum err list_dossiers(struct tx *tx, const struct list_filter *f, struct list_rows *out)
{
	struct list_rows rows = { NEW_N(tx->mem, struct list_row, f->limit), 0, false };
	struct query q = under_query(tx, f, f->limit + 1);
	while (!rows.more && db_next(&q)) {
		if (rows.n == (size_t)f->limit)
			rows.more = true;
		else
			read_row(&q, tx->office, &rows.at[rows.n++]);
	}
	db_end(&q);
	if (q.err)
		return q.err;
	*out = rows;
	return OK;
}

/* $1 unit, $2 kind, $3 facet or '', $4..$5 days, $6 limit, $7 timing, $8 today. Without a timing the
 * index alone counts them. */
#define COUNT_WHERE " WHERE u.ancestor = $1 AND u.kind = $2 AND u.shown_on BETWEEN $4 AND $5"

static enum err count(struct tx *tx, const struct list_filter *f, int64_t *out)
{
	struct bounds b = bounds_of(f);
	struct query q;
	if (f->timing)
		q = db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier_under u"
				 " JOIN dossier d ON d.id = u.dossier" COUNT_WHERE
				 " AND ($3 = '' OR u.facet = $3)"
				 " AND (($7 = 1 AND d.met_on <= d.due_on)"
				 " OR ($7 = 2 AND d.met_on > d.due_on)"
				 " OR ($7 = 3 AND d.met_on IS NULL AND d.due_on < $8))"
				 " LIMIT $6) AS listed");
	else if (f->facet.len)
		q = db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier_under u" COUNT_WHERE
				 " AND u.facet = $3 LIMIT $6) AS listed");
	else
		q = db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier_under u" COUNT_WHERE
				 " AND $3 = '' LIMIT $6) AS listed");
	BIND(&q, f->under, str_of(f->kind->name), str_some(f->facet), b.from, b.to,
	     (int64_t)TOTAL_MOST);
	if (f->timing)
		BIND(&q, (int64_t)f->timing, tx_today(tx));
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
	struct query q = search_query(tx, ROW_COLUMNS " FROM ",
				      " CROSS JOIN dossier AS d WHERE d.id = hit.id"
				      " AND d.visibility = 0 AND hit.id < $2"
				      " AND ($4 = '' OR d.kind = $4)"
				      " AND ($5 = 0 OR EXISTS (SELECT 1 FROM dossier_under AS u"
				      " WHERE u.dossier = d.id AND u.ancestor = $5))"
				      " ORDER BY hit.id DESC LIMIT $3");
	search_bind(&q, s, elsewhere ? SEARCH_ELSEWHERE : SEARCH_IN_TITLE);
	BIND(&q, after, limit, f->kind ? str_of(f->kind->name) : S(""), f->under);
	return q;
}

enum err list_search(struct tx *tx, const struct search_filter *f, struct search_rows *out)
{
	struct search_rows rows = { .at = NEW_N(tx->mem, struct list_row, f->limit) };
	struct search s;
	rows.no_words = !search_parse(tx->mem, f->words, SEARCH_PREFIX, &s);
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

/* Is there a step from that state that this appointment may take? */
static bool waits_for(const struct member *m, const struct appointment *by, const struct kind *k,
		      const struct state *state)
{
	for (const struct step *s = k->steps; state->waits && s->name; s++)
		if ((s->from & state->bit) && !s->follows && s->to && s->to != state->bit &&
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

/* What stands in one state at one unit; without what the lists of duties show already, which are for
 * clerks and leaders, and without one's own, which waits for somebody else. */
static enum err add_waiting(struct tx *tx, const struct appointment *by, const struct kind *k,
			    const struct state *state, int limit, struct list_rows *rows)
{
	bool sees_duties = by->role & (CLERK | LEADER);
	struct query q =
		db_query(tx, ROW_COLUMNS " FROM dossier d WHERE d.holder = $1 AND d.visibility = $2"
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
			for (const struct state *s = (*k)->states; !e && s->bit; s++)
				if (waits_for(tx->who, &tx->who->at[i], *k, s))
					e = add_waiting(tx, &tx->who->at[i], *k, s, limit, &rows);
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
