/* The SQL is put together from the catalogue, once for each table of a connection; its address is a key
 * of the statement cache like that of a literal. */
#include "store/table.h"

#include "store/engine.h"

#include <string.h>

enum { NOTHING = -1 };

/* --- The catalogue --- */

static bool type_of(struct str said, enum attribute_type *out)
{
	static const struct {
		const char *said;
		enum attribute_type type;
	} types[] = {
		{ "BIGINT", ATTRIBUTE_INT },  { "INTEGER", ATTRIBUTE_INT },
		{ "bigint", ATTRIBUTE_INT },  { "TEXT", ATTRIBUTE_TEXT },
		{ "text", ATTRIBUTE_TEXT },   { "BLOB", ATTRIBUTE_BYTES },
		{ "bytea", ATTRIBUTE_BYTES },
	};
	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_eq(said, str_of(types[i].said))) {
			*out = types[i].type;
			return true;
		}
	return false;
}

static bool is_engines(struct str name)
{
	return str_starts(name, S("sqlite_")) || str_starts(name, S("search_")) ||
	       str_eq(name, S("commit_mark"));
}

static const struct relation *find_relation(const struct relation *const *relations,
					    struct str name)
{
	for (; *relations; relations++)
		for (const struct relation *r = *relations; r->name; r++)
			if (str_eq(str_of(r->name), name))
				return r;
	return NULL;
}

/* All columns, as the engine has them. */
static enum err read_catalogue(struct tx *tx, struct arena *a, struct tables *all)
{
	struct table *t = NULL;
	struct query q = db_query_at(tx, tx->db->engine->catalogue);
	while (db_next(&q)) {
		struct str name = col_str(&q, 0);
		struct table_column c = { .key = (int)col_int(&q, 3) };
		if (is_engines(name))
			continue;
		if (!t || !str_eq(str_of(t->name), name)) {
			if (all->n == TABLES)
				break;
			t = &all->at[all->n++];
			*t = (struct table){ .name = str_z(a, name), .later = NOTHING };
		}
		c.name = str_z(a, col_str(&q, 1));
		if (t->n == TABLE_COLUMNS || !type_of(col_str(&q, 2), &c.type)) {
			db_end(&q);
			return tx_fail(tx, ERR_CORRUPT, "%s.%s: a column of no type we store",
				       t->name, c.name);
		}
		t->keys += c.key > 0;
		t->columns[t->n++] = c;
	}
	db_end(&q);
	return q.err;
}

/* The key first, in its order; then the others in the order of their names, which is that of no engine. */
static bool stands_before(const struct table_column *a, const struct table_column *b)
{
	if (a->key && b->key)
		return a->key < b->key;
	return a->key || b->key ? a->key > b->key : strcmp(a->name, b->name) < 0;
}

static void sort_columns(struct table *t)
{
	for (int i = 1; i < t->n; i++)
		for (int k = i; k && stands_before(&t->columns[k], &t->columns[k - 1]); k--) {
			struct table_column c = t->columns[k];
			t->columns[k] = t->columns[k - 1];
			t->columns[k - 1] = c;
		}
}

static void find_later(struct table *t, const struct relation *r)
{
	for (const struct attribute *at = r->attributes; at && at->type; at++)
		for (int i = 0; at->later && i < t->n; i++)
			if (!strcmp(at->name, t->columns[i].name))
				t->later = i;
}

/* --- SQL --- */

static void put_names(struct buf *b, const struct table *t, int from, int n)
{
	for (int i = from; i < from + n; i++)
		buf_printf(b, "%s%s", i > from ? ", " : "", t->columns[i].name);
}

static void put_numbers(struct buf *b, int from, int n)
{
	for (int i = from; i < from + n; i++)
		buf_printf(b, "%s$%d", i > from ? ", " : "", i);
}

static const char *select_sql(struct arena *a, const struct engine *engine, const struct table *t,
			      bool next)
{
	struct buf b = { .a = a };
	if (t->search) {
		buf_put(&b, str_of(engine->search_texts));
	} else {
		buf_put(&b, S("SELECT "));
		put_names(&b, t, 0, t->n);
		buf_printf(&b, " FROM %s", t->name);
	}
	if (next) {
		buf_put(&b, S(" WHERE ("));
		put_names(&b, t, 0, t->keys);
		buf_put(&b, S(") > ("));
		put_numbers(&b, 2, t->keys);
		buf_putc(&b, ')');
	}
	buf_put(&b, S(" ORDER BY "));
	put_names(&b, t, 0, t->keys);
	buf_put(&b, S(" LIMIT $1"));
	return str_z(a, buf_str(&b));
}

static const char *insert_sql(struct arena *a, const struct table *t, bool load)
{
	struct buf b = { .a = a };
	buf_printf(&b, "%s %s (", load ? "COPY" : "INSERT INTO", t->name);
	put_names(&b, t, 0, t->n);
	if (load) {
		buf_put(&b, S(") FROM STDIN (FORMAT binary)"));
	} else {
		buf_put(&b, S(") VALUES ("));
		put_numbers(&b, 1, t->n);
		buf_putc(&b, ')');
	}
	return str_z(a, buf_str(&b));
}

static void write_sql(struct arena *a, const struct engine *engine, struct table *t)
{
	const char *key = t->columns[0].name;
	t->first = select_sql(a, engine, t, false);
	t->next = select_sql(a, engine, t, true);
	t->insert = insert_sql(a, t, false);
	t->load = insert_sql(a, t, true);
	t->some = str_z(a, str_printf(a, "SELECT EXISTS (SELECT 1 FROM %s)", t->name));
	t->greatest = str_z(a, str_printf(a, "SELECT COALESCE(MAX(%s), 0) FROM %s", key, t->name));
	if (t->later >= 0)
		t->late = str_z(a, str_printf(a, "UPDATE %s SET %s = $2 WHERE %s = $1", t->name,
					      t->columns[t->later].name, key));
}

/* The index itself is made by the engine. */
static const struct table search_texts = {
	.name = "search_text",
	.n = 3,
	.keys = 1,
	.columns = { { "id", ATTRIBUTE_INT, 1 },
		     { "title", ATTRIBUTE_TEXT, 0 },
		     { "body", ATTRIBUTE_TEXT, 0 } },
	.search = true,
	.later = NOTHING,
};

static enum err arrange(struct tx *tx, struct table *t, const struct relation *const *relations)
{
	const struct relation *r = find_relation(relations, str_of(t->name));
	if (!r)
		return tx_fail(tx, ERR_CORRUPT, "the table %s is in no list of relations", t->name);
	if (!t->keys || t->keys > RELATION_KEYS)
		return tx_fail(tx, ERR_CORRUPT, "the table %s has no primary key", t->name);
	sort_columns(t);
	find_later(t, r);
	t->counted = t->keys == 1 && t->columns[0].type == ATTRIBUTE_INT;
	return OK;
}

static struct table *find_table(struct tables *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->at[i].name, name))
			return &all->at[i];
	return NULL;
}

enum err tables_read(struct tx *tx, struct arena *a, const struct relation *const *relations,
		     const char *last, struct tables *out)
{
	struct tables *all = NEW(a, struct tables);
	enum err e = read_catalogue(tx, a, all);
	for (size_t i = 0; !e && i < all->n; i++)
		e = arrange(tx, &all->at[i], relations);
	if (e)
		return e;
	out->n = 0;
	for (const struct relation *const *list = relations; *list; list++)
		for (const struct relation *r = *list; r->name; r++) {
			struct table *t = find_table(all, r->name);
			if (t && strcmp(t->name, last) != 0)
				out->at[out->n++] = *t;
		}
	out->at[out->n++] = search_texts;
	if (find_table(all, last))
		out->at[out->n++] = *find_table(all, last);
	for (size_t i = 0; i < out->n; i++)
		write_sql(a, tx->db->engine, &out->at[i]);
	return OK;
}

bool table_same(const struct table *a, const struct table *b)
{
	bool same = a->n == b->n && !strcmp(a->name, b->name);
	for (int i = 0; same && i < a->n; i++)
		same = !strcmp(a->columns[i].name, b->columns[i].name) &&
		       a->columns[i].type == b->columns[i].type &&
		       a->columns[i].key == b->columns[i].key;
	return same;
}

enum err table_is_empty(struct tx *tx, const struct table *t, bool *out)
{
	struct query q = db_query_at(tx, t->some);
	enum err e = db_one(&q);
	if (!e)
		*out = !col_bool(&q, 0);
	return e;
}
