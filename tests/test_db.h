/* Databases for tests: fresh, in a folder of their own, with the clock and the randomness fixed. Where
 * DINH_TEST_DB is the URL of a PostgreSQL (see tests/postgres), each is a schema there, and its folder
 * holds what is of the file system: keys, uploads. Every test is meant to run on both. */
#pragma once

#include "store/db.h"
#include "tests/test.h"

/* A transaction already begun for writing on a new database with every schema file of the binary.
 * Now is the given instant ("2026-03-01T08:00", Vietnam), the randomness seeded with the test's seed,
 * memory is the test's. The database and its folder go with the test; what was not committed is
 * lost. Each call makes another database. */
struct tx *test_tx(const char *local_time);
/* Commits, which must succeed, and begins again. */
void test_commit(struct tx *tx);
/* Ends the transaction without keeping anything, and begins again. */
void test_rollback(struct tx *tx);
/* Time passes. */
void test_now(struct tx *tx, const char *local_time);
/* The data directory of that database. */
const char *test_tx_dir(const struct tx *tx);
/* An empty folder that goes with the test. */
const char *test_dir(void);
/* Where the database of a data directory is, for db_open: the directory itself, or the URL of its
 * schema, which is empty when the directory is from test_dir. Not from other threads. */
struct str test_database(const char *dir);
/* Skips the test where it runs on another engine: what it shows is a matter of SQLite's alone. */
void test_only_sqlite(void);
void test_only_postgres(void);
/* Does it run on PostgreSQL? */
bool test_on_postgres(void);
/* The schema behind a directory of test_site; only there. */
struct schema *test_schema(const char *dir);

/* For tests that need connections rather than a transaction: a new data directory, its database
 * migrated, that goes with the test; and a connection to the database of one, for the caller to
 * db_close before the test ends. */
const char *test_site(void);
struct db *test_open(const char *dir, enum db_mode mode);
/* One statement without parameters, committed, by a connection that is closed then. */
void test_change(struct db *db, const char *sql);
