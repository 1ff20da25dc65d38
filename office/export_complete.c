/* Row by row, by the descriptors of the rooms. Tables that change in place and belong together
 * are read in the transaction that fixes the act; of the others nothing beyond that moment is
 * taken, so that each row finds what it refers to. */
#include "office/export.h"

#include "office/file.h"

#include <string.h>

enum { RELATIONS = 100, CHUNK_ROWS = 1000, CHUNK_FILES = 200 };

struct complete {
	struct parts *p;
	struct arena *mem, *rows, *keep; /* of everything; of a transaction; of a walk's last key */
	struct relation_plan plans[RELATIONS];
	int64_t greatest[RELATIONS]; /* of those with one number for a key */
	struct str once[RELATIONS];  /* the lines of what was read at once */
	size_t n, at;                /* how many; the one at hand */
	struct buf *lines;
	struct buf hashes; /* of files to be copied */
};

static int find(const struct complete *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(str_of(c->plans[i].of->name), str_of(name)))
			return (int)i;
	return -1;
}

static void plan_all(struct complete *c)
{
	for (const struct relation *const *list = c->p->setup->relations; *list; list++)
		for (const struct relation *r = *list; r->name && c->n < RELATIONS; r++)
			if (r->use == RELATION_CARRIED)
				relation_plan(c->mem, r, &c->plans[c->n++]);
}

static int64_t bound_of(const struct complete *c, const char *relation)
{
	int i = relation ? find(c, relation) : -1;
	return i < 0 ? 0 : c->greatest[i];
}

/* --- Rows --- */

static enum err is_settled(struct complete *c, const struct datum *data)
{
	const struct relation_plan *plan = &c->plans[c->at];
	for (int i = 0; i < plan->n; i++) {
		const struct attribute *a = &plan->of->attributes[i];
		if (!a->settled || data[i].null || data[i].n <= bound_of(c, a->settled))
			continue;
		*c->p->why = str_printf(c->mem,
					"%s: a row was changed by a later act while the site was "
					"exported; begin again",
					plan->of->name);
		return ERR_BUSY;
	}
	return OK;
}

static enum err put_row(void *of, const struct datum *data, bool *enough)
{
	struct complete *c = of;
	enum err e = is_settled(c, data);
	if (e || (e = relation_line(c->lines, &c->plans[c->at], data, c->p->why)))
		return e;
	if (c->lines == &c->p->lines) {
		parts_line(c->p);
		*enough = parts_full(c->p);
	}
	return OK;
}

/* A relation without a bound has none to be greater than. */
static struct relation_walk walk_of(struct complete *c, size_t i)
{
	const struct relation_plan *plan = &c->plans[i];
	const char *within = plan->within < 0 ? NULL : plan->of->attributes[plan->within].within;
	c->at = i;
	return (struct relation_walk){
		.plan = plan, .bound = bound_of(c, within), .keep = c->keep, .row = put_row, .of = c
	};
}

/* --- The moment --- */

static enum err read_once(struct complete *c, struct tx *tx, size_t i)
{
	struct relation_walk walk = walk_of(c, i);
	struct buf lines = { .a = c->mem };
	enum err e = OK;
	c->lines = &lines;
	for (walk.more = true; !e && walk.more; arena_clear(c->rows))
		e = relation_read(tx, &walk, CHUNK_ROWS);
	c->once[i] = buf_str(&lines);
	return e;
}

static enum err fix(struct complete *c, struct tx *tx, struct export_moment *m)
{
	enum err e = export_moment(tx, c->mem, m);
	for (size_t i = 0; !e && i < c->n; i++) {
		const struct relation_plan *plan = &c->plans[i];
		if (plan->keys == 1 && plan->of->attributes[0].type == ATTRIBUTE_INT)
			e = relation_greatest(tx, plan, &c->greatest[i]);
	}
	for (size_t i = 0; !e && i < c->n; i++)
		if (c->plans[i].of->at_once)
			e = read_once(c, tx, i);
	return e;
}

/* --- Out --- */

static enum err put_once(struct complete *c, size_t i)
{
	struct str rest = c->once[i];
	enum err e = OK;
	while (!e && rest.len) {
		const char *end = memchr(rest.at, '\n', rest.len);
		size_t n = end ? (size_t)(end - rest.at) + 1 : rest.len;
		buf_put(&c->p->lines, str_cut(rest, n));
		rest = str_from(rest, n);
		parts_line(c->p);
		if (parts_full(c->p))
			e = parts_flush(c->p);
	}
	return e;
}

static enum err put_walk(struct complete *c, size_t i)
{
	struct relation_walk walk = walk_of(c, i);
	struct tx tx;
	enum err e = OK;
	c->lines = &c->p->lines;
	for (walk.more = true; !e && walk.more; arena_clear(c->rows)) {
		if ((e = export_begin(c->p->setup, &tx, c->rows, c->p->why)))
			break;
		e = export_end(&tx, relation_read(&tx, &walk, CHUNK_ROWS), c->mem, c->p->why);
		if (!e && (parts_full(c->p) || !walk.more))
			e = parts_flush(c->p);
	}
	return e;
}

static enum err put_relation(struct complete *c, size_t i)
{
	parts_begin(c->p, c->plans[i].of->name);
	enum err e = c->plans[i].of->at_once ? put_once(c, i) : put_walk(c, i);
	return e ? e : parts_end(c->p);
}

/* --- Files --- */

static enum err keep_hash(void *of, const struct datum *data, bool *enough)
{
	struct complete *c = of;
	(void)enough;
	buf_put(&c->hashes, data[0].s);
	return OK;
}

/* Swept away since: nobody uses it, and whoever imports the row without bytes drops it. */
static enum err is_gone(struct complete *c, struct str sha256, bool *gone)
{
	struct tx tx;
	struct str unused = S("");
	enum err e = export_begin(c->p->setup, &tx, c->rows, c->p->why);
	if (e)
		return e;
	struct query q = db_query(&tx, "SELECT 1 FROM file WHERE sha256 = $1");
	BIND(&q, sha256);
	e = db_one(&q);
	*gone = e == ERR_NOT_FOUND;
	return export_end(&tx, *gone ? OK : e, c->mem, &unused);
}

static enum err put_files_of(struct complete *c, struct export_result *out)
{
	enum { DIGITS = 2 * sizeof(struct hash) };
	struct str rest = buf_str(&c->hashes);
	enum err e = OK;
	for (; !e && rest.len >= DIGITS; rest = str_from(rest, DIGITS)) {
		bool gone = false;
		e = export_file(c->p, str_cut(rest, DIGITS), out);
		if (e == ERR_NOT_FOUND && !is_gone(c, str_cut(rest, DIGITS), &gone))
			e = gone ? OK : ERR_CORRUPT;
	}
	return e;
}

static enum err put_files(struct complete *c, struct export_result *out)
{
	int i = find(c, "file");
	struct tx tx;
	enum err e = OK;
	if (i < 0)
		return OK;
	struct relation_walk walk = walk_of(c, (size_t)i);
	struct arena *mem = arena_new(0);
	walk.row = keep_hash;
	for (walk.more = true; !e && walk.more; arena_clear(mem)) {
		c->hashes = (struct buf){ .a = mem };
		if ((e = export_begin(c->p->setup, &tx, c->rows, c->p->why)))
			break;
		e = export_end(&tx, relation_read(&tx, &walk, CHUNK_FILES), c->mem, c->p->why);
		arena_clear(c->rows);
		if (!e)
			e = put_files_of(c, out);
	}
	arena_free(mem);
	return e;
}

enum err export_complete_rows(struct parts *p, struct export_moment *m, struct export_result *out)
{
	struct complete *c = NEW(p->mem, struct complete);
	struct tx tx;
	*c = (struct complete){ .p = p, .mem = p->mem, .rows = arena_new(0), .keep = arena_new(0) };
	plan_all(c);
	enum err e = export_begin(p->setup, &tx, c->rows, p->why);
	if (!e)
		e = export_end(&tx, fix(c, &tx, m), c->mem, p->why);
	arena_clear(c->rows);
	if (!e)
		e = export_about(p, m);
	for (size_t i = 0; !e && i < c->n; i++)
		e = put_relation(c, i);
	if (!e)
		e = put_files(c, out);
	arena_free(c->rows);
	arena_free(c->keep);
	return e;
}
