/* Migrations run once per program into a model database; each test gets a copy of that file, because a
 * copy takes a millisecond and the schema of the whole house takes longer. Schemas of PostgreSQL are
 * not copied but emptied: see test_schema.h. */
#include "tests/test_db.h"

#include "store/migrate.h"
#include "tests/test_schema.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bench {
	struct tx tx; /* first: test_tx_dir finds the bench from it */
	struct rng rng;
	const char *dir;
};

static struct arena *program; /* what outlives a test: the model */
static const char *model;

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void remove_folder(void *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *make_folder(struct arena *a)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = str_z(a, str_printf(a, "%s/dinh-test-XXXXXX", tmp && *tmp ? tmp : "/tmp"));

	if (!mkdtemp(dir))
		FAIL("%s: %m", dir);
	arena_defer(a, remove_folder, dir);
	return dir;
}

const char *test_dir(void)
{
	return make_folder(test_arena());
}

bool test_on_postgres(void)
{
	return *schema_server();
}

void test_only_sqlite(void)
{
	if (test_on_postgres())
		SKIP("of SQLite alone");
}

void test_only_postgres(void)
{
	if (!test_on_postgres())
		SKIP("of PostgreSQL alone");
}

/* A data directory and its schema. */
struct house {
	const char *dir;
	struct schema *schema; /* NULL: it is on SQLite nevertheless */
	struct house *next;
};

static struct house *houses;

static void house_leave(void *house)
{
	struct house *h = house, **at = &houses;

	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
	if (h->schema)
		schema_give_back(h->schema);
}

static void house_enter(const char *dir, struct schema *schema)
{
	struct house *h = NEW(test_arena(), struct house);

	*h = (struct house){ str_z(test_arena(), str_of(dir)), schema, houses };
	houses = h;
	arena_defer(test_arena(), house_leave, h);
}

static struct schema *house_of(const char *dir, bool migrated)
{
	const struct house *h = houses;

	while (h && strcmp(h->dir, dir) != 0)
		h = h->next;
	if (h)
		return h->schema;
	house_enter(dir, schema_take(migrated));
	return houses->schema;
}

struct schema *test_schema(const char *dir)
{
	return house_of(dir, true);
}

struct str test_database(const char *dir)
{
	const struct schema *s = test_on_postgres() ? house_of(dir, false) : NULL;

	return str_of(s ? s->url : dir);
}

static void drop_program(void)
{
	arena_free(program);
}

struct db *test_open(const char *dir, enum db_mode mode)
{
	struct str why = { 0 };
	struct db *db;

	if (db_open(test_database(dir), mode, &db, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	return db;
}

void test_change(struct db *db, const char *sql)
{
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query_at(&tx, sql);
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

static void run_migrations(const char *dir, struct arena *a)
{
	struct migrations all;
	struct str why = { 0 };

	migrations_embedded(a, &all);
	struct db *db = NULL;
	enum err e = db_open(str_of(dir), DB_WRITE, &db, &why, a);
	if (!e)
		e = migrate(db, &all, (struct instant){ 0 }, NULL, &why, a);
	db_close(db);
	if (e)
		FAIL("%.*s", STR_ARG(why));
}

static void make_model(void)
{
	program = arena_new(0);
	atexit(drop_program);
	const char *dir = make_folder(program);
	run_migrations(dir, program);
	model = str_z(program, str_printf(program, "%s/dinh.db", dir));
}

static void copy_file(const char *from, const char *to)
{
	struct str bytes = test_file(from);
	FILE *f = fopen(to, "wb");

	if (!f || fwrite(bytes.at, 1, bytes.len, f) != bytes.len || fclose(f))
		FAIL("%s: %m", to);
}

const char *test_site(void)
{
	const char *dir = make_folder(test_arena());
	if (test_on_postgres()) {
		house_of(dir, true);
		return dir;
	}
	house_enter(dir, NULL);
	if (!model)
		make_model();
	copy_file(model, str_z(test_arena(), str_printf(test_arena(), "%s/dinh.db", dir)));
	return dir;
}

static void end(void *bench)
{
	struct bench *b = bench;

	db_close(b->tx.db);
}

static void begin(struct tx *tx)
{
	if (tx_begin(tx, tx->db, DB_WRITE))
		FAIL("%s", tx->why);
}

struct tx *test_tx(const char *local_time)
{
	struct arena *a = test_arena();
	struct bench *b = NEW(a, struct bench);

	b->dir = test_site();
	b->tx.db = test_open(b->dir, DB_WRITE);
	arena_defer(a, end, b);
	rng_seeded(&b->rng, test_random());
	b->tx.mem = a;
	b->tx.rng = &b->rng;
	test_now(&b->tx, local_time);
	begin(&b->tx);
	return &b->tx;
}

void test_commit(struct tx *tx)
{
	if (tx_end(tx, OK))
		FAIL("%s", tx->why);
	begin(tx);
}

void test_rollback(struct tx *tx)
{
	(void)!tx_end(tx, ERR_CONFLICT);
	begin(tx);
}

void test_now(struct tx *tx, const char *local_time)
{
	tx->now = test_instant(local_time);
}

const char *test_tx_dir(const struct tx *tx)
{
	return ((const struct bench *)tx)->dir;
}
