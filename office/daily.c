/* By id and not by day, so that a walk moves on whatever becomes of a dossier: what a kind has put off
 * to today again is met by the next walk and cannot hold up this one. */
#include "office/daily.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum { DAILY_MOST = 1000 };

static enum err wake(struct tx *tx, int64_t id)
{
	struct dossier *d;
	enum err e = dossier_load(tx, id, &d);
	if (e)
		return e;
	if (!d->kind->wake)
		return tx_fail(tx, ERR_CORRUPT, "%.*s waits for the calendar, its kind does not",
			       STR_ARG(d->code));
	return d->kind->wake(tx, d);
}

/* In memory of its own, and with an error of its own, because the walk goes on after it. */
static enum err visit(struct tx *tx, struct arena *mem, int64_t id, struct daily *walk)
{
	struct tx one = *tx;
	one.mem = mem;
	one.err = OK;
	enum err e = tx_savepoint(&one);
	if (e)
		return tx_fail(tx, e, "%s", one.why);
	e = tx_savepoint_end(&one, wake(&one, id));
	if (!tx_stands(tx))
		return tx_fail(tx, e ? e : ERR_IO, "%s", one.why);
	walk->visited++;
	walk->after = id;
	if (e && !walk->failed++)
		snprintf(walk->why, sizeof walk->why, "dossier %" PRId64 ": %.200s", id, one.why);
	return OK;
}

enum err daily_run(struct tx *tx, int limit, struct daily *walk)
{
	int64_t ids[DAILY_MOST];
	int n = 0;
	assert(limit >= 1 && limit <= DAILY_MOST);
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE wake_on IS NOT NULL"
				      " AND wake_on <= $1 AND id > $2 ORDER BY id LIMIT $3");
	BIND(&q, tx_today(tx), walk->after, (int64_t)limit);
	while (n < limit && db_next(&q))
		ids[n++] = col_int(&q, 0);
	db_end(&q);
	enum err e = q.err;
	struct arena *mem = arena_new(0);
	for (int i = 0; !e && i < n; i++) {
		e = visit(tx, mem, ids[i], walk);
		arena_clear(mem);
	}
	arena_free(mem);
	walk->more = n == limit;
	return e;
}
