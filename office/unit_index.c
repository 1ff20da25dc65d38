/* The ancestor index: for each unit, what lies above it on which days. It is derived from versions
 * and successions and could be thrown away and computed again at any time. */
#include "office/unit_index.h"

#include "office/place.h"
#include "office/unit_memory.h"

#include "office/unit.h"

#include <inttypes.h>

enum { DEEPEST = 40 };

static struct date known_day(const char *iso)
{
	struct date d = NO_DATE;

	if (!date_parse(str_of(iso), &d))
		return NO_DATE;
	return d;
}

struct date days_first(void)
{
	return known_day(UNIT_FIRST_DAY);
}

struct date days_last(void)
{
	return known_day(UNIT_LAST_DAY);
}

struct date days_start(struct date stored)
{
	return date_cmp(stored, days_first()) == 0 ? NO_DATE : stored;
}

struct date days_end(struct date stored)
{
	return date_cmp(stored, days_last()) == 0 ? NO_DATE : stored;
}

static void put(struct aboves *rows, struct above row)
{
	if (date_cmp(row.from, row.to) > 0)
		return;
	if (rows->n == rows->cap) {
		size_t cap = rows->cap ? rows->cap * 2 : 8;

		rows->at = arena_grow(rows->a, rows->at, rows->cap * sizeof *rows->at,
				      cap * sizeof *rows->at);
		rows->cap = cap;
	}
	rows->at[rows->n++] = row;
}

void aboves_self(struct aboves *rows, int64_t unit, struct date first, struct date last)
{
	put(rows, (struct above){ unit, first, last, 0, WAY_TREE });
	if (date_cmp(last, days_last()) < 0)
		put(rows, (struct above){ unit, date_add(last, 1), days_last(), 0, WAY_HEIR });
}

static struct date later(struct date x, struct date y)
{
	return date_cmp(x, y) > 0 ? x : y;
}

static struct date earlier(struct date x, struct date y)
{
	return date_cmp(x, y) < 0 ? x : y;
}

void aboves_under(struct aboves *rows, const struct aboves *parent, struct date from,
		  struct date to, int way)
{
	for (size_t i = 0; i < parent->n; i++) {
		const struct above *p = &parent->at[i];

		put(rows, (struct above){
				  .ancestor = p->ancestor,
				  .from = later(from, p->from),
				  .to = earlier(to, p->to),
				  .depth = p->depth + 1,
				  .way = p->way > way ? p->way : way,
			  });
	}
}

static bool better(const struct above *x, const struct above *y)
{
	if (x->ancestor != y->ancestor)
		return x->ancestor < y->ancestor;
	if (x->way != y->way)
		return x->way < y->way;
	if (x->depth != y->depth)
		return x->depth < y->depth;
	return date_cmp(x->from, y->from) < 0;
}

static void sort(struct above *at, size_t n,
		 bool (*before)(const struct above *, const struct above *))
{
	for (size_t i = 1; i < n; i++) /* a dozen rows */
		for (size_t k = i; k > 0 && before(&at[k], &at[k - 1]); k--) {
			struct above swap = at[k];

			at[k] = at[k - 1];
			at[k - 1] = swap;
		}
}

/* Puts what of `row` no earlier row of the same ancestor, settled[i..], covers. */
static void put_uncovered(struct aboves *settled, size_t i, struct above row)
{
	for (; i < settled->n; i++) {
		struct above has = settled->at[i], after = row;

		if (has.ancestor != row.ancestor || date_cmp(has.to, row.from) < 0 ||
		    date_cmp(has.from, row.to) > 0)
			continue;
		after.from = date_add(has.to, 1);
		row.to = date_add(has.from, -1);
		if (date_cmp(after.from, after.to) <= 0)
			put_uncovered(settled, i + 1, after);
		if (date_cmp(row.from, row.to) > 0)
			return;
	}
	put(settled, row);
}

static bool in_time(const struct above *x, const struct above *y)
{
	if (x->ancestor != y->ancestor)
		return x->ancestor < y->ancestor;
	return date_cmp(x->from, y->from) < 0;
}

void aboves_settle(struct aboves *rows)
{
	struct aboves settled = { .a = rows->a };
	size_t kept = 0;

	sort(rows->at, rows->n, better);
	for (size_t i = 0; i < rows->n; i++)
		put_uncovered(&settled, 0, rows->at[i]);
	sort(settled.at, settled.n, in_time);
	for (size_t i = 0; i < settled.n; i++) {
		struct above *last = kept ? &settled.at[kept - 1] : NULL;
		const struct above *row = &settled.at[i];

		if (last && last->ancestor == row->ancestor && last->way == row->way &&
		    last->depth == row->depth && date_cmp(date_add(last->to, 1), row->from) == 0)
			last->to = row->to;
		else
			settled.at[kept++] = *row;
	}
	settled.n = kept;
	*rows = settled;
}

MUST_USE enum err aboves_store(struct tx *tx, int64_t unit, const struct aboves *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct above *r = &rows->at[i];
		struct query q = db_query(tx, "INSERT INTO unit_ancestor "
					      "(unit, ancestor, valid_from, valid_to, depth, way) "
					      "VALUES ($1, $2, $3, $4, $5, $6)");
		BIND(&q, unit, r->ancestor, r->from, r->to, (int64_t)r->depth, (int64_t)r->way);
		enum err e = db_exec(&q);

		if (e)
			return tx_fail(tx, e, "what lies above unit %" PRId64, unit);
	}
	return OK;
}

MUST_USE enum err aboves_load(struct tx *tx, int64_t unit, struct aboves *out)
{
	struct aboves rows = { .a = tx->mem };
	struct query q = db_query(tx, "SELECT ancestor, valid_from, valid_to, depth, way "
				      "FROM unit_ancestor WHERE unit = $1");
	BIND(&q, unit);
	while (db_next(&q))
		put(&rows, (struct above){
				   .ancestor = col_int(&q, 0),
				   .from = col_date(&q, 1),
				   .to = col_date(&q, 2),
				   .depth = (int)col_int(&q, 3),
				   .way = (int)col_int(&q, 4),
			   });
	if (!q.err)
		*out = rows;
	return q.err;
}

struct lying { /* what the unit lies under, between which days */
	int64_t unit;
	struct date from, to;
	int way;
};
struct lyings {
	struct lying *at;
	size_t n, cap;
};

static void put_lying(struct arena *a, struct lyings *list, struct lying one)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 8;

		list->at = arena_grow(a, list->at, list->cap * sizeof *list->at,
				      cap * sizeof *list->at);
		list->cap = cap;
	}
	list->at[list->n++] = one;
}

static enum err find_lyings(struct tx *tx, int64_t unit, struct date last, int64_t heir,
			    struct lyings *out)
{
	struct query q = db_query(tx, "SELECT parent, valid_from, valid_to FROM unit_version "
				      "WHERE unit = $1 AND parent IS NOT NULL");
	BIND(&q, unit);
	while (db_next(&q))
		put_lying(tx->mem, out,
			  (struct lying){ col_int(&q, 0), col_date(&q, 1), col_date(&q, 2),
					  WAY_TREE });
	if (q.err || date_cmp(last, days_last()) >= 0)
		return q.err;

	size_t before = out->n;
	q = db_query(tx, "SELECT successor, since, main FROM unit_succession "
			 "WHERE predecessor = $1");
	BIND(&q, unit);
	while (db_next(&q))
		put_lying(tx->mem, out,
			  (struct lying){ col_int(&q, 0), col_date(&q, 1), days_last(),
					  col_bool(&q, 2) ? WAY_HEIR : WAY_OTHER });
	if (out->n == before && heir)
		put_lying(tx->mem, out,
			  (struct lying){ heir, date_add(last, 1), days_last(), WAY_HEIR });
	return q.err;
}

static enum err dependents(struct tx *tx, int64_t unit, struct lyings *out)
{
	struct query q = db_query(tx, "SELECT unit FROM unit_version WHERE parent = $1 "
				      "UNION SELECT id FROM unit WHERE heir = $1 "
				      "UNION SELECT predecessor FROM unit_succession "
				      "WHERE successor = $1");
	BIND(&q, unit);
	while (db_next(&q))
		put_lying(tx->mem, out, (struct lying){ .unit = col_int(&q, 0) });
	return q.err;
}

struct life {
	struct date first, last;
	int64_t heir;
};

static enum err find_life(struct tx *tx, int64_t unit, struct life *out)
{
	struct query q = db_query(tx, "SELECT first_day, last_day, heir FROM unit WHERE id = $1");
	BIND(&q, unit);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e, "unit %" PRId64, unit);
	*out = (struct life){ col_date(&q, 0), col_date(&q, 1), col_int(&q, 2) };
	return OK;
}

static enum err too_deep(struct tx *tx, int64_t unit)
{
	return tx_fail(tx, ERR_CORRUPT, "unit %" PRId64 " lies beneath itself", unit);
}

/* The unit's own rows, from the stored rows of what it lies under. */
static enum err reindex_one(struct tx *tx, int64_t unit, const struct life *life,
			    const struct lyings *above)
{
	struct aboves rows = { .a = tx->mem };
	enum err e;

	aboves_self(&rows, unit, life->first, life->last);
	for (size_t i = 0; i < above->n; i++) {
		struct aboves theirs;

		if ((e = aboves_load(tx, above->at[i].unit, &theirs)))
			return e;
		aboves_under(&rows, &theirs, above->at[i].from, above->at[i].to, above->at[i].way);
	}
	aboves_settle(&rows);

	struct query q = db_query(tx, "DELETE FROM unit_ancestor WHERE unit = $1");
	BIND(&q, unit);
	e = db_exec(&q);
	return e ? e : aboves_store(tx, unit, &rows);
}

static enum err reindex(struct tx *tx, int64_t unit, int depth)
{
	struct lyings above = { 0 }, beneath = { 0 };
	struct life life;
	enum err e;

	if (depth > DEEPEST)
		return too_deep(tx, unit);
	if ((e = find_life(tx, unit, &life)) ||
	    (e = find_lyings(tx, unit, life.last, life.heir, &above)) ||
	    (e = reindex_one(tx, unit, &life, &above)) || (e = place_unit(tx, unit)) ||
	    (e = dependents(tx, unit, &beneath)))
		return e;
	for (size_t i = 0; i < beneath.n; i++)
		if ((e = reindex(tx, beneath.at[i].unit, depth + 1)))
			return e;
	return OK;
}

MUST_USE enum err unit_reindex(struct tx *tx, int64_t unit)
{
	enum err e = reindex(tx, unit, 0);
	return e ? e : unit_changed(tx);
}

/* --- All of them --- */

/* Which units have their rows: a bit for each place in `ids`. */
struct reindexing {
	struct tx *tx;
	int64_t *ids; /* ascending */
	bool *done;
	size_t n;
};

static bool *is_done(struct reindexing *r, int64_t unit)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (r->ids[middle] < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n && r->ids[low] == unit ? &r->done[low] : NULL;
}

/* What it lies under first. */
static enum err reindex_up(struct reindexing *r, int64_t unit, int depth)
{
	struct lyings above = { 0 };
	struct life life;
	bool *done = is_done(r, unit);
	enum err e;

	if (depth > DEEPEST)
		return too_deep(r->tx, unit);
	if (!done)
		return tx_fail(r->tx, ERR_CORRUPT, "there is no unit %" PRId64, unit);
	if (*done)
		return OK;
	if ((e = find_life(r->tx, unit, &life)) ||
	    (e = find_lyings(r->tx, unit, life.last, life.heir, &above)))
		return e;
	for (size_t i = 0; i < above.n; i++)
		if ((e = reindex_up(r, above.at[i].unit, depth + 1)))
			return e;
	*done = true;
	return reindex_one(r->tx, unit, &life, &above);
}

MUST_USE enum err unit_reindex_all(struct tx *tx)
{
	struct reindexing r = { .tx = tx };
	struct query count = db_query(tx, "SELECT COUNT(*) FROM unit");
	enum err e = db_one(&count);

	if (e)
		return e;
	size_t most = (size_t)col_int(&count, 0);
	r.ids = NEW_N(tx->mem, int64_t, most);
	r.done = NEW_N(tx->mem, bool, most);
	struct query q = db_query(tx, "SELECT id FROM unit ORDER BY id");
	while (db_next(&q) && r.n < most)
		r.ids[r.n++] = col_int(&q, 0);
	db_end(&q);
	e = q.err;
	struct arena *outer = tx->mem, *one = arena_new(0);
	tx->mem = one;
	for (size_t i = 0; !e && i < r.n; i++) {
		e = reindex_up(&r, r.ids[i], 0);
		arena_clear(one);
	}
	tx->mem = outer;
	arena_free(one);
	return e;
}
