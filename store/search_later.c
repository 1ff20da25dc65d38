/* Changes of the search index wait for the commit. FTS5 writes a segment of its index at every
 * savepoint, and a batch has as many savepoints as requests: indexing each text at once halved the
 * steps a second. Kept until the end, the texts of a whole batch make one segment.
 *
 * The list follows the savepoints: each change remembers how deep it was made, those of a savepoint
 * that is undone go, those of one that is kept rise by one. The list is therefore never decreasing
 * in depth. A change replaces what the index had, so applying the list twice does no harm; a search
 * inside the transaction does just that. */
#include "store/engine.h"

#include <stdlib.h>
#include <string.h>

/* A long import in one transaction must not gather all its texts in memory. */
enum { MOST_BYTES = 1 << 20 };

struct search_change {
	int64_t id;
	int depth;
	bool remove;
	size_t title, body; /* lengths */
	char *text;         /* the title, then the body */
};

static void drop_last(struct db *db)
{
	struct search_change *c = &db->later[--db->later_n];

	db->later_bytes -= c->title + c->body;
	free(c->text);
}

void search_forget(struct db *db)
{
	while (db->later_n)
		drop_last(db);
}

void search_undo(struct db *db)
{
	while (db->later_n && db->later[db->later_n - 1].depth > db->depth)
		drop_last(db);
}

enum err search_settle(struct tx *tx)
{
	struct db *db = tx->db;
	enum err e = OK;

	for (size_t i = 0; i < db->later_n && !e; i++) {
		const struct search_change *c = &db->later[i];
		e = c->remove ? db->engine->search_remove(tx, c->id)
			      : db->engine->search_put(tx, c->id, (struct str){ c->text, c->title },
						       (struct str){ c->text + c->title, c->body });
	}
	return e;
}

/* Too much: into the index with all of it, provided that what undoes one undoes the other. */
static enum err trim(struct tx *tx)
{
	struct db *db = tx->db;

	if (db->later_bytes <= MOST_BYTES || db->later[0].depth != db->depth)
		return OK;
	enum err e = search_settle(tx);
	if (!e)
		search_forget(db);
	return e;
}

enum err search_keep(struct tx *tx)
{
	struct db *db = tx->db;

	for (size_t i = db->later_n; i && db->later[i - 1].depth > db->depth; i--)
		db->later[i - 1].depth = db->depth;
	return trim(tx);
}

enum err search_later(struct tx *tx, int64_t id, bool remove, struct str title, struct str body)
{
	struct db *db = tx->db;

	if (db->later_n == db->later_size) {
		db->later_size = db->later_size ? 2 * db->later_size : 16;
		db->later = reallocarray(db->later, db->later_size, sizeof *db->later);
		if (!db->later)
			abort();
	}
	struct search_change c = { id,        db->depth, remove,
				   title.len, body.len,  malloc(title.len + body.len + 1) };
	if (!c.text)
		abort();
	memcpy(c.text, title.at, title.len);
	memcpy(c.text + title.len, body.at, body.len);
	db->later[db->later_n++] = c;
	db->later_bytes += title.len + body.len;
	return trim(tx);
}
