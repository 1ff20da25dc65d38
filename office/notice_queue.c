#include "office/notice_queue.h"

#include "base/utf8.h"

enum { STATS_DAYS = 30 };

enum err notice_due(struct tx *tx, int64_t ways, size_t limit, struct notice_dues *out)
{
	struct notice_dues all = { NEW_N(tx->mem, struct notice_due, limit), 0 };
	struct query q =
		db_query(tx, "SELECT notice, way, tries FROM notice_way WHERE state = 0"
			     " AND next_at <= $1 AND ((way = 0 AND $2 <> 0) OR (way = 1 AND"
			     " $3 <> 0)) ORDER BY next_at, notice, way LIMIT $4");
	BIND(&q, tx->now, ways & NOTICE_BY_EMAIL, ways & NOTICE_BY_SMS, (int64_t)limit);
	while (db_next(&q))
		all.at[all.n++] =
			(struct notice_due){ col_int(&q, 0), (enum notice_way)col_int(&q, 1),
					     col_int(&q, 2) };
	if (!q.err)
		*out = all;
	return q.err;
}

enum err notice_claim(struct tx *tx, const struct notice_due *due, bool *got)
{
	struct query q =
		db_query(tx, "UPDATE notice_way SET next_at = $1, tries = tries + 1"
			     " WHERE notice = $2 AND way = $3 AND state = 0 AND next_at <= $4");
	BIND(&q, (struct instant){ tx->now.ms + NOTICE_CLAIM_MS }, due->notice, (int64_t)due->way,
	     tx->now);
	enum err e = db_exec(&q);
	*got = !e && db_changes(&q) > 0;
	return e;
}

static int64_t pause_after(int64_t tries)
{
	int64_t ms = NOTICE_AGAIN_MS;
	for (int64_t i = 0; i < tries && ms < NOTICE_AGAIN_MOST_MS; i++)
		ms *= 2;
	return ms < NOTICE_AGAIN_MOST_MS ? ms : NOTICE_AGAIN_MOST_MS;
}

static enum notice_state state_after(const struct notice_due *due, enum notice_outcome outcome)
{
	switch (outcome) {
	case OUTCOME_SENT:
		return NOTICE_SENT;
	case OUTCOME_NEVER:
		return NOTICE_REFUSED;
	case OUTCOME_EMPTY:
		return NOTICE_EMPTY;
	case OUTCOME_LATER:
		break;
	}
	return due->tries + 1 < NOTICE_TRIES ? NOTICE_WAITING : NOTICE_GIVEN_UP;
}

/* What was claimed stays as it was for the page until it is known how it went. What was asked for anew while
 * this try was under way, to another address perhaps, is another letter: it has no tries yet. */
enum err notice_mark(struct tx *tx, const struct notice_due *due, enum notice_outcome outcome,
		     struct str why)
{
	struct query q = db_query(tx, "UPDATE notice_way SET state = $1, next_at = $2,"
				      " changed_at = $3, why = $4 WHERE notice = $5 AND way = $6"
				      " AND state = 0 AND tries = $7");
	BIND(&q, (int64_t)state_after(due, outcome),
	     (struct instant){ tx->now.ms + pause_after(due->tries) }, tx->now,
	     str_some(utf8_ellipsis(tx->mem, utf8_clean(tx->mem, why), NOTICE_WHY_MOST)),
	     due->notice, (int64_t)due->way, due->tries + 1);
	return db_exec(&q);
}

/* --- For operators --- */

enum err notice_stats(struct tx *tx, struct notice_stats *out)
{
	struct notice_stats s = { .oldest = { 0 } };
	struct query q = db_query(tx, "SELECT way, state, COUNT(*) FROM notice_way"
				      " WHERE state = 0 OR changed_at >= $1 GROUP BY way, state");
	BIND(&q, (struct instant){ tx->now.ms - STATS_DAYS * (int64_t)NOTICE_DAY_MS });
	while (db_next(&q)) {
		int64_t way = col_int(&q, 0), state = col_int(&q, 1);
		if (way >= 0 && way < NOTICE_WAYS && state >= 0 && state < NOTICE_STATES)
			s.n[way][state] = col_int(&q, 2);
	}
	if (q.err)
		return q.err;
	int64_t waiting;
	enum err e = notice_waiting(tx, &waiting, &s.oldest);
	if (!e)
		*out = s;
	return e;
}

enum err notice_waiting(struct tx *tx, int64_t *n, struct instant *oldest)
{
	struct query q = db_query(tx, "SELECT COUNT(*), MIN(n.made_at) FROM notice_way w"
				      " JOIN notice n ON n.id = w.notice WHERE w.state = 0");
	enum err e = db_one(&q);
	if (e)
		return e;
	*n = col_int(&q, 0);
	*oldest = col_instant(&q, 1);
	return OK;
}

enum err notice_faults(struct tx *tx, size_t limit, struct notice_faults *out)
{
	struct notice_faults all = { NEW_N(tx->mem, struct notice_fault, limit), 0 };
	struct query q = db_query(tx, "SELECT changed_at, way, state, tries, why FROM notice_way"
				      " WHERE why <> '' ORDER BY changed_at DESC, notice, way"
				      " LIMIT $1");
	BIND(&q, (int64_t)limit);
	while (db_next(&q))
		all.at[all.n++] =
			(struct notice_fault){ col_instant(&q, 0), (enum notice_way)col_int(&q, 1),
					       (enum notice_state)col_int(&q, 2), col_int(&q, 3),
					       col_str(&q, 4) };
	if (!q.err)
		*out = all;
	return q.err;
}
