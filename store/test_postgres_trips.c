/* How often PostgreSQL is waited for, and how much of a result is in memory. */
#include "store/test_thing.h"

#include <malloc.h>
#include <string.h>

/* Begun, and the first of its session is behind it. */
static struct tx *with_table(void)
{
	test_only_postgres();
	struct tx *tx = test_tx("2026-03-01T08:00");

	CHECK_INT(exec(tx, "CREATE TABLE thing (n BIGINT PRIMARY KEY)"), OK);
	test_commit(tx);
	CHECK_INT(exec(tx, "DELETE FROM thing"), OK);
	test_commit(tx);
	return tx;
}

/* Since the last time. */
static int64_t trips(struct tx *tx)
{
	static int64_t before;
	int64_t n = tx->db->trips - before;

	before = tx->db->trips;
	return n;
}

TEST(a_writer_waits_once_for_each_statement_and_to_begin_and_to_commit)
{
	struct tx *tx = with_table();

	CHECK_INT(tx_end(tx, OK), OK);
	(void)trips(tx);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(trips(tx), 1);
	for (int64_t n = 1; n <= 10; n++)
		CHECK_INT(add(tx, n), OK);
	CHECK_INT(count(tx), 10);
	CHECK_INT(trips(tx), 11);
	CHECK_INT(tx_end(tx, OK), OK);
	CHECK_INT(trips(tx), 1);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}

TEST(savepoints_cost_nothing_unless_they_are_undone)
{
	struct tx *tx = with_table();

	(void)trips(tx);
	for (int64_t n = 1; n <= 5; n++) {
		CHECK_INT(tx_savepoint(tx), OK);
		CHECK_INT(tx_savepoint(tx), OK);
		CHECK_INT(add(tx, n), OK);
		CHECK_INT(tx_savepoint_end(tx, OK), OK);
		CHECK_INT(tx_savepoint_end(tx, OK), OK);
	}
	CHECK_INT(trips(tx), 5);
	for (int i = 0; i < 50; i++) {
		CHECK_INT(tx_savepoint(tx), OK);
		CHECK_INT(tx_savepoint_end(tx, i % 2 ? OK : ERR_DENIED), i % 2 ? OK : ERR_DENIED);
	}
	CHECK_INT(trips(tx), 0);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, 6), OK);
	CHECK_INT(tx_savepoint_end(tx, ERR_DENIED), ERR_DENIED);
	CHECK_INT(trips(tx), 2);
	CHECK_INT(add(tx, 1), ERR_CONFLICT);
	CHECK_INT(trips(tx), 2);
	test_commit(tx);
	CHECK_INT(count(tx), 5);
}

TEST(a_reader_waits_for_its_answers_only)
{
	struct tx *tx = with_table();
	struct db *db = test_open(test_tx_dir(tx), DB_READ);
	struct tx reader = { .mem = test_arena() };

	for (int i = 0; i < 3; i++) {
		CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
		CHECK_INT(count(&reader), 0);
		CHECK_INT(count(&reader), 0);
		CHECK_INT(tx_end(&reader, OK), OK);
		CHECK_INT(db->trips, 2 * (i + 1));
	}
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(tx_end(&reader, OK), OK);
	CHECK_INT(db->trips, 6);
	db_close(db);
}

/* What the allocator has given out. */
extern __attribute__((weak)) size_t __sanitizer_get_current_allocated_bytes(void);

static size_t memory(void)
{
	return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes()
						       : mallinfo2().uordblks;
}

TEST(a_million_rows_are_read_in_constant_memory)
{
	enum { ROWS = 1000000, MOST = 8 << 20 };
	struct tx *tx = with_table();
	size_t before = memory(), most = 0;
	int64_t n = 0;

	struct query q = db_stream(tx, "SELECT CAST(i AS bigint), repeat('x', 100) FROM"
				       " generate_series(1, CAST($1 AS bigint)) AS i");
	BIND(&q, (int64_t)ROWS);
	while (db_next(&q)) {
		if (col_int(&q, 0) != ++n)
			FAIL("row %d", (int)n);
		/* Others between. */
		if (n % 100000 == 1) {
			CHECK_INT(count(tx), 0);
			size_t now = memory();
			most = now > most ? now : most;
		}
	}
	CHECK_INT(q.err, OK);
	CHECK_INT(n, ROWS);
	CHECK(most < before + MOST);
	CHECK_INT(add(tx, 1), OK);
	test_commit(tx);
}

TEST(streams_nest_and_may_be_left_and_undone)
{
	struct tx *tx = with_table();
	static const char *const sql =
		"SELECT CAST(i AS bigint) FROM generate_series(1, 1000) AS i";
	int64_t sum = 0;

	CHECK_INT(tx_savepoint(tx), OK);
	struct query outer = db_stream_at(tx, sql);
	for (int i = 0; i < 200 && db_next(&outer); i++) {
		struct query inner = db_stream_at(tx, sql);
		for (int k = 0; k < 100 && db_next(&inner); k++)
			sum += col_int(&outer, 0);
		db_end(&inner);
		CHECK_INT(inner.err, OK);
	}
	CHECK_INT(outer.err, OK);
	CHECK_INT(sum, 100 * 200 * 201 / 2);
	CHECK_INT(tx_savepoint_end(tx, ERR_DENIED), ERR_DENIED);
	CHECK_INT(add(tx, 1), OK);
	/* The same text as one that is taken whole. */
	struct query whole = db_query_at(tx, sql);
	for (sum = 0; db_next(&whole);)
		sum++;
	CHECK_INT(sum, 1000);
	test_commit(tx);
	CHECK_INT(count(tx), 1);
}

TEST(a_stream_that_fails_on_the_way_tells_it)
{
	struct tx *tx = with_table();
	int64_t n = 0;

	struct query q = db_stream(tx, "SELECT 1 / (5000 - i) FROM generate_series(1, 9000) AS i");
	while (db_next(&q))
		n++;
	CHECK_INT(q.err, ERR_INVALID);
	CHECK(n > 1000 && n < 5000);
	CHECK_INT(tx_end(tx, OK), ERR_INVALID);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}
