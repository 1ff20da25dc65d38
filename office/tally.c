/* One row per unit, month and key; additions commute, so writers never wait for one another. */
#include "office/tally.h"

static enum err add_one(struct tx *tx, const struct tally_delta *d)
{
	struct query q = db_query(tx, "INSERT INTO tally (unit, month, tally_key, n)"
				      " VALUES ($1, $2, $3, $4)"
				      " ON CONFLICT (unit, tally_key, month)"
				      " DO UPDATE SET n = tally.n + excluded.n");
	BIND(&q, d->unit, (int64_t)d->month, d->key, d->n);
	return db_exec(&q);
}

/* A month given to another of the same year comes to nothing here. */
static enum err add_years(struct tx *tx, const struct tally_deltas *deltas)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < deltas->n; i++) {
		const struct tally_delta *d = &deltas->at[i];
		int64_t n = 0;
		bool first = d->by_year;
		for (size_t k = 0; first && k < deltas->n; k++) {
			const struct tally_delta *other = &deltas->at[k];
			if (other->unit != d->unit || other->month / 100 != d->month / 100 ||
			    !str_eq(other->key, d->key))
				continue;
			first = k >= i;
			n += other->n;
		}
		if (!first || !n)
			continue;
		struct query q = db_query(tx, "INSERT INTO tally_year (unit, tally_key, year, n)"
					      " VALUES ($1, $2, $3, $4)"
					      " ON CONFLICT (unit, tally_key, year)"
					      " DO UPDATE SET n = tally_year.n + excluded.n");
		BIND(&q, d->unit, d->key, (int64_t)d->month / 100, n);
		e = db_exec(&q);
	}
	return e;
}

/* A row that came to nothing goes: what a figure opens has as many rows as it counts. */
static enum err add_row(struct tx *tx, int64_t dossier, const struct figure_delta *d)
{
	struct query q = db_query(tx, "INSERT INTO figure (unit, figure_key, counted_on, dossier,"
				      " item, n) VALUES ($1, $2, $3, $4, $5, $6)"
				      " ON CONFLICT (unit, figure_key, counted_on, dossier, item)"
				      " DO UPDATE SET n = figure.n + excluded.n RETURNING n");
	BIND(&q, d->unit, d->key, d->on, dossier, d->item, d->n);
	enum err e = db_one(&q);
	bool stays = !e && col_int(&q, 0);
	db_end(&q);
	if (e || stays)
		return e;
	struct query gone = db_query(tx, "DELETE FROM figure WHERE unit = $1 AND figure_key = $2"
					 " AND counted_on = $3 AND dossier = $4 AND item = $5"
					 " AND n = 0");
	BIND(&gone, d->unit, d->key, d->on, dossier, d->item);
	return db_exec(&gone);
}

enum err tally_add(struct tx *tx, const struct fold *f)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < f->tally.n; i++)
		if (f->tally.at[i].n)
			e = add_one(tx, &f->tally.at[i]);
	if (!e)
		e = add_years(tx, &f->tally);
	for (size_t i = 0; !e && i < f->figures.n; i++)
		if (f->figures.at[i].n)
			e = add_row(tx, f->d->id, &f->figures.at[i]);
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
