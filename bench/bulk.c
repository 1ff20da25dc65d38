#include "bench/bulk.h"

#include "bench/bulk_server.h"
#include "store/engine.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 32 };

/* A value of a row: a parameter, or a number that stands in the statement. */
struct bulk_value {
	int parameter; /* 0: the number */
	int64_t number;
};

struct bulk_statement {
	struct statement base;
	struct bulk *bulk;
	struct bulk_table *table;
	struct bulk_value values[COLUMNS];
	int n;
	bool gives_id, is_list, ran;
	int64_t id;
	struct db_value bound[DB_PARAMETERS];
};

struct above {
	int64_t unit, ancestor;
	char until[11];
};

enum { STATEMENTS = 16 };

struct bulk {
	struct engine engine; /* PostgreSQL's, with other statements */
	const struct engine *real;
	struct db *db;
	struct arena *a, *row_mem;
	struct bulk_server server;
	struct bulk_statement *statements[STATEMENTS];
	int statement_n;
	struct above *above; /* by unit */
	size_t above_n;
	int64_t changed;
};

/* One at a time: the functions of an engine know no more than the connection. */
static struct bulk *the;

/* --- Rows, in the binary form of COPY --- */

static void put_16(struct buf *b, int n)
{
	uint16_t v = htobe16((uint16_t)n);
	buf_put_bytes(b, &v, sizeof v);
}

static void put_32(struct buf *b, int64_t n)
{
	uint32_t v = htobe32((uint32_t)n);
	buf_put_bytes(b, &v, sizeof v);
}

static void put_number(struct buf *b, int64_t n)
{
	uint64_t v = htobe64((uint64_t)n);
	put_32(b, sizeof v);
	buf_put_bytes(b, &v, sizeof v);
}

static void put_bytes(struct buf *b, const char *at, size_t len)
{
	put_32(b, (int64_t)len);
	buf_put_bytes(b, at, len);
}

static void put_value(struct buf *b, const struct db_value *v)
{
	if (v->type == DB_NULL)
		put_32(b, -1);
	else if (v->type == DB_INT)
		put_number(b, v->n);
	else
		put_bytes(b, v->at, v->len);
}

/* --- Statements --- */

static struct bulk_table *find_table(struct bulk *b, const char *sql)
{
	static const char insert[] = "INSERT INTO ";
	if (strncmp(sql, insert, sizeof insert - 1) != 0)
		return NULL;
	sql += sizeof insert - 1;
	size_t n = strcspn(sql, " ");
	for (size_t i = 0; i < BULK_TABLES; i++)
		if (strlen(b->server.tables[i].name) == n &&
		    !strncmp(b->server.tables[i].name, sql, n))
			return &b->server.tables[i];
	return NULL;
}

/* The columns between the first parentheses, and what goes into them: "$3", "0", "CAST($4 AS BIGINT)". */
static _Noreturn void unknown(const char *sql)
{
	fprintf(stderr,
		"bench_million: a statement of a form that bench/bulk.c does not know: %s\n", sql);
	abort();
}

static void read_values(struct bulk_statement *s, const char *sql, const char *at)
{
	for (s->n = 0; s->n < COLUMNS; s->n++) {
		at += strspn(at, " (,CAST");
		bool parameter = *at == '$';
		char *end;
		long long n = strtoll(at + parameter, &end, 10);
		if (end == at + parameter)
			unknown(sql);
		s->values[s->n] = parameter ? (struct bulk_value){ .parameter = (int)n }
					    : (struct bulk_value){ .number = n };
		at = end + (strncmp(end, " AS BIGINT)", 11) ? 0 : 11);
		if (*at != ',') {
			s->n++;
			return;
		}
	}
}

static void read_insert(struct bulk_statement *s, const char *sql, char columns[600])
{
	const char *open = strchr(sql, '('), *close = strchr(open, ')');
	static const char given[] = "VALUES (", listed[] = "SELECT DISTINCT ancestor, ";
	const char *values = strstr(close, given);
	snprintf(columns, 600, "%s%.*s%s", s->table->id ? "id, " : "", (int)(close - open - 1),
		 open + 1, strcmp(s->table->name, "log_leaf") ? "" : ", idx");
	s->gives_id = strstr(close, "RETURNING id") != NULL;
	if (!values) {
		/* The one that lists a dossier beneath all that is above its unit. */
		values = strstr(close, listed);
		if (!values)
			unknown(sql);
		s->is_list = true;
	}
	read_values(s, sql, values + strlen(s->is_list ? listed : given));
}

static enum err bulk_prepare(struct db *db, const char *sql, struct statement **out)
{
	struct bulk *b = the;
	struct bulk_table *t = find_table(b, sql);
	if (!t)
		return b->real->prepare(db, sql, out);
	char columns[600];
	struct bulk_statement *s = NEW(b->a, struct bulk_statement);
	*s = (struct bulk_statement){ .bulk = b, .table = t };
	read_insert(s, sql, columns);
	for (int i = 0; i < DB_PARAMETERS; i++) {
		char name[8];
		snprintf(name, sizeof name, "$%d", i + 1);
		if (strstr(sql, name))
			s->base.parameters = i + 1;
	}
	if (b->statement_n == STATEMENTS)
		abort();
	b->statements[b->statement_n++] = s;
	*out = &s->base;
	if (!t->columns[0])
		return bulk_copy(&b->server, t, columns);
	if (strcmp(t->columns, columns) != 0)
		unknown(sql); /* another than the first of that table */
	return OK;
}

static struct bulk_statement *ours(struct statement *s)
{
	for (int i = 0; i < the->statement_n; i++)
		if (&the->statements[i]->base == s)
			return the->statements[i];
	return NULL;
}

static void bulk_finalize(struct statement *s)
{
	if (!ours(s))
		the->real->finalize(s);
}

static enum err bulk_bind(struct statement *base, int number, const struct db_value *v)
{
	struct bulk_statement *s = ours(base);
	if (!s)
		return the->real->bind(base, number, v);
	s->bound[number - 1] = *v;
	return OK;
}

static void put_values(struct buf *row, const struct bulk_statement *s)
{
	for (int i = 0; i < s->n; i++) {
		const struct bulk_value *v = &s->values[i];
		if (v->parameter)
			put_value(row, &s->bound[v->parameter - 1]);
		else
			put_number(row, v->number);
	}
}

static enum err send_row(struct bulk *b, struct bulk_table *t, const struct buf *row)
{
	b->changed = 1;
	return bulk_send(&b->server, t, row);
}

static enum err insert(struct bulk_statement *s)
{
	struct bulk *b = s->bulk;
	struct bulk_table *t = s->table;
	struct buf row = { .a = b->row_mem };
	bool indexed = !strcmp(t->name, "log_leaf");
	put_16(&row, s->n + t->id + indexed);
	if (t->id)
		put_number(&row, s->id = ++t->next);
	put_values(&row, s);
	if (indexed)
		put_number(&row,
			   t->next - 1); /* what waited has its place, so the rest is in order */
	return send_row(b, t, &row);
}

static int by_unit(const void *key, const void *at)
{
	int64_t unit = *(const int64_t *)key, is = ((const struct above *)at)->unit;
	return (unit > is) - (unit < is);
}

/* $5 the unit, $3 the day; the first column is the ancestor. */
static enum err insert_list(struct bulk_statement *s)
{
	struct bulk *b = s->bulk;
	int64_t unit = s->bound[4].n;
	const struct db_value *day = &s->bound[2];
	const struct above *at = bsearch(&unit, b->above, b->above_n, sizeof *at, by_unit);
	enum err e = at ? OK : ERR_NOT_FOUND;
	while (at && at > b->above && at[-1].unit == unit)
		at--;
	for (; !e && at < b->above + b->above_n && at->unit == unit; at++) {
		struct buf row = { .a = b->row_mem };
		if (memcmp(at->until, day->at, day->len) < 0)
			continue;
		put_16(&row, s->n + 1);
		put_number(&row, at->ancestor);
		put_values(&row, s);
		e = send_row(b, s->table, &row);
	}
	return e;
}

static enum err bulk_step(struct statement *base, bool *row)
{
	struct bulk_statement *s = ours(base);
	if (!s) {
		the->changed = 0;
		return the->real->step(base, row);
	}
	*row = false;
	if (s->ran)
		return OK;
	s->ran = true;
	arena_clear(s->bulk->row_mem);
	*row = s->gives_id;
	return s->is_list ? insert_list(s) : insert(s);
}

static void bulk_reset(struct statement *base)
{
	struct bulk_statement *s = ours(base);
	if (!s) {
		the->real->reset(base);
		return;
	}
	s->ran = false;
}

static int bulk_columns(struct statement *base)
{
	struct bulk_statement *s = ours(base);
	return s ? s->gives_id : the->real->columns(base);
}

static enum err bulk_column(struct statement *base, int i, struct db_value *out)
{
	struct bulk_statement *s = ours(base);
	if (!s)
		return the->real->column(base, i, out);
	*out = (struct db_value){ .type = DB_INT, .n = s->id };
	return OK;
}

static int64_t bulk_changes(struct db *db)
{
	return the->changed ? the->changed : the->real->changes(db);
}

/* --- What is searched --- */

static int by_word(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static void add_words(struct arena *a, struct strs *to, struct str text, char where)
{
	struct str word;
	while (str_next(&text, ' ', &word))
		if (word.len)
			to->at[to->n++] = str_printf(a, "%c%.*s", where, STR_ARG(word));
}

/* As postgres_search_put makes it; the server takes words in their order, each once. */
static void put_vector(struct arena *a, struct buf *row, struct str title, struct str body)
{
	struct strs words = { .at = NEW_N(a, struct str, title.len * 2 + body.len + 2) };
	struct buf v = { .a = a };
	size_t n = 0;
	add_words(a, &words, title, 't');
	add_words(a, &words, title, 'a');
	add_words(a, &words, body, 'a');
	if (words.n)
		qsort(words.at, words.n, sizeof *words.at, by_word);
	for (size_t i = 0; i < words.n; i++)
		if (!n || !str_eq(words.at[n - 1], words.at[i]))
			words.at[n++] = words.at[i];
	put_32(&v, (int64_t)n);
	for (size_t i = 0; i < n; i++) {
		buf_put(&v, words.at[i]);
		buf_putc(&v, '\0');
		put_16(&v, 0);
	}
	put_bytes(row, v.at, v.len);
}

static enum err bulk_search_put(struct tx *tx, int64_t id, struct str title, struct str body)
{
	struct bulk *b = the;
	struct bulk_table *t = &b->server.tables[BULK_TABLES - 1];
	struct buf row = { .a = tx->mem };
	enum err e = t->columns[0] ? OK : bulk_copy(&b->server, t, "id, title, body, words");
	struct str spaced[] = { str_printf(tx->mem, " %.*s ", STR_ARG(title)),
				str_printf(tx->mem, " %.*s ", STR_ARG(body)) };
	put_16(&row, 4);
	put_number(&row, id);
	put_bytes(&row, spaced[0].at, spaced[0].len);
	put_bytes(&row, spaced[1].at, spaced[1].len);
	put_vector(tx->mem, &row, title, body);
	return e ? e : send_row(b, t, &row);
}

/* --- Beginning and end --- */

static enum err read_above(struct bulk *b)
{
	PGresult *r;
	enum err e =
		bulk_ask(&b->server,
			 "SELECT unit, ancestor, max(valid_to) FROM unit_ancestor GROUP BY 1, 2"
			 " ORDER BY 1",
			 &r);
	if (e)
		return e;
	b->above_n = (size_t)PQntuples(r);
	b->above = NEW_N(b->a, struct above, b->above_n);
	for (int i = 0; i < PQntuples(r); i++) {
		struct above *x = &b->above[i];
		x->unit = strtoll(PQgetvalue(r, i, 0), NULL, 10);
		x->ancestor = strtoll(PQgetvalue(r, i, 1), NULL, 10);
		snprintf(x->until, sizeof x->until, "%s", PQgetvalue(r, i, 2));
	}
	PQclear(r);
	return OK;
}

static void divert(struct bulk *b)
{
	b->real = b->db->engine;
	b->engine = *b->real;
	b->engine.prepare = bulk_prepare;
	b->engine.finalize = bulk_finalize;
	b->engine.bind = bulk_bind;
	b->engine.step = bulk_step;
	b->engine.reset = bulk_reset;
	b->engine.columns = bulk_columns;
	b->engine.column = bulk_column;
	b->engine.changes = bulk_changes;
	b->engine.search_put = bulk_search_put;
	b->db->engine = &b->engine;
	the = b;
}

enum err bulk_begin(struct db *db, struct str where, struct arena *a, struct bulk **out,
		    struct str *why)
{
	struct bulk *b = NEW(a, struct bulk);
	const char *address = str_z(a, where);
	int64_t dossiers = 0, queued = 0;
	*out = b;
	*b = (struct bulk){ .db = db, .a = a, .row_mem = arena_new(0) };
	enum err e = bulk_server_open(&b->server, a, address);
	if (!e)
		e = bulk_number(&b->server, "SELECT count(*) FROM dossier", &dossiers);
	if (!e)
		e = bulk_number(&b->server,
				"SELECT count(*) FROM log_leaf WHERE idx IS DISTINCT FROM id - 1",
				&queued);
	if (!e && (dossiers || queued))
		e = ERR_CONFLICT;
	if (!e && !(e = read_above(b)))
		e = bulk_server_begin(&b->server, address);
	*why = str_of(b->server.why);
	if (!e)
		divert(b);
	return e;
}

enum err bulk_end(struct bulk *b, struct str *why)
{
	enum err e = bulk_server_end(&b->server);
	arena_free(b->row_mem);
	*why = str_of(b->server.why);
	return e;
}
