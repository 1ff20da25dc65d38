/* The list in the program and the list in the database must agree as far as the database goes; the
 * rest is run. What ran is remembered with the hash of its text as written, before the spellings of an
 * engine are put in, so that both engines agree on it. */
#include "store/migrate.h"

#include "base/embed.h"
#include "store/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define TABLE                                                                           \
	"CREATE TABLE IF NOT EXISTS schema_migration (name $TEXT PRIMARY KEY NOT NULL," \
	" sha256 $BYTES NOT NULL, applied_at BIGINT NOT NULL)"

static struct str file_name(struct str path)
{
	while (str_has(path, S("/")))
		path = str_from(path,
				(size_t)((char *)memchr(path.at, '/', path.len) - path.at) + 1);
	return path;
}

/* "office/schema/0001-units.sql" -> "office/0001-units"; false for what is no schema file. */
static bool migration_of(struct arena *a, const struct embedded *file, struct migration *out)
{
	const char *schema = strstr(file->name, "/schema/");

	if (!schema || !str_ends(str_of(file->name), S(".sql")))
		return false;
	struct str name = file_name(str_of(file->name));
	name.len -= strlen(".sql");
	*out = (struct migration){
		.name = str_z(a, str_printf(a, "%.*s/%.*s", (int)(schema - file->name), file->name,
					    STR_ARG(name))),
		.sql = { (const char *)file->at, file->len },
	};
	return true;
}

void migrations_embedded(struct arena *a, struct migrations *out)
{
	static const struct str rooms[] = {
		S_INIT("store/"),
		S_INIT("ledger/"),
		S_INIT("office/"),
		S_INIT("modules/"),
	};
	struct migrations all = { .at = NEW_N(a, struct migration, embedded_count) };

	/* The embedded files are sorted by name already. */
	for (size_t r = 0; r < LENGTH(rooms); r++)
		for (size_t i = 0; i < embedded_count; i++)
			if (str_starts(str_of(embedded_files[i].name), rooms[r]))
				all.n += migration_of(a, &embedded_files[i], &all.at[all.n]);
	*out = all;
}

static const char *spell(struct arena *a, const struct engine *engine, struct str sql)
{
	const struct {
		struct str word, means;
	} spellings[] = {
		{ S("$KEY"), str_of(engine->key) },
		{ S("$BYTES"), str_of(engine->bytes) },
		{ S("$TEXT"), str_of(engine->text) },
	};
	struct buf b = { .a = a };

	while (sql.len) {
		size_t skip = 0;
		for (size_t i = 0; i < LENGTH(spellings) && !skip; i++)
			if (str_starts(sql, spellings[i].word)) {
				buf_put(&b, spellings[i].means);
				skip = spellings[i].word.len;
			}
		if (!skip) {
			buf_putc(&b, sql.at[0]);
			skip = 1;
		}
		sql = str_from(sql, skip);
	}
	buf_putc(&b, '\0');
	return b.at;
}

/* One transaction: the statements, and the note that they have run. */
static enum err apply(struct tx *tx, struct db *db, const struct migration *m)
{
	enum err e = tx_begin(tx, db, DB_WRITE);
	if (e)
		return e;
	/* Another process may have run it since the list was compared. */
	struct query ran = db_query(tx, "SELECT 1 FROM schema_migration WHERE name = $1");
	BIND(&ran, str_of(m->name));
	e = db_one(&ran);
	if (e != ERR_NOT_FOUND)
		return tx_end(tx, e);
	e = db->engine->script(db, spell(tx->mem, db->engine, m->sql));
	if (e) {
		tx_fail(tx, e, "%s: %s", m->name, db->engine->message(db));
	} else {
		struct hash sha256_of_text;
		sha256(m->sql.at, m->sql.len, &sha256_of_text);
		struct query q =
			db_query(tx, "INSERT INTO schema_migration (name, sha256, applied_at)"
				     " VALUES ($1, $2, $3)");
		BIND(&q, str_of(m->name), sha256_of_text, tx->now);
		e = db_exec(&q);
	}
	return tx_end(tx, e);
}

/* Of what the database says has run: is it all in the list, and does it read the same? Marks it. */
static enum err compare(struct tx *tx, const struct migrations *list, bool *has_run, size_t *ran)
{
	struct query q = db_query(tx, "SELECT name, sha256 FROM schema_migration ORDER BY name");

	while (db_next(&q)) {
		struct str name = col_str(&q, 0);
		struct hash was = col_hash(&q, 1), is;
		size_t i = 0;
		while (i < list->n && !str_eq(str_of(list->at[i].name), name))
			i++;
		if (i == list->n) {
			db_end(&q);
			return tx_fail(
				tx, ERR_CONFLICT,
				"the database is newer than this program (it has %.*s): run the"
				" newer program, or restore a backup from the folder backups",
				STR_ARG(name));
		}
		sha256(list->at[i].sql.at, list->at[i].sql.len, &is);
		if (!hash_eq(&was, &is)) {
			db_end(&q);
			return tx_fail(
				tx, ERR_CORRUPT,
				"%.*s has run on this database with another text: this program"
				" was built from altered schema files",
				STR_ARG(name));
		}
		has_run[i] = true;
		++*ran;
	}
	return q.err;
}

enum err migrate_began(struct db *db, bool *out, struct str *why, struct arena *a)
{
	struct tx tx = { .mem = a };
	enum err e = tx_begin(&tx, db, DB_READ);

	if (!e) {
		struct query q = db_query_at(&tx, db->engine->migrated);
		if (!(e = db_one(&q)))
			*out = col_bool(&q, 0);
		e = tx_end(&tx, e);
	}
	if (e)
		*why = str_dup(a, str_of(tx.why));
	return e;
}

static enum err copy_aside(struct tx *tx, struct db *db, const char *folder)
{
	struct ymd d = date_ymd(tx_today(tx));
	int64_t second = (tx->now.ms - date_instant(tx_today(tx), 0).ms) / 1000;
	struct str why = { 0 };

	if (!db->engine->backup)
		return OK; /* whoever runs such a database also backs it up */
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return tx_fail(tx, ERR_IO, "%s: %s", folder, strerror(errno));
	struct str stem = str_printf(tx->mem, "%s/dinh-%04d%02d%02d-%02d%02d%02d", folder, d.year,
				     d.month, d.day, (int)(second / 3600), (int)(second / 60 % 60),
				     (int)(second % 60));
	/* A second try within the second takes the next name. */
	enum err e = ERR_CONFLICT;
	for (int i = 1; e == ERR_CONFLICT && i < 100; i++) {
		struct str path = i == 1 ? str_printf(tx->mem, "%.*s.db", STR_ARG(stem))
					 : str_printf(tx->mem, "%.*s-%d.db", STR_ARG(stem), i);
		e = db_backup(db, str_z(tx->mem, path), &why, tx->mem);
	}
	return e ? tx_fail(tx, e == ERR_CONFLICT ? ERR_IO : e, "%.*s", STR_ARG(why)) : OK;
}

/* The rooms' list with the engine's own behind it. */
static struct migrations with_engine(struct arena *a, const struct engine *engine,
				     const struct migrations *list)
{
	struct migrations all = { .n = list->n };

	while (engine->migrations[all.n - list->n].name)
		all.n++;
	all.at = NEW_N(a, struct migration, all.n);
	if (list->n)
		memcpy(all.at, list->at, list->n * sizeof *all.at);
	memcpy(all.at + list->n, engine->migrations, (all.n - list->n) * sizeof *all.at);
	return all;
}

static enum err run(struct tx *tx, struct db *db, const struct migrations *list,
		    const char *backups)
{
	struct migrations all = with_engine(tx->mem, db->engine, list);
	bool *has_run = NEW_N(tx->mem, bool, all.n);
	size_t ran = 0;

	enum err e = tx_begin(tx, db, DB_WRITE);
	if (e)
		return e;
	e = db->engine->script(db, spell(tx->mem, db->engine, S(TABLE)));
	if (e)
		tx_fail(tx, e, "schema_migration: %s", db->engine->message(db));
	else
		e = compare(tx, &all, has_run, &ran);
	e = tx_end(tx, e);
	/* A database where nothing has run holds nothing to copy. */
	if (!e && ran && ran < all.n && backups)
		e = copy_aside(tx, db, backups);
	for (size_t i = 0; !e && i < all.n; i++)
		if (!has_run[i])
			e = apply(tx, db, &all.at[i]);
	return e;
}

enum err migrate(struct db *db, const struct migrations *list, struct instant now,
		 const char *backups, struct str *why, struct arena *a)
{
	struct tx tx = { .mem = a, .now = now };
	enum err e = run(&tx, db, list, backups);

	if (e)
		*why = str_dup(a, str_of(tx.why));
	return e;
}

/* ---- two databases */

static bool is_of_engine(struct str name)
{
	return str_starts(name, S("postgres/")) || str_starts(name, S("sqlite/"));
}

/* The next that both should have; at the end the name is empty. */
static enum err next_migration(struct query *q, struct str *name, struct hash *sha256)
{
	*name = S("");
	while (db_next(q)) {
		*name = col_str(q, 0);
		*sha256 = col_hash(q, 1);
		if (!is_of_engine(*name))
			return q->err;
		*name = S("");
	}
	return q->err;
}

/* The one the other side has not. */
static struct str first_of(struct str a, struct str b)
{
	if (!a.len || !b.len)
		return a.len ? a : b;
	size_t n = a.len < b.len ? a.len : b.len;
	int order = memcmp(a.at, b.at, n);
	return order < 0 || (!order && a.len < b.len) ? a : b;
}

#define MIGRATIONS "SELECT name, sha256 FROM schema_migration ORDER BY name"

enum err migrate_same(struct tx *a, struct tx *b, bool *same, struct str *why)
{
	struct query x = db_query(a, MIGRATIONS), y = db_query(b, MIGRATIONS);
	struct str was, is;
	struct hash p, q;
	enum err e;
	*same = true;
	do {
		if ((e = next_migration(&x, &was, &p)) || (e = next_migration(&y, &is, &q)))
			return e;
		if (str_eq(was, is) && (!was.len || hash_eq(&p, &q)))
			continue;
		*same = false;
		*why = str_printf(
			a->mem,
			"the two schemas differ at %.*s: bring both up to date with the same "
			"program first",
			STR_ARG(first_of(was, is)));
		break;
	} while (was.len);
	db_end(&x);
	db_end(&y);
	return OK;
}
