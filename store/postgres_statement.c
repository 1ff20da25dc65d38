/* Statements of PostgreSQL. The types of parameters are those of the values bound, not those the server
 * would guess, so that `$1 + $2` is a sum of numbers; hence a statement with parameters is prepared when
 * it first runs, and again when a value comes where there was NULL before.
 *
 * Results are taken whole: queries nest on one connection, and every list of this program is bounded by
 * its LIMIT. The memory of the request bounds what is read out of them. */
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

static void forget_name(struct prepared *s)
{
	char sql[40];

	/* At rest the connection is being closed, and in an error nothing would be heard. */
	if (s->session == s->p->session && PQtransactionStatus(s->p->handle) == PQTRANS_INTRANS) {
		snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
		PQclear(PQexec(s->p->handle, sql));
	}
	s->session = 0;
}

static enum err name_it(struct prepared *s)
{
	forget_name(s);
	snprintf(s->name, sizeof s->name, "d%lld", (long long)++s->p->names);
	PGresult *r = PQprepare(s->p->handle, s->name, s->sql, s->base.parameters, s->types);
	enum err e = postgres_meaning(s->p, r);
	PQclear(r);
	if (!e)
		s->session = s->p->session;
	return e;
}

void postgres_finalize(struct statement *s)
{
	forget_name(prepared(s));
	PQclear(prepared(s)->rows);
	free(s);
}

enum err postgres_prepare(struct db *db, const char *sql, struct statement **out)
{
	struct prepared *s = calloc(1, sizeof *s);
	int n = count_parameters(sql);
	enum err e = OK;

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
		e = ERR_CORRUPT;
	} else if (n == 0) {
		e = name_it(s);
	}
	if (e) {
		postgres_finalize(&s->base);
		return e;
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

/* Is it prepared in this session, for values of these types? */
static enum err make_ready(struct prepared *s)
{
	bool ready = s->session == s->p->session;

	for (int i = 0; i < s->base.parameters; i++)
		if (s->given[i] && s->given[i] != s->types[i]) {
			s->types[i] = s->given[i];
			ready = false;
		}
	return ready ? OK : name_it(s);
}

static enum err send(struct prepared *s)
{
	enum err e = make_ready(s);

	if (e)
		return e;
	PGresult *r = PQexecPrepared(s->p->handle, s->name, s->base.parameters, s->values,
				     s->lengths, s->formats, BINARY);
	e = postgres_meaning(s->p, r);
	if (e) {
		PQclear(r);
		return e;
	}
	int64_t changed = 0;
	s->p->changed = str_int(str_of(PQcmdTuples(r)), &changed) ? changed : 0;
	s->rows = r;
	s->n = PQntuples(r);
	return OK;
}

/* In a savepoint of its own, so that the transaction survives its failure. */
static enum err send_apart(struct prepared *s)
{
	char story[sizeof s->p->story];
	enum err e = postgres_say(s->p, "SAVEPOINT w");

	if (e)
		return e;
	e = send(s);
	if (!e)
		return postgres_say(s->p, "RELEASE SAVEPOINT w");
	memcpy(story, s->p->story, sizeof story);
	if (!postgres_say(s->p, "ROLLBACK TO SAVEPOINT w; RELEASE SAVEPOINT w")) {
		s->p->broke = OK;
		memcpy(s->p->story, story, sizeof story);
	}
	return e;
}

enum err postgres_step(struct statement *statement, bool *row)
{
	struct prepared *s = prepared(statement);

	*row = false;
	if (!s->rows) {
		enum err e = s->writes ? send_apart(s) : send(s);
		if (e)
			return e;
		s->at = -1;
	}
	if (s->at < s->n)
		s->at++;
	*row = s->at < s->n;
	return OK;
}

void postgres_reset(struct statement *statement)
{
	struct prepared *s = prepared(statement);

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
