#include "bench/bulk_server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct bulk_table tables[BULK_TABLES] = {
	{ .name = "dossier", .id = true },
	{ .name = "act", .id = true },
	{ .name = "content" },
	{ .name = "log_leaf", .id = true },
	{ .name = "duty", .id = true },
	{ .name = "dossier_under" },
	{ .name = "line" },
	{ .name = "figure" },
	{ .name = "tally" },
	{ .name = "tally_year" },
	{ .name = "search_text" },
};
#define NAMES                                                                         \
	"('dossier', 'act', 'content', 'log_leaf', 'duty', 'dossier_under', 'line', " \
	"'figure', 'tally', 'tally_year', 'search_text')"

static enum err refuse(struct bulk_server *s, PGconn *c, const char *what)
{
	snprintf(s->why, sizeof s->why, "%.100s: %.180s", what, PQerrorMessage(c));
	return ERR_IO;
}

static enum err run(struct bulk_server *s, PGconn *c, const char *sql)
{
	PGresult *r = PQexec(c, sql);
	ExecStatusType status = PQresultStatus(r);
	PQclear(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN
		       ? OK
		       : refuse(s, c, sql);
}

enum err bulk_ask(struct bulk_server *s, const char *sql, PGresult **out)
{
	*out = PQexec(s->main, sql);
	if (PQresultStatus(*out) == PGRES_TUPLES_OK)
		return OK;
	PQclear(*out);
	return refuse(s, s->main, sql);
}

enum err bulk_server_open(struct bulk_server *s, struct arena *a, const char *address)
{
	*s = (struct bulk_server){ .a = a, .main = PQconnectdb(address) };
	memcpy(s->tables, tables, sizeof tables);
	return PQstatus(s->main) == CONNECTION_OK ? OK : refuse(s, s->main, "connect");
}

enum err bulk_number(struct bulk_server *s, const char *sql, int64_t *out)
{
	PGresult *r;
	enum err e = bulk_ask(s, sql, &r);
	if (e)
		return e;
	*out = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
	PQclear(r);
	return OK;
}

/* Keys other tables have to these included. Keys refer to each other, so those that refer go first and
 * come back last. */
static enum err drop_keys(struct bulk_server *s)
{
	static const char keys[] =
		"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
		" format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
		" pg_get_constraintdef(oid)), contype = 'f' FROM pg_constraint WHERE (contype = 'f'"
		" AND confrelid::regclass::text IN " NAMES ") OR (contype IN ('p', 'u', 'f')"
		" AND conrelid::regclass::text IN " NAMES ") UNION ALL "
		"SELECT format('DROP INDEX %I', indexname), indexdef, false FROM pg_indexes"
		" WHERE tablename IN " NAMES " AND indexname NOT IN (SELECT conname FROM"
		" pg_constraint) ORDER BY 3";
	PGresult *r;
	enum err e = bulk_ask(s, keys, &r);
	if (e)
		return e;
	int n = PQntuples(r);
	s->restore.at = NEW_N(s->a, struct str, (size_t)n);
	for (int i = 0; i < n; i++)
		s->restore.at[s->restore.n++] = str_dup(s->a, str_of(PQgetvalue(r, i, 1)));
	for (int i = n; !e && i-- > 0;)
		e = run(s, s->main, PQgetvalue(r, i, 0));
	PQclear(r);
	return e;
}

static enum err begin_table(struct bulk_server *s, struct bulk_table *t, const char *where)
{
	char sql[200];
	int64_t rows = 0;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", t->name);
	enum err e = bulk_number(s, sql, &rows);
	t->fresh = rows == 0;
	if (!e && t->id) {
		snprintf(sql, sizeof sql, "SELECT COALESCE(max(id), 0) FROM %s", t->name);
		e = bulk_number(s, sql, &t->next);
	}
	if (e)
		return e;
	t->to = PQconnectdb(where);
	if (PQstatus(t->to) != CONNECTION_OK)
		return refuse(s, t->to, "connect");
	snprintf(sql, sizeof sql, "TRUNCATE %s", t->name);
	if ((e = run(s, t->to, "SET synchronous_commit = off")) || (e = run(s, t->to, "BEGIN")))
		return e;
	return t->fresh ? run(s, t->to, sql) : OK;
}

enum err bulk_server_begin(struct bulk_server *s, const char *address)
{
	enum err e = drop_keys(s);
	for (size_t i = 0; !e && i < BULK_TABLES; i++)
		e = begin_table(s, &s->tables[i], address);
	return e;
}

enum err bulk_copy(struct bulk_server *s, struct bulk_table *t, const char *columns)
{
	static const char signature[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	char sql[800];
	snprintf(t->columns, sizeof t->columns, "%s", columns);
	snprintf(sql, sizeof sql, "COPY %s (%s) FROM STDIN (FORMAT binary%s)", t->name, columns,
		 t->fresh ? ", FREEZE" : "");
	enum err e = run(s, t->to, sql);
	if (e)
		return e;
	return PQputCopyData(t->to, signature, sizeof signature) == 1 ? OK
								      : refuse(s, t->to, t->name);
}

enum err bulk_send(struct bulk_server *s, struct bulk_table *t, const struct buf *row)
{
	return PQputCopyData(t->to, row->at, (int)row->len) == 1 ? OK : refuse(s, t->to, t->name);
}

static enum err end_table(struct bulk_server *s, struct bulk_table *t)
{
	static const char trailer[] = { '\377', '\377' };
	enum err e = OK;
	if (t->columns[0]) {
		if (PQputCopyData(t->to, trailer, sizeof trailer) != 1 ||
		    PQputCopyEnd(t->to, NULL) != 1)
			return refuse(s, t->to, t->name);
		for (PGresult *r; (r = PQgetResult(t->to)); PQclear(r))
			if (PQresultStatus(r) != PGRES_COMMAND_OK)
				e = refuse(s, t->to, t->name);
	}
	if (!e)
		e = run(s, t->to, "COMMIT");
	if (!e && t->id) {
		char sql[200];
		snprintf(sql, sizeof sql,
			 "SELECT setval(pg_get_serial_sequence('%s', 'id'), %" PRId64 ")", t->name,
			 t->next + 1);
		e = run(s, s->main, sql);
	}
	return e;
}

static enum err restore(struct bulk_server *s)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < s->restore.n; i++) {
		fprintf(stderr, "bench_million: %.*s\n", STR_ARG(s->restore.at[i]));
		e = run(s, s->main, str_z(s->a, s->restore.at[i]));
	}
	/* What came without FREEZE needs it to be read by indexes alone. */
	return e || (e = run(s, s->main, "VACUUM (ANALYZE)")) ? e : run(s, s->main, "CHECKPOINT");
}

enum err bulk_server_end(struct bulk_server *s)
{
	enum err e = OK;
	for (size_t i = 0; i < BULK_TABLES; i++) {
		struct bulk_table *t = &s->tables[i];
		if (!e && t->to)
			e = end_table(s, t);
		PQfinish(t->to);
	}
	if (!e)
		e = restore(s);
	PQfinish(s->main);
	return e;
}
