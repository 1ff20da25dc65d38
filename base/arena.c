/* A chain of blocks, each twice the last up to 1 MiB. Only the newest block is filled, so an
 * allocation is an addition and a comparison; freeing is a walk over a handful of blocks. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

struct block {
	struct block *older;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *older;
	void (*run)(void *);
	void *what;
};

struct arena {
	struct block *newest;
	struct deferred *deferred;
	size_t used, budget;
};

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static struct block *block_new(struct block *older, size_t size)
{
	struct block *b = malloc(sizeof *b + size);
	if (!b)
		abort();
	*b = (struct block){ .older = older, .size = size };
	return b;
}

struct arena *arena_new(size_t budget)
{
	struct block *b = block_new(NULL, FIRST_BLOCK);
	struct arena *a = (struct arena *)(void *)b->bytes;
	b->used = (sizeof *a + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	*a = (struct arena){ .newest = b, .budget = budget };
	return a;
}

static void run_deferred(struct arena *a)
{
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->older;
		d->run(d->what);
	}
}

/* Frees every block but the first, which holds the arena itself. */
static struct block *free_newer(struct arena *a)
{
	struct block *b = a->newest;
	while (b->older) {
		struct block *older = b->older;
		free(b);
		b = older;
	}
	return b;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	run_deferred(a);
	free(free_newer(a));
}

void arena_clear(struct arena *a)
{
	run_deferred(a);
	struct block *first = free_newer(a);
	first->used = (sizeof *a + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	a->newest = first;
	a->used = 0;
}

static void *take(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 4)
		abort();
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct block *b = a->newest;
	if (b->size - b->used < size) {
		size_t step = b->size < LARGEST_STEP ? b->size * 2 : LARGEST_STEP;
		b = a->newest = block_new(b, size > step ? size : step);
	}
	void *at = b->bytes + b->used;
	b->used += size;
	a->used += size;
	return at;
}

void *arena_get(struct arena *a, size_t size)
{
	void *at = take(a, size);
	memset(at, 0, size);
	return at;
}

void *arena_get_n(struct arena *a, size_t n, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		abort();
	return arena_get(a, bytes);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
	struct block *b = a->newest;
	size_t rounded = (old_size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	size_t wanted = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	bool last = old && (unsigned char *)old + rounded == b->bytes + b->used;
	if (last && wanted >= rounded && wanted - rounded <= b->size - b->used) {
		b->used += wanted - rounded;
		a->used += wanted - rounded;
		return old;
	}
	void *at = take(a, size);
	if (old)
		memcpy(at, old, old_size);
	return at;
}

bool arena_over(const struct arena *a)
{
	return a->budget && a->used > a->budget;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

void arena_budget(struct arena *a, size_t budget)
{
	a->budget = budget;
}

void arena_defer(struct arena *a, void (*run)(void *), void *what)
{
	struct deferred *d = NEW(a, struct deferred);
	*d = (struct deferred){ a->deferred, run, what };
	a->deferred = d;
}
