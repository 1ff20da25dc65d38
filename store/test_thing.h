/* One table of numbers, for the tests of what is promised of PostgreSQL alone. */
#pragma once

#include "store/engine.h"
#include "tests/test_db.h"

static inline enum err exec(struct tx *tx, const char *sql)
{
	struct query q = db_query_at(tx, sql);

	return db_exec(&q);
}

static inline enum err add(struct tx *tx, int64_t n)
{
	struct query q = db_query(tx, "INSERT INTO thing (n) VALUES ($1)");

	BIND(&q, n);
	return db_exec(&q);
}

static inline int64_t count(struct tx *tx)
{
	struct query q = db_query(tx, "SELECT count(*) FROM thing");

	return db_one(&q) ? -1 : col_int(&q, 0);
}
