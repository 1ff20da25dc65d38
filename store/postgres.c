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
 * between COMMIT and its answer it has committed or not: ERR_IO, and the story says that nobody knows. */
#include "store/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An answer of a page never takes a minute; what does is a mistake, and holds back the vacuum. */
#define SETTINGS                                                                         \
	"SET lock_timeout = 5000; SET statement_timeout = 60000; SET client_encoding = " \
	"'UTF8'; SET standard_conforming_strings = on; SET client_min_messages = warning;"
#define READER_SETTINGS "SET default_transaction_read_only = on;"

/* The lock of a schema: two sites in one database do not wait for each other. */
#define BEGIN_WRITE                                                                      \
	"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"                               \
	"SELECT pg_advisory_xact_lock(hashtextextended(COALESCE(current_schema(), ''), " \
	"1684631144))"
#define BEGIN_READ "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

static void tell(struct postgres *p, const char *what)
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

static enum err meaning_of(const struct postgres *p, const char *state)
{
	if (lost(p, state))
		return ERR_BUSY;
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
	if (p->at_commit && lost(p, state)) {
		tell(p, "the connection was lost while committing: nobody knows whether it was"
			" kept");
		return p->broke = ERR_IO;
	}
	const char *message = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	tell(p, message ? message : PQerrorMessage(p->handle));
	return p->broke = meaning_of(p, state);
}

enum err postgres_say(struct postgres *p, const char *sql)
{
	PGresult *r = PQexec(p->handle, sql);
	enum err e = postgres_meaning(p, r);

	PQclear(r);
	return e;
}

static const char *message(struct db *db)
{
	return postgres(db)->story;
}

/* ---- opening */

static void ignore(void *of, const char *notice)
{
	(void)of;
	(void)notice;
}

/* A session that stands as it should. */
static enum err settle(struct postgres *p)
{
	p->session++;
	p->broke = OK;
	if (PQstatus(p->handle) != CONNECTION_OK) {
		tell(p, PQerrorMessage(p->handle));
		return ERR_BUSY;
	}
	enum err e = postgres_say(p, SETTINGS);
	if (!e && p->base.mode == DB_READ)
		e = postgres_say(p, READER_SETTINGS);
	return e;
}

static void connection_close(struct db *db)
{
	PQfinish(postgres(db)->handle);
	free(db);
}

static enum err connection_open(struct str where, enum db_mode mode, struct db **out,
				struct str *why, struct arena *a)
{
	/* What the URL says comes later, and goes before. Seconds, then milliseconds. */
	static const char *const defaults[] = { "connect_timeout", "tcp_user_timeout",
						"fallback_application_name", "dbname", NULL };
	struct postgres *p = calloc(1, sizeof *p);

	if (!p)
		abort();
	p->base.engine = &postgres_engine;
	p->base.mode = mode;
	const char *const values[] = { "5", "30000", "dinh", str_z(a, where), NULL };
	p->handle = PQconnectdbParams(defaults, values, 1);
	if (!p->handle)
		abort();
	PQsetNoticeProcessor(p->handle, ignore, NULL);
	enum err e = settle(p);
	if (!e && PQserverVersion(p->handle) < 130000) {
		tell(p, "PostgreSQL 13 or newer is wanted");
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

static void rollback(struct db *db)
{
	struct postgres *p = postgres(db);
	char story[sizeof p->story];

	/* The story of what led here must survive the rollback. */
	memcpy(story, p->story, sizeof story);
	if (PQstatus(p->handle) == CONNECTION_OK && PQtransactionStatus(p->handle) != PQTRANS_IDLE)
		(void)postgres_say(p, "ROLLBACK");
	p->broke = OK;
	memcpy(p->story, story, sizeof story);
}

static enum err begin(struct db *db, enum db_mode mode)
{
	struct postgres *p = postgres(db);
	const char *sql = mode == DB_WRITE ? BEGIN_WRITE : BEGIN_READ;
	enum err e = ERR_BUSY;

	p->broke = OK;
	/* That a connection has died is often learnt by using it: once more, with another. */
	for (int i = 0; i < 2; i++) {
		if (PQstatus(p->handle) != CONNECTION_OK) {
			PQreset(p->handle);
			if ((e = settle(p)))
				return e;
		}
		e = postgres_say(p, sql);
		if (!e || PQstatus(p->handle) == CONNECTION_OK)
			break;
	}
	if (e)
		rollback(db);
	return e;
}

static enum err commit(struct db *db)
{
	struct postgres *p = postgres(db);

	/* COMMIT would roll back, and say so in its tag only. */
	if (PQtransactionStatus(p->handle) == PQTRANS_INERROR)
		return p->broke ? p->broke : ERR_BUSY;
	if (PQstatus(p->handle) != CONNECTION_OK)
		return ERR_BUSY;
	p->at_commit = true;
	PGresult *r = PQexec(p->handle, "COMMIT");
	enum err e = postgres_meaning(p, r);
	if (!e && strcmp(PQcmdStatus((PGresult *)r), "COMMIT") != 0) {
		tell(p, "the server has rolled back instead");
		e = ERR_BUSY;
	}
	PQclear(r);
	p->at_commit = false;
	return e;
}

/* In an error as well: a savepoint can still be undone. */
static bool stands(struct db *db)
{
	PGconn *c = postgres(db)->handle;

	return PQstatus(c) == CONNECTION_OK && PQtransactionStatus(c) != PQTRANS_IDLE;
}

static enum err savepoint(struct db *db)
{
	return postgres_say(postgres(db), "SAVEPOINT s");
}

static enum err savepoint_keep(struct db *db)
{
	return postgres_say(postgres(db), "RELEASE SAVEPOINT s");
}

static enum err savepoint_undo(struct db *db)
{
	struct postgres *p = postgres(db);
	char story[sizeof p->story];

	memcpy(story, p->story, sizeof story);
	enum err e = postgres_say(p, "ROLLBACK TO SAVEPOINT s; RELEASE SAVEPOINT s");
	if (!e) {
		p->broke = OK;
		memcpy(p->story, story, sizeof story);
	}
	return e;
}

static enum err script(struct db *db, const char *sql)
{
	return postgres_say(postgres(db), sql);
}

static enum err size(struct db *db, struct db_size *out)
{
	PGresult *r = PQexec(postgres(db)->handle, "SELECT pg_database_size(current_database())");
	enum err e = postgres_meaning(postgres(db), r);

	if (!e && !str_int(str_of(PQgetvalue(r, 0, 0)), &out->bytes))
		e = ERR_CORRUPT;
	out->waiting = 0;
	PQclear(r);
	return e;
}

const struct engine postgres_engine = {
	.name = "postgresql",
	.alias = "postgres",
	/* A number may be given instead, as in SQLite; what counts does not follow it here. */
	.key = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
	.bytes = "BYTEA",
	.text = "TEXT COLLATE \"C\"",
	.migrated = "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
		    " AND tablename = 'schema_migration')",
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
	.announce = postgres_announce,
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
	.search_put = postgres_search_put,
	.search_remove = postgres_search_remove,
};
