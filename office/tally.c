/* One row per unit, month and key; additions commute, so writers never wait for one another. */
#include "office/tally.h"

enum err tally_add(struct tx *tx, const struct tally_deltas *deltas)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < deltas->n; i++) {
		const struct tally_delta *d = &deltas->at[i];
		struct query q = db_query(tx, "INSERT INTO tally (unit, month, tally_key, n)"
					      " VALUES ($1, $2, $3, $4)"
					      " ON CONFLICT (unit, tally_key, month)"
					      " DO UPDATE SET n = tally.n + excluded.n");
		BIND(&q, d->unit, (int64_t)d->month, d->key, d->n);
		e = db_exec(&q);
	}
	return e;
}

enum err tally_sum(struct tx *tx, int64_t under, struct str key, int from, int to, int64_t *out)
{
	struct query q = db_query(tx, "SELECT CAST(COALESCE(SUM(t.n), 0) AS BIGINT)"
				      " FROM unit_ancestor a JOIN tally t ON t.unit = a.unit"
				      " WHERE a.ancestor = $1 AND a.way <= 1 AND a.valid_from <= $2"
				      " AND a.valid_to >= $2 AND t.tally_key = $3"
				      " AND t.month BETWEEN $4 AND $5");
	struct date end = date_month_end((struct date){ date_year_start(to / 100).days });
	end = date_month_end(date_add_months(end, to % 100 - 1));
	BIND(&q, under, end, key, (int64_t)from, (int64_t)to);
	enum err e = db_one(&q);
	if (e)
		return e;
	*out = col_int(&q, 0);
	db_end(&q);
	return OK;
}
