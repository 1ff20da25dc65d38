/* Our own database as a source of tiles, and the things a stranger cannot see: the stored leaf hashes,
 * the queue, the right edge, and rows that should not be there. */
#include "ledger/verify.h"

#include "ledger/checkpoint.h"

#include <inttypes.h>
#include <string.h>

struct own {
	struct tx *tx;
	struct log_report *report;
};

/* Each leaf's stored hash is an index to it: a wrong one would hide the leaf from whoever asks. */
static enum err check_leaf_hashes(struct own *own, const struct tile *t)
{
	int64_t first = (int64_t)t->n * TILE_WIDTH;

	struct query q =
		db_query(own->tx, "SELECT idx, hash, entry FROM log_leaf WHERE idx >= $1 AND"
				  " idx < $2 ORDER BY idx");
	BIND(&q, first, first + t->width);
	while (db_next(&q)) {
		struct hash stored = col_hash(&q, 1), h;
		struct bytes entry = col_bytes(&q, 2);
		if (q.err)
			break;
		tree_leaf(entry.at, entry.len, &h);
		if (!hash_eq(&h, &stored))
			log_problem(own->report, "leaf %" PRId64 " is stored with a wrong hash",
				    col_int(&q, 0));
	}
	return q.err;
}

static enum err fetch(void *self, struct str path, size_t max, struct arena *a, struct str *out,
		      struct str *why)
{
	struct own *own = self;
	struct arena *mem = own->tx->mem;
	struct tile t;
	enum err e = ERR_NOT_FOUND;

	(void)max;
	(void)why;
	if (!tile_parse(str_from(path, strlen("tile/")), &t))
		return e;
	/* What is read here dies with the bundle, not with the transaction. */
	own->tx->mem = a;
	e = log_tile_stored(own->tx, &t, out);
	if (!e && t.level == TILE_ENTRIES)
		e = check_leaf_hashes(own, &t);
	own->tx->mem = mem;
	return e;
}

/* What the row says against what the entries gave. */
static enum err check_state(struct tx *tx, const struct tree_edge *seen, struct log_report *r)
{
	struct query q = db_query(tx, "SELECT size, root, edge FROM log_state WHERE one = 1");
	enum err e = db_one(&q);

	if (e)
		return e;
	struct hash root = col_hash(&q, 1);
	struct bytes edge = col_bytes(&q, 2);
	if (q.err)
		return q.err;
	if (seen->size != (uint64_t)col_int(&q, 0) || !hash_eq(&root, &r->root))
		log_problem(r,
			    "the stored root of %" PRId64 " entries is not what the entries give",
			    col_int(&q, 0));
	if (edge.len != (size_t)tree_edge_count(seen->size) * sizeof seen->at[0] ||
	    (edge.len && memcmp(edge.at, seen->at, edge.len) != 0))
		log_problem(r, "the stored right edge is not what the entries give");
	return OK;
}

/* No index twice, none beyond the size (a gap shows as a missing bundle). */
static enum err check_indexes(struct tx *tx, uint64_t size, struct log_report *r)
{
	struct query q = db_query(tx, "SELECT COUNT(idx), COUNT(*) FROM log_leaf");
	enum err e = db_one(&q);

	if (e)
		return e;
	if ((uint64_t)col_int(&q, 0) != size)
		log_problem(r, "%" PRId64 " leaves have an index in a log of %" PRIu64,
			    col_int(&q, 0), size);
	r->queued = (uint64_t)(col_int(&q, 1) - col_int(&q, 0));
	return q.err;
}

static enum err check_no_other_tiles(struct tx *tx, uint64_t size, struct log_report *r)
{
	struct query q =
		db_stream(tx, "SELECT level, n, LENGTH(hashes) FROM log_tile ORDER BY level, n");

	while (db_next(&q)) {
		int64_t level = col_int(&q, 0), n = col_int(&q, 1), len = col_int(&q, 2);
		struct tile t;
		if (level < 0 || n < 0 || !tile_at((int)level, (uint64_t)n, size, &t) ||
		    len != t.width * (int64_t)sizeof(struct hash))
			log_problem(r,
				    "stored tile %" PRId64 "/%" PRId64 " of %" PRId64
				    " bytes does not belong to this size",
				    level, n, len);
	}
	return q.err;
}

static enum err check_queue(struct tx *tx, struct log_report *r)
{
	struct query q =
		db_stream(tx, "SELECT id, hash, entry FROM log_leaf WHERE idx IS NULL ORDER BY id");

	while (db_next(&q)) {
		struct hash stored = col_hash(&q, 1), h;
		struct bytes entry = col_bytes(&q, 2);
		if (q.err)
			break;
		tree_leaf(entry.at, entry.len, &h);
		if (!hash_eq(&h, &stored))
			log_problem(r, "queued leaf %" PRId64 " is stored with a wrong hash",
				    col_int(&q, 0));
	}
	return q.err;
}

enum err log_checkpoint_ours(struct tx *tx, struct str bytes, struct log_published *out, bool *ours)
{
	struct query q = db_query(tx, "SELECT vkey FROM log_key ORDER BY id");
	struct checkpoint c;
	struct vkey k;

	*ours = false;
	while (!*ours && db_next(&q)) {
		struct str text = col_str(&q, 0);
		*ours = vkey_parse(text, &k) && checkpoint_verify(tx->mem, bytes, &k, &c, NULL);
	}
	if (!*ours)
		return q.err;
	db_end(&q);
	*out = (struct log_published){ c.size, c.root, bytes };
	return OK;
}

static void check_mark(const struct log_published *file, const struct log_mark *mark,
		       struct log_report *r)
{
	if (!mark->reached)
		log_problem(r,
			    "the signed checkpoint says %" PRIu64 " entries and there are %" PRIu64,
			    file->size, r->size);
	else if (!hash_eq(&mark->root, &file->root))
		log_problem(r,
			    "the first %" PRIu64 " entries are not those of the signed checkpoint",
			    file->size);
}

enum err log_verify(struct tx *tx, struct str checkpoint, struct log_report *out)
{
	struct own own = { tx, out };
	struct log_source source = { .fetch = fetch, .self = &own };
	struct log_published file = { .size = 0 };
	struct log_mark mark = { .size = UINT64_MAX };
	struct tree_edge edge;
	struct log_head head;
	struct str why = S(""), origin;
	bool ours = false;
	enum err before = tx->err, e;

	if ((e = log_head(tx, &head)) || (e = log_origin(tx, &origin)))
		return e;
	out->origin = str_dup(out->a, origin);
	if (checkpoint.len) {
		if ((e = log_checkpoint_ours(tx, checkpoint, &file, &ours)))
			return e;
		if (ours)
			mark.size = file.size;
		else
			log_problem(out, "the checkpoint file is not signed by a key of this log");
	}
	if ((e = log_audit(&source, head.size, &mark, NULL, &edge, out, &why)) ||
	    (e = check_state(tx, &edge, out)) || (e = check_indexes(tx, head.size, out)) ||
	    (e = check_no_other_tiles(tx, head.size, out)) || (e = check_queue(tx, out)))
		return e;
	if (ours)
		check_mark(&file, &mark, out);
	tx->err = before; /* what was found is in the report */
	return OK;
}
