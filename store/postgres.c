/* PostgreSQL behind the seam, through libpq: connections and transactions.
 *
 * The code above was written for one writer at a time, who reads, decides and writes without anybody
 * between. A writer therefore takes an advisory lock of its schema when it begins, and waits for it as
 * SQLite's writers wait for the file. READ COMMITTED is right under that lock and only there: each
 * statement sees what was committed before it, and nobody commits until the lock is given back. A
 * snapshot of the whole transaction would be older than the lock it waited for. Readers take no lock
 * and see one instant: REPEATABLE READ, READ ONLY.
 *
 * After an error PostgreSQL refuses everything until a rollback, while the callers go on after
 * ERR_CONFLICT. Statements that write therefore run in a savepoint of their own (see
 * postgres_statement.c). One that reads fails only where the transaction is lost anyway; what follows
 * it fails as it did, until a savepoint is undone.
 *
 * A connection that is lost has committed nothing, ERR_BUSY, and is made again by the next begin. Lost
 * between COMMIT and its answer it has committed or not: postgres_mark.c finds out. */
#include "store/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAVEPOINT "SAVEPOINT s"
#define RELEASE "RELEASE SAVEPOINT s"
#define BEGIN_READ "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

void postgres_tell(struct postgres *p, const char *what)
{
	snprintf(p->story, sizeof p->story, "%.*s", (int)strcspn(what, "\n"), what);
}

/* ---- what went wrong */

/* By SQLSTATE, the first that begins alike: the exceptions of a class stand before it. */
static const struct {
	const char *state;
	enum err e;
} meanings[] = {
	{ "23505", ERR_CONFLICT }, /* unique_violation */
	{ "23", ERR_INVALID },     /* other constraints */
	{ "22", ERR_INVALID },     /* a number out of range, text that is no UTF-8 */
	{ "54", ERR_INVALID },     /* too big */
	{ "40", ERR_BUSY },        /* serialization, deadlock */
	{ "55P03", ERR_BUSY },     /* lock_not_available */
	{ "57014", ERR_BUSY },     /* a statement that took too long */
	{ "53300", ERR_BUSY },     /* too many connections */
	{ "26000", ERR_BUSY },     /* a prepared statement that is not there */
	{ "42501", ERR_IO },       /* the role may not */
	{ "42", ERR_CORRUPT },     /* SQL that does not fit the schema */
	{ "0A", ERR_CORRUPT },     { "3F", ERR_CORRUPT }, /* no such schema */
	{ "XX001", ERR_CORRUPT },                         /* data_corrupted, index_corrupted */
	{ "XX002", ERR_CORRUPT },
};

/* Has the other side gone, without a word or with one? */
static bool lost(const struct postgres *p, const char *state)
{
	return PQstatus(p->handle) == CONNECTION_BAD ||
	       (state && (strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0));
}

static enum err meaning_of(struct postgres *p, const char *state)
{
	if (lost(p, state))
		return ERR_BUSY;
	/* read_only_sql_transaction, of a writer: the server is a primary no more. */
	if (state && strcmp(state, "25006") == 0 && p->base.tx_mode == DB_WRITE) {
		p->worn = true;
		return ERR_BUSY;
	}
	for (size_t i = 0; state && i < LENGTH(meanings); i++)
		if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0)
			return meanings[i].e;
	return ERR_IO;
}

enum err postgres_meaning(struct postgres *p, const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
		return OK;
	/* Only the first failure is one; the others say that it was. */
	if (state && strcmp(state, "25P02") == 0 && p->broke)
		return p->broke;
	const char *message = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	postgres_tell(p, message ? message : PQerrorMessage(p->handle));
	return p->broke = meaning_of(p, state);
}

static const char *message(struct db *db)
{
	return postgres(db)->story;
}

/* ---- opening */

/* A commit that no longer waits for its replicas is told by a warning only. */
static void notice(void *of, const PGresult *r)
{
	const char *function = PQresultErrorField(r, PG_DIAG_SOURCE_FUNCTION);

	if (function && strcmp(function, "SyncRepWaitForLSN") == 0)
		((struct postgres *)of)->unsafe = true;
}

/* A session that stands as it should; its settings go with the first statement. */
static enum err settle(struct postgres *p)
{
	p->session++;
	p->settled = p->worn = p->unread = p->begun = p->unsafe = false;
	p->due_n = 0;
	p->pid = 0;
	p->broke = OK;
	if (postgres_lives(p) && PQenterPipelineMode(p->handle))
		return OK;
	postgres_tell(p, PQerrorMessage(p->handle));
	return ERR_BUSY;
}

enum err postgres_reconnect(struct postgres *p)
{
	PQreset(p->handle);
	return settle(p);
}

static void connection_close(struct db *db)
{
	PQfinish(postgres(db)->handle);
	free(db);
}

/* libpq repeats what it cannot read, and takes what stands behind an @ or a / in a password for a host or a
 * port, which it names. */
static bool can_be_read(const char *address)
{
	char *said = NULL;
	PQconninfoOption *options = PQconninfoParse(address, &said);
	bool fine = options != NULL;

	for (const PQconninfoOption *o = options; fine && o->keyword; o++) {
		if (!o->val)
			continue;
		if (strcmp(o->keyword, "host") == 0)
			fine = !*o->val || !strchr(o->val + 1, '@');
		else if (strcmp(o->keyword, "port") == 0)
			fine = strspn(o->val, "0123456789,") == strlen(o->val);
	}
	PQconninfoFree(options);
	PQfreemem(said);
	return fine;
}

static enum err connection_open(struct str where, enum db_mode mode, struct db **out,
				struct str *why, struct arena *a)
{
	const char *address = str_z(a, where);

	if (!can_be_read(address)) {
		*why = S("PostgreSQL: the address cannot be read; write @ : / ? # and % in a name "
			 "or a "
			 "password as %40 %3A %2F %3F %23 %25");
		return ERR_INVALID;
	}
	/* What the URL says comes later, and goes before. A machine without power says nothing: it is
	 * noticed within half a minute. Seconds, but for the milliseconds of TCP. */
	static const char *const defaults[] = { "connect_timeout",
						"tcp_user_timeout",
						"keepalives_idle",
						"keepalives_interval",
						"fallback_application_name",
						"client_encoding",
						"target_session_attrs",
						"dbname",
						NULL };
	struct postgres *p = calloc(1, sizeof *p);

	if (!p)
		abort();
	p->base.engine = &postgres_engine;
	p->base.mode = mode;
	/* Of several hosts a writer takes the one that writes. */
	const char *const values[] = { "5",
				       "30000",
				       "10",
				       "5",
				       "dinh",
				       "UTF8",
				       mode == DB_WRITE ? "read-write" : "any",
				       address,
				       NULL };
	p->handle = PQconnectdbParams(defaults, values, 1);
	if (!p->handle)
		abort();
	PQsetNoticeReceiver(p->handle, notice, p);
	enum err e = settle(p);
	if (!e && PQserverVersion(p->handle) < 130000) {
		postgres_tell(p, "PostgreSQL 13 or newer is wanted");
		e = ERR_IO;
	}
	if (e) {
		/* libpq names host and user; the password it keeps to itself. */
		*why = str_printf(a, "PostgreSQL: %s", p->story);
		connection_close(&p->base);
		return ERR_IO;
	}
	*out = &p->base;
	return OK;
}

/* ---- transactions */

bool postgres_is_due_to_begin(const struct postgres *p)
{
	return p->due_n && strcmp(p->due[0], BEGIN_READ) == 0;
}

/* Ends a transaction for which nobody waits. */
static void leave(struct postgres *p, const char *sql)
{
	bool sent = p->begun && !postgres_is_due_to_begin(p);

	p->begun = false;
	p->due_n = 0;
	if (sent && postgres_lives(p))
		postgres_leave(p, sql);
}

static void rollback(struct db *db)
{
	struct postgres *p = postgres(db);

	leave(p, "ROLLBACK");
	p->broke = OK;
}

static enum err begin(struct db *db, enum db_mode mode)
{
	struct postgres *p = postgres(db);
	enum err e;

	if ((p->worn || !postgres_lives(p)) && (e = postgres_reconnect(p)))
		return e;
	p->broke = OK;
	p->wrote = false;
	if (mode == DB_READ) {
		p->begun = true;
		postgres_due(p, BEGIN_READ);
		return OK;
	}
	e = postgres_begin_write(p);
	/* That a connection has died is often learnt by using it: once more, with another. */
	if (e && p->worn && !(e = postgres_reconnect(p)))
		e = postgres_begin_write(p);
	p->begun = true;
	if (e)
		rollback(db);
	return e;
}

enum err postgres_begin_again(struct postgres *p)
{
	enum err e = postgres_reconnect(p);

	if (e)
		return p->broke = e;
	p->begun = true;
	postgres_due(p, BEGIN_READ);
	return OK;
}

static enum err commit_write(struct postgres *p)
{
	struct turn t;

	p->unsafe = false;
	turn_begin(&t, p);
	if (p->wrote)
		postgres_put_mark(&t);
	turn_ask(&t, "COMMIT");
	enum err e = turn_end(&t);
	if (!e && strcmp(PQcmdStatus(t.result), "COMMIT") != 0) {
		postgres_tell(p, "the server has rolled back instead");
		e = ERR_BUSY;
	}
	PQclear(t.result);
	if (p->wrote && (t.lost || p->unsafe))
		e = postgres_find_out(p);
	return e;
}

static enum err commit(struct db *db)
{
	struct postgres *p = postgres(db);
	enum err e;

	/* COMMIT would roll back, and say so in its tag only. */
	if (p->broke)
		return p->broke;
	if (db->tx_mode == DB_READ)
		leave(p, "COMMIT");
	else if ((e = commit_write(p)))
		return e;
	p->begun = false;
	return OK;
}

/* In an error as well: a savepoint can still be undone. */
static bool stands(struct db *db)
{
	return postgres_lives(postgres(db)) && postgres(db)->begun;
}

static enum err savepoint(struct db *db)
{
	struct postgres *p = postgres(db);

	if (!p->broke)
		postgres_due(p, SAVEPOINT);
	return p->broke;
}

static enum err savepoint_keep(struct db *db)
{
	struct postgres *p = postgres(db);

	if (!p->broke && !postgres_undue(p, SAVEPOINT))
		postgres_due(p, RELEASE);
	return p->broke;
}

static enum err savepoint_undo(struct db *db)
{
	struct postgres *p = postgres(db);

	if (!p->broke && postgres_undue(p, SAVEPOINT))
		return OK;
	return postgres_undo(p, "ROLLBACK TO SAVEPOINT s", RELEASE);
}

enum err postgres_undo(struct postgres *p, const char *back, const char *release)
{
	char story[sizeof p->story];

	/* The story of what led here must survive. */
	memcpy(story, p->story, sizeof story);
	enum err e = postgres_say(p, back, release);
	if (!e) {
		p->broke = OK;
		memcpy(p->story, story, sizeof story);
	}
	return e;
}

/* Several statements in one text are for the simple protocol. */
static enum err script(struct db *db, const char *sql)
{
	struct postgres *p = postgres(db);
	struct turn t;

	turn_begin(&t, p);
	enum err e = turn_end(&t);
	if (e)
		return e;
	p->wrote = true;
	p->base.trips++;
	PQexitPipelineMode(p->handle);
	PGresult *r = PQexec(p->handle, sql);
	e = postgres_meaning(p, r);
	PQclear(r);
	PQenterPipelineMode(p->handle);
	return e;
}

/* COPY is not for a pipeline. What follows a refused one is refused too. */
static enum err load(struct db *db, const char *sql, const void *rows, size_t len)
{
	/* Signature, flags, no extension; and the end. */
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", tail[] = "\377\377";
	struct postgres *p = postgres(db);
	struct turn t;

	turn_begin(&t, p);
	enum err e = turn_end(&t);
	if (e || len > INT32_MAX)
		return e ? e : ERR_INVALID;
	p->wrote = true;
	p->base.trips++;
	PQexitPipelineMode(p->handle);
	PGresult *r = PQexec(p->handle, sql), *more;
	if (PQresultStatus(r) == PGRES_COPY_IN) {
		PQclear(r);
		if (PQputCopyData(p->handle, head, sizeof head - 1) == 1 &&
		    PQputCopyData(p->handle, rows, (int)len) == 1 &&
		    PQputCopyData(p->handle, tail, sizeof tail - 1) == 1)
			(void)PQputCopyEnd(p->handle, NULL);
		r = PQgetResult(p->handle);
	}
	e = postgres_meaning(p, r);
	PQclear(r);
	while (postgres_lives(p) && (more = PQgetResult(p->handle)))
		PQclear(more);
	if (postgres_lives(p))
		PQenterPipelineMode(p->handle);
	else
		p->worn = true;
	return e;
}

static enum err size(struct db *db, struct db_size *out)
{
	struct postgres *p = postgres(db);
	struct turn t;

	turn_begin(&t, p);
	turn_ask(&t, "SELECT pg_database_size(current_database())");
	enum err e = turn_end(&t);
	if (!e && !str_int(str_of(PQgetvalue(t.result, 0, 0)), &out->bytes))
		e = ERR_CORRUPT;
	out->waiting = 0;
	PQclear(t.result);
	return e;
}

#define POSTGRES_CATALOGUE                                                                     \
	"SELECT c.relname, a.attname, format_type(a.atttypid, NULL),"                          \
	" CAST(COALESCE(array_position(CAST(i.indkey AS int2[]), a.attnum) + 1, 0) AS BIGINT)" \
	" FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"                     \
	" LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary"                    \
	" WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"                       \
	" AND c.relnamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)"           \
	" ORDER BY c.relname, a.attnum"

const struct engine postgres_engine = {
	.name = "postgresql",
	.alias = "postgres",
	/* A number may be given instead, as in SQLite; what counts does not follow it here. */
	.key = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
	.bytes = "BYTEA",
	.text = "TEXT COLLATE \"C\"",
	.migrated = "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
		    " AND tablename = 'schema_migration')",
	.catalogue = POSTGRES_CATALOGUE,
	.search_texts = "SELECT id, substr(title, 2, length(title) - 2) AS title,"
			" substr(body, 2, length(body) - 2) AS body FROM search_text",
	.count_on = "SELECT setval(CAST(pg_get_serial_sequence(quote_ident($1), $2) AS regclass),"
		    " GREATEST($3, 1), $3 > 0)",
	.migrations = postgres_migrations,
	.open = connection_open,
	.close = connection_close,
	.message = message,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.savepoint = savepoint,
	.savepoint_keep = savepoint_keep,
	.savepoint_undo = savepoint_undo,
	.stands = stands,
	.script = script,
	.load = load,
	.announce = postgres_announce,
	.there = postgres_there,
	.alone = postgres_alone,
	.size = size,
	.prepare = postgres_prepare,
	.finalize = postgres_finalize,
	.bind = postgres_bind,
	.step = postgres_step,
	.reset = postgres_reset,
	.columns = postgres_columns,
	.column = postgres_column,
	.changes = postgres_changes,
	.search_spelling = SEARCH_POSTGRES,
	.search_expression = postgres_search_expression,
	.search_seldom = postgres_search_seldom,
	.search_has = postgres_search_has,
	.search_put = postgres_search_put,
	.search_remove = postgres_search_remove,
};
