#include "tests/test_schema.h"

#include "store/migrate.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Children first: they were made after those they refer to. A table that TRUNCATE empties costs ten
 * times one that is asked whether it has rows. */
#define EACH_TABLE                                                                        \
	"FOR t IN SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace =" \
	" CAST(current_schema() AS regnamespace) AND relkind = 'r' AND relname NOT"       \
	" IN ('schema_migration', 'commit_mark') ORDER BY oid "
#define COUNT_AGAIN                                                                       \
	"PERFORM setval(CAST(quote_ident(sequencename) AS regclass), start_value, false)" \
	" FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL;"

static const char empty[] = "DO $$DECLARE t record; has_rows bool; BEGIN " EACH_TABLE "DESC LOOP"
			    " EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || t.name || ')' INTO"
			    " has_rows; IF has_rows THEN EXECUTE 'DELETE FROM ' || t.name; END IF;"
			    " END LOOP; " COUNT_AGAIN " END$$";

static const char copy[] =
	"DO $$DECLARE t record; source text := current_setting('dinh.source'); BEGIN " EACH_TABLE
	"LOOP EXECUTE 'INSERT INTO ' || t.name || ' SELECT * FROM ' || source || '.' || t.name;"
	" END LOOP; PERFORM setval(CAST(quote_ident(sequencename) AS regclass), last_value) FROM"
	" pg_sequences WHERE schemaname = source AND last_value IS NOT NULL; END$$";

/* Relations and columns: what another table, index or column changes. */
static const char shape[] =
	"SELECT CAST(SUM(CAST(c.oid AS BIGINT) * 1000 + c.relnatts) AS BIGINT) FROM pg_class c"
	" WHERE c.relnamespace = CAST(current_schema() AS regnamespace)";

static struct arena *program; /* what outlives a test */
static struct schema *made;
static struct db *server;

const char *schema_server(void)
{
	const char *url = getenv("DINH_TEST_DB");

	return url ? url : "";
}

static struct db *open_url(const char *url)
{
	struct arena *a = arena_new(0);
	struct str why = { 0 };
	struct db *db;

	if (db_open(str_of(url), DB_WRITE, &db, &why, a))
		FAIL("%.*s", STR_ARG(why));
	arena_free(a);
	return db;
}

/* `n` is the one number it answers, where it answers one. The text is the key of the cache of
 * statements: it must stay where it is. */
static enum err ask(struct db *db, const char *sql, int64_t *n)
{
	struct tx tx = { .mem = arena_new(0) };
	enum err e = tx_begin(&tx, db, DB_WRITE);

	*n = 0;
	if (!e) {
		struct query q = db_query_at(&tx, sql);
		if (db_next(&q))
			*n = col_int(&q, 0);
		db_end(&q);
		e = tx_end(&tx, q.err);
	}
	if (e)
		printf("# %s: %s\n", sql, tx.why);
	arena_free(tx.mem);
	return e;
}

static int64_t say(struct db *db, const char *sql)
{
	int64_t n;

	if (ask(db, sql, &n))
		FAIL("the server of the tests refused");
	return n;
}

static void drop(struct schema *s)
{
	int64_t n;

	db_close(s->db);
	s->db = NULL;
	(void)!ask(server, str_z(program, str_printf(program, "DROP SCHEMA %s CASCADE", s->name)),
		   &n);
}

static void end(void)
{
	for (struct schema *s = made; s; s = s->next)
		if (s->db)
			drop(s);
	db_close(server);
	arena_free(program);
}

static void run_migrations(struct db *db)
{
	struct arena *a = arena_new(0);
	struct migrations all;
	struct str why = { 0 };

	migrations_embedded(a, &all);
	if (migrate(db, &all, (struct instant){ 0 }, NULL, &why, a))
		FAIL("%.*s", STR_ARG(why));
	arena_free(a);
}

static struct schema *make(bool migrated)
{
	static int count;

	if (!program) {
		program = arena_new(0);
		server = open_url(schema_server());
		atexit(end);
	}
	struct schema *s = NEW(program, struct schema);
	s->name = str_z(program, str_printf(program, "t%d_%d", (int)getpid(), ++count));
	s->url = str_z(program,
		       str_printf(program, "%s%soptions=-csearch_path%%3D%s", schema_server(),
				  strchr(schema_server(), '?') ? "&" : "?", s->name));
	say(server, str_z(program, str_printf(program, "CREATE SCHEMA %s", s->name)));
	s->db = open_url(s->url);
	s->migrated = migrated;
	if (migrated)
		run_migrations(s->db);
	s->shape = say(s->db, shape);
	s->next = made;
	return made = s;
}

struct schema *schema_take(bool migrated)
{
	struct schema *s = made;

	while (s && (!s->db || s->taken || s->migrated != migrated))
		s = s->next;
	if (s)
		say(s->db, empty);
	else
		s = make(migrated);
	s->taken = true;
	return s;
}

/* After the test: nothing can fail it now. What cannot be asked is not used again. */
void schema_give_back(struct schema *s)
{
	int64_t is;

	if (ask(s->db, shape, &is) || is != s->shape)
		drop(s);
	s->taken = false;
}

void schema_copy(const struct schema *from, struct schema *to)
{
	struct tx tx = { .mem = arena_new(0) };

	say(to->db, empty);
	if (tx_begin(&tx, to->db, DB_WRITE))
		FAIL("%s", tx.why);
	struct query source = db_query(&tx, "SELECT set_config('dinh.source', $1, true)");
	BIND(&source, str_of(from->name));
	enum err e = db_exec(&source);
	if (!e) {
		struct query q = db_query_at(&tx, copy);
		e = db_exec(&q);
	}
	if (tx_end(&tx, e))
		FAIL("%s", tx.why);
	arena_free(tx.mem);
}
