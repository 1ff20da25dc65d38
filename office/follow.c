/* What is new is gathered from the lists everybody reads, a few rows from each, and merged: nothing is
 * written for anybody when something happens, so that a unit followed by a thousand people costs no
 * more to publish at than one followed by none. */
#include "office/follow.h"

#include "office/comment_list.h"
#include "office/unit.h"

#include <assert.h>
#include <string.h>

enum { NEWS_MOST = 100 };

static struct str kind_name(const struct follow *f)
{
	return f->kind ? str_of(f->kind->name) : S("");
}

static enum err own(const struct tx *tx)
{
	return tx->who && tx->who->person ? OK : ERR_DENIED;
}

enum err follow_has(struct tx *tx, const struct follow *f, bool *out)
{
	*out = false;
	if (own(tx))
		return OK;
	struct query q = db_query(tx, "SELECT COUNT(*) FROM follow WHERE person = $1 AND unit = $2"
				      " AND kind = $3 AND facet = $4 AND dossier = $5");
	BIND(&q, tx->who->person, f->unit, kind_name(f), str_some(f->facet), f->dossier);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) > 0;
	return e;
}

enum err follow_add(struct tx *tx, const struct follow *f)
{
	bool has;
	enum err e = own(tx);
	if (e || (e = follow_has(tx, f, &has)) || has)
		return e;
	struct query n = db_query(tx, "SELECT COUNT(*) FROM follow WHERE person = $1");
	BIND(&n, tx->who->person);
	if ((e = db_one(&n)))
		return e;
	if (col_int(&n, 0) >= FOLLOWS_MOST)
		return tx_fail(tx, ERR_INVALID, "%d things are followed already", FOLLOWS_MOST);
	struct query q =
		db_query(tx, "INSERT INTO follow (person, unit, kind, facet, dossier, made_at)"
			     " VALUES ($1, $2, $3, $4, $5, $6)");
	BIND(&q, tx->who->person, f->unit, kind_name(f), str_some(f->facet), f->dossier, tx->now);
	return db_exec(&q);
}

enum err follow_drop(struct tx *tx, const struct follow *f)
{
	enum err e = own(tx);
	if (e)
		return e;
	struct query q = db_query(tx, "DELETE FROM follow WHERE person = $1 AND unit = $2"
				      " AND kind = $3 AND facet = $4 AND dossier = $5");
	BIND(&q, tx->who->person, f->unit, kind_name(f), str_some(f->facet), f->dossier);
	return db_exec(&q);
}

enum err follow_list(struct tx *tx, int64_t person, struct follows *out)
{
	struct follows all = { NEW_N(tx->mem, struct follow, FOLLOWS_MOST), 0 };
	struct query q =
		db_query(tx, "SELECT f.unit, f.kind, f.facet, f.dossier, COALESCE(d.code, ''),"
			     " COALESCE(d.title, '') FROM follow f LEFT JOIN dossier d"
			     " ON d.id = f.dossier AND d.visibility = 0 WHERE f.person = $1"
			     " ORDER BY f.made_at DESC, f.unit, f.kind, f.facet, f.dossier"
			     " LIMIT $2");
	BIND(&q, person, (int64_t)FOLLOWS_MOST);
	while (db_next(&q)) {
		struct follow *f = &all.at[all.n];
		struct str kind = col_str(&q, 1);
		*f = (struct follow){ .unit = col_int(&q, 0),
				      .kind = office_kind(tx->office, kind),
				      .facet = col_str(&q, 2),
				      .dossier = col_int(&q, 3),
				      .code = col_str(&q, 4),
				      .title = col_str(&q, 5) };
		all.n += !kind.len || f->kind; /* of a feature that is gone nothing is new */
	}
	if (!q.err)
		*out = all;
	return q.err;
}

/* --- What is new --- */

/* The best so far, in order; one more than wanted, to know whether there are more. */
struct gathering {
	struct tx *tx;
	struct arena *keep; /* of the result */
	struct arena *mem;  /* of one source at a time */
	const struct news_after *after;
	size_t most;
	struct news_item *at;
	size_t n;
};

/* Negative: x comes first. */
static int order(const struct news_item *x, const struct news_item *y)
{
	int days = date_cmp(y->day, x->day);
	if (days)
		return days;
	if (x->act != y->act)
		return x->act ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

static void put(struct gathering *g, const struct news_item *item)
{
	size_t at = g->n;
	while (at > 0 && order(item, &g->at[at - 1]) < 0)
		at--;
	bool there = at > 0 && order(item, &g->at[at - 1]) == 0;
	if (there || at == g->most)
		return;
	if (g->n == g->most)
		g->n--;
	memmove(&g->at[at + 1], &g->at[at], (g->n - at) * sizeof *g->at);
	g->n++;
	struct news_item *to = &g->at[at];
	*to = *item;
	to->code = str_dup(g->keep, item->code);
	to->title = str_dup(g->keep, item->title);
	to->about_code = str_dup(g->keep, str_some(item->about_code));
	to->about_title = str_dup(g->keep, str_some(item->about_title));
}

static bool after_set(const struct gathering *g)
{
	return date_is_set(g->after->day);
}

/* The row of a list after which to go on. */
static int64_t after_dossier(const struct gathering *g)
{
	return g->after->act ? INT64_MAX : g->after->id;
}

static enum err add_list(struct gathering *g, int64_t unit, const struct kind *k, struct str facet)
{
	struct list_filter f = { .kind = k,
				 .under = unit,
				 .facet = facet,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .limit = (int)g->most,
				 .after_on = g->after->day,
				 .after_id = after_dossier(g) };
	struct list_rows rows;
	enum err e = list_dossiers(g->tx, &f, &rows);
	for (size_t i = 0; !e && i < rows.n; i++)
		put(g, &(struct news_item){ .day = rows.at[i].shown_on,
					    .id = rows.at[i].id,
					    .code = rows.at[i].code,
					    .title = rows.at[i].title,
					    .kind = k,
					    .unit = rows.at[i].unit });
	return e;
}

static enum err add_unit(struct gathering *g, int64_t unit)
{
	enum err e = OK;
	for (const struct kind *const *k = g->tx->office->kinds; !e && *k; k++)
		if (!(*k)->unlisted)
			e = add_list(g, unit, *k, S(""));
	return e;
}

static enum err add_acts(struct gathering *g, const struct dossier *d, struct str title)
{
	bool within = after_set(g) && g->after->act;
	int64_t before = after_set(g) && !within ? date_instant(g->after->day, 0).ms : INT64_MAX;
	struct query q =
		db_query(g->tx, "SELECT id, no, step, recorded_at FROM act WHERE dossier = $1"
				" AND id < $2 AND recorded_at < $3 ORDER BY no DESC LIMIT $4");
	BIND(&q, d->id, within ? g->after->id : INT64_MAX, before, (int64_t)g->most);
	while (db_next(&q)) {
		struct news_item item = { .act = true,
					  .id = col_int(&q, 0),
					  .no = (int)col_int(&q, 1),
					  .step = kind_step(d->kind, col_str(&q, 2)),
					  .at = col_instant(&q, 3),
					  .code = d->code,
					  .title = title,
					  .kind = d->kind,
					  .unit = d->unit };
		item.day = instant_date(item.at);
		if (item.step)
			put(g, &item);
	}
	return q.err;
}

static enum err add_comments(struct gathering *g, const struct dossier *d, struct str title)
{
	struct said_rows rows;
	enum err e =
		comment_list(g->tx, d->id, g->after->day, after_dossier(g), (int)g->most, &rows);
	for (size_t i = 0; !e && i < rows.n; i++)
		if (rows.at[i].state & COMMENT_READABLE)
			put(g, &(struct news_item){ .day = rows.at[i].shown_on,
						    .id = rows.at[i].id,
						    .code = rows.at[i].code,
						    .title = rows.at[i].text,
						    .kind = &comment_kind,
						    .unit = d->unit,
						    .about_code = d->code,
						    .about_title = title });
	return e;
}

/* What everybody may read, whoever follows it. */
static enum err add_dossier(struct gathering *g, int64_t id)
{
	struct dossier *d;
	enum err e = dossier_load(g->tx, id, &d);
	if (e || dossier_visibility(d) != VISIBLE_PUBLIC)
		return e == ERR_NOT_FOUND ? OK : e;
	bool stub = dossier_state(d)->stub;
	struct str title = stub ? S("") : dossier_title(d);
	if ((e = add_acts(g, d, title)) || stub)
		return e;
	return add_comments(g, d, title);
}

enum err news_list(struct tx *tx, int64_t person, const struct news_after *after, int limit,
		   struct news *out)
{
	assert(limit >= 1 && limit <= NEWS_MOST);
	struct follows all;
	enum err e = follow_list(tx, person, &all);
	if (e)
		return e;
	struct gathering g = { .tx = tx,
			       .keep = tx->mem,
			       .mem = arena_new(0),
			       .after = after,
			       .most = (size_t)limit + 1 };
	g.at = NEW_N(tx->mem, struct news_item, g.most + 1);
	for (size_t i = 0; !e && i < all.n; i++) {
		const struct follow *f = &all.at[i];
		tx->mem = g.mem; /* five hundred lists are more than one request has memory for */
		e = f->dossier ? add_dossier(&g, f->dossier)
		    : f->kind  ? add_list(&g, f->unit, f->kind, f->facet)
			       : add_unit(&g, f->unit);
		tx->mem = g.keep;
		arena_clear(g.mem);
	}
	arena_free(g.mem);
	if (e)
		return e;
	bool more = g.n > (size_t)limit;
	*out = (struct news){ g.at, more ? (size_t)limit : g.n, more };
	return OK;
}

/* --- The private feed --- */

enum err follow_feed(struct tx *tx, int64_t person, int64_t *generation)
{
	struct query q = db_query(tx, "SELECT COALESCE(f.generation, 0) + 1 FROM account a"
				      " LEFT JOIN follow_feed f ON f.person = a.person"
				      " WHERE a.person = $1 AND a.disabled = 0");
	BIND(&q, person);
	enum err e = db_one(&q);
	*generation = e ? 0 : col_int(&q, 0);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err follow_feed_renew(struct tx *tx)
{
	enum err e = own(tx);
	if (e)
		return e;
	struct query q = db_query(
		tx, "INSERT INTO follow_feed (person, generation) VALUES ($1, 1)"
		    " ON CONFLICT (person) DO UPDATE SET generation = follow_feed.generation + 1");
	BIND(&q, tx->who->person);
	return db_exec(&q);
}
