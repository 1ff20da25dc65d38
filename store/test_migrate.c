#include "store/migrate.h"
#include "tests/test_db.h"

#include <dirent.h>
#include <stdio.h>

static const struct migration first = {
	"a/0001-thing", S_INIT("CREATE TABLE thing (id $KEY, name $TEXT, raw $BYTES);\n"
			       "INSERT INTO thing (name) VALUES ('one');")
};
static const struct migration second = { "b/0001-more",
					 S_INIT("ALTER TABLE thing ADD COLUMN size BIGINT;") };

static enum err run(struct db *db, const struct migration *list, size_t n, const char *backups,
		    struct str *why)
{
	struct migrations all = { (struct migration *)(uintptr_t)list, n };

	return migrate(db, &all, test_instant("2026-03-01T08:00"), backups, why, test_arena());
}

static size_t files(const char *folder)
{
	DIR *d = opendir(folder);
	size_t n = 0;

	for (const struct dirent *f; d && (f = readdir(d));)
		n += f->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static int64_t number(struct db *db, const char *sql)
{
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query_at(&tx, sql);
	int64_t n = db_one(&q) ? -1 : col_int(&q, 0);
	(void)!tx_end(&tx, OK);
	return n;
}

TEST(migrations_run_once_and_in_order)
{
	struct migration both[] = { first, second };
	struct db *db = test_open(test_dir(), DB_WRITE);
	struct str why = { 0 };

	CHECK_INT(run(db, both, 2, NULL, &why), OK);
	CHECK_INT(run(db, both, 2, NULL, &why), OK);
	CHECK_INT(number(db, "SELECT count(*) FROM thing"), 1);
	CHECK_INT(number(db, "SELECT count(size) FROM thing"), 0);
	db_close(db);
}

TEST(an_existing_database_is_copied_before_it_is_changed)
{
	test_only_sqlite();
	struct migration both[] = { first, second };
	const char *dir = test_dir(), *backups;
	struct db *db = test_open(dir, DB_WRITE);
	struct str why = { 0 };

	backups = str_z(test_arena(), str_printf(test_arena(), "%s/backups", dir));
	CHECK_INT(run(db, both, 1, backups, &why), OK);
	CHECK_INT((int64_t)files(backups), 0);
	CHECK_INT(run(db, both, 1, backups, &why), OK);
	CHECK_INT((int64_t)files(backups), 0);
	CHECK_INT(run(db, both, 2, backups, &why), OK);
	CHECK_INT((int64_t)files(backups), 1);
	db_close(db);

	/* The copy is a database by itself, as it was before. */
	const char *copy = str_z(test_arena(),
				 str_printf(test_arena(), "%s/dinh-20260301-080000.db", backups));
	const char *place = str_z(test_arena(), str_printf(test_arena(), "%s/dinh.db", backups));
	CHECK(!rename(copy, place));
	db = test_open(backups, DB_WRITE);
	CHECK_INT(number(db, "SELECT count(*) FROM thing"), 1);
	CHECK_INT(number(db, "SELECT size FROM thing"), -1);
	db_close(db);
}

TEST(a_migration_that_fails_leaves_nothing_of_itself)
{
	struct migration both[] = {
		first,
		{ "b/0001-wrong",
		  S_INIT("CREATE TABLE other (id $KEY); SELECT missing FROM thing;") }
	};
	struct db *db = test_open(test_dir(), DB_WRITE);
	struct str why = { 0 };

	CHECK_INT(run(db, both, 2, NULL, &why), ERR_CORRUPT);
	CHECK(str_has(why, S("b/0001-wrong")));
	CHECK_INT(number(db, "SELECT count(*) FROM thing"), 1);
	CHECK_INT(number(db, "SELECT count(*) FROM other"), -1);
	CHECK_INT(number(db, "SELECT count(*) FROM schema_migration"), 1);
	db_close(db);
}

TEST(a_migration_that_has_run_and_reads_differently_now_is_refused)
{
	struct migration changed = first;
	struct db *db = test_open(test_dir(), DB_WRITE);
	struct str why = { 0 };

	CHECK_INT(run(db, &first, 1, NULL, &why), OK);
	changed.sql.len--;
	CHECK_INT(run(db, &changed, 1, NULL, &why), ERR_CORRUPT);
	CHECK(str_has(why, S("a/0001-thing")));
	db_close(db);
}

TEST(a_database_newer_than_the_program_is_refused_and_left_alone)
{
	struct migration both[] = { first, second };
	struct db *db = test_open(test_dir(), DB_WRITE);
	struct str why = { 0 };

	CHECK_INT(run(db, both, 2, NULL, &why), OK);
	CHECK_INT(run(db, both, 1, NULL, &why), ERR_CONFLICT);
	CHECK(str_has(why, S("newer than this program")));
	CHECK(str_has(why, S("b/0001-more")));
	db_close(db);
}

TEST(every_schema_file_in_the_program_runs_on_an_empty_database)
{
	struct migrations all;
	struct db *db = test_open(test_dir(), DB_WRITE);
	struct str why = { 0 };

	migrations_embedded(test_arena(), &all);
	enum err e = migrate(db, &all, test_instant("2026-03-01T08:00"), NULL, &why, test_arena());
	if (e)
		FAIL("%.*s", STR_ARG(why));
	CHECK(number(db, "SELECT count(*) FROM schema_migration") > (int64_t)all.n);
	db_close(db);
}
