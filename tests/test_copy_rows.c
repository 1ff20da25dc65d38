/* A site on which every step of every kind of every module has been taken, copied row by row into a
 * file, from there into what the tests run on, and into a file again; killed in the middle of tables,
 * and with a source that somebody wrote on. */
#include "tests/walk_copy.h"

#include "office/copy.h"
#include "office/copy_mark.h"
#include "store/migrate.h"
#include "store/table.h"
#include "web/module.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Few, so that a table takes many transactions. */
enum { ROWS = 7, LIVES = 150 };

static struct db *open_at(struct str where, enum db_mode mode)
{
	struct str why = S("");
	struct db *db;
	if (db_open(where, mode, &db, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	return db;
}

static void bring_up(struct str where)
{
	struct migrations all;
	struct str why = S("");
	struct db *db = open_at(where, DB_WRITE);
	migrations_embedded(test_arena(), &all);
	if (migrate(db, &all, (struct instant){ 0 }, NULL, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	db_close(db);
}

static enum err copy(struct str from, struct str to, int64_t block,
		     void (*progress)(void *of, struct str table, int64_t rows), void *of,
		     struct copy_result *result, struct str *why)
{
	struct arena *a = arena_new(0);
	struct rng rng;
	rng_system(&rng);
	struct copy_setup setup = {
		.from = open_at(from, DB_READ),
		.from_writer = open_at(from, DB_WRITE),
		.to = open_at(to, DB_WRITE),
		.as = { .mem = a, .rng = &rng },
		.relations = every_relation(a),
		.block = block,
		.progress = progress,
		.of = of,
	};
	enum err e = copy_site_rows(&setup, result, why);
	if (!e) {
		struct tx tx = setup.as;
		CHECK_INT(tx_begin(&tx, setup.to, DB_WRITE), OK);
		CHECK_INT(tx_end(&tx, copy_finish(&tx)), OK);
	}
	*why = str_dup(test_arena(), *why);
	db_close(setup.from);
	db_close(setup.from_writer);
	db_close(setup.to);
	arena_free(a);
	return e;
}

static void must_copy(struct str from, struct str to, int64_t block)
{
	struct copy_result r;
	struct str why;
	if (copy(from, to, block, NULL, NULL, &r, &why))
		FAIL("%.*s", STR_ARG(why));
	CHECK(r.tables > 25);
	CHECK(r.rows > 500);
}

static void refused(struct str from, struct str to, const char *part)
{
	struct copy_result r;
	struct str why;
	CHECK_INT(copy(from, to, 0, NULL, NULL, &r, &why), ERR_CONFLICT);
	if (!str_has(why, str_of(part)))
		FAIL("%.*s", STR_ARG(why));
}

static void give_back(struct str where)
{
	struct db *db = open_at(where, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	CHECK_INT(tx_end(&tx, copy_give_back(&tx)), OK);
	db_close(db);
}

static enum copy_state state_of(struct str where)
{
	enum copy_state is;
	struct db *db = open_at(where, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	CHECK_INT(tx_end(&tx, copy_state(&tx, &is)), OK);
	db_close(db);
	return is;
}

/* Both read anew, whatever copy_site_rows found. */
static void same(struct str one, struct str other)
{
	struct tx x = { .mem = test_arena() }, y = { .mem = test_arena() };
	struct db *a = open_at(one, DB_READ), *b = open_at(other, DB_READ);
	struct tables s, t;
	int64_t rows = 0, texts = 0;
	CHECK_INT(tx_begin(&x, a, DB_READ), OK);
	CHECK_INT(tx_begin(&y, b, DB_READ), OK);
	const struct relation *const *all = every_relation(test_arena());
	CHECK_INT(tables_read(&x, test_arena(), all, "site", &s), OK);
	CHECK_INT(tables_read(&y, test_arena(), all, "site", &t), OK);
	CHECK_INT(s.n, t.n);
	for (size_t i = 0; i < s.n; i++) {
		struct table_walk v = { .of = &s.at[i], .keep = arena_new(0) };
		struct table_walk w = { .of = &t.at[i], .keep = arena_new(0) };
		struct buf was = { .a = test_arena() }, is = { .a = test_arena() };
		int64_t n, m;
		if (strcmp(s.at[i].name, "schema_migration") != 0 &&
		    strcmp(s.at[i].name, "copy_progress") != 0) {
			CHECK_INT(table_read(&x, &v, 1000000, SIZE_MAX, &was, &n), OK);
			CHECK_INT(table_read(&y, &w, 1000000, SIZE_MAX, &is, &m), OK);
			if (n != m || !str_eq(buf_str(&was), buf_str(&is)))
				FAIL("%s differs", s.at[i].name);
			rows += n;
			texts += s.at[i].search ? n : 0;
		}
		arena_free(v.keep);
		arena_free(w.keep);
	}
	CHECK(rows > 500);
	CHECK(texts > 20);
	CHECK_INT(tx_end(&x, OK), OK);
	CHECK_INT(tx_end(&y, OK), OK);
	db_close(a);
	db_close(b);
}

/* --- Death --- */

static void die_later(void *of, struct str table, int64_t rows)
{
	int *lives = of;
	(void)table;
	(void)rows;
	if (!--*lives)
		raise(SIGKILL);
}

/* True: it died before it was done. */
static bool dies(struct str from, struct str to, int lives)
{
	int status;
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		struct copy_result r;
		struct str why;
		_exit(copy(from, to, ROWS, die_later, &lives, &r, &why) ? 9 : 0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

struct walked {
	int acts;
};

static void count(struct walk_site *s, const struct walk_act *act, void *what)
{
	(void)s;
	(void)act;
	((struct walked *)what)->acts++;
}

/* The last act's site, in a file: everything else begins there. */
static struct str walked_file(struct walk_site *s)
{
	struct walked w = { 0 };
	walk_site_make(s);
	walk_all(s, count, &w);
	CHECK(w.acts > 20);
	struct str file = str_of(test_dir());
	bring_up(file);
	must_copy(test_database(s->dir), file, 0);
	return file;
}

static struct str empty_place(void)
{
	struct str where = test_database(test_dir());
	bring_up(where);
	return where;
}

static struct str empty_file(void)
{
	struct str where = str_of(test_dir());
	bring_up(where);
	return where;
}

TEST(every_row_of_every_kind_is_copied_there_and_back_whatever_kills_the_copy)
{
	struct walk_site s;
	struct str file = walked_file(&s), there = empty_place(), back = empty_file();
	same(test_database(s.dir), file);
	int deaths = 0;
	/* Each lives longer: both sides are compared from the beginning. */
	while (dies(file, there, LIVES + 100 * deaths)) {
		CHECK_INT(state_of(file), COPY_SOURCE);
		CHECK_INT(state_of(there), COPY_TARGET);
		CHECK(++deaths < 100);
	}
	CHECK(deaths > 3);
	CHECK_INT(state_of(there), COPY_NONE);
	same(file, there);
	must_copy(there, back, 100);
	same(file, back);
	CHECK_INT(state_of(there), COPY_SOURCE);
	CHECK_INT(state_of(back), COPY_NONE);
}

TEST(a_source_that_was_written_on_between_two_runs_is_refused)
{
	struct walk_site s;
	struct str file = walked_file(&s), there = empty_place(), other = empty_place();
	CHECK(dies(file, there, LIVES));
	/* Given back, it is another source from then on. */
	give_back(file);
	refused(file, there, "empty the target");
	/* And copied into another place, it is not that of the first. */
	CHECK(dies(file, other, LIVES));
	refused(file, there, "empty the target");
	/* Behind the back of all marks: found by reading both. */
	test_change(open_at(file, DB_WRITE), "UPDATE unit_version SET name = 'another'");
	refused(file, other, "not the same");
	CHECK_INT(state_of(other), COPY_TARGET);
	CHECK_INT(state_of(file), COPY_SOURCE);
}

TEST(what_is_not_empty_or_not_whole_is_neither_target_nor_source)
{
	struct walk_site s;
	struct str file = walked_file(&s), there = empty_place();
	struct str origin = test_database(s.dir);
	refused(file, origin, "copied elsewhere");
	give_back(origin);
	refused(file, origin, "not empty");
	refused(origin, file, "not empty");
	CHECK_INT(state_of(file), COPY_NONE);
	CHECK(dies(file, there, LIVES));
	refused(there, empty_file(), "not finished");
	refused(file, empty_place(), "the source is closed");
}

/* COPY of PostgreSQL is a statement that breaks its transaction; SQLite goes row by row. */
TEST(rows_that_are_there_already_are_refused_and_the_connection_goes_on)
{
	struct walk_site s;
	walk_site_make(&s);
	struct db *db = test_open(s.dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	struct tables all;
	struct buf rows = { .a = test_arena() };
	int64_t n, again;
	bool empty = true;
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	CHECK_INT(tables_read(&tx, test_arena(), every_relation(test_arena()), "site", &all), OK);
	const struct table *last = &all.at[all.n - 1];
	struct table_walk walk = { .of = last, .keep = arena_new(0) };
	CHECK_INT(table_read(&tx, &walk, 1000, SIZE_MAX, &rows, &n), OK);
	CHECK(n > 2);
	CHECK_INT(table_write(&tx, last, (struct bytes){ rows.at, rows.len }), ERR_CONFLICT);
	CHECK_INT(tx_end(&tx, ERR_CONFLICT), ERR_CONFLICT);
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	CHECK_INT(table_is_empty(&tx, last, &empty), OK);
	CHECK(!empty);
	walk.after.at = NULL;
	rows.len = 0;
	CHECK_INT(table_read(&tx, &walk, 1000, SIZE_MAX, &rows, &again), OK);
	CHECK_INT(again, n);
	CHECK_INT(tx_end(&tx, OK), OK);
	arena_free(walk.keep);
	db_close(db);
}
