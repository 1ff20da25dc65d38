/* What is promised about a failing disk: whatever happens at whichever write, the database opens
 * afterwards, each transaction is wholly there or wholly absent, and what was acknowledged is there. */
#include "store/search.h"
#include "tests/fault_vfs.h"
#include "tests/test_db.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRANSACTIONS = 3, ROWS = 40 };

static enum err exec(struct tx *tx, const char *sql, int64_t a, struct str b)
{
	struct query q = db_query_at(tx, sql);

	if (strchr(sql, '$'))
		BIND(&q, a, b);
	return db_exec(&q);
}

static void prepare(const char *dir)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	CHECK_INT(exec(&tx, "CREATE TABLE part (whole BIGINT NOT NULL, text TEXT NOT NULL)", 0,
		       S("")),
		  OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

/* One transaction: rows over several pages, and the search index. */
static enum err write_whole(struct db *db, int64_t n)
{
	struct tx tx = { .mem = test_arena() };
	char text[300];

	memset(text, 'a' + (int)n, sizeof text);
	enum err e = tx_begin(&tx, db, DB_WRITE);
	if (e)
		return e;
	for (int i = 0; i < ROWS && !e; i++)
		e = exec(&tx, "INSERT INTO part (whole, text) VALUES ($1, $2)", n,
			 (struct str){ text, sizeof text });
	if (!e)
		e = search_put(&tx, n, S("Hòa giải"), S("ở thôn"), S(""));
	return tx_end(&tx, e);
}

static int64_t number(struct tx *tx, const char *sql, int64_t a)
{
	struct query q = db_query_at(tx, sql);

	BIND(&q, a);
	if (db_one(&q))
		FAIL("%s", tx->why);
	return col_int(&q, 0);
}

/* Bit n: transaction n is there. Fails when one is there in part, or the file is damaged. */
static unsigned look(const char *dir)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	unsigned there = 0;

	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query check = db_query(&tx, "PRAGMA integrity_check");
	CHECK_INT(db_one(&check), OK);
	CHECK_STR(col_str(&check, 0), S("ok"));
	CHECK_INT(exec(&tx, "INSERT INTO search_index (search_index) VALUES ('integrity-check')", 0,
		       S("")),
		  OK);
	for (int64_t n = 1; n <= TRANSACTIONS; n++) {
		int64_t rows = number(&tx, "SELECT count(*) FROM part WHERE whole = $1", n);
		int64_t found = number(&tx, "SELECT count(*) FROM search_text WHERE id = $1", n);
		CHECK(rows == 0 || rows == ROWS);
		CHECK(found == (rows == ROWS));
		there |= rows ? 1u << n : 0;
	}
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return there;
}

/* Runs the transactions with the disk failing at operation n. False once n is beyond the last. */
static bool survive(enum fault_kind fault, int64_t n)
{
	const char *dir = test_site();
	unsigned acknowledged = 0;

	prepare(dir);
	struct db *db = test_open(dir, DB_WRITE);
	fault_at(fault, n);
	for (int64_t i = 1; i <= TRANSACTIONS; i++)
		if (!write_whole(db, i))
			acknowledged |= 1u << i;
	db_close(db);
	bool hit = fault_hit();
	if (fault == FAULT_CUT)
		fault_power_on(n % 3 ? test_random() | 1 : 0);
	else
		fault_clear();
	unsigned there = look(dir);
	if ((there & acknowledged) != acknowledged)
		FAIL("acknowledged %x, there %x, failing at operation %d", acknowledged, there,
		     (int)n);
	if (!hit)
		CHECK(acknowledged == 0xE);
	return hit;
}

static void survive_everywhere(enum fault_kind fault)
{
	int64_t n = 1;

	fault_install();
	while (survive(fault, n))
		n++;
	CHECK(n > 10); /* it did write something */
}

TEST(a_write_that_fails_leaves_each_transaction_whole_or_absent)
{
	survive_everywhere(FAULT_IO);
}

TEST(a_full_disk_leaves_each_transaction_whole_or_absent)
{
	survive_everywhere(FAULT_FULL);
}

TEST(a_torn_write_leaves_each_transaction_whole_or_absent)
{
	survive_everywhere(FAULT_SHORT);
}

TEST(a_power_cut_loses_nothing_acknowledged)
{
	survive_everywhere(FAULT_CUT);
}

TEST(a_full_disk_is_told_and_the_site_goes_on_when_there_is_room_again)
{
	fault_install();
	const char *dir = test_site();
	prepare(dir);
	struct db *db = test_open(dir, DB_WRITE);
	fault_at(FAULT_FULL, 1);
	CHECK_INT(write_whole(db, 1), ERR_IO);
	fault_clear();
	CHECK_INT(write_whole(db, 2), OK);
	db_close(db);
	CHECK_INT(look(dir), 1 << 2);
}

TEST(an_acknowledgement_means_a_sync)
{
	fault_install();
	const char *dir = test_site();
	prepare(dir);
	struct db *db = test_open(dir, DB_WRITE);
	CHECK_INT(write_whole(db, 1), OK);
	/* The power goes with the next operation, whatever that is. */
	fault_at(FAULT_CUT, 1);
	CHECK(write_whole(db, 2));
	db_close(db);
	fault_power_on(0);
	CHECK_INT(look(dir), 1 << 1);
}

TEST(a_killed_process_loses_nothing_acknowledged)
{
	const char *dir = test_site();
	int ends[2];

	prepare(dir);
	for (int round = 0; round < 5; round++) {
		CHECK(pipe(ends) == 0);
		pid_t child = fork();
		if (child == 0) {
			struct db *db = test_open(dir, DB_WRITE);
			struct tx tx = { .mem = test_arena() };
			for (int64_t i = 0;; i++) {
				if (tx_begin(&tx, db, DB_WRITE) ||
				    exec(&tx, "INSERT INTO part (whole, text) VALUES ($1, $2)", i,
					 S("x")) ||
				    tx_end(&tx, OK) || write(ends[1], &i, sizeof i) != sizeof i)
					_exit(1);
			}
		}
		CHECK(child > 0);
		close(ends[1]);
		int64_t last = -1, some = 20 + (int64_t)test_below(200);
		while (last < some && read(ends[0], &last, sizeof last) == sizeof last)
			;
		kill(child, SIGKILL);
		while (read(ends[0], &last, sizeof last) == sizeof last)
			;
		waitpid(child, NULL, 0);
		close(ends[0]);
		CHECK(last >= some);

		struct db *db = test_open(dir, DB_WRITE);
		struct tx tx = { .mem = test_arena() };
		CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
		CHECK(number(&tx, "SELECT count(*) FROM part WHERE $1 = 0", 0) >= last + 1);
		CHECK_INT(exec(&tx, "DELETE FROM part", 0, S("")), OK);
		CHECK_INT(tx_end(&tx, OK), OK);
		db_close(db);
	}
}
