#include "office/copy.h"

#include "office/copy_mark.h"
#include "store/migrate.h"
#include "store/table.h"

#include <string.h>

/* A block is a transaction. */
enum { BLOCK_ROWS = 20000, BLOCK_BYTES = 4 << 20, MARK = 16 };

struct copying {
	const struct copy_setup *setup;
	struct copy_result *out;
	struct arena *mem;         /* of the whole copy: SQL lives here */
	struct arena *rows;        /* of the block at hand */
	struct arena *here, *keys; /* of the source's reader, cleared block by block; of a walk */
	struct tx from, to;
	struct tables source, target;
	int64_t block;
	struct str *why;
};

enum err copy_is_blank(struct tx *tx, bool *out)
{
	struct query ran = db_query(tx, "SELECT 1 FROM schema_migration WHERE name = $1");
	BIND(&ran, S("office/0001-units"));
	enum err e = db_one(&ran);
	*out = e == ERR_NOT_FOUND;
	if (e)
		return *out ? OK : e;
	struct query q = db_query(tx, "SELECT EXISTS (SELECT 1 FROM site)");
	if (!(e = db_one(&q)))
		*out = !col_bool(&q, 0);
	return e;
}

/* --- Transactions of both sides --- */

static enum err begin(struct copying *c, struct tx *tx, struct db *db, enum db_mode mode,
		      struct arena *mem)
{
	*tx = c->setup->as;
	tx->mem = mem;
	enum err e = tx_begin(tx, db, mode);
	if (e)
		*c->why = str_dup(c->mem, str_of(tx->why));
	else
		tx_quiet(tx);
	return e;
}

static enum err end(struct copying *c, struct tx *tx, enum err e)
{
	if ((e = tx_end(tx, e)) && !c->why->len)
		*c->why = str_dup(c->mem, tx->why[0] ? str_of(tx->why) : str_of(err_name(e)));
	return e;
}

static enum err begin_both(struct copying *c)
{
	enum err e = begin(c, &c->from, c->setup->from, DB_READ, c->here);
	if (e)
		return e;
	if ((e = begin(c, &c->to, c->setup->to, DB_READ, c->rows)))
		return end(c, &c->from, e);
	return OK;
}

static enum err end_both(struct copying *c, enum err e)
{
	e = end(c, &c->to, e);
	e = end(c, &c->from, e);
	arena_clear(c->rows);
	arena_clear(c->here);
	return e;
}

static enum err refuse(struct copying *c, struct str sentence)
{
	*c->why = str_dup(c->mem, sentence);
	return ERR_CONFLICT;
}

/* --- May these two be copied? --- */

static bool is_skipped(const struct table *t)
{
	return !strcmp(t->name, "schema_migration") || !strcmp(t->name, "copy_progress");
}

static enum err compare_schemas(struct copying *c)
{
	bool same;
	struct str story = S("");
	enum err e = migrate_same(&c->from, &c->to, &same, &story);
	if (e || !same)
		return e ? e : refuse(c, story);
	if ((e = tables_read(&c->from, c->mem, c->setup->relations, "site", &c->source)) ||
	    (e = tables_read(&c->to, c->mem, c->setup->relations, "site", &c->target)))
		return e;
	same = c->source.n == c->target.n;
	for (size_t i = 0; same && i < c->source.n; i++)
		same = table_same(&c->source.at[i], &c->target.at[i]);
	return same ? OK : refuse(c, S("the two databases have not the same tables"));
}

static enum err has_no_rows(struct copying *c, bool *out)
{
	*out = true;
	for (size_t i = 0; *out && i < c->target.n; i++) {
		const struct table *t = &c->target.at[i];
		enum err e = is_skipped(t) ? OK : table_is_empty(&c->to, t, out);
		if (e)
			return e;
	}
	return OK;
}

static enum err look_at_marks(struct copying *c, struct str *source, struct str *target)
{
	struct copy_marks from, to;
	bool empty;
	enum err e;
	if ((e = copy_marks_read(&c->from, c->mem, &from)) ||
	    (e = copy_marks_read(&c->to, c->mem, &to)) || (e = has_no_rows(c, &empty)))
		return e;
	struct str no = copy_objection(&from, &to, empty);
	*source = from.source;
	*target = to.target;
	return no.len ? refuse(c, no) : OK;
}

static enum err check(struct copying *c, struct str *mark_source, struct str *mark_target)
{
	enum err e = begin_both(c);
	if (e)
		return e;
	if (!(e = compare_schemas(c)))
		e = look_at_marks(c, mark_source, mark_target);
	return end_both(c, e);
}

static enum err mark_in(struct copying *c, struct db *db,
			enum err (*put)(struct tx *tx, struct str mark), struct str mark)
{
	struct tx tx;
	enum err e = begin(c, &tx, db, DB_WRITE, c->rows);
	if (e)
		return e;
	e = end(c, &tx, put(&tx, mark));
	arena_clear(c->rows);
	return e;
}

/* The target first: a mark without rows can be given to any source. */
static enum err close_source(struct copying *c, struct str source, struct str target)
{
	enum err e = OK;
	char bytes[MARK];
	if (!target.len) {
		rng_bytes(c->setup->as.rng, bytes, sizeof bytes);
		target = str_dup(c->mem, (struct str){ bytes, sizeof bytes });
		e = mark_in(c, c->setup->to, copy_mark_target, target);
	}
	if (!e && !source.len)
		e = mark_in(c, c->setup->from_writer, copy_mark_source, target);
	c->out->closed = !e;
	return e;
}

/* --- Rows --- */

struct at {
	const struct table *source, *target;
	struct table_walk walk;
	struct copy_progress is;
};

static enum err read_progress(struct copying *c, struct at *at)
{
	struct tx tx;
	enum err e = begin(c, &tx, c->setup->to, DB_READ, c->rows);
	if (e)
		return e;
	e = end(c, &tx, copy_progress_read(&tx, c->keys, at->target->name, &at->is));
	at->walk.after = at->is.after;
	arena_clear(c->rows);
	return e;
}

/* One transaction: the rows, and how far they come. */
static enum err put_block(struct copying *c, struct at *at, const struct buf *block, bool last)
{
	enum err e = begin(c, &c->to, c->setup->to, DB_WRITE, c->rows);
	if (e)
		return e;
	at->is.after = at->walk.after;
	at->is.done = last;
	if (block->len)
		e = table_write(&c->to, at->target, (struct bytes){ block->at, block->len });
	if (!e)
		e = copy_progress_write(&c->to, at->target->name, &at->is);
	if (!e && last)
		e = table_count_on(&c->to, at->target);
	return end(c, &c->to, e);
}

static void tell(struct copying *c, struct str table, int64_t rows)
{
	if (c->setup->progress)
		c->setup->progress(c->setup->of, table, rows);
}

static enum err read_block(struct copying *c, struct table_walk *walk, struct buf *block,
			   int64_t *rows)
{
	enum err e = table_read(&c->from, walk, c->block, BLOCK_BYTES, block, rows);
	if (e)
		*c->why = str_dup(c->mem, str_of(c->from.why));
	return e;
}

static enum err put_rows(struct copying *c, struct at *at)
{
	enum err e = OK;
	while (!e && !at->walk.ended) {
		struct buf block = { .a = c->rows };
		int64_t n;
		if ((e = read_block(c, &at->walk, &block, &n)))
			break;
		at->is.copied += n;
		tell(c, str_of(at->target->name), at->is.copied);
		if (n)
			e = put_block(c, at, &block, false);
		arena_clear(c->rows);
		arena_clear(c->here);
	}
	return e;
}

static enum err put_later_block(struct copying *c, const struct table *t, const struct buf *block)
{
	enum err e = begin(c, &c->to, c->setup->to, DB_WRITE, c->rows);
	if (e)
		return e;
	return end(c, &c->to,
		   table_write_later(&c->to, t, (struct bytes){ block->at, block->len }));
}

/* Rows that name one after them get that when all stand. What is kept of the progress does not speak of it:
 * a run that breaks here does it again from the first row. */
static enum err put_later(struct copying *c, const struct at *at)
{
	struct table_walk walk = { .of = at->source, .keep = arena_new(0) };
	enum err e = OK;
	while (!e && !walk.ended) {
		struct buf block = { .a = c->rows };
		int64_t n;
		if ((e = read_block(c, &walk, &block, &n)))
			break;
		tell(c, str_of(at->target->name), at->is.copied);
		if (n)
			e = put_later_block(c, at->target, &block);
		arena_clear(c->rows);
		arena_clear(c->here);
	}
	arena_free(walk.keep);
	return e;
}

static enum err put_table(struct copying *c, size_t i)
{
	struct at at = { .source = &c->source.at[i], .target = &c->target.at[i] };
	bool later = at.source->later >= 0;
	at.walk = (struct table_walk){ .of = at.source, .keep = c->keys, .hide_later = later };
	enum err e = read_progress(c, &at);
	if (e)
		return e;
	c->out->before += at.is.copied;
	if (!at.is.done && !(e = put_rows(c, &at)) && !(later && (e = put_later(c, &at))))
		e = put_block(c, &at, &(struct buf){ .a = c->rows }, true);
	c->out->tables++;
	c->out->rows += at.is.copied;
	return e;
}

static enum err put_tables(struct copying *c)
{
	enum err e = begin(c, &c->from, c->setup->from, DB_READ, c->here);
	if (e)
		return e;
	for (size_t i = 0; !e && i < c->source.n; i++) {
		arena_clear(c->keys);
		if (!is_skipped(&c->source.at[i]))
			e = put_table(c, i);
	}
	return end(c, &c->from, e);
}

/* --- Are they the same? --- */

static enum err compare_table(struct copying *c, size_t i)
{
	struct arena *keys[2] = { arena_new(0), arena_new(0) };
	struct table_walk x = { .of = &c->source.at[i], .keep = keys[0] };
	struct table_walk y = { .of = &c->target.at[i], .keep = keys[1] };
	struct str said = str_printf(c->mem, "= %s", c->source.at[i].name);
	enum err e = OK;
	int64_t rows = 0;
	bool same = true;
	while (!e && same && !x.ended) {
		struct buf was = { .a = c->here }, is = { .a = c->rows };
		int64_t n, m;
		if (!(e = table_read(&c->from, &x, c->block, BLOCK_BYTES, &was, &n)))
			e = table_read(&c->to, &y, c->block, BLOCK_BYTES, &is, &m);
		same = e || (n == m && str_eq(buf_str(&was), buf_str(&is)));
		if (!e)
			tell(c, said, rows += n);
		arena_clear(c->here);
		arena_clear(c->rows);
	}
	arena_free(keys[0]);
	arena_free(keys[1]);
	if (!same)
		return refuse(
			c, str_printf(c->mem,
				      "%s is not the same on both sides: somebody has written on "
				      "one of them. Empty the target and begin anew",
				      c->source.at[i].name));
	return e;
}

/* In new transactions, which see whatever was written meanwhile. */
static enum err compare_tables(struct copying *c)
{
	enum err e = begin_both(c);
	if (e)
		return e;
	for (size_t i = 0; !e && i < c->source.n; i++)
		if (!is_skipped(&c->source.at[i]))
			e = compare_table(c, i);
	return end_both(c, e);
}

enum err copy_site_rows(const struct copy_setup *setup, struct copy_result *out, struct str *why)
{
	struct copying c = { .setup = setup,
			     .out = out,
			     .mem = setup->as.mem,
			     .rows = arena_new(0),
			     .here = arena_new(0),
			     .keys = arena_new(0),
			     .block = setup->block ? setup->block : BLOCK_ROWS,
			     .why = why };
	struct str source = S(""), target = S(""); /* marks */
	enum err e;
	*out = (struct copy_result){ 0 };
	*why = S("");
	if (!(e = check(&c, &source, &target)) && !(e = close_source(&c, source, target)) &&
	    !(e = put_tables(&c)))
		e = compare_tables(&c);
	arena_free(c.rows);
	arena_free(c.here);
	arena_free(c.keys);
	return e;
}
