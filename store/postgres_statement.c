/* Statements of PostgreSQL. The types of parameters are those of the values bound, not those the server
 * would guess, so that `$1 + $2` is a sum of numbers; hence a statement with parameters is prepared when
 * it first runs, and again when a value comes where there was NULL before.
 *
 * Results are taken whole: queries nest on one connection, and every list of this program is bounded by
 * its LIMIT. The memory of the request bounds what is read out of them. What streams (db_stream) goes
 * through a cursor, a block of rows at a time.
 *
 * One that writes has a savepoint of its own, so that the transaction survives its failure: savepoint,
 * statement and release are one round trip. */
#include "store/postgres.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* pg_type.dat; they never change. */
enum oid {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_UNKNOWN = 705,
	OID_VARCHAR = 1043,
};

enum { BINARY = 1 };

/* Rows of a block, and when the next becomes half or twice as large. */
enum { FIRST_BLOCK = 64, MOST_BLOCK = 4096, SMALL_BYTES = 256 << 10, LARGE_BYTES = 1 << 20 };

struct prepared {
	struct statement base;
	struct postgres *p;
	const char *sql;
	bool writes;
	char name[24];
	int64_t session; /* in which it has that name; 0: none yet */
	Oid types[DB_PARAMETERS], given[DB_PARAMETERS];
	const char *values[DB_PARAMETERS];
	int64_t numbers[DB_PARAMETERS]; /* big-endian */
	int lengths[DB_PARAMETERS], formats[DB_PARAMETERS];
	PGresult *rows; /* NULL: not run */
	int at, n;
	char *declare; /* SQL that makes the cursor of one that streams */
	char cursor[24];
	int64_t opened; /* the session in which the cursor is open; 0: it is not */
	int block;
};

static struct prepared *prepared(struct statement *s)
{
	return (struct prepared *)s;
}

/* Past the string, name or comment that begins here; `at` itself when none does. */
static const char *skip_quoted(const char *at)
{
	if (*at == '\'' || *at == '"') {
		const char *end = strchr(at + 1, *at);
		return end ? end + 1 : at + strlen(at);
	}
	if (at[0] == '-' && at[1] == '-')
		return at + strcspn(at, "\n");
	return at;
}

/* The highest $n; -1 when one is out of range. */
static int count_parameters(const char *sql)
{
	int most = 0;

	while (*sql) {
		const char *next = skip_quoted(sql);
		if (next == sql && *sql == '$' && sql[1] >= '0' && sql[1] <= '9') {
			char *end;
			unsigned long n = strtoul(sql + 1, &end, 10);
			if (n < 1 || n > DB_PARAMETERS)
				return -1;
			most = (int)n > most ? (int)n : most;
			next = end;
		}
		sql = next == sql ? sql + 1 : next;
	}
	return most;
}

static bool writes(const char *sql)
{
	sql += strspn(sql, " \t\n(");
	return strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "VALUES", 6) != 0;
}

/* Is something left in the server that a statement of this transaction can remove? */
static bool can_remove(const struct prepared *s, int64_t session)
{
	return session == s->p->session && s->p->begun && !s->p->broke && postgres_lives(s->p);
}

static void forget_name(struct prepared *s)
{
	char sql[POSTGRES_DUE_LENGTH];

	if (can_remove(s, s->session)) {
		snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
		postgres_due(s->p, sql);
	}
	s->session = 0;
}

static void close_cursor(struct prepared *s)
{
	char sql[POSTGRES_DUE_LENGTH];

	if (can_remove(s, s->opened)) {
		snprintf(sql, sizeof sql, "CLOSE %s", s->cursor);
		postgres_due(s->p, sql);
	}
	s->opened = 0;
}

void postgres_finalize(struct statement *s)
{
	forget_name(prepared(s));
	PQclear(prepared(s)->rows);
	free(prepared(s)->declare);
	free(s);
}

enum err postgres_prepare(struct db *db, const char *sql, struct statement **out)
{
	struct prepared *s = calloc(1, sizeof *s);
	int n = count_parameters(sql);

	if (!s)
		abort();
	s->p = postgres(db);
	s->sql = sql;
	s->writes = writes(sql);
	s->base.parameters = n < 0 ? 0 : n;
	for (int i = 0; i < DB_PARAMETERS; i++)
		s->formats[i] = BINARY;
	if (n < 0) {
		snprintf(s->p->story, sizeof s->p->story,
			 "one statement with parameters $1..$%d is wanted", DB_PARAMETERS);
		postgres_finalize(&s->base);
		return ERR_CORRUPT;
	}
	*out = &s->base;
	return OK;
}

/* Only the text of SQLite may hold a NUL. */
static enum err check_text(struct postgres *p, const struct db_value *v)
{
	if (!v->len || !memchr(v->at, '\0', v->len))
		return OK;
	snprintf(p->story, sizeof p->story, "a text with a zero byte");
	return ERR_INVALID;
}

enum err postgres_bind(struct statement *statement, int number, const struct db_value *v)
{
	struct prepared *s = prepared(statement);
	int i = number - 1;

	if (v->len > INT32_MAX)
		return ERR_INVALID;
	s->values[i] = v->at;
	s->lengths[i] = (int)v->len;
	switch (v->type) {
	case DB_NULL:
		s->values[i] = NULL;
		s->given[i] = 0;
		return OK;
	case DB_INT:
		s->numbers[i] = (int64_t)htobe64((uint64_t)v->n);
		s->values[i] = (const char *)&s->numbers[i];
		s->lengths[i] = sizeof s->numbers[i];
		s->given[i] = OID_INT8;
		return OK;
	case DB_TEXT:
		s->given[i] = OID_TEXT;
		return check_text(s->p, v);
	case DB_BYTES:
		s->given[i] = OID_BYTEA;
		return OK;
	}
	return ERR_CORRUPT;
}

/* ---- running */

/* Is it prepared in this session, for values of these types? */
static bool is_ready(struct prepared *s)
{
	bool ready = s->session == s->p->session;

	for (int i = 0; i < s->base.parameters; i++)
		if (s->given[i] && s->given[i] != s->types[i]) {
			s->types[i] = s->given[i];
			ready = false;
		}
	return ready;
}

/* In one round trip. `s->session` tells afterwards whether the server knows it. */
static void send(struct turn *t, struct prepared *s)
{
	PGconn *c = t->p->handle;
	int n = s->base.parameters;

	turn_wanted(t,
		    PQsendQueryPrepared(c, s->name, n, s->values, s->lengths, s->formats, BINARY));
}

static void send_fetch(struct turn *t, struct prepared *s)
{
	char sql[POSTGRES_DUE_LENGTH];

	snprintf(sql, sizeof sql, "FETCH %d FROM %s", s->block, s->cursor);
	turn_wanted(t, PQsendQueryParams(t->p->handle, sql, 0, NULL, NULL, NULL, NULL, BINARY));
}

static void take_rows(struct prepared *s, PGresult *r)
{
	PQclear(s->rows);
	s->rows = r;
	s->n = PQntuples(r);
	s->at = -1;
}

static enum err run_once(struct prepared *s, bool *stale)
{
	struct turn t;
	int named = INT32_MAX, apart = 0;

	turn_begin(&t, s->p);
	if (s->writes) {
		apart = t.sent + 1;
		turn_say(&t, "SAVEPOINT w");
	}
	if (!is_ready(s)) {
		/* What it was named before is forgotten with the session. */
		s->session = 0;
		snprintf(s->name, sizeof s->name, "d%lld", (long long)++s->p->names);
		named = t.sent;
		turn_sent(&t, PQsendPrepare(s->p->handle, s->name, s->sql, s->base.parameters,
					    s->types));
	}
	send(&t, s);
	if (s->writes)
		turn_say(&t, "RELEASE SAVEPOINT w");
	enum err e = turn_end(&t);
	if (named != INT32_MAX && !t.lost && (!e || t.failed > named))
		s->session = s->p->session;
	*stale = t.stale;
	if (!e) {
		int64_t changed = 0;
		s->p->changed = str_int(str_of(PQcmdTuples(t.result)), &changed) ? changed : 0;
		s->p->wrote |= s->writes;
		take_rows(s, t.result);
		return OK;
	}
	if (t.stale)
		s->session = 0;
	if (s->writes && !t.lost && t.failed >= apart)
		(void)!postgres_undo(s->p, "ROLLBACK TO SAVEPOINT w", "RELEASE SAVEPOINT w");
	return e;
}

static enum err declare_once(struct prepared *s)
{
	enum { ROOM = 64 };
	size_t size = strlen(s->sql) + ROOM;
	struct turn t;

	if (!s->declare && !(s->declare = malloc(size)))
		abort();
	snprintf(s->cursor, sizeof s->cursor, "d%lld", (long long)++s->p->names);
	snprintf(s->declare, size, "DECLARE %s NO SCROLL CURSOR FOR %s", s->cursor, s->sql);
	s->block = FIRST_BLOCK;
	turn_begin(&t, s->p);
	turn_sent(&t, PQsendQueryParams(s->p->handle, s->declare, s->base.parameters, s->given,
					s->values, s->lengths, s->formats, BINARY));
	send_fetch(&t, s);
	enum err e = turn_end(&t);
	if (e)
		return e;
	s->opened = s->p->session;
	take_rows(s, t.result);
	return OK;
}

/* A session can go, and statements become old, between transactions: what is the first of a reader is
 * begun once more. One that writes is back at its savepoint. */
static enum err run(struct prepared *s)
{
	struct postgres *p = s->p;
	bool first = postgres_is_due_to_begin(p), stale = false;

	if (p->broke)
		return p->broke;
	enum err e = s->base.stream && !s->writes ? declare_once(s) : run_once(s, &stale);
	if (e && first && (p->worn || stale)) {
		if (!(e = postgres_begin_again(p)))
			e = s->base.stream && !s->writes ? declare_once(s) : run_once(s, &stale);
	} else if (e && stale && !p->broke) {
		e = run_once(s, &stale);
	}
	/* Others will be as old. */
	p->worn |= stale;
	return e;
}

static enum err next_block(struct prepared *s)
{
	struct postgres *p = s->p;
	size_t bytes = PQresultMemorySize(s->rows);
	struct turn t;

	if (p->broke)
		return p->broke;
	if (bytes > LARGE_BYTES && s->block > 1)
		s->block /= 2;
	else if (bytes < SMALL_BYTES && s->block < MOST_BLOCK)
		s->block *= 2;
	turn_begin(&t, p);
	send_fetch(&t, s);
	enum err e = turn_end(&t);
	if (!e)
		take_rows(s, t.result);
	return e;
}

enum err postgres_step(struct statement *statement, bool *row)
{
	struct prepared *s = prepared(statement);
	enum err e = OK;

	*row = false;
	if (!s->rows)
		e = run(s);
	else if (s->opened && s->at + 1 == s->n && s->n == s->block)
		e = next_block(s);
	if (e)
		return e;
	if (s->at < s->n)
		s->at++;
	*row = s->at < s->n;
	return OK;
}

void postgres_reset(struct statement *statement)
{
	struct prepared *s = prepared(statement);

	close_cursor(s);
	PQclear(s->rows);
	s->rows = NULL;
	s->at = s->n = 0;
	for (int i = 0; i < s->base.parameters; i++) {
		s->values[i] = NULL;
		s->given[i] = 0;
	}
}

int postgres_columns(struct statement *s)
{
	return PQnfields(prepared(s)->rows);
}

/* Big-endian, of 1, 2, 4 or 8 bytes. */
static int64_t number(const char *at, int n)
{
	uint64_t v = (unsigned char)at[0] & 0x80 ? UINT64_MAX : 0;

	for (int i = 0; i < n; i++)
		v = v << 8 | (unsigned char)at[i];
	return (int64_t)v;
}

enum err postgres_column(struct statement *statement, int i, struct db_value *out)
{
	const struct prepared *s = prepared(statement);
	struct db_value v = { .at = "" };

	if (PQgetisnull(s->rows, s->at, i)) {
		*out = v;
		return OK;
	}
	v.at = PQgetvalue(s->rows, s->at, i);
	v.len = (size_t)PQgetlength(s->rows, s->at, i);
	switch (PQftype(s->rows, i)) {
	case OID_BOOL:
	case OID_INT2:
	case OID_INT4:
	case OID_INT8:
		v = (struct db_value){ DB_INT, number(v.at, (int)v.len), "", 0 };
		break;
	case OID_NAME:
	case OID_TEXT:
	case OID_UNKNOWN:
	case OID_VARCHAR:
		v.type = DB_TEXT;
		break;
	case OID_BYTEA:
		v.type = DB_BYTES;
		break;
	default:
		return ERR_CORRUPT;
	}
	*out = v;
	return OK;
}

int64_t postgres_changes(struct db *db)
{
	return postgres(db)->changed;
}
