/* Every table of the schema is carried by an export, or known to be made again, or left behind
 * on purpose: a new table that its room or module does not describe (store/relation.h) fails
 * here. */
#include "tests/test_db.h"

#include "store/relation.h"
#include "web/module.h"

#include <string.h>

static const struct relation *find(struct str name)
{
	const struct relation *found = NULL;
	for (const struct relation *const *list = every_relation(test_arena()); *list; list++)
		for (const struct relation *r = *list; r->name; r++)
			if (str_eq(str_of(r->name), name)) {
				if (found)
					FAIL("%s is described twice", r->name);
				found = r;
			}
	return found;
}

/* The full-text index keeps tables of its own behind its name. */
static bool is_inside(struct str name)
{
	return str_starts(name, S("sqlite_")) || str_starts(name, S("search_index_"));
}

/* A table that an engine has for itself. */
static bool of_the_other_engine(const char *name)
{
	return !strcmp(name, test_on_postgres() ? "search_index" : "commit_mark");
}

static struct strs tables(struct tx *tx)
{
	struct strs all = { NEW_N(test_arena(), struct str, 500), 0 };
	struct query q =
		test_on_postgres()
			? db_query(tx, "SELECT tablename FROM pg_tables WHERE schemaname ="
				       " current_schema() ORDER BY tablename")
			: db_query(tx,
				   "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY"
				   " name");
	while (db_next(&q))
		all.at[all.n++] = col_str(&q, 0);
	CHECK_INT(q.err, OK);
	return all;
}

/* A code says at a glance of which kind a dossier is, to people and to who reads it over the telephone. */
TEST(no_two_kinds_share_a_name_an_address_or_the_letters_of_their_codes)
{
	const struct kind *const *all = every_kind(test_arena());
	for (size_t i = 0; all[i]; i++)
		for (size_t k = 0; k < i; k++)
			if (!strcmp(all[i]->name, all[k]->name) ||
			    !strcmp(all[i]->slug, all[k]->slug) ||
			    !strcmp(all[i]->code, all[k]->code))
				FAIL("%s and %s", all[k]->name, all[i]->name);
}

TEST(every_table_of_the_schema_is_described_once)
{
	struct strs all = tables(test_tx("2026-03-01T08:00"));
	CHECK(all.n > 20);
	for (size_t i = 0; i < all.n; i++)
		if (!is_inside(all.at[i]) && !find(all.at[i]))
			FAIL("the table %.*s is in no list of relations: add a row to the "
			     "relations.c of its room, or to its module's (store/relation.h)",
			     STR_ARG(all.at[i]));
}

TEST(every_description_is_of_a_table_that_is_there)
{
	struct strs all = tables(test_tx("2026-03-01T08:00"));
	for (const struct relation *const *list = every_relation(test_arena()); *list; list++)
		for (const struct relation *r = *list; r->name; r++) {
			bool there = false;
			for (size_t i = 0; i < all.n; i++)
				there |= str_eq(all.at[i], str_of(r->name));
			if (!there && !of_the_other_engine(r->name))
				FAIL("there is no table %s", r->name);
			if (r->use == RELATION_CARRIED ? !r->attributes : !r->why)
				FAIL("%s: attributes, or why it has none", r->name);
		}
}

struct column {
	struct str name, type;
	bool not_null;
	int64_t key;
};

static size_t columns(struct tx *tx, const char *table, struct column *out)
{
	size_t n = 0;
	struct query q =
		test_on_postgres()
			? db_query(tx,
				   "SELECT a.attname, CASE format_type(a.atttypid, NULL) WHEN"
				   " 'bigint' THEN 'BIGINT' WHEN 'text' THEN 'TEXT' WHEN"
				   " 'bytea' THEN 'BLOB' END, a.attnotnull, CASE WHEN a.attnum ="
				   " ANY (i.indkey) THEN 1 ELSE 0 END FROM pg_attribute a JOIN"
				   " pg_index i ON i.indrelid = a.attrelid AND i.indisprimary"
				   " WHERE a.attrelid = CAST($1 AS regclass) AND a.attnum > 0"
				   " ORDER BY a.attnum")
			: db_query(tx, "SELECT name, type, \"notnull\", pk FROM"
				       " pragma_table_info($1) ORDER BY cid");
	BIND(&q, str_of(table));
	for (; db_next(&q); n++)
		out[n] = (struct column){ col_str(&q, 0), col_str(&q, 1), col_bool(&q, 2),
					  col_int(&q, 3) };
	CHECK_INT(q.err, OK);
	return n;
}

static const struct attribute *attribute(const struct relation *r, struct str name)
{
	for (const struct attribute *a = r->attributes; a->type; a++)
		if (str_eq(str_of(a->name), name))
			return a;
	return NULL;
}

static bool same_type(enum attribute_type is, struct str column)
{
	switch (is) {
	case ATTRIBUTE_INT:
		return str_eq(column, S("BIGINT")) || str_eq(column, S("INTEGER"));
	case ATTRIBUTE_TEXT:
	case ATTRIBUTE_DATE:
		return str_eq(column, S("TEXT"));
	case ATTRIBUTE_BYTES:
	case ATTRIBUTE_PROSE:
		return str_eq(column, S("BLOB"));
	case ATTRIBUTE_END:
		break;
	}
	return false;
}

/* A relation with an INSERT of its own fills the columns that it does not carry. */
static void compare(const struct relation *r, const struct column *c, size_t n)
{
	size_t carried = 0, keys = 0;
	for (size_t i = 0; i < n; i++) {
		const struct attribute *a = attribute(r, c[i].name);
		bool key = c[i].key > 0, null = !c[i].not_null && !key;
		if (!a && r->insert)
			continue;
		if (!a)
			FAIL("%s.%.*s is not carried", r->name, STR_ARG(c[i].name));
		if (!same_type(a->type, c[i].type) || a->key != key || a->null != null)
			FAIL("%s.%s: its type, key or NULL is not the column's", r->name, a->name);
		carried++;
		keys += key;
	}
	size_t said = 0;
	for (const struct attribute *a = r->attributes; a->type; a++)
		said++;
	if (said != carried || !keys)
		FAIL("%s: an attribute is no column, or there is no key", r->name);
}

TEST(what_is_carried_is_every_column_with_its_type_and_key)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct column c[64];
	for (const struct relation *const *list = every_relation(test_arena()); *list; list++)
		for (const struct relation *r = *list; r->name; r++)
			if (r->use == RELATION_CARRIED)
				compare(r, c, columns(tx, r->name, c));
}

/* A table without rows is read whole by PostgreSQL, unless that is made to look dear: then what it
 * still does so has no index. */
static void prefer_indexes(struct tx *tx)
{
	static const char *const dear[] = { "SET LOCAL enable_seqscan = off",
					    "SET LOCAL enable_bitmapscan = off",
					    "SET LOCAL enable_sort = off" };
	for (size_t i = 0; test_on_postgres() && i < LENGTH(dear); i++) {
		struct query q = db_query_at(tx, dear[i]);
		CHECK_INT(db_exec(&q), OK);
	}
}

static void bind_first(struct query *q, enum attribute_type t)
{
	if (!test_on_postgres() || t == ATTRIBUTE_INT)
		db_bind_int(q, 1);
	else if (t == ATTRIBUTE_BYTES)
		db_bind_bytes(q, (struct bytes){ "", 0 });
	else
		db_bind_str(q, S(""));
}

static bool along_an_index(struct query *q)
{
	if (!test_on_postgres())
		return str_has(col_str(q, 3), S("SEARCH"));
	struct str line = col_str(q, 0);
	return !str_has(line, S("Seq Scan")) && !str_has(line, S("Sort"));
}

/* Keyset paging on an index, never a sort or a walk through what was read already. */
TEST(rows_are_read_along_the_key)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct relation_plan plan;
	prefer_indexes(tx);
	for (const struct relation *const *list = every_relation(test_arena()); *list; list++)
		for (const struct relation *r = *list; r->name; r++) {
			if (r->use != RELATION_CARRIED)
				continue;
			relation_plan(test_arena(), r, &plan);
			struct str sql =
				str_printf(test_arena(), "EXPLAIN %s%s",
					   test_on_postgres() ? "" : "QUERY PLAN ", plan.next);
			struct query q = db_query_at(tx, str_z(test_arena(), sql));
			db_bind_int(&q, 1);
			db_bind_int(&q, 1);
			for (int i = 0; i < plan.n; i++)
				if (r->attributes[i].key)
					bind_first(&q, r->attributes[i].type);
			while (db_next(&q))
				if (!along_an_index(&q))
					FAIL("%s: %.*s", r->name,
					     STR_ARG(col_str(&q, test_on_postgres() ? 0 : 3)));
			CHECK_INT(q.err, OK);
		}
}

/* --- Lines --- */

static bool is_small(struct arena *a, struct str s)
{
	(void)a;
	return str_eq(s, str_lower(test_arena(), s));
}

static const struct attribute things[] = {
	{ "id", ATTRIBUTE_INT, .key = true },
	{ "name", ATTRIBUTE_TEXT, .fits = is_small },
	{ "day", ATTRIBUTE_DATE, .null = true },
	{ "share", ATTRIBUTE_INT, .min = -1, .max = 1000 },
	{ "salt", ATTRIBUTE_BYTES, .null = true, .max = 4 },
	{ "body", ATTRIBUTE_PROSE, .null = true },
	{ 0 },
};
static const struct relation thing = { "thing", RELATION_CARRIED, things };

static struct relation_plan thing_plan(void)
{
	struct relation_plan p;
	relation_plan(test_arena(), &thing, &p);
	return p;
}

TEST(a_row_comes_back_as_it_went)
{
	struct relation_plan p = thing_plan();
	struct datum rows[][RELATION_ATTRIBUTES] = {
		{ { .n = INT64_MIN },
		  { .s = S("đình \"làng\"\n") },
		  { .s = S("2020-02-29") },
		  { .n = 1000 },
		  { .s = { "\0\xff", 2 } },
		  { .s = S("{\"a\":1}") } },
		{ { .n = 7 },
		  { .s = S("") },
		  { .null = true },
		  { .n = -1 },
		  { .null = true },
		  { .s = { "\xff\0", 2 } } },
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct buf line = { .a = test_arena() };
		struct datum back[RELATION_ATTRIBUTES];
		struct str why = S("");
		CHECK_INT(relation_line(&line, &p, rows[i], &why), OK);
		struct str text = str_cut(buf_str(&line), line.len - 1);
		CHECK(!memchr(text.at, '\n', text.len));
		if (relation_parse(test_arena(), &p, text, back, &why))
			FAIL("%.*s", STR_ARG(why));
		for (int k = 0; k < p.n; k++) {
			CHECK(rows[i][k].null == back[k].null);
			CHECK_INT(rows[i][k].n, back[k].n);
			CHECK_STR(str_some(rows[i][k].s), str_some(back[k].s));
		}
	}
}

TEST(what_an_older_program_did_not_say_is_nothing)
{
	static const struct attribute older[] = { { "id", ATTRIBUTE_INT, .key = true },
						  { "since", ATTRIBUTE_INT, .young = true },
						  { 0 } };
	static const struct relation grown = { "grown", RELATION_CARRIED, older };
	struct relation_plan p;
	struct datum back[RELATION_ATTRIBUTES] = { { .n = 5 }, { .n = 5, .null = true } };
	struct str why = S("");
	relation_plan(test_arena(), &grown, &p);
	CHECK_INT(relation_parse(test_arena(), &p, S("{\"id\":1}"), back, &why), OK);
	CHECK_INT(back[1].n, 0);
	CHECK(!back[1].null);
}

TEST(a_row_that_is_none_is_refused_and_told_why)
{
	static const struct {
		const char *line, *part;
	} cases[] = {
		{ "", "no JSON" },
		{ "[]", "an object" },
		{ "{", "no JSON" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"x\":1}", "x: this program knows no" },
		{ "{\"id\":1,\"share\":0}", "name: it is missing" },
		{ "{\"id\":1,\"name\":null,\"share\":0}", "name: it must not be empty" },
		{ "{\"id\":\"1\",\"name\":\"a\",\"share\":0}", "id: a number" },
		{ "{\"id\":1.5,\"name\":\"a\",\"share\":0}", "id: a number" },
		{ "{\"id\":1,\"name\":\"A\",\"share\":0}", "name: no such value" },
		{ "{\"id\":1,\"name\":7,\"share\":0}", "name: a text" },
		{ "{\"id\":1,\"name\":\"a\\u0000\",\"share\":0}", "no JSON" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":1001}", "share: the number" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":-2}", "share: the number" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"day\":\"2021-02-29\"}", "day: a day" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"salt\":\"AA\"}", "salt: Base64" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"salt\":\"AAAAAAA=\"}",
		  "salt: the text is" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"body\":{\"base64\":\"A\"}}",
		  "body: Base64" },
		{ "{\"id\":1,\"name\":\"a\",\"share\":0,\"body\":{\"hex\":\"00\"}}",
		  "body: Base64" },
		{ "{\"id\":1,\"id\":2,\"name\":\"a\",\"share\":0}", "no JSON" },
	};
	struct relation_plan p = thing_plan();
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct datum back[RELATION_ATTRIBUTES];
		struct str why = S("");
		enum err e = relation_parse(test_arena(), &p, str_of(cases[i].line), back, &why);
		if (e != ERR_INVALID || !str_has(why, str_of(cases[i].part)))
			FAIL("%s: %.*s", cases[i].line, STR_ARG(why));
	}
}
