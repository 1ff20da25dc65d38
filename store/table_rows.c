/* Rows as bytes, as PostgreSQL's COPY has them (binary): the number of columns, then each with its length,
 * which is -1 for NULL. What was read here is written here, so nothing is checked twice. */
#include "store/engine.h"
#include "store/table.h"

#include <endian.h>
#include <string.h>

enum { OF_NULL = -1, ROW_ROOM = 1 << 16 };

static void put_int32(struct buf *b, int32_t n)
{
	uint32_t big = htobe32((uint32_t)n);
	buf_put_bytes(b, &big, sizeof big);
}

static void put_column(struct buf *b, struct query *q, const struct table_column *c, int i,
		       bool hide)
{
	struct bytes v = { 0 };
	uint64_t big;
	if (hide || col_is_null(q, i)) {
		put_int32(b, OF_NULL);
		return;
	}
	if (c->type == ATTRIBUTE_INT) {
		big = htobe64((uint64_t)col_int(q, i));
		v = (struct bytes){ &big, sizeof big };
	} else if (c->type == ATTRIBUTE_TEXT) {
		struct str s = col_str(q, i);
		v = (struct bytes){ s.at, s.len };
	} else {
		v = col_bytes(q, i);
	}
	put_int32(b, (int32_t)v.len);
	buf_put_bytes(b, v.at, v.len);
}

struct reader {
	const unsigned char *at, *end;
};

static struct bytes take(struct reader *r)
{
	uint32_t big;
	memcpy(&big, r->at, sizeof big);
	r->at += sizeof big;
	int32_t n = (int32_t)be32toh(big);
	struct bytes v = { n < 0 ? NULL : r->at, n < 0 ? 0 : (size_t)n };
	r->at += v.len;
	return v;
}

static int64_t int_of(struct bytes v)
{
	uint64_t big;
	memcpy(&big, v.at, sizeof big);
	return (int64_t)be64toh(big);
}

static void bind_columns(struct query *q, const struct table *t, int n, struct reader *r)
{
	for (int i = 0; i < n; i++) {
		struct bytes v = take(r);
		if (!v.at)
			db_bind_str(q, (struct str){ NULL, 0 });
		else if (t->columns[i].type == ATTRIBUTE_INT)
			db_bind_int(q, int_of(v));
		else if (t->columns[i].type == ATTRIBUTE_TEXT)
			db_bind_str(q, (struct str){ v.at, v.len });
		else
			db_bind_bytes(q, v);
	}
}

/* The key of the row that begins there. */
static void keep_after(struct table_walk *w, const char *row)
{
	struct reader r = { (const unsigned char *)row + sizeof(int16_t), NULL };
	const unsigned char *from = r.at;
	for (int i = 0; i < w->of->keys; i++)
		take(&r);
	struct str key = { (const char *)from, (size_t)(r.at - from) };
	struct arena *a = w->keep;
	arena_clear(a);
	key = str_dup(a, key);
	w->after = (struct bytes){ key.at, key.len };
}

enum err table_read(struct tx *tx, struct table_walk *w, int64_t limit, size_t bytes,
		    struct buf *out, int64_t *rows)
{
	const struct table *t = w->of;
	uint16_t n = htobe16((uint16_t)t->n);
	size_t row = 0, from = out->len;
	*rows = 0;
	struct query q = db_stream_at(tx, w->after.at ? t->next : t->first);
	db_bind_int(&q, limit);
	if (w->after.at)
		bind_columns(&q, t, t->keys, &(struct reader){ w->after.at, NULL });
	for (; out->len - from < bytes && db_next(&q); ++*rows) {
		row = out->len;
		buf_put_bytes(out, &n, sizeof n);
		for (int i = 0; i < t->n; i++)
			put_column(out, &q, &t->columns[i], i, w->hide_later && i == t->later);
		if (q.err)
			break;
	}
	db_end(&q);
	if (q.err)
		return q.err;
	w->ended = !*rows;
	if (*rows)
		keep_after(w, out->at + row);
	return OK;
}

static enum err put_text(struct tx *tx, struct reader *r)
{
	int64_t id = int_of(take(r));
	struct bytes title = take(r), body = take(r);
	return tx->db->engine->search_put(tx, id, (struct str){ title.at, title.len },
					  (struct str){ body.at, body.len });
}

/* Row by row: what a row needs is forgotten with it. */
static enum err write_rows(struct tx *tx, const struct table *t, struct reader r)
{
	struct arena *mem = tx->mem, *one = arena_new(0);
	enum err e = OK;
	tx->mem = one;
	while (!e && r.at < r.end) {
		r.at += sizeof(int16_t);
		if (t->search) {
			e = put_text(tx, &r);
		} else {
			struct query q = db_query_at(tx, t->insert);
			bind_columns(&q, t, t->n, &r);
			e = db_exec(&q);
		}
		if (arena_used(one) > ROW_ROOM)
			arena_clear(one);
	}
	tx->mem = mem;
	arena_free(one);
	return e;
}

enum err table_write(struct tx *tx, const struct table *t, struct bytes rows)
{
	const struct engine *engine = tx->db->engine;
	struct reader r = { rows.at, (const unsigned char *)rows.at + rows.len };
	if (t->search || !engine->load)
		return write_rows(tx, t, r);
	enum err e = engine->load(tx->db, t->load, rows.at, rows.len);
	return e ? tx_fail(tx, e, "%s: %s", t->name, engine->message(tx->db)) : OK;
}

enum err table_write_later(struct tx *tx, const struct table *t, struct bytes rows)
{
	struct reader r = { rows.at, (const unsigned char *)rows.at + rows.len };
	enum err e = OK;
	while (!e && r.at < r.end) {
		struct bytes key = { 0 }, value = { 0 };
		r.at += sizeof(int16_t);
		for (int i = 0; i < t->n; i++) {
			struct bytes v = take(&r);
			if (!i)
				key = v;
			if (i == t->later)
				value = v;
		}
		if (!value.at)
			continue;
		struct query q = db_query_at(tx, t->late);
		BIND(&q, int_of(key), int_of(value));
		e = db_exec(&q);
	}
	return e;
}

enum err table_count_on(struct tx *tx, const struct table *t)
{
	struct query q = db_query_at(tx, t->greatest);
	enum err e = t->counted ? db_one(&q) : OK;
	if (!t->counted) {
		db_end(&q);
		return OK;
	}
	return e ? e : db_count_on(tx, t->name, t->columns[0].name, col_int(&q, 0));
}
