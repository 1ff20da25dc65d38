/* The tree recomputed: bundles give leaves, leaves give the edge, and the edge gives the entries of the
 * higher levels as they arise. Each tile is fetched once, when all of it is known. */
#include "ledger/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	BUNDLE_MAX = TILE_WIDTH * (2 + ENTRY_MAX),
	TILE_BYTES = TILE_WIDTH * (int)sizeof(struct hash)
};

struct audit {
	const struct log_source *from;
	struct log_report *report;
	struct log_mark *mark;
	struct key_chain *chain;
	struct tree_edge *edge;
	struct arena *scratch; /* for one bundle and its tiles */
	struct str *why;
	struct hash level[TREE_LEVELS][TILE_WIDTH]; /* the tile under construction */
	uint64_t count[TREE_LEVELS];                /* entries of the level so far */
};

void log_problem(struct log_report *r, const char *format, ...)
{
	char text[300];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (r->count < LOG_PROBLEMS)
		r->problems[r->count] = str_dup(r->a, str_of(text));
	r->count++;
}

enum err log_fetch_tile(const struct log_source *from, const struct tile *t, struct arena *a,
			struct str *out, struct str *why)
{
	struct buf path = { .a = a };

	buf_put(&path, S("tile/"));
	buf_put_tile(&path, t);
	return from->fetch(from->self, buf_str(&path),
			   t->level == TILE_ENTRIES ? (size_t)BUNDLE_MAX : (size_t)TILE_BYTES, a,
			   out, why);
}

static struct str tile_name(struct arena *a, const struct tile *t)
{
	struct buf path = { .a = a };

	buf_put_tile(&path, t);
	return buf_str(&path);
}

/* The newest tile of a level, full or partial, against what is served. */
static enum err compare_tile(struct audit *u, int level)
{
	uint64_t n = (u->count[level] - 1) / TILE_WIDTH;
	struct tile t = { level, n, (int)(u->count[level] - n * TILE_WIDTH) };
	struct str bytes,
		should = { (const char *)u->level[level], (size_t)t.width * sizeof(struct hash) };
	enum err e = log_fetch_tile(u->from, &t, u->scratch, &bytes, u->why);

	if (e && e != ERR_NOT_FOUND && e != ERR_CORRUPT)
		return e;
	struct str name = tile_name(u->scratch, &t);
	if (e == ERR_NOT_FOUND)
		log_problem(u->report, "tile %.*s is missing", STR_ARG(name));
	else if (e || !str_eq(bytes, should))
		log_problem(u->report, "tile %.*s is not what the entries give", STR_ARG(name));
	return OK;
}

static enum err add_leaf(struct audit *u, const struct hash *leaf)
{
	struct hash made[TREE_LEVELS];
	int levels = tree_edge_push(u->edge, leaf, made);
	enum err e = OK;

	for (int level = 0; !e && level < levels; level++) {
		u->level[level][u->count[level]++ % TILE_WIDTH] = made[level];
		if (u->count[level] % TILE_WIDTH == 0)
			e = compare_tile(u, level);
	}
	if (u->mark && u->edge->size == u->mark->size) {
		tree_edge_root(u->edge, &u->mark->root);
		u->mark->reached = true;
	}
	return e;
}

/* False in `whole`: nothing after this bundle can be recomputed. */
static enum err add_bundle(struct audit *u, const struct tile *t, bool *whole)
{
	struct str *entries = NEW_N(u->scratch, struct str, TILE_WIDTH), bytes;
	struct str name = tile_name(u->scratch, t);
	enum err e = log_fetch_tile(u->from, t, u->scratch, &bytes, u->why);

	*whole = false;
	if (e && e != ERR_NOT_FOUND && e != ERR_CORRUPT)
		return e;
	if (e == ERR_NOT_FOUND) {
		log_problem(u->report, "bundle %.*s is missing", STR_ARG(name));
		return OK;
	}
	if (e || !bundle_parse(bytes, (size_t)t->width, entries)) {
		log_problem(u->report, "bundle %.*s is malformed", STR_ARG(name));
		return OK;
	}
	for (int i = 0; i < t->width; i++) {
		struct hash leaf;
		tree_leaf(entries[i].at, entries[i].len, &leaf);
		if ((e = add_leaf(u, &leaf)))
			return e;
		if (u->chain)
			key_chain_follow(u->chain, u->report->a, entries[i]);
	}
	*whole = true;
	return OK;
}

static enum err walk(struct audit *u, uint64_t size)
{
	bool whole = true;
	struct tile t;
	enum err e;

	for (uint64_t n = 0; whole && tile_at(TILE_ENTRIES, n, size, &t); n++) {
		if ((e = add_bundle(u, &t, &whole)))
			return e;
		if (u->from->progress && n % 16 == 0)
			u->from->progress(u->from->self, u->edge->size, size);
		arena_clear(u->scratch);
	}
	/* The partial tiles at the right edge; of a broken walk they would say nothing. */
	for (int level = 0; whole && level < TREE_LEVELS; level++)
		if (u->count[level] % TILE_WIDTH && (e = compare_tile(u, level)))
			return e;
	return OK;
}

enum err log_audit(const struct log_source *from, uint64_t size, struct log_mark *mark,
		   struct key_chain *chain, struct tree_edge *edge, struct log_report *out,
		   struct str *why)
{
	struct audit *u = NEW(out->a, struct audit);

	*edge = (struct tree_edge){ .size = 0 };
	*u = (struct audit){
		.from = from, .report = out, .mark = mark, .chain = chain, .edge = edge, .why = why
	};
	u->scratch = arena_new(0);
	if (mark && !mark->size) {
		tree_empty(&mark->root);
		mark->reached = true;
	}
	enum err e = walk(u, size);
	if (e)
		*why = str_dup(out->a, *why);
	arena_free(u->scratch);
	out->size = edge->size;
	tree_edge_root(edge, &out->root);
	return e;
}
