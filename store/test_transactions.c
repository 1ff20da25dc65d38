#include "tests/test_db.h"

#include <string.h>
#include <sys/stat.h>

static void exec(struct tx *tx, const char *sql)
{
	struct query q = db_query_at(tx, sql);

	if (db_exec(&q))
		FAIL("%s", tx->why);
}

static struct tx *with_table(void)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	exec(tx, "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size BIGINT"
		 " CHECK (size >= 0), day TEXT, at BIGINT, sum BLOB, yes BIGINT, raw BLOB)");
	return tx;
}

static enum err add(struct tx *tx, const char *name, int64_t size)
{
	struct query q = db_query(tx, "INSERT INTO thing (name, size) VALUES ($1, $2)");

	BIND(&q, str_of(name), size);
	return db_exec(&q);
}

static int64_t count(struct tx *tx)
{
	struct query q = db_query(tx, "SELECT count(*) FROM thing");

	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

TEST(every_type_comes_back_as_it_went_in)
{
	struct tx *tx = with_table();
	struct date day = test_date("2026-02-28");
	struct hash sum;
	sha256("x", 1, &sum);
	struct query q = db_query(tx, "INSERT INTO thing (name, size, day, at, sum, yes, raw)"
				      " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id");
	BIND(&q, S("Hòa\0giải"), INT64_MAX, day, tx->now, sum, (bool)true,
	     ((struct bytes){ "\0\1", 2 }));
	CHECK_INT(db_one(&q), OK);
	int64_t id = col_int(&q, 0);

	struct query r = db_query(tx, "SELECT name, size, day, at, sum, yes, raw FROM thing"
				      " WHERE id = $1");
	BIND(&r, id);
	CHECK_INT(db_one(&r), OK);
	CHECK_STR(col_str(&r, 0), S("Hòa\0giải"));
	CHECK(col_int(&r, 1) == INT64_MAX);
	CHECK(col_date(&r, 2).days == day.days);
	CHECK(col_instant(&r, 3).ms == tx->now.ms);
	struct hash back = col_hash(&r, 4);
	CHECK(hash_eq(&back, &sum));
	CHECK(col_bool(&r, 5));
	CHECK(col_bytes(&r, 6).len == 2 && !memcmp(col_bytes(&r, 6).at, "\0\1", 2));
}

TEST(what_is_not_set_is_null_and_reads_as_not_set)
{
	struct tx *tx = with_table();
	struct query q = db_query(tx, "INSERT INTO thing (name, day, raw) VALUES ($1, $2, $3)");
	BIND(&q, (struct str){ 0 }, NO_DATE, (struct bytes){ 0 });
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(db_changes(&q), 1);

	struct query r = db_query(tx, "SELECT name, day, raw, sum, size FROM thing"
				      " WHERE name IS NULL AND day IS NULL AND raw IS NULL");
	CHECK_INT(db_one(&r), OK);
	CHECK(!col_str(&r, 0).at && !date_is_set(col_date(&r, 1)) && !col_bytes(&r, 2).at);
	CHECK(col_int(&r, 4) == 0);
	struct hash none = { { 0 } }, sum = col_hash(&r, 3);
	CHECK(hash_eq(&sum, &none));

	/* An empty text is something else. */
	CHECK_INT(add(tx, "", 1), OK);
	struct query s = db_query(tx, "SELECT name FROM thing WHERE name = ''");
	CHECK_INT(db_one(&s), OK);
	CHECK(col_str(&s, 0).at && !col_str(&s, 0).len);
}

TEST(parameters_are_bound_by_their_number_and_not_by_first_appearance)
{
	struct tx *tx = with_table();
	struct query q = db_query(tx, "SELECT $2 - $1, $1, $2 * $1");

	BIND(&q, (int64_t)3, (int64_t)10);
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 7);
	CHECK_INT(col_int(&q, 1), 3);
	CHECK_INT(col_int(&q, 2), 30);
}

TEST(twenty_four_values_fit_one_bind)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct query q =
		db_query(tx, "SELECT $1 + $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 + $10 + $11"
			     " + $12 + $13 + $14 + $15 + $16 + $17 + $18 + $19 + $20 + $21"
			     " + $22 + $23 + $24 * 100");
	int64_t i = 1;

	BIND(&q, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i);
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 123);
}

TEST(no_row_is_not_found)
{
	struct tx *tx = with_table();
	struct query q = db_query(tx, "SELECT id FROM thing WHERE id = $1");

	BIND(&q, (int64_t)1);
	CHECK_INT(db_one(&q), ERR_NOT_FOUND);
	CHECK_INT(tx->err, OK);
}

TEST(a_second_of_what_must_be_unique_is_a_conflict_and_the_transaction_goes_on)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, "a", 1), OK);
	CHECK_INT(add(tx, "a", 1), ERR_CONFLICT);
	CHECK_INT(tx->err, OK);
	CHECK_INT(add(tx, "b", -1), ERR_INVALID);
	CHECK(tx_stands(tx));
	CHECK_INT(add(tx, "b", 1), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 2);
}

TEST(anything_but_ok_rolls_back)
{
	struct tx *tx = with_table();

	test_commit(tx);
	CHECK_INT(add(tx, "a", 1), OK);
	CHECK_INT(tx_end(tx, ERR_DENIED), ERR_DENIED);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
	CHECK_INT(count(tx), 0);
}

TEST(a_savepoint_takes_back_its_own_part_only)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, "a", 1), OK);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, "b", 1), OK);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, "c", 1), OK);
	CHECK_INT(tx_savepoint_end(tx, OK), OK);
	CHECK_INT(tx_savepoint_end(tx, ERR_INVALID), ERR_INVALID);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(add(tx, "d", 1), OK);
	CHECK_INT(tx_savepoint_end(tx, OK), OK);
	test_commit(tx);
	CHECK_INT(count(tx), 2);
}

/* What a savepoint may put back stays in memory up to a bound, and goes into a file beyond it. */
TEST(a_savepoint_may_change_many_megabytes_and_take_all_of_it_back)
{
	struct tx *tx = with_table();
	enum { ROWS = 1200 };

	for (int i = 0; i < ROWS; i++) {
		struct query q = db_query(tx, "INSERT INTO thing (size, raw)"
					      " VALUES ($1, zeroblob(3500))");
		BIND(&q, (int64_t)i);
		CHECK_INT(db_exec(&q), OK);
	}
	test_commit(tx);
	CHECK_INT(tx_savepoint(tx), OK);
	exec(tx, "UPDATE thing SET size = size + 1");
	CHECK_INT(tx_savepoint_end(tx, ERR_CONFLICT), ERR_CONFLICT);
	struct query q = db_query(tx, "SELECT SUM(size) FROM thing");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), (int64_t)ROWS * (ROWS - 1) / 2);
}

TEST(an_abandoned_query_ends_with_its_transaction)
{
	struct tx *tx = with_table();

	CHECK_INT(add(tx, "a", 1), OK);
	CHECK_INT(add(tx, "b", 1), OK);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(tx_savepoint(tx), OK);
		struct query q = db_query(tx, "SELECT id FROM thing");
		CHECK(db_next(&q));
		CHECK_INT(tx_savepoint_end(tx, i == 1 ? ERR_INVALID : OK),
			  i == 1 ? ERR_INVALID : OK);
		db_end(&q); /* too late, and harmless */
	}
	struct query q = db_query(tx, "SELECT id FROM thing");
	CHECK(db_next(&q));
	test_commit(tx);
	exec(tx, "DROP TABLE thing"); /* a running query would lock it */
}

TEST(a_query_within_itself_sees_its_own_rows)
{
	struct tx *tx = with_table();
	int64_t sum = 0;

	for (int i = 1; i <= 3; i++)
		CHECK_INT(add(tx, (char[]){ (char)('a' + i), '\0' }, i), OK);
	static const char *const sql = "SELECT size FROM thing ORDER BY size";
	struct query outer = db_query_at(tx, sql);
	while (db_next(&outer)) {
		struct query inner = db_query_at(tx, sql);
		while (db_next(&inner))
			sum += col_int(&outer, 0) * col_int(&inner, 0);
		CHECK_INT(inner.err, OK);
	}
	CHECK_INT(outer.err, OK);
	CHECK_INT(sum, 36);
}

TEST(rows_stop_when_the_memory_of_the_request_is_spent)
{
	struct tx *tx = with_table();
	struct arena *small = arena_new(10000);
	int64_t rows = 0;

	tx->mem = small;
	struct query q =
		db_query(tx, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
			     " WHERE i < 100000) SELECT i, 'word' FROM n");
	while (db_next(&q)) {
		(void)col_str(&q, 1);
		rows++;
	}
	CHECK_INT(q.err, ERR_INVALID);
	CHECK(rows > 10 && rows < 10000);
	tx->mem = test_arena();
	arena_free(small);
}

TEST(a_column_of_another_type_is_corrupt_and_keeps_the_transaction_from_committing)
{
	struct tx *tx = with_table();
	struct query q = db_query(tx, "SELECT 1.5");

	CHECK_INT(add(tx, "a", 1), OK);
	CHECK_INT(db_one(&q), ERR_CORRUPT);
	struct query r = db_query(tx, "SELECT 'no number', '2026-02-30', x'00'");
	CHECK_INT(db_one(&r), OK);
	CHECK_INT(col_int(&r, 0), 0);
	CHECK_INT(r.err, ERR_CORRUPT);
	CHECK_INT(tx->err, ERR_CORRUPT);
	CHECK(!date_is_set(col_date(&r, 1)));
	struct hash none = { { 0 } }, sum = col_hash(&r, 2);
	CHECK(hash_eq(&sum, &none));
	CHECK_INT(tx_end(tx, OK), ERR_CORRUPT);
	CHECK_INT(tx_begin(tx, tx->db, DB_WRITE), OK);
}

TEST(sql_that_does_not_fit_the_schema_tells_its_story)
{
	struct tx *tx = with_table();
	struct query q = db_query(tx, "SELECT missing FROM thing");

	BIND(&q, (int64_t)1);
	CHECK(!db_next(&q));
	CHECK_INT(q.err, ERR_CORRUPT);
	CHECK(strstr(tx->why, "missing"));
	struct query two = db_query(tx, "SELECT 1; SELECT 2");
	CHECK_INT(db_one(&two), ERR_CORRUPT);
	struct query named = db_query(tx, "SELECT :name");
	CHECK_INT(db_one(&named), ERR_CORRUPT);
}

TEST(a_reading_connection_cannot_write_and_sees_what_is_committed)
{
	struct tx *tx = with_table(), reader = { .mem = test_arena() };
	struct str why = { 0 };
	struct db *db;

	CHECK_INT(add(tx, "a", 1), OK);
	test_commit(tx);
	CHECK_INT(add(tx, "b", 1), OK);
	CHECK_INT(db_open(str_of(test_tx_dir(tx)), DB_READ, &db, &why, test_arena()), OK);
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(count(&reader), 1);
	enum err e = add(&reader, "c", 1);
	test_commit(tx);
	CHECK_INT(count(&reader), 1); /* one transaction sees one instant */
	CHECK_INT(tx_end(&reader, OK), ERR_IO);
	CHECK_INT(tx_begin(&reader, db, DB_READ), OK);
	CHECK_INT(count(&reader), 2);
	CHECK_INT(tx_end(&reader, OK), OK);
	db_close(db);
	CHECK(e);
}

TEST(hundreds_of_different_statements_are_kept_and_the_oldest_given_up)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	static char sql[1000][32];

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 1000; i++) {
			struct str text = str_printf(test_arena(), "SELECT %d", i);
			memcpy(sql[i], str_z(test_arena(), text), text.len + 1);
			struct query q = db_query_at(tx, sql[i]);
			CHECK_INT(db_one(&q), OK);
			CHECK_INT(col_int(&q, 0), i);
		}
}

/* The folder may have been made by somebody else, open to all; what stands in it are password hashes
 * and people's matters. */
TEST(a_new_database_is_for_its_owner_alone)
{
	static const char *const files[] = { "dinh.db", "dinh.db-wal", "dinh.db-shm" };
	const char *dir = test_dir();
	struct db *db;
	struct str why;
	struct stat st;

	CHECK(db_open(str_of(dir), DB_WRITE, &db, &why, test_arena()) == OK);
	struct tx tx = { .mem = test_arena() };
	CHECK(tx_begin(&tx, db, DB_WRITE) == OK);
	exec(&tx, "CREATE TABLE thing (id INTEGER)");
	CHECK(tx_end(&tx, OK) == OK);
	for (size_t i = 0; i < LENGTH(files); i++)
		if (stat(str_printf(test_arena(), "%s/%s", dir, files[i]).at, &st) == 0)
			CHECK_INT(st.st_mode & 077, 0);
	CHECK(stat(str_printf(test_arena(), "%s/dinh.db", dir).at, &st) == 0);
	db_close(db);
}

TEST(a_missing_folder_and_an_unknown_kind_of_database_are_told)
{
	struct str why = { 0 };
	struct db *db = NULL;

	CHECK_INT(db_open(S("/no/such/folder"), DB_WRITE, &db, &why, test_arena()), ERR_IO);
	CHECK(str_has(why, S("/no/such/folder")));
	CHECK_INT(db_open(S("mysql://u:secret@h/d"), DB_WRITE, &db, &why, test_arena()),
		  ERR_INVALID);
	CHECK(!str_has(why, S("secret")));
	CHECK_INT(db_open(str_of(test_dir()), DB_READ, &db, &why, test_arena()), ERR_IO);
	CHECK(!db);
}
