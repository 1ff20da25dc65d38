/* Who is told of an act, by the tables alone. */
#include "office/notice.h"

#include <assert.h>

/* Did the author take it himself? Who acts for an office never does. */
static bool is_own(const struct tx *tx, const struct dossier *d, const struct act *act)
{
	if (act->appointment || act->step->follows)
		return false;
	return act->person ? act->person == d->author : tx->receipt == d->id;
}

static enum notice_class class_of(const struct tx *tx, const struct dossier *d,
				  const struct act *act)
{
	const struct step *s = act->step;
	if (!d->kind->notices || dossier_visibility(d) == VISIBLE_SEALED)
		return NOTICE_NEVER;
	if (act->from != NEW && is_own(tx, d, act))
		return NOTICE_NEVER;
	if (s->notice)
		return s->notice;
	return act->from != act->to || s->receipt ? d->kind->notices : NOTICE_NEVER;
}

static enum err add_way(struct tx *tx, int64_t notice, enum notice_way way)
{
	struct query q = db_query(tx, "INSERT INTO notice_way (notice, way, state, tries, next_at,"
				      " changed_at, why) VALUES ($1, $2, 0, 0, $3, $3, '')");
	BIND(&q, notice, (int64_t)way, tx->now);
	return db_exec(&q);
}

static bool is_wanted(const struct notice_wish *w, enum notice_class class, enum notice_way way)
{
	return class == NOTICE_LEGAL || ((class == NOTICE_MINE ? w->mine : w->digest) & 1 << way);
}

/* The ways this site has, that lead to him and that he has not closed. */
static enum err add_ways(struct tx *tx, int64_t notice, const struct dossier *d, int64_t person,
			 enum notice_class class)
{
	struct notice_wish wish = { .mine = NOTICE_BY_EMAIL | NOTICE_BY_SMS };
	struct notice_reach to;
	enum err e = tx->office->ways ? notice_reach(tx, person, d, &to) : OK;
	if (e || !tx->office->ways || (person && (e = notice_wish_load(tx, person, &wish))))
		return e;
	for (int way = 0; !e && way < NOTICE_WAYS; way++)
		if ((tx->office->ways & 1 << way) && to.at[way].len &&
		    is_wanted(&wish, class, (enum notice_way)way))
			e = add_way(tx, notice, (enum notice_way)way);
	return e;
}

static enum err tell(struct tx *tx, const struct dossier *d, const struct act *act,
		     enum notice_class class)
{
	struct query q = db_query(tx, "INSERT INTO notice (act, dossier, person, class, since,"
				      " made_at) VALUES ($1, $2, $3, $4, '', $5) RETURNING id");
	BIND(&q, act->id, d->id, d->author, (int64_t) class, tx->now);
	enum err e = db_one(&q);
	return e ? e : add_ways(tx, col_int(&q, 0), d, d->author, class);
}

enum err notice_of_act(struct tx *tx, const struct dossier *d, const struct act *act)
{
	enum notice_class class = class_of(tx, d, act);
	assert(class != NOTICE_BY_RULE);
	/* Nobody stands behind it: an office wrote it down for itself. */
	if (class == NOTICE_NEVER || (!d->author && !d->kind->is_private))
		return OK;
	return tell(tx, d, act, class);
}

enum err notice_forget(struct tx *tx, int64_t dossier)
{
	struct query ways = db_query(tx, "DELETE FROM notice_way WHERE notice IN"
					 " (SELECT id FROM notice WHERE dossier = $1)");
	struct query rows;
	BIND(&ways, dossier);
	enum err e = db_exec(&ways);
	if (e)
		return e;
	rows = db_query(tx, "DELETE FROM notice WHERE dossier = $1 AND dossier <> 0");
	BIND(&rows, dossier);
	return db_exec(&rows);
}

enum { BELOW_MOST = 1000 };

enum err notice_below(struct tx *tx, const struct dossier *parent, const struct act *act,
		      const struct kind *kind, unsigned states)
{
	int64_t ids[BELOW_MOST];
	size_t n = 0;
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE parent = $1 AND parent > 0"
				      " AND kind = $2 AND (state & $3) <> 0 ORDER BY id LIMIT $4");
	BIND(&q, parent->id, str_of(kind->name), (int64_t)states, (int64_t)BELOW_MOST);
	while (db_next(&q))
		ids[n++] = col_int(&q, 0);
	enum err e = q.err;
	for (size_t i = 0; !e && i < n; i++) {
		struct dossier *d;
		e = dossier_load_text(tx, ids[i], &d);
		if (!e && d->kind->notices)
			e = tell(tx, d, act, d->kind->notices);
	}
	return e;
}
