/* Once a week, of what somebody follows. Only people are looked at who have an address, want it and follow
 * something that moved within the week: by the indexes of what is followed, not by walking over accounts. */
#include "office/notice_queue.h"

#include "office/follow.h"

enum { WEEK = 7, KEPT_DAYS = 90 };

/* Is anything of it left when read as he will read it? */
static enum err has_news(struct tx *tx, int64_t person, struct date from, struct date to, bool *out)
{
	struct news news;
	struct news_after after = { .day = to, .act = false, .id = 0 };
	enum err e = news_list(tx, person, &after, 1, &news);
	*out = !e && news.n && date_cmp(news.at[0].day, from) >= 0;
	return e;
}

static enum err make(struct tx *tx, int64_t person, struct date from)
{
	struct query q =
		db_query(tx, "INSERT INTO notice (act, dossier, person, class, since, made_at)"
			     " VALUES (0, 0, $1, $2, $3, $4)"
			     " ON CONFLICT (act, dossier, person, since) DO NOTHING RETURNING id");
	BIND(&q, person, (int64_t)NOTICE_DIGEST, date_iso(tx->mem, from), tx->now);
	enum err e = db_one(&q);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e; /* made before */
	struct query way = db_query(tx, "INSERT INTO notice_way (notice, way, state, tries,"
					" next_at, changed_at, why) VALUES ($1, 0, 0, 0, $2, $2,"
					" '')");
	BIND(&way, col_int(&q, 0), tx->now);
	return db_exec(&way);
}

enum err notice_digest_find(struct tx *tx, struct digest_people *out)
{
	struct date from = date_add(out->monday, -WEEK);
	int64_t looked[DIGEST_PEOPLE];
	size_t n = 0;
	struct query q = db_query(
		tx, "SELECT w.person FROM notice_wish w WHERE w.person > $1"
		    " AND w.proved_at IS NOT NULL AND (w.digest & 1) <> 0 AND EXISTS"
		    " (SELECT 1 FROM follow f WHERE f.person = w.person AND ("
		    "(f.dossier <> 0 AND (EXISTS (SELECT 1 FROM dossier d WHERE d.id = f.dossier"
		    " AND d.visibility = 0 AND d.changed_at >= $2) OR EXISTS (SELECT 1 FROM"
		    " dossier c WHERE c.parent = f.dossier AND c.parent > 0 AND c.kind ="
		    " 'comment' AND c.visibility = 0 AND c.shown_on >= $3 AND c.shown_on < $4)))"
		    " OR (f.unit <> 0 AND f.kind = '')" /* kind by kind, by news_list */
		    " OR (f.unit <> 0 AND f.kind <> '' AND EXISTS (SELECT 1 FROM dossier_under u"
		    " WHERE u.ancestor = f.unit AND u.kind = f.kind AND u.facet = f.facet"
		    " AND u.shown_on >= $3 AND u.shown_on < $4))))"
		    " ORDER BY w.person LIMIT $5");
	BIND(&q, out->after, date_instant(from, 0), from, out->monday, (int64_t)DIGEST_PEOPLE);
	while (db_next(&q))
		looked[n++] = col_int(&q, 0);
	enum err e = q.err;
	out->n = 0;
	for (size_t i = 0; !e && i < n; i++) {
		bool news;
		if (!(e = has_news(tx, looked[i], from, out->monday, &news)) && news)
			out->at[out->n++] = looked[i];
	}
	if (!e)
		out->after = n == DIGEST_PEOPLE ? looked[n - 1] : 0;
	return e;
}

enum err notice_digest_make(struct tx *tx, const struct digest_people *people)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < people->n; i++)
		e = make(tx, people->at[i], date_add(people->monday, -WEEK));
	return e;
}

enum err notice_sweep(struct tx *tx, int64_t limit)
{
	struct date before = date_add(tx_today(tx), -KEPT_DAYS);
	struct query ways =
		db_query(tx, "DELETE FROM notice_way WHERE notice IN (SELECT id FROM notice"
			     " WHERE act = 0 AND made_at < $1 ORDER BY id LIMIT $2)");
	BIND(&ways, date_instant(before, 0), limit);
	enum err e = db_exec(&ways);
	if (e)
		return e;
	struct query q = db_query(tx, "DELETE FROM notice WHERE id IN (SELECT id FROM notice"
				      " WHERE act = 0 AND made_at < $1 ORDER BY id LIMIT $2)");
	BIND(&q, date_instant(before, 0), limit);
	if ((e = db_exec(&q)))
		return e;
	struct query proofs =
		db_query(tx, "DELETE FROM notice_proof WHERE (person, at) IN (SELECT person, at"
			     " FROM notice_proof WHERE at < $1 ORDER BY at LIMIT $2)");
	BIND(&proofs, (struct instant){ tx->now.ms - NOTICE_DAY_MS }, limit);
	return db_exec(&proofs);
}
