/* Queueing and sequencing. The stored tree is a row (size, root, right edge) and tiles; a leaf changes
 * the edge by one hash on average and the last tile of level 0, every 256th also that of level 1, and
 * so on. All of it stands or falls with the transaction. */
#include "ledger/log.h"

#include "ledger/note.h"

#include <inttypes.h>
#include <string.h>

static struct bytes bytes_of(struct str s)
{
	return (struct bytes){ s.at, s.len };
}

enum err log_queue(struct tx *tx, struct str entry, int64_t *leaf, struct hash *hash)
{
	struct hash h;

	if (!entry.len || entry.len > ENTRY_MAX)
		return tx_fail(tx, ERR_INVALID, "a log entry of %zu bytes", entry.len);
	tree_leaf(entry.at, entry.len, &h);
	struct query q =
		db_query(tx, "INSERT INTO log_leaf (hash, entry) VALUES ($1, $2) RETURNING id");
	BIND(&q, h, bytes_of(entry));
	enum err e = db_one(&q);
	if (e)
		return e;
	*leaf = col_int(&q, 0);
	*hash = h;
	return OK;
}

static enum err edge_parse(struct tx *tx, uint64_t size, struct bytes bytes, struct tree_edge *out)
{
	size_t n = (size_t)tree_edge_count(size);

	if (size > TREE_MAX || bytes.len != n * sizeof out->at[0])
		return tx_fail(tx, ERR_CORRUPT, "log_state: the edge does not fit size %" PRIu64,
			       size);
	out->size = size;
	if (n)
		memcpy(out->at, bytes.at, bytes.len);
	return OK;
}

enum err log_head(struct tx *tx, struct log_head *out)
{
	struct query q = db_query(tx, "SELECT size, root FROM log_state WHERE one = 1");
	enum err e = db_one(&q);

	if (e)
		return e == ERR_NOT_FOUND ? tx_fail(tx, e, "there is no log here") : e;
	struct log_head head = { (uint64_t)col_int(&q, 0), col_hash(&q, 1) };
	if (q.err)
		return q.err;
	*out = head;
	return OK;
}

enum err log_origin(struct tx *tx, struct str *out)
{
	struct query q = db_query(tx, "SELECT origin FROM log_state WHERE one = 1");
	enum err e = db_one(&q);

	if (e)
		return e;
	*out = col_str(&q, 0);
	return q.err;
}

/* --- Appending --- */

enum err log_append_begin(struct tx *tx, struct log_append *out)
{
	struct query q = db_query(tx, "SELECT size, root, edge FROM log_state WHERE one = 1");
	enum err e = db_one(&q);
	struct hash root;

	if (e)
		return e == ERR_NOT_FOUND ? tx_fail(tx, e, "there is no log here") : e;
	*out = (struct log_append){ .tx = tx };
	out->before = (struct log_head){ (uint64_t)col_int(&q, 0), col_hash(&q, 1) };
	if (q.err || (e = edge_parse(tx, out->before.size, col_bytes(&q, 2), &out->edge)))
		return q.err ? q.err : e;
	/* Never build on an edge that does not give the root that was agreed upon. */
	tree_edge_root(&out->edge, &root);
	if (!hash_eq(&root, &out->before.root))
		return tx_fail(tx, ERR_CORRUPT, "log_state: the edge does not give the root");
	for (int level = 0; level < TREE_LEVELS; level++)
		out->tiles[level].a = tx->mem;
	return OK;
}

/* The partial tile at the end of a level as it stood before this transaction. */
static enum err load_tile(struct log_append *p, int level)
{
	struct tile t;
	struct str bytes;
	uint64_t entries = tile_entries(level, p->before.size);
	enum err e;

	p->loaded[level] = true;
	if (entries % TILE_WIDTH == 0)
		return OK;
	if (!tile_at(level, entries / TILE_WIDTH, p->before.size, &t))
		return ERR_CORRUPT;
	if ((e = log_tile_stored(p->tx, &t, &bytes)))
		return e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
	buf_put(&p->tiles[level], bytes);
	return OK;
}

static enum err store_tile(struct log_append *p, int level)
{
	struct buf *tile = &p->tiles[level];
	uint64_t entries = tile_entries(level, p->edge.size), n = (entries - 1) / TILE_WIDTH;

	struct query q =
		db_query(p->tx, "INSERT INTO log_tile (level, n, hashes) VALUES ($1, $2, $3)"
				" ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes");
	BIND(&q, (int64_t)level, (int64_t)n, bytes_of(buf_str(tile)));
	enum err e = db_exec(&q);
	p->dirty[level] = false;
	if (tile->len == TILE_WIDTH * sizeof(struct hash))
		buf_reset(tile);
	return e;
}

enum err log_append_leaf(struct log_append *p, int64_t id, const struct hash *h)
{
	struct query q =
		db_query(p->tx, "UPDATE log_leaf SET idx = $1 WHERE id = $2 AND idx IS NULL");
	BIND(&q, (int64_t)p->edge.size, id);
	enum err e = db_exec(&q);

	if (e)
		return e;
	if (db_changes(&q) != 1)
		return tx_fail(p->tx, ERR_CONFLICT, "leaf %" PRId64 " is queued no more", id);
	return log_append_hash(p, h);
}

enum err log_append_hash(struct log_append *p, const struct hash *h)
{
	struct hash made[TREE_LEVELS];
	int levels = tree_edge_push(&p->edge, h, made);
	enum err e = OK;

	for (int level = 0; !e && level < levels; level++) {
		if (!p->loaded[level])
			e = load_tile(p, level);
		buf_put_bytes(&p->tiles[level], made[level].b, sizeof made[level].b);
		p->dirty[level] = true;
		if (!e && p->tiles[level].len == TILE_WIDTH * sizeof made[level])
			e = store_tile(p, level);
	}
	return e;
}

enum err log_append_end(struct log_append *p)
{
	struct hash root;
	enum err e;

	for (int level = 0; level < TREE_LEVELS; level++)
		if (p->dirty[level] && (e = store_tile(p, level)))
			return e;
	tree_edge_root(&p->edge, &root);
	struct query q = db_query(p->tx, "UPDATE log_state SET size = $1, root = $2, edge = $3"
					 " WHERE one = 1 AND size = $4 AND root = $5");
	BIND(&q, (int64_t)p->edge.size, root,
	     ((struct bytes){ p->edge.at, (size_t)tree_edge_count(p->edge.size) * sizeof root }),
	     (int64_t)p->before.size, p->before.root);
	if ((e = db_exec(&q)))
		return e;
	if (db_changes(&q) != 1)
		return tx_fail(p->tx, ERR_CONFLICT, "another sequencer was first");
	return OK;
}

struct queued {
	int64_t id;
	struct hash hash;
};

/* Read whole before anything is changed: the index walked here is the one the changes shrink. */
static enum err read_queue(struct tx *tx, int64_t limit, struct buf *out)
{
	struct query q = db_query(
		tx, "SELECT id, hash FROM log_leaf WHERE idx IS NULL ORDER BY id LIMIT $1");

	BIND(&q, limit);
	while (db_next(&q)) {
		struct queued one = { col_int(&q, 0), col_hash(&q, 1) };
		buf_put_bytes(out, &one, sizeof one);
	}
	return q.err;
}

enum err log_waits(struct tx *tx, bool *out)
{
	struct query q = db_query(tx, "SELECT EXISTS (SELECT 1 FROM log_leaf WHERE idx IS NULL)");
	enum err e = db_one(&q);

	if (!e)
		*out = col_bool(&q, 0);
	return e ? e : q.err;
}

enum err log_sequence(struct tx *tx, int64_t limit, int64_t *given)
{
	struct buf queue = { .a = tx->mem };
	struct log_append p;
	struct queued one;
	enum err e = read_queue(tx, limit, &queue);
	size_t n = queue.len / sizeof one;

	if (e)
		return e;
	if (n) {
		if ((e = log_append_begin(tx, &p)))
			return e;
		for (size_t i = 0; !e && i < n; i++) {
			memcpy(&one, queue.at + i * sizeof one, sizeof one);
			e = log_append_leaf(&p, one.id, &one.hash);
		}
		if (e || (e = log_append_end(&p)))
			return e;
	}
	*given = (int64_t)n;
	return OK;
}

/* --- Making a log --- */

static enum err make_state(struct tx *tx, struct str origin)
{
	struct hash root;

	if (!key_name_valid(origin))
		return tx_fail(tx, ERR_INVALID, "\"%.*s\" cannot name a log", STR_ARG(origin));
	tree_empty(&root);
	struct query q = db_query(tx, "INSERT INTO log_state (one, origin, size, root, edge)"
				      " VALUES (1, $1, 0, $2, $3)");
	BIND(&q, origin, root, ((struct bytes){ "", 0 }));
	return db_exec(&q);
}

enum err log_init(struct tx *tx, struct str origin, struct str vkey)
{
	enum err e = make_state(tx, origin);

	return e ? e : log_key_record(tx, vkey);
}

enum err log_rebuild_begin(struct tx *tx, struct str origin, int64_t size)
{
	enum err e = make_state(tx, origin);

	if (e)
		return e;
	/* What got its place only after the act up to which it was exported waits again. */
	struct query q = db_query(tx, "UPDATE log_leaf SET idx = NULL WHERE idx >= $1");
	BIND(&q, size);
	return db_exec(&q);
}

enum err log_rebuild(struct tx *tx, int64_t limit, bool *more)
{
	struct log_append p;
	struct log_leaves leaves;
	enum err e = log_append_begin(tx, &p);

	if (e || (e = log_entries(tx, p.edge.size, limit, &leaves)))
		return e;
	*more = (int64_t)leaves.n == limit;
	for (size_t i = 0; !e && i < leaves.n; i++) {
		const struct log_leaf *leaf = &leaves.at[i];
		struct hash h;
		tree_leaf(leaf->entry.at, leaf->entry.len, &h);
		if (leaf->index != (int64_t)p.edge.size)
			return tx_fail(tx, ERR_INVALID, "entry %" PRIu64 " of the log is missing",
				       p.edge.size);
		if (!hash_eq(&h, &leaf->hash))
			return tx_fail(tx, ERR_INVALID, "entry %" PRId64 " is not of its hash",
				       leaf->index);
		e = log_append_hash(&p, &h);
	}
	return e || !leaves.n ? e : log_append_end(&p);
}
