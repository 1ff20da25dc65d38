/* Tiles (C2SP tlog-tiles): how a log is cut into files that never change. A tile is a run of up to
 * 256 entries of one level; a bundle is the same run of the log's own entries. */
#pragma once

#include "ledger/tree.h"

#define TILE_WIDTH 256
#define TILE_ENTRIES (-1) /* the level of bundles */
#define ENTRY_MAX 65535   /* bytes of one entry */

struct tile {
	int level;  /* 0..63, or TILE_ENTRIES */
	uint64_t n; /* its number in that level */
	int width;  /* 1..256; less than 256 is a partial tile */
};

/* What follows "/tile/": "0/x001/234", "1/000.p/5", "entries/000". False for any other spelling. */
MUST_USE bool tile_parse(struct str path, struct tile *out);
void buf_put_tile(struct buf *b, const struct tile *t); /* the same text */

/* How many entries a level has in a tree of that size. */
uint64_t tile_entries(int level, uint64_t size);
/* Tile n of a level as it stands at that size: full, or partial at the right edge; false when the
 * tree does not reach it. Counting n from 0 until false walks a level. */
bool tile_at(int level, uint64_t n, uint64_t size, struct tile *out);
/* Do all entries of the tile lie within a tree of that size? */
bool tile_within(const struct tile *t, uint64_t size);

/* Bundles: each entry as its length in two bytes, big end first, then its bytes. */
void buf_put_entry(struct buf *b, struct str entry); /* at most ENTRY_MAX bytes */
/* Takes the next entry off `rest`; false when what is left is no whole entry. */
MUST_USE bool entry_next(struct str *rest, struct str *out);
/* Exactly `n` entries and nothing after them. */
MUST_USE bool bundle_parse(struct str bundle, size_t n, struct str *out);
