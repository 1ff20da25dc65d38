/* What is promised of PostgreSQL beyond what both engines promise. */
#include "store/test_thing.h"

#include <pthread.h>
#include <string.h>

static struct tx *with_table(void)
{
	test_only_postgres();
	struct tx *tx = test_tx("2026-03-01T08:00");

	CHECK_INT(
		exec(tx,
		     "CREATE TABLE thing (n BIGINT PRIMARY KEY, other BIGINT REFERENCES thing (n),"
		     " name TEXT COLLATE \"C\")"),
		OK);
	test_commit(tx);
	return tx;
}

/* Ends the session of this connection, as a server that stops does. */
static enum err hang_up(struct tx *tx)
{
	return exec(tx, "SELECT pg_terminate_backend(pg_backend_pid())");
}

TEST(a_statement_that_is_refused_leaves_what_was_done_before_it)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, 1), OK);
	CHECK_INT(add(tx, 1), ERR_CONFLICT);
	CHECK_INT(exec(tx, "INSERT INTO thing (n, other) VALUES (2, 77)"), ERR_INVALID);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, 3), OK);
	CHECK_INT(add(tx, 3), ERR_CONFLICT);
	CHECK_INT(tx_savepoint_end(tx, OK), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 2);
}

TEST(after_a_read_that_failed_nothing_is_committed_and_a_savepoint_mends_it)
{
	struct tx *tx = with_table();

	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, 1), OK);
	CHECK_INT(exec(tx, "SELECT missing FROM thing"), ERR_CORRUPT);
	CHECK(strstr(tx->why, "missing"));
	CHECK_INT(add(tx, 2), ERR_CORRUPT); /* refused as the first was */
	CHECK_INT(tx_savepoint_end(tx, OK), ERR_CORRUPT);
	CHECK(tx_stands(tx));
	tx->err = OK; /* as the writer does for the next job */
	CHECK_INT(add(tx, 3), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 1);
	/* A failure that the caller swallows, without a savepoint. */
	CHECK_INT(add(tx, 4), OK);
	CHECK_INT(exec(tx, "SELECT 1 / 0"), ERR_INVALID);
	CHECK_INT(tx_end(tx, OK), ERR_INVALID);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(count(tx), 1);
}

TEST(text_with_a_zero_byte_or_no_utf8_is_refused_and_the_transaction_goes_on)
{
	struct tx *tx = with_table();
	static const struct str bad[] = { S_INIT("a\0b"), S_INIT("a\xff") };

	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct query q = db_query(tx, "INSERT INTO thing (n, name) VALUES ($1, $2)");
		BIND(&q, (int64_t)1, bad[i]);
		CHECK_INT(db_exec(&q), ERR_INVALID);
	}
	CHECK_INT(add(tx, 1), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 1);
}

TEST(a_value_may_be_null_first_and_a_number_later)
{
	struct tx *tx = with_table();
	static const char *const sql = "SELECT COALESCE($1, 5) + $2";

	for (int i = 0; i < 4; i++) {
		struct query q = db_query_at(tx, sql);
		if (i % 2)
			db_bind_int(&q, 10);
		else
			db_bind_bytes(&q, (struct bytes){ 0 });
		BIND(&q, (int64_t)i);
		CHECK_INT(db_one(&q), OK);
		CHECK_INT(col_int(&q, 0), (i % 2 ? 10 : 5) + i);
	}
}

TEST(text_is_ordered_byte_by_byte)
{
	struct tx *tx = with_table();
	struct buf b = { .a = test_arena() };

	CHECK_INT(exec(tx,
		       "INSERT INTO thing (n, name) VALUES (1, 'b'), (2, 'B'), (3, 'Đ'), (4, 'a')"),
		  OK);
	struct query q = db_query(tx, "SELECT name FROM thing ORDER BY name");
	while (db_next(&q))
		buf_put(&b, col_str(&q, 0));
	CHECK_STR(buf_str(&b), S("BabĐ"));
}

TEST(a_lost_connection_keeps_nothing_and_comes_back_with_the_next_transaction)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, 1), OK);
	CHECK_INT(hang_up(tx), ERR_BUSY);
	CHECK(!tx_stands(tx));
	CHECK_INT(add(tx, 2), ERR_BUSY);
	CHECK_INT(tx_end(tx, OK), ERR_BUSY);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(count(tx), 0);
	CHECK_INT(add(tx, 3), OK); /* prepared in the session that is gone */
	test_commit(tx);
	CHECK_INT(count(tx), 1);
}

TEST(a_connection_that_died_between_transactions_is_not_noticed)
{
	struct tx *tx = with_table();
	struct db *other = test_open(test_tx_dir(tx), DB_WRITE);
	struct tx second = { .mem = test_arena() };

	struct query q = db_query(tx, "SELECT CAST(pg_backend_pid() AS BIGINT)");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(tx_end(tx, OK), OK);
	CHECK_INT(tx_begin(&second, other, DB_WRITE), OK);
	struct query kill = db_query(&second, "SELECT pg_terminate_backend(CAST($1 AS INT), 5000)");
	BIND(&kill, col_int(&q, 0));
	CHECK_INT(db_one(&kill), OK);
	CHECK_INT(tx_end(&second, OK), OK);
	db_close(other);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(add(tx, 1), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 1);
}

TEST(a_commit_that_is_refused_is_a_failure)
{
	struct tx *tx = with_table();

	CHECK_INT(exec(tx, "CREATE TABLE late (n BIGINT UNIQUE DEFERRABLE INITIALLY DEFERRED)"),
		  OK);
	test_commit(tx);
	CHECK_INT(exec(tx, "INSERT INTO late (n) VALUES (1), (1)"), OK);
	CHECK_INT(tx_end(tx, OK), ERR_CONFLICT);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}

struct adder {
	struct db *db;
	int64_t times;
	enum err err;
};

/* Reads a number, and writes one more: what goes wrong when writers do not wait for each other. */
static void *keep_adding(void *what)
{
	struct adder *a = what;
	struct arena *mem = arena_new(0);
	struct tx tx = { .mem = mem };

	for (int64_t i = 0; i < a->times && !a->err; i++) {
		if ((a->err = tx_begin(&tx, a->db, DB_WRITE)))
			break;
		struct query q = db_query(&tx, "SELECT COALESCE(MAX(n), 0) FROM thing");
		enum err e = db_one(&q);
		a->err = tx_end(&tx, e ? e : add(&tx, col_int(&q, 0) + 1));
	}
	arena_free(mem);
	return NULL;
}

TEST(writers_wait_for_each_other_and_see_what_was_committed)
{
	enum { WRITERS = 4, TIMES = 25 };
	struct tx *tx = with_table();
	struct adder adders[WRITERS];
	pthread_t threads[WRITERS];

	CHECK_INT(tx_end(tx, OK), OK);
	for (int i = 0; i < WRITERS; i++) {
		adders[i] = (struct adder){ test_open(test_tx_dir(tx), DB_WRITE), TIMES, OK };
		CHECK(!pthread_create(&threads[i], NULL, keep_adding, &adders[i]));
	}
	for (int i = 0; i < WRITERS; i++) {
		pthread_join(threads[i], NULL);
		db_close(adders[i].db);
		CHECK_INT(adders[i].err, OK);
	}
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(count(tx), WRITERS * TIMES);
}

TEST(a_writer_that_waits_too_long_is_asked_to_come_back)
{
	struct tx *tx = with_table();
	struct db *other = test_open(test_tx_dir(tx), DB_WRITE);
	struct tx second = { .mem = test_arena() };

	CHECK_INT(tx_begin(&second, other, DB_WRITE), ERR_BUSY);
	CHECK_INT(tx_begin(&second, other, DB_READ), OK); /* readers do not wait */
	CHECK_INT(tx_end(&second, OK), OK);
	test_commit(tx);
	CHECK_INT(tx_end(tx, OK), OK);
	CHECK_INT(tx_begin(&second, other, DB_WRITE), OK);
	CHECK_INT(tx_end(&second, OK), OK);
	db_close(other);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}

TEST(a_server_that_is_not_there_is_told_without_the_password)
{
	struct str why = { 0 };
	struct db *db = NULL;

	CHECK_INT(db_open(S("postgresql://u:secret@/d?host=/no/such/folder"), DB_WRITE, &db, &why,
			  test_arena()),
		  ERR_IO);
	CHECK(str_has(why, S("/no/such/folder")) && !str_has(why, S("secret")));
	CHECK_INT(
		db_open(S("postgres://u:secret@/d?nonsense=1"), DB_WRITE, &db, &why, test_arena()),
		ERR_INVALID);
	CHECK(!str_has(why, S("secret")));
	CHECK(!db);
}

/* ---- statements that have become old */

static int64_t first(struct tx *tx, const char *sql)
{
	struct query q = db_query_at(tx, sql);

	return db_one(&q) ? -(int64_t)q.err : col_int(&q, 0);
}

static const char all[] = "SELECT * FROM thing WHERE n = 1";

/* As a migration by another process would. */
static void change_columns(const char *dir, const char *sql)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	CHECK_INT(exec(&tx, sql), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

TEST(a_reader_whose_statements_are_old_asks_once_more_or_is_asked_to)
{
	struct tx *tx = with_table();
	struct db *db = test_open(test_tx_dir(tx), DB_READ);
	struct tx reader = { .mem = test_arena() };

	CHECK_INT(add(tx, 1), OK);
	CHECK_INT(tx_end(tx, OK), OK);
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(first(&reader, all), 1);
	CHECK_INT(tx_end(&reader, OK), OK);
	/* As the first of a transaction. */
	change_columns(test_tx_dir(tx), "ALTER TABLE thing ADD more BIGINT");
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(first(&reader, all), 1);
	CHECK_INT(first(&reader, "SELECT 7"), 7);
	CHECK_INT(tx_end(&reader, OK), OK);
	/* In the midst of one. */
	change_columns(test_tx_dir(tx), "ALTER TABLE thing DROP more");
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(first(&reader, "SELECT 7"), 7);
	CHECK_INT(first(&reader, all), -ERR_BUSY);
	CHECK_INT(tx_end(&reader, ERR_BUSY), ERR_BUSY);
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(first(&reader, "SELECT 7"), 7);
	CHECK_INT(first(&reader, all), 1);
	CHECK_INT(tx_end(&reader, OK), OK);
	db_close(db);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}

TEST(a_statement_that_the_server_has_forgotten_is_prepared_again)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, 1), OK);
	CHECK_INT(exec(tx, "DEALLOCATE ALL"), OK);
	CHECK_INT(add(tx, 2), OK); /* one that writes: at once */
	CHECK_INT(add(tx, 3), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 3);
	CHECK_INT(exec(tx, "DEALLOCATE ALL"), OK);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(count(tx), -1);
	CHECK_INT(tx->err, ERR_BUSY);
	CHECK_INT(tx_savepoint_end(tx, ERR_BUSY), ERR_BUSY);
	CHECK_INT(count(tx), 3); /* the next job of the batch */
	test_commit(tx);
}

/* ---- a primary that is one no more */

static int64_t session(struct tx *tx)
{
	return first(tx, "SELECT CAST(pg_backend_pid() AS BIGINT)");
}

TEST(a_server_that_no_longer_writes_is_left_for_another)
{
	struct tx *tx = with_table();
	int64_t was = session(tx);

	CHECK_INT(exec(tx, "SELECT set_config('transaction_read_only', 'on', true)"), OK);
	CHECK_INT(add(tx, 1), ERR_BUSY);
	CHECK_INT(tx_end(tx, ERR_BUSY), ERR_BUSY);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK(session(tx) != was);
	CHECK_INT(add(tx, 1), OK);
}

TEST(a_writer_does_not_settle_for_a_server_that_only_reads)
{
	struct tx *tx = with_table();
	struct str url = str_printf(test_arena(), "%.*s%%20-cdefault_transaction_read_only%%3Don",
				    STR_ARG(test_database(test_tx_dir(tx))));
	struct str why = { 0 };
	struct db *db = NULL;

	CHECK_INT(db_open(url, DB_WRITE, &db, &why, test_arena()), ERR_IO);
	CHECK(str_has(why, S("read-write")) || str_has(why, S("read-only")));
	CHECK_INT(db_open(url, DB_READ, &db, &why, test_arena()), OK);
	db_close(db);
}
