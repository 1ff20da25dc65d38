/* Transactions, queries and the statement cache, whatever the engine.
 *
 * A statement is prepared once per connection and found again by the address of its SQL. While it
 * runs it is "active"; a nested query with the same text gets a second statement of its own. Whoever
 * forgets a statement does no harm: the end of the savepoint or transaction in which it was begun
 * puts it back. */
#include "store/engine.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Above this many, the one unused for longest goes: some 5 KB each in SQLite. */
enum { KEEP_STATEMENTS = 300 };

static const struct engine *const engines[] = { &sqlite_engine, &postgres_engine };

void tx_note(struct tx *tx, enum err e, const char *format, ...)
{
	bool grave = e == ERR_IO || e == ERR_CORRUPT;

	if (tx->err && (!grave || tx->err == ERR_IO || tx->err == ERR_CORRUPT))
		return;
	tx->err = e;
	va_list args;
	va_start(args, format);
	vsnprintf(tx->why, sizeof tx->why, format, args);
	va_end(args);
}

/* ---- connections */

bool db_is_remote(struct str where)
{
	return str_has(where, S("://"));
}

const struct engine *db_engine(struct str where)
{
	struct str rest = where, scheme;

	if (!db_is_remote(where))
		return &sqlite_engine;
	str_next(&rest, ':', &scheme);
	for (size_t i = 0; i < LENGTH(engines); i++)
		if (str_eq(scheme, str_of(engines[i]->name)) ||
		    (engines[i]->alias && str_eq(scheme, str_of(engines[i]->alias))))
			return engines[i];
	return NULL;
}

enum err db_open(struct str where, enum db_mode mode, struct db **out, struct str *why,
		 struct arena *a)
{
	const struct engine *engine = db_engine(where);

	if (!engine) {
		/* The URL may hold a password and stays out of the story. */
		*why = S("this program was built without that kind of database; use a data "
			 "directory");
		return ERR_INVALID;
	}
	return engine->open(where, mode, out, why, a);
}

static void statement_unlink(struct db *db, struct statement *s)
{
	*(s->newer ? &s->newer->older : &db->newest) = s->older;
	*(s->older ? &s->older->newer : &db->oldest) = s->newer;
}

static struct statement **statement_slot(struct db *db, const char *sql)
{
	return &db->slots[((uintptr_t)sql * 0x9E3779B97F4A7C15u) >> 56];
}

static void statement_drop(struct db *db, struct statement *s)
{
	struct statement **at = statement_slot(db, s->sql);

	while (*at != s)
		at = &(*at)->next_in_slot;
	*at = s->next_in_slot;
	statement_unlink(db, s);
	db->statements--;
	db->engine->finalize(s);
}

static void statement_rest(struct db *db, struct statement *s)
{
	db->engine->reset(s);
	s->stream = false;
	s->depth = 0;
	db->active--;
}

/* Puts back what was begun at `depth` or deeper. */
static void statements_rest(struct db *db, int depth)
{
	for (struct statement *s = db->newest; s && db->active; s = s->older)
		if (s->depth >= depth)
			statement_rest(db, s);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	statements_rest(db, 1);
	if (db->depth)
		db->engine->rollback(db);
	search_forget(db);
	free(db->later);
	if (db->keep.what)
		db->keep.drop(db->keep.what);
	while (db->newest)
		statement_drop(db, db->newest);
	db->engine->close(db);
}

enum err db_backup(struct db *db, const char *to, struct str *why, struct arena *a)
{
	assert(!db->depth);
	if (!db->engine->backup) {
		*why = S("this database is backed up by its own tools");
		return ERR_DENIED;
	}
	enum err e = db->engine->backup(db, to);
	if (e)
		*why = str_printf(a, "backup to %s: %s", to, db->engine->message(db));
	return e;
}

enum err db_size(struct db *db, struct db_size *out)
{
	return db->engine->size ? db->engine->size(db, out) : ERR_DENIED;
}

void db_name_self(struct db *db, uint64_t self)
{
	db->self = self;
}

bool db_is_there(struct db *db)
{
	return !db->engine->there || db->engine->there(db);
}

enum err db_alone(struct db *db, bool *out)
{
	assert(!db->depth);
	*out = true;
	return db->engine->alone ? db->engine->alone(db, out) : OK;
}

/* ---- transactions */

static enum err fail(struct tx *tx, enum err e, const char *what)
{
	return tx_fail(tx, e, "%s: %s", what, tx->db->engine->message(tx->db));
}

enum err tx_begin(struct tx *tx, struct db *db, enum db_mode mode)
{
	assert(!db->depth && (mode == DB_READ || db->mode == DB_WRITE));
	tx->db = db;
	tx->err = OK;
	tx->why[0] = '\0';
	enum err e = db->engine->begin(db, mode);
	if (e)
		return fail(tx, e, "begin");
	db->depth = 1;
	db->tx_mode = mode;
	db->quiet = mode == DB_READ;
	db->announced = false;
	db->keep.transaction++;
	return OK;
}

struct db_keep *tx_keep(const struct tx *tx)
{
	return tx->db->tx_mode == DB_READ ? &tx->db->keep : NULL;
}

void tx_quiet(struct tx *tx)
{
	tx->db->quiet = true;
}

bool tx_is_quiet(const struct tx *tx)
{
	return tx->db->quiet;
}

/* What was swallowed on the way must not be committed as if it had worked. */
static enum err verdict(const struct tx *tx, enum err e)
{
	return !e && (tx->err == ERR_IO || tx->err == ERR_CORRUPT) ? tx->err : e;
}

enum err tx_settle(struct tx *tx)
{
	struct db *db = tx->db;
	enum err e = verdict(tx, OK);

	if (!e)
		e = search_settle(tx);
	if (e)
		return e;
	search_forget(db);
	if (db->quiet || db->announced || !db->engine->announce)
		return OK;
	if ((e = db->engine->announce(db)))
		return fail(tx, e, "announce");
	db->announced = true;
	return OK;
}

enum err tx_end(struct tx *tx, enum err e)
{
	struct db *db = tx->db;

	assert(db->depth >= 1);
	e = verdict(tx, e);
	if (!e)
		e = tx_settle(tx);
	statements_rest(db, 1);
	db->depth = 0;
	search_forget(db);
	if (!e) {
		e = db->engine->commit(db);
		if (!e)
			return OK;
		fail(tx, e, "commit");
	}
	db->engine->rollback(db);
	return e;
}

enum err tx_savepoint(struct tx *tx)
{
	enum err e = tx->db->engine->savepoint(tx->db);

	if (e)
		return fail(tx, e, "savepoint");
	tx->db->depth++;
	return OK;
}

enum err tx_savepoint_end(struct tx *tx, enum err e)
{
	struct db *db = tx->db;

	assert(db->depth >= 2);
	e = verdict(tx, e);
	statements_rest(db, db->depth);
	db->depth--;
	if (!e) {
		e = db->engine->savepoint_keep(db);
		if (!e)
			return search_keep(tx);
		fail(tx, e, "savepoint");
	}
	search_undo(db);
	/* What cannot be taken back must take everything with it: tx_stands tells. */
	if (db->engine->stands(db)) {
		enum err undo = db->engine->savepoint_undo(db);
		if (undo) {
			fail(tx, undo, "rollback to savepoint");
			db->engine->rollback(db);
		}
	}
	return e;
}

bool tx_stands(const struct tx *tx)
{
	return tx->db->engine->stands(tx->db);
}

/* ---- queries */

static enum err query_fail(struct query *q, enum err e)
{
	struct tx *tx = q->tx;

	q->err = e;
	if (e != ERR_CONFLICT)
		tx_fail(tx, e, "%s: %.150s", tx->db->engine->message(tx->db), q->sql);
	db_end(q);
	return e;
}

struct query db_query_at(struct tx *tx, const char *sql)
{
	struct query q = { .tx = tx, .sql = sql };
	struct db *db = tx->db;
	struct statement **slot = statement_slot(db, sql), *s = *slot;

	assert(db->depth >= 1);
	while (s && (s->sql != sql || s->depth))
		s = s->next_in_slot;
	if (s) {
		statement_unlink(db, s);
	} else {
		while (db->statements >= KEEP_STATEMENTS && !db->oldest->depth)
			statement_drop(db, db->oldest);
		q.err = db->engine->prepare(db, sql, &s);
		if (q.err) {
			tx_fail(tx, q.err, "%s: %.150s", db->engine->message(db), sql);
			return q;
		}
		s->sql = sql;
		s->next_in_slot = *slot;
		*slot = s;
		db->statements++;
	}
	s->newer = NULL;
	s->older = db->newest;
	*(db->newest ? &db->newest->newer : &db->oldest) = s;
	db->newest = s;
	s->depth = db->depth;
	db->active++;
	q.statement = s;
	q.run = ++s->run;
	return q;
}

enum err db_count_on(struct tx *tx, const char *table, const char *column, int64_t greatest)
{
	const char *sql = tx->db->engine->count_on;

	if (!sql)
		return OK;
	struct query q = db_query_at(tx, sql);
	BIND(&q, str_of(table), str_of(column), greatest);
	return db_exec(&q);
}

struct query db_stream_at(struct tx *tx, const char *sql)
{
	struct query q = db_query_at(tx, sql);

	if (q.statement)
		q.statement->stream = true;
	return q;
}

static void bind(struct query *q, struct db_value v)
{
	if (q->err)
		return;
	assert(q->statement && q->bound < q->statement->parameters);
	enum err e = q->tx->db->engine->bind(q->statement, ++q->bound, &v);
	if (e)
		query_fail(q, e);
}

void db_bind_int(struct query *q, int64_t v)
{
	bind(q, (struct db_value){ .type = DB_INT, .n = v });
}

void db_bind_str(struct query *q, struct str v)
{
	bind(q, (struct db_value){ v.at ? DB_TEXT : DB_NULL, 0, v.at, v.len });
}

void db_bind_date(struct query *q, struct date v)
{
	db_bind_str(q, date_is_set(v) ? date_iso(q->tx->mem, v) : (struct str){ 0 });
}

void db_bind_instant(struct query *q, struct instant v)
{
	db_bind_int(q, v.ms);
}

void db_bind_hash(struct query *q, struct hash v)
{
	void *copy = arena_get(q->tx->mem, sizeof v);

	memcpy(copy, &v, sizeof v);
	db_bind_bytes(q, (struct bytes){ copy, sizeof v });
}

void db_bind_bool(struct query *q, bool v)
{
	db_bind_int(q, v);
}

void db_bind_bytes(struct query *q, struct bytes v)
{
	bind(q, (struct db_value){ v.at ? DB_BYTES : DB_NULL, 0, v.at, v.len });
}

void db_end(struct query *q)
{
	/* The end of its savepoint may have put it back, and another query may be using it by now. */
	if (q->statement && q->statement->depth && q->statement->run == q->run)
		statement_rest(q->tx->db, q->statement);
	q->statement = NULL;
}

static bool step(struct query *q)
{
	bool row = false;

	if (q->err || !q->statement)
		return false;
	assert(q->statement->depth && q->statement->run == q->run);
	assert(q->bound == q->statement->parameters);
	enum err e = q->tx->db->engine->step(q->statement, &row);
	if (e)
		query_fail(q, e);
	return row;
}

bool db_next(struct query *q)
{
	if (!q->err && arena_over(q->tx->mem)) {
		q->err = tx_fail(q->tx, ERR_INVALID, "rows beyond the memory of a request: %.150s",
				 q->sql);
		db_end(q);
	}
	bool row = step(q);
	if (!row)
		db_end(q);
	else if (!q->columns)
		q->columns = q->tx->db->engine->columns(q->statement);
	return row;
}

static struct str keep(struct arena *a, const struct db_value *v)
{
	char *copy = arena_get(a, v->len + 1);

	if (v->len)
		memcpy(copy, v->at, v->len);
	return (struct str){ copy, v->len };
}

enum err db_one(struct query *q)
{
	const struct engine *engine = q->tx->db->engine;

	if (!step(q)) {
		db_end(q);
		return q->err ? q->err : (q->err = ERR_NOT_FOUND);
	}
	q->columns = engine->columns(q->statement);
	struct db_value *row = NEW_N(q->tx->mem, struct db_value, q->columns);
	for (int i = 0; i < q->columns; i++) {
		enum err e = engine->column(q->statement, i, &row[i]);
		if (e)
			return query_fail(q, e);
		if (row[i].type == DB_TEXT || row[i].type == DB_BYTES)
			row[i].at = keep(q->tx->mem, &row[i]).at;
	}
	q->row = row;
	db_end(q);
	return OK;
}

enum err db_exec(struct query *q)
{
	while (step(q))
		;
	if (!q->err)
		q->changes = q->tx->db->engine->changes(q->tx->db);
	db_end(q);
	return q->err;
}

int64_t db_changes(const struct query *q)
{
	return q->changes;
}

/* ---- columns */

static void misread(struct query *q, int i, const char *is)
{
	tx_fail(q->tx, ERR_CORRUPT, "column %d is %s: %.150s", i, is, q->sql);
	if (!q->err)
		q->err = ERR_CORRUPT;
}

/* The value when it is of the type asked for, else one of type DB_NULL. */
static struct db_value column(struct query *q, int i, enum db_type type)
{
	static const char *const names[] = { "NULL", "a number", "text", "bytes" };
	struct db_value v = { 0 };

	assert((q->row || q->statement) && i >= 0 && i < q->columns);
	if (q->row)
		v = q->row[i];
	else if (q->tx->db->engine->column(q->statement, i, &v))
		misread(q, i, "of no type we store");
	if (v.type != type && v.type != DB_NULL) {
		misread(q, i, names[v.type]);
		v = (struct db_value){ 0 };
	}
	return v;
}

int64_t col_int(struct query *q, int i)
{
	return column(q, i, DB_INT).n;
}

struct str col_str(struct query *q, int i)
{
	struct db_value v = column(q, i, DB_TEXT);

	if (v.type == DB_NULL)
		return (struct str){ 0 };
	return q->row ? (struct str){ v.at, v.len } : keep(q->tx->mem, &v);
}

struct date col_date(struct query *q, int i)
{
	struct db_value v = column(q, i, DB_TEXT);
	struct date d = NO_DATE;

	if (v.type != DB_NULL && !date_parse((struct str){ v.at, v.len }, &d)) {
		misread(q, i, "no date");
		d = NO_DATE;
	}
	return d;
}

struct instant col_instant(struct query *q, int i)
{
	return (struct instant){ col_int(q, i) };
}

struct hash col_hash(struct query *q, int i)
{
	struct db_value v = column(q, i, DB_BYTES);
	struct hash h = { { 0 } };

	if (v.type != DB_NULL && v.len != sizeof h)
		misread(q, i, "no hash");
	else if (v.type != DB_NULL)
		memcpy(&h, v.at, sizeof h);
	return h;
}

bool col_bool(struct query *q, int i)
{
	return col_int(q, i) != 0;
}

struct bytes col_bytes(struct query *q, int i)
{
	struct db_value v = column(q, i, DB_BYTES);

	if (v.type == DB_NULL)
		return (struct bytes){ 0 };
	return (struct bytes){ q->row ? v.at : keep(q->tx->mem, &v).at, v.len };
}

bool col_is_null(struct query *q, int i)
{
	struct db_value v = { 0 };

	assert((q->row || q->statement) && i >= 0 && i < q->columns);
	if (q->row)
		v = q->row[i];
	else if (q->tx->db->engine->column(q->statement, i, &v))
		misread(q, i, "of no type we store");
	return v.type == DB_NULL;
}
