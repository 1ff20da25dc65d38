/* Reading the stored log: tiles, leaves, receipts. */
#include "ledger/log.h"

#include "base/encode.h"
#include "ledger/proof.h"

#include <inttypes.h>
#include <string.h>

static enum err hashes_stored(struct tx *tx, const struct tile *t, struct str *out)
{
	struct query q = db_query(tx, "SELECT hashes FROM log_tile WHERE level = $1 AND n = $2");
	enum err e;

	BIND(&q, (int64_t)t->level, (int64_t)t->n);
	if ((e = db_one(&q)))
		return e;
	struct bytes b = col_bytes(&q, 0);
	size_t wanted = (size_t)t->width * sizeof(struct hash);
	if (q.err || b.len < wanted)
		return q.err ? q.err : ERR_NOT_FOUND;
	*out = (struct str){ b.at, wanted };
	return OK;
}

static enum err bundle_stored(struct tx *tx, const struct tile *t, struct str *out)
{
	struct buf b = { .a = tx->mem };
	int64_t first = (int64_t)t->n * TILE_WIDTH;
	int n = 0;

	struct query q = db_query(
		tx, "SELECT entry FROM log_leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx");
	BIND(&q, first, first + t->width);
	for (; db_next(&q); n++) {
		struct bytes entry = col_bytes(&q, 0);
		if (entry.len > ENTRY_MAX) {
			db_end(&q);
			return tx_fail(tx, ERR_CORRUPT, "leaf %" PRId64 " is too long", first + n);
		}
		buf_put_entry(&b, (struct str){ entry.at, entry.len });
	}
	if (q.err)
		return q.err;
	if (n != t->width)
		return ERR_NOT_FOUND;
	*out = buf_str(&b);
	return OK;
}

enum err log_tile_stored(struct tx *tx, const struct tile *t, struct str *out)
{
	return t->level == TILE_ENTRIES ? bundle_stored(tx, t, out) : hashes_stored(tx, t, out);
}

static enum err read_hashes(void *self, int level, uint64_t first, size_t n, struct hash *out)
{
	struct log_tiles *tiles = self;
	uint64_t number = first / TILE_WIDTH, offset = first % TILE_WIDTH;
	struct str *at = &tiles->at[level];
	enum err e;

	if (!at->at || tiles->n[level] != number || at->len < (offset + n) * sizeof *out) {
		struct tile t = { level, number, (int)(offset + n) };
		struct query q = db_query(
			tiles->tx, "SELECT hashes FROM log_tile WHERE level = $1 AND n = $2");
		BIND(&q, (int64_t)t.level, (int64_t)t.n);
		if ((e = db_one(&q)) && e != ERR_NOT_FOUND)
			return e;
		struct bytes b = e ? (struct bytes){ NULL, 0 } : col_bytes(&q, 0);
		if (q.err && q.err != ERR_NOT_FOUND)
			return q.err;
		if (!b.at || b.len < (offset + n) * sizeof *out)
			return tx_fail(tiles->tx, ERR_CORRUPT,
				       "log tile %d/%" PRIu64 " is missing or short", level,
				       number);
		*at = (struct str){ b.at, b.len };
		tiles->n[level] = number;
	}
	memcpy(out, at->at + offset * sizeof *out, n * sizeof *out);
	return OK;
}

struct tree_reader log_reader(struct log_tiles *tiles, struct tx *tx)
{
	*tiles = (struct log_tiles){ .tx = tx };
	return (struct tree_reader){ read_hashes, tiles };
}

enum err log_tile(struct log *log, struct tx *tx, struct str path, struct str *out, bool *entries)
{
	struct log_published now;
	struct tile t;
	enum err e;

	if (!tile_parse(path, &t))
		return ERR_NOT_FOUND;
	if ((e = log_checkpoint(log, tx->mem, &now)))
		return e;
	if (!tile_within(&t, now.size))
		return ERR_NOT_FOUND;
	if ((e = log_tile_stored(tx, &t, out)))
		return e;
	*entries = t.level == TILE_ENTRIES;
	return OK;
}

/* --- Leaves --- */

static enum err leaf_row(struct query *q, struct log_leaf *out)
{
	struct bytes entry = col_bytes(q, 3);
	struct log_leaf leaf = {
		col_int(q, 0), col_int(q, 1), col_hash(q, 2), { entry.at, entry.len }
	};

	if (!q->err)
		*out = leaf;
	return q->err;
}

enum err log_leaf_find(struct tx *tx, int64_t id, struct log_leaf *out)
{
	struct query q = db_query(
		tx, "SELECT id, COALESCE(idx, -1), hash, entry FROM log_leaf WHERE id = $1");
	enum err e;

	BIND(&q, id);
	return (e = db_one(&q)) ? e : leaf_row(&q, out);
}

enum err log_leaf_by_hash(struct tx *tx, const struct hash *h, struct log_leaf *out)
{
	struct query q = db_query(tx, "SELECT id, COALESCE(idx, -1), hash, entry FROM log_leaf"
				      " WHERE hash = $1 ORDER BY id LIMIT 1");
	enum err e;

	BIND(&q, *h);
	return (e = db_one(&q)) ? e : leaf_row(&q, out);
}

enum err log_leaf_by_check_value(struct tx *tx, struct str typed, struct log_leaf *out)
{
	struct hash low = { { 0 } }, high;
	struct log_leaf leaf = { .id = 0 }, one;
	int found = 0;

	memset(high.b, 0xff, sizeof high.b);
	if (!check_value_read(typed, low.b))
		return ERR_INVALID;
	memcpy(high.b, low.b, CHECK_VALUE_BYTES);
	struct query q =
		db_query(tx, "SELECT id, COALESCE(idx, -1), hash, entry FROM log_leaf"
			     " WHERE hash >= $1 AND hash <= $2 ORDER BY hash, id LIMIT 20");
	BIND(&q, low, high);
	while (db_next(&q)) {
		if (leaf_row(&q, &one))
			break;
		if (found && !hash_eq(&leaf.hash, &one.hash)) {
			db_end(&q);
			return tx_fail(tx, ERR_CONFLICT, "two leaves share a check value");
		}
		if (!found++)
			leaf = one;
	}
	if (q.err)
		return q.err;
	if (!found)
		return ERR_NOT_FOUND;
	*out = leaf;
	return OK;
}

enum err log_entries(struct tx *tx, uint64_t first, int64_t limit, struct log_leaves *out)
{
	struct buf b = { .a = tx->mem };
	struct log_leaf leaf;

	if (first > TREE_MAX)
		first = TREE_MAX;
	struct query q = db_query(tx, "SELECT id, idx, hash, entry FROM log_leaf WHERE idx >= $1"
				      " ORDER BY idx LIMIT $2");
	BIND(&q, (int64_t)first, limit);
	while (db_next(&q) && !leaf_row(&q, &leaf))
		buf_put_bytes(&b, &leaf, sizeof leaf);
	if (q.err)
		return q.err;
	/* A buffer's bytes are aligned for any type: they come from the arena. */
	*out = (struct log_leaves){ (struct log_leaf *)(void *)b.at, b.len / sizeof leaf };
	return OK;
}

enum err log_receipt(struct log *log, struct tx *tx, int64_t leaf, struct str extra,
		     struct str *out)
{
	struct buf text = { .a = tx->mem };
	struct log_published under;
	struct log_tiles tiles;
	struct log_leaf l;
	struct log_head head;
	struct proof p = { .extra = extra };
	enum err e;

	if ((e = log_leaf_find(tx, leaf, &l)) || (e = log_head(tx, &head)))
		return e;
	if (l.index < 0)
		return ERR_BUSY;
	e = log_checkpoint_within(log, head.size, tx->mem, &under);
	if (e || (uint64_t)l.index >= under.size)
		return e && e != ERR_NOT_FOUND ? e : ERR_BUSY;
	struct tree_reader reader = log_reader(&tiles, tx);
	p.index = (uint64_t)l.index;
	p.checkpoint = under.note;
	if ((e = tree_inclusion(&reader, p.index, under.size, &p.path)))
		return e;
	/* What we hand out must convince a stranger: check it as one would. */
	if (!tree_verify_inclusion(p.index, under.size, &l.hash, &p.path, &under.root))
		return tx_fail(tx, ERR_CORRUPT, "leaf %" PRId64 " is not in the published tree",
			       leaf);
	buf_put_proof(&text, &p);
	*out = buf_str(&text);
	return OK;
}
