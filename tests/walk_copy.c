#include "tests/walk_copy.h"

#include "ledger/verify.h"
#include "office/verify.h"
#include "tests/test_schema.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TABLES_MOST = 200 };

static const char *const kept[] = { "dinh.db", "log.key", "checkpoint" };
static const char *const left_over[] = { "dinh.db-wal", "dinh.db-shm", "dinh.db-journal" };

static const char *path_in(struct arena *a, const char *dir, const char *name)
{
	return str_z(a, str_printf(a, "%s/%s", dir, name));
}

static void copy_file(const char *from, const char *to)
{
	struct stat st;
	AUTO_CLOSE int in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0) {
		unlink(to);
		return;
	}
	AUTO_CLOSE int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out < 0 || fstat(in, &st))
		FAIL("%s: %m", to);
	for (off_t left = st.st_size; left > 0;) {
		ssize_t n = sendfile(out, in, NULL, (size_t)left);
		if (n <= 0)
			FAIL("%s: %m", to);
		left -= n;
	}
}

void copy_site(const char *from, const char *to)
{
	struct arena *a = arena_new(0);
	for (size_t i = 0; i < LENGTH(kept); i++)
		copy_file(path_in(a, from, kept[i]), path_in(a, to, kept[i]));
	for (size_t i = 0; i < LENGTH(left_over); i++) {
		CHECK(access(path_in(a, from, left_over[i]), F_OK) != 0);
		unlink(path_in(a, to, left_over[i]));
	}
	if (test_on_postgres())
		schema_copy(test_schema(from), test_schema(to));
	arena_free(a);
}

static struct db *open_in(const char *dir, enum db_mode mode, struct arena *a)
{
	struct str why = S("");
	struct db *db;
	if (db_open(test_database(dir), mode, &db, &why, a))
		FAIL("the database does not open: %.*s", STR_ARG(why));
	return db;
}

/* One query for each table, made from its columns: all of it as text, in the order of that text; of copies of one
 * database in the order in which it keeps them, which is the same. What stands behind the index of searching is compared
 * as well. */
static struct query queries_of_sqlite(struct tx *tx)
{
	return db_query(
		tx,
		"SELECT 'SELECT ' || (SELECT group_concat('quote(\"' || name || '\")',"
		" ' || '','' || ') FROM pragma_table_info(m.name)) || ' FROM \"' || m.name ||"
		" '\"' || iif(m.name IN ('tally', 'tally_year') AND NOT $1, ' WHERE n <> 0', '') ||"
		" iif($1, '', ' ORDER BY 1') FROM sqlite_master m WHERE m.type = 'table'"
		" AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND ($1 OR (m.name NOT LIKE"
		" 'search_index%' AND m.name NOT IN ('schema_migration', 'session')))"
		" ORDER BY m.name");
}

/* What the engine notes of its commits is another thing each time. Numbers leave gaps here where
 * something was refused; those of duties are counted again by an import, without. */
static struct query queries_of_postgres(struct tx *tx)
{
	return db_query(
		tx, "SELECT 'SELECT CAST(' || CASE WHEN relname = 'duty' AND $1 = 0 THEN"
		    " 'to_jsonb(whole_row) || jsonb_build_object(''id'', row_number() OVER"
		    " (ORDER BY id))' ELSE 'whole_row' END || ' AS TEXT) COLLATE \"C\" FROM ' ||"
		    " quote_ident(relname) || ' AS whole_row' || CASE WHEN relname IN ('tally',"
		    " 'tally_year') AND $1 = 0 THEN ' WHERE n <> 0' ELSE '' END || ' ORDER BY 1'"
		    " FROM pg_class WHERE relkind = 'r' AND relnamespace ="
		    " CAST(current_schema() AS regnamespace) AND relname <> 'commit_mark' AND"
		    " ($1 = 1 OR relname NOT IN"
		    " ('schema_migration', 'session')) ORDER BY relname");
}

static size_t table_queries(struct tx *tx, bool all, const char *out[TABLES_MOST])
{
	size_t n = 0;
	struct query q = test_on_postgres() ? queries_of_postgres(tx) : queries_of_sqlite(tx);
	BIND(&q, all);
	while (db_next(&q)) {
		CHECK(n < TABLES_MOST);
		out[n++] = str_z(tx->mem, col_str(&q, 0));
	}
	if (q.err)
		FAIL("%s", tx->why);
	return n;
}

static void add_rows(struct tx *tx, const char *query, struct sha256 *sum)
{
	struct query q = db_query_at(tx, query);
	while (db_next(&q)) {
		struct str row = col_str(&q, 0);
		sha256_add(sum, row.at, row.len);
		sha256_add(sum, "\n", 1);
	}
	if (q.err)
		FAIL("%s: %s", query, tx->why);
	sha256_add(sum, "=", 1);
}

struct hash copy_digest(const char *dir)
{
	static const char *queries[TABLES_MOST];
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = a };
	struct sha256 sum;
	struct hash out;
	struct db *db = open_in(dir, DB_WRITE, a);
	if (tx_begin(&tx, db, DB_READ))
		FAIL("%s", tx.why);
	size_t n = table_queries(&tx, true, queries);
	CHECK(n > 20);
	sha256_begin(&sum);
	for (size_t i = 0; i < n; i++)
		add_rows(&tx, queries[i], &sum);
	sha256_end(&sum, &out);
	if (tx_end(&tx, OK))
		FAIL("%s", tx.why);
	db_close(db);
	arena_free(a);
	return out;
}

static struct hash table_digest(struct tx *tx, const char *query)
{
	struct sha256 sum;
	struct hash out;
	sha256_begin(&sum);
	add_rows(tx, query, &sum);
	sha256_end(&sum, &out);
	return out;
}

void copy_same(const char *dir, const char *other)
{
	static const char *queries[TABLES_MOST];
	struct arena *a = arena_new(0);
	struct tx x = { .mem = a }, y = { .mem = a };
	struct db *one = open_in(dir, DB_WRITE, a), *two = open_in(other, DB_WRITE, a);
	if (tx_begin(&x, one, DB_READ) || tx_begin(&y, two, DB_READ))
		FAIL("%s%s", x.why, y.why);
	size_t n = table_queries(&x, false, queries);
	CHECK(n > 20);
	for (size_t i = 0; i < n; i++) {
		struct hash was = table_digest(&x, queries[i]), is = table_digest(&y, queries[i]);
		if (!hash_eq(&was, &is))
			FAIL("differs: %s", queries[i]);
	}
	if (tx_end(&x, OK) || tx_end(&y, OK))
		FAIL("%s%s", x.why, y.why);
	db_close(one);
	db_close(two);
	arena_free(a);
}

static void verify_database(struct tx *tx)
{
	struct query check = db_query(tx, "PRAGMA integrity_check");
	if (db_one(&check) || !str_eq(col_str(&check, 0), S("ok")))
		FAIL("%.*s", STR_ARG(col_str(&check, 0)));
}

static void verify_log(struct tx *tx, struct log *log)
{
	struct log_report r = { .a = tx->mem };
	struct log_published p;
	if (log_fault(log))
		FAIL("%.*s", STR_ARG(log_fault_text(log, tx->mem)));
	if (log_checkpoint(log, tx->mem, &p) || log_verify(tx, p.note, &r))
		FAIL("the log: %s", tx->why);
	if (r.count)
		FAIL("the log: %.*s", STR_ARG(r.problems[0]));
	CHECK_INT(r.queued, 0);
}

static void verify_fold_of_all(struct tx *tx)
{
	struct verify_result r;
	if (verify_office(tx, NULL, &r))
		FAIL("verify: %s", tx->why);
	if (r.problems.n)
		FAIL("verify: %.*s", STR_ARG(r.problems.at[0]));
	CHECK_INT(r.dossiers_different + r.duties_different + r.tallies_different, 0);
}

void copy_verify(const struct walk_site *s, const char *dir, struct instant now)
{
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = a, .now = now, .office = &s->office };
	struct str why = S("");
	struct log *log = NULL;
	int64_t given;
	struct db *db = open_in(dir, DB_WRITE, a);
	if (tx_begin(&tx, db, DB_WRITE))
		FAIL("%s", tx.why);
	if (!test_on_postgres())
		verify_database(&tx);
	if (tx_end(&tx, log_sequence(&tx, 100000, &given)))
		FAIL("%s", tx.why);
	if (tx_begin(&tx, db, DB_READ) || log_open(&tx, str_of(dir), S(""), &log, &why))
		FAIL("%s %.*s", tx.why, STR_ARG(why));
	verify_log(&tx, log);
	verify_fold_of_all(&tx);
	if (tx_end(&tx, OK))
		FAIL("%s", tx.why);
	log_close(log);
	db_close(db);
	arena_free(a);
}
