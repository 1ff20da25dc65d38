/* The SQL is put together from descriptors, which are constants of the program, and once for each
 * relation; so its address is a key of the statement cache like that of a literal. */
#include "store/relation.h"

#include "base/encode.h"
#include "base/json.h"
#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { TEXT_MAX = 64 << 10 };

const struct relation store_relations[] = {
	{ "schema_migration", RELATION_DERIVED, .why = "the program makes its own schema" },
	{ "search_text", RELATION_DERIVED, .why = "dossiers" },
	{ "search_index", RELATION_DERIVED, .why = "dossiers" },
	{ "commit_mark", RELATION_LEFT, .why = "whether the last commit of a connection was kept" },
	{ 0 },
};

/* --- SQL --- */

static void put_names(struct buf *b, const struct relation_plan *p, bool keys)
{
	bool first = true;
	for (int i = 0; i < p->n; i++) {
		const struct attribute *at = &p->of->attributes[i];
		if (keys && !at->key)
			continue;
		buf_put(b, first ? S("") : S(", "));
		buf_put(b, str_of(at->name));
		first = false;
	}
}

static const char *select_sql(struct arena *a, const struct relation_plan *p, bool next)
{
	struct buf b = { .a = a };
	const char *word = " WHERE ";
	buf_put(&b, S("SELECT "));
	put_names(&b, p, false);
	buf_printf(&b, " FROM %s", p->of->name);
	if (next) {
		buf_printf(&b, "%s(", word);
		put_names(&b, p, true);
		buf_put(&b, S(") > ("));
		for (int i = 0; i < p->keys; i++)
			buf_printf(&b, "%s$%d", i ? ", " : "", i + 3);
		buf_putc(&b, ')');
		word = " AND ";
	}
	if (p->within >= 0)
		buf_printf(&b, "%s%s <= $1", word, p->of->attributes[p->within].name);
	buf_put(&b, S(" ORDER BY "));
	put_names(&b, p, true);
	buf_put(&b, S(" LIMIT $2"));
	return str_z(a, buf_str(&b));
}

static const char *insert_sql(struct arena *a, const struct relation_plan *p)
{
	struct buf b = { .a = a };
	if (p->of->insert)
		return p->of->insert;
	buf_printf(&b, "INSERT INTO %s (", p->of->name);
	put_names(&b, p, false);
	buf_put(&b, S(") VALUES ("));
	for (int i = 0; i < p->n; i++)
		buf_printf(&b, "%s$%d", i ? ", " : "", i + 1);
	buf_putc(&b, ')');
	return str_z(a, buf_str(&b));
}

void relation_plan(struct arena *a, const struct relation *r, struct relation_plan *out)
{
	struct relation_plan p = { .of = r, .within = -1, .later = -1 };
	const char *key = "";
	for (; r->attributes[p.n].type; p.n++) {
		const struct attribute *at = &r->attributes[p.n];
		assert(p.n < RELATION_ATTRIBUTES);
		if (at->key) {
			key = at->name;
			p.keys++;
		}
		if (at->within)
			p.within = p.n;
		if (at->later)
			p.later = p.n;
	}
	assert(p.keys >= 1 && p.keys <= RELATION_KEYS);
	p.first = select_sql(a, &p, false);
	p.next = select_sql(a, &p, true);
	p.insert = insert_sql(a, &p);
	p.greatest = str_z(a, str_printf(a, "SELECT COALESCE(MAX(%s), 0) FROM %s", key, r->name));
	if (p.later >= 0)
		p.late = str_z(a, str_printf(a, "UPDATE %s SET %s = $2 WHERE %s = $1", r->name,
					     r->attributes[p.later].name, key));
	*out = p;
}

/* --- Rows --- */

static bool is_bytes(enum attribute_type t)
{
	return t == ATTRIBUTE_BYTES || t == ATTRIBUTE_PROSE;
}

static void bind_datum(struct query *q, enum attribute_type t, const struct datum *d)
{
	if (d->null)
		db_bind_str(q, (struct str){ NULL, 0 });
	else if (t == ATTRIBUTE_INT)
		db_bind_int(q, d->n);
	else if (is_bytes(t))
		db_bind_bytes(q, (struct bytes){ d->s.at ? d->s.at : "", d->s.len });
	else
		db_bind_str(q, str_some(d->s));
}

static struct datum column_datum(struct query *q, enum attribute_type t, int i)
{
	struct datum d = { .null = col_is_null(q, i) };
	struct bytes b;
	if (d.null)
		return d;
	if (t == ATTRIBUTE_INT) {
		d.n = col_int(q, i);
	} else if (is_bytes(t)) {
		b = col_bytes(q, i);
		d.s = (struct str){ b.at, b.len };
	} else {
		d.s = col_str(q, i);
	}
	return d;
}

enum err relation_greatest(struct tx *tx, const struct relation_plan *p, int64_t *out)
{
	struct query q = db_query_at(tx, p->greatest);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	return e;
}

enum err relation_count_on(struct tx *tx, const struct relation_plan *p)
{
	const struct attribute *at = p->of->attributes;
	int64_t greatest;
	if (p->keys != 1 || !at[0].key || at[0].type != ATTRIBUTE_INT)
		return OK;
	enum err e = relation_greatest(tx, p, &greatest);
	return e ? e : db_count_on(tx, p->of->name, at[0].name, greatest);
}

/* Parameters stand in the order of their numbers: the bound, the limit, the keys. */
static void bind_walk(struct query *q, const struct relation_walk *w, int64_t limit)
{
	const struct relation_plan *p = w->plan;
	db_bind_int(q, w->bound);
	db_bind_int(q, limit);
	for (int i = 0, k = 0; w->begun && i < p->n; i++)
		if (p->of->attributes[i].key)
			bind_datum(q, p->of->attributes[i].type, &w->after[k++]);
}

static void keep_key(struct relation_walk *w, const struct datum *data)
{
	const struct relation_plan *p = w->plan;
	arena_clear(w->keep);
	for (int i = 0, k = 0; i < p->n; i++)
		if (p->of->attributes[i].key) {
			w->after[k] = data[i];
			w->after[k++].s = str_dup(w->keep, str_some(data[i].s));
		}
}

enum err relation_read(struct tx *tx, struct relation_walk *w, int64_t limit)
{
	const struct relation_plan *p = w->plan;
	struct datum data[RELATION_ATTRIBUTES];
	bool enough = false;
	int64_t n = 0;
	enum err e = OK;
	struct query q = db_query_at(tx, w->begun ? p->next : p->first);
	bind_walk(&q, w, limit);
	for (; !e && !enough && db_next(&q); n++) {
		for (int i = 0; i < p->n; i++)
			data[i] = column_datum(&q, p->of->attributes[i].type, i);
		if (!(e = q.err))
			e = w->row(w->of, data, &enough);
	}
	db_end(&q);
	if (!e && !(e = q.err) && n)
		keep_key(w, data);
	w->begun |= n > 0;
	w->more = enough || n == limit;
	return e;
}

enum err relation_insert(struct tx *tx, const struct relation_plan *p, const struct datum *data)
{
	static const struct datum nothing = { .null = true };
	struct query q = db_query_at(tx, p->insert);
	for (int i = 0; i < p->n; i++)
		bind_datum(&q, p->of->attributes[i].type, i == p->later ? &nothing : &data[i]);
	return db_exec(&q);
}

enum err relation_set_later(struct tx *tx, const struct relation_plan *p, int64_t key,
			    int64_t value)
{
	struct query q = db_query_at(tx, p->late);
	BIND(&q, key, value);
	return db_exec(&q);
}

/* --- Lines --- */

static bool is_text(struct str s)
{
	return utf8_valid(s);
}

static void put_base64(struct buf *b, struct str s)
{
	buf_putc(b, '"');
	buf_put_base64(b, s.at, s.len);
	buf_putc(b, '"');
}

static bool put_datum(struct buf *b, const struct attribute *at, const struct datum *d)
{
	json_key(b, at->name);
	if (d->null) {
		buf_put(b, S("null"));
	} else if (at->type == ATTRIBUTE_INT) {
		buf_put_int(b, d->n);
	} else if (at->type == ATTRIBUTE_BYTES) {
		put_base64(b, d->s);
	} else if (is_text(d->s)) {
		json_str(b, d->s);
	} else if (at->type == ATTRIBUTE_PROSE) {
		buf_put(b, S("{\"base64\":"));
		put_base64(b, d->s);
		buf_putc(b, '}');
	} else {
		return false;
	}
	return true;
}

enum err relation_line(struct buf *out, const struct relation_plan *p, const struct datum *data,
		       struct str *why)
{
	size_t before = out->len;
	buf_putc(out, '{');
	for (int i = 0; i < p->n; i++)
		if (!put_datum(out, &p->of->attributes[i], &data[i])) {
			*why = str_printf(out->a, "%s.%s: a text that is no UTF-8", p->of->name,
					  p->of->attributes[i].name);
			return ERR_CORRUPT;
		}
	buf_put(out, S("}\n"));
	if (out->len - before <= RELATION_LINE_MAX)
		return OK;
	*why = str_printf(out->a, "%s: a row of %zu bytes is too long for an export", p->of->name,
			  out->len - before);
	return ERR_CORRUPT;
}

/* What is wrong with a value, or NULL. */
static const char *read_int(const struct attribute *at, const struct json *j, struct datum *out)
{
	if (j->kind != J_INT)
		return "a number is wanted";
	out->n = j->n;
	bool bounded = at->min || at->max;
	return bounded && (j->n < at->min || j->n > at->max) ? "the number is out of its bounds"
							     : NULL;
}

static const char *read_base64(struct arena *a, const struct json *j, struct datum *out)
{
	return j->kind == J_STR && base64_decode(a, j->s, &out->s) ? NULL : "Base64 is wanted";
}

static const char *read_text(struct arena *a, const struct attribute *at, const struct json *j,
			     struct datum *out)
{
	struct date day;
	if (j->kind != J_STR)
		return "a text is wanted";
	out->s = j->s;
	if (!is_text(j->s))
		return "the text holds a zero byte";
	if (at->type == ATTRIBUTE_DATE && !date_parse(j->s, &day))
		return "a day is wanted, as 2026-11-25";
	return at->fits && !at->fits(a, j->s) ? "no such value is known" : NULL;
}

static const char *read_datum(struct arena *a, const struct attribute *at, const struct json *j,
			      struct datum *out)
{
	int64_t most = at->max && at->type != ATTRIBUTE_INT ? at->max : TEXT_MAX;
	const char *wrong = NULL;
	*out = (struct datum){ .s = S("") };
	if (j->kind == J_NULL) {
		out->null = true;
		return at->null ? NULL : "it must not be empty";
	}
	if (at->type == ATTRIBUTE_INT)
		return read_int(at, j, out);
	if (at->type == ATTRIBUTE_BYTES)
		wrong = read_base64(a, j, out);
	else if (at->type == ATTRIBUTE_PROSE && j->kind == J_OBJECT)
		wrong = j->count == 1 ? read_base64(a, json_get(j, "base64"), out)
				      : "Base64 is wanted";
	else
		wrong = read_text(a, at, j, out);
	return wrong ? wrong : (int64_t)out->s.len > most ? "the text is too long" : NULL;
}

static enum err refuse(struct arena *a, struct str *why, const char *name, const char *wrong)
{
	*why = str_printf(a, "%s: %s", name, wrong);
	return ERR_INVALID;
}

static int find_attribute(const struct relation_plan *p, struct str name)
{
	for (int i = 0; i < p->n; i++)
		if (str_eq(str_of(p->of->attributes[i].name), name))
			return i;
	return -1;
}

enum err relation_parse(struct arena *a, const struct relation_plan *p, struct str line,
			struct datum data[RELATION_ATTRIBUTES], struct str *why)
{
	struct json j;
	struct str reason;
	bool seen[RELATION_ATTRIBUTES] = { false };
	if (!json_parse(a, line, &j, &reason))
		return refuse(a, why, "no JSON", str_z(a, reason));
	if (j.kind != J_OBJECT)
		return refuse(a, why, "no row", "an object is wanted");
	for (size_t m = 0; m < j.count; m++) {
		int i = find_attribute(p, j.members[m].key);
		if (i < 0)
			return refuse(a, why, str_z(a, utf8_ellipsis(a, j.members[m].key, 40)),
				      "this program knows no such member; use a newer one");
		const char *wrong =
			read_datum(a, &p->of->attributes[i], &j.members[m].value, &data[i]);
		if (wrong)
			return refuse(a, why, p->of->attributes[i].name, wrong);
		seen[i] = true;
	}
	for (int i = 0; i < p->n; i++) {
		const struct attribute *of = &p->of->attributes[i];
		if (!seen[i] && !of->null && !of->young)
			return refuse(a, why, of->name, "it is missing");
		if (!seen[i])
			data[i] = (struct datum){ .null = !of->young };
	}
	return OK;
}
