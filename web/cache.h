/* Finished pages in memory. A page belongs to a generation, which every commit ends; it is found by
 * its key and kept while somebody sends it. Bounded: what was asked for longest ago makes room. */
#pragma once

#include "base/buf.h"

struct cache;

/* What is kept: an answer of the HTTP library, which alone knows what it is. */
struct cached {
	void *whole;     /* the page */
	void *unchanged; /* 304 */
	char etag[24];
	size_t size;    /* bytes it takes, about */
	int64_t viewed; /* the dossier whose page it is, for the count of views; 0: none */
};

/* `drop` frees the two answers of an entry that nobody holds any more. */
struct cache *cache_new(size_t bytes, void (*drop)(const struct cached *c));
void cache_free(struct cache *c);

/* Ends the generation: to be called by whoever changed what pages show, after the commit. */
void cache_stale(struct cache *c);
/* From any thread. While it is in doubt whether the generation has ended, because nobody tells what other
 * processes commit, no page is found and none is taken. */
void cache_doubt(struct cache *c, bool doubted);
/* To be asked before a page's transaction begins: a commit in between makes the page stale at once. */
uint64_t cache_generation(const struct cache *c);

/* NULL: not there. Hold it no longer than it takes to send: give it back with cache_release. */
const struct cached *cache_find(struct cache *c, struct str key);
/* The same in doubt: the page as it was when that began. Where a newer one cannot be made. */
const struct cached *cache_find_old(struct cache *c, struct str key);
void cache_release(struct cache *c, const struct cached *held);
/* Takes over both answers, and drops them at once when the generation has ended or the page alone
 * would fill too much of the cache. */
void cache_put(struct cache *c, uint64_t generation, struct str key, const struct cached *page);
