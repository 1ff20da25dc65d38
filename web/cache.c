/* Sixteen parts, each with its lock, its table and its row by last use. An entry counts who holds it,
 * so that a page thrown out while it is being sent lives until it is sent. */
#include "web/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 16, CHAINS = 512 };

struct entry {
	struct cached page; /* first: the caller holds a pointer to it */
	struct entry *in_chain, *newer, *older;
	uint64_t hash, generation;
	size_t cost;
	_Atomic int holders;
	size_t key_len;
	char key[];
};

struct part {
	pthread_mutex_t lock;
	struct entry *chains[CHAINS];
	struct entry *newest, *oldest;
	size_t used;
};

struct cache {
	_Atomic uint64_t generation;
	_Atomic bool doubted;
	size_t room; /* of one part */
	void (*drop)(const struct cached *c);
	struct part parts[PARTS];
};

struct cache *cache_new(size_t bytes, void (*drop)(const struct cached *c))
{
	struct cache *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	c->room = bytes / PARTS;
	c->drop = drop;
	for (int i = 0; i < PARTS; i++)
		pthread_mutex_init(&c->parts[i].lock, NULL);
	return c;
}

static void let_go(struct cache *c, struct entry *e)
{
	if (atomic_fetch_sub(&e->holders, 1) != 1)
		return;
	c->drop(&e->page);
	free(e);
}

static void unlink_row(struct part *p, struct entry *e)
{
	*(e->newer ? &e->newer->older : &p->newest) = e->older;
	*(e->older ? &e->older->newer : &p->oldest) = e->newer;
	e->newer = e->older = NULL;
}

static void link_newest(struct part *p, struct entry *e)
{
	e->older = p->newest;
	*(p->newest ? &p->newest->newer : &p->oldest) = e;
	p->newest = e;
}

static void take_out(struct cache *c, struct part *p, struct entry *e)
{
	struct entry **at = &p->chains[e->hash / PARTS % CHAINS];
	while (*at != e)
		at = &(*at)->in_chain;
	*at = e->in_chain;
	unlink_row(p, e);
	p->used -= e->cost;
	let_go(c, e);
}

void cache_free(struct cache *c)
{
	if (!c)
		return;
	for (int i = 0; i < PARTS; i++) {
		while (c->parts[i].newest)
			take_out(c, &c->parts[i], c->parts[i].newest);
		pthread_mutex_destroy(&c->parts[i].lock);
	}
	free(c);
}

void cache_stale(struct cache *c)
{
	atomic_fetch_add(&c->generation, 1);
}

uint64_t cache_generation(const struct cache *c)
{
	return atomic_load(&c->generation);
}

void cache_doubt(struct cache *c, bool doubted)
{
	atomic_store(&c->doubted, doubted);
}

static struct entry *search(struct part *p, uint64_t hash, struct str key)
{
	struct entry *e = p->chains[hash / PARTS % CHAINS];
	while (e &&
	       (e->hash != hash || e->key_len != key.len || memcmp(e->key, key.at, key.len) != 0))
		e = e->in_chain;
	return e;
}

const struct cached *cache_find(struct cache *c, struct str key)
{
	return atomic_load(&c->doubted) ? NULL : cache_find_old(c, key);
}

const struct cached *cache_find_old(struct cache *c, struct str key)
{
	uint64_t hash = str_hash(key);
	struct part *p = &c->parts[hash % PARTS];
	pthread_mutex_lock(&p->lock);
	struct entry *e = search(p, hash, key);
	if (e && e->generation != cache_generation(c)) {
		take_out(c, p, e);
		e = NULL;
	}
	if (e) {
		atomic_fetch_add(&e->holders, 1);
		if (p->newest != e) {
			unlink_row(p, e);
			link_newest(p, e);
		}
	}
	pthread_mutex_unlock(&p->lock);
	return e ? &e->page : NULL;
}

void cache_release(struct cache *c, const struct cached *held)
{
	let_go(c, (struct entry *)(uintptr_t)held);
}

void cache_put(struct cache *c, uint64_t generation, struct str key, const struct cached *page)
{
	size_t cost = sizeof(struct entry) + key.len + page->size;
	if (cost > c->room / 2 || generation != cache_generation(c) || atomic_load(&c->doubted)) {
		c->drop(page);
		return;
	}
	struct entry *e = malloc(sizeof *e + key.len);
	if (!e)
		abort();
	uint64_t hash = str_hash(key);
	struct part *p = &c->parts[hash % PARTS];
	*e = (struct entry){ .page = *page,
			     .hash = hash,
			     .generation = generation,
			     .cost = cost,
			     .key_len = key.len };
	atomic_store(&e->holders, 1);
	memcpy(e->key, key.at, key.len);

	pthread_mutex_lock(&p->lock);
	struct entry *old = search(p, hash, key);
	if (old)
		take_out(c, p, old);
	while (p->oldest && p->used + cost > c->room)
		take_out(c, p, p->oldest);
	struct entry **chain = &p->chains[hash / PARTS % CHAINS];
	e->in_chain = *chain;
	*chain = e;
	link_newest(p, e);
	p->used += cost;
	pthread_mutex_unlock(&p->lock);
}
