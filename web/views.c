/* Two tables. `seen` is one word for a visitor, in rows of a cache line, read and written without a lock: a race counts somebody twice
 * or not at all, and nobody is hurt. `waiting` holds sums under a lock that only newcomers take. */
#include "web/views.h"

#include "office/view_count.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
	SEEN = 1 << 16,
	WAYS = 8,
	WAITING_MAX = 4096,
	PROBES = 16,
	EVERY_MS = 10000,
	HOUR_MS = 3600 * 1000
};

struct sum {
	int64_t dossier; /* 0: free */
	int64_t n;
};

struct views {
	uint64_t seed;
	_Atomic uint64_t seen[SEEN];
	pthread_mutex_t lock;
	struct sum waiting[WAITING_MAX]; /* at a place by the dossier, or shortly after it */
	size_t n;
	/* The writer's: what it is writing, and what that needs. */
	struct sum taken[WAITING_MAX];
	size_t taken_n;
	struct arena *mem;
	struct rng rng;
	/* Of views_flush, which is asked for by another thread. */
	struct job last;
	struct arena *last_mem;
};

struct views *views_new(uint64_t seed)
{
	struct views *v = calloc(1, sizeof *v);
	if (!v)
		abort();
	v->seed = seed;
	pthread_mutex_init(&v->lock, NULL);
	rng_system(&v->rng);
	v->mem = arena_new(0);
	v->last_mem = arena_new(0);
	return v;
}

void views_free(struct views *v)
{
	if (!v)
		return;
	pthread_mutex_destroy(&v->lock);
	arena_free(v->mem);
	arena_free(v->last_mem);
	free(v);
}

/* The finaliser of MurmurHash3: nobody outside knows which visitors share a slot. */
static uint64_t mix(uint64_t h)
{
	h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
	h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
	return h ^ (h >> 33);
}

/* A view that finds no place is not counted: four thousand dossiers looked at within ten seconds. */
static void add(struct views *v, int64_t dossier, int64_t n)
{
	size_t home = (size_t)mix((uint64_t)dossier) % WAITING_MAX;
	for (size_t i = 0; i < PROBES; i++) {
		struct sum *s = &v->waiting[(home + i) % WAITING_MAX];
		if (s->dossier && s->dossier != dossier)
			continue;
		v->n += !s->dossier;
		s->dossier = dossier;
		s->n += n;
		return;
	}
}

void views_note(struct views *v, int64_t dossier, struct str who, struct instant now)
{
	uint64_t hour = (uint64_t)(now.ms / HOUR_MS);
	uint64_t visit = mix(mix(v->seed ^ str_hash(who)) + (uint64_t)dossier);
	uint64_t mark = mix(visit + hour) | 1;
	_Atomic uint64_t *row = &v->seen[visit % (SEEN / WAYS) * WAYS];
	size_t place = mark >> 8 & (WAYS - 1); /* whose is taken when none is free */
	for (size_t i = 0; i < WAYS; i++) {
		uint64_t is = atomic_load_explicit(&row[i], memory_order_relaxed);
		if (is == mark)
			return;
		if (!is)
			place = i;
	}
	atomic_store_explicit(&row[place], mark, memory_order_relaxed);
	pthread_mutex_lock(&v->lock);
	add(v, dossier, 1);
	pthread_mutex_unlock(&v->lock);
}

/* --- Writing --- */

static size_t take(struct views *v)
{
	pthread_mutex_lock(&v->lock);
	v->taken_n = 0;
	for (size_t i = 0; v->n && i < WAITING_MAX; i++)
		if (v->waiting[i].dossier)
			v->taken[v->taken_n++] = v->waiting[i];
	memset(v->waiting, 0, v->n ? sizeof v->waiting : 0);
	v->n = 0;
	pthread_mutex_unlock(&v->lock);
	return v->taken_n;
}

static void fill(struct views *v, struct arena *mem, struct tx *tx)
{
	arena_clear(mem);
	tx->mem = mem;
	tx->now = instant_now();
	tx->rng = &v->rng;
}

static bool prepare(struct tx *tx, void *what)
{
	struct views *v = what;
	if (!take(v))
		return false;
	fill(v, v->mem, tx);
	return true;
}

static enum err run(struct tx *tx, void *what)
{
	struct views *v = what;
	enum err e = OK;
	for (size_t i = 0; !e && i < v->taken_n; i++)
		e = view_count_add(tx, v->taken[i].dossier, v->taken[i].n);
	return e;
}

/* What could not be written is counted with the next. */
static void give_back(struct views *v, enum err e)
{
	pthread_mutex_lock(&v->lock);
	for (size_t i = 0; e && i < v->taken_n; i++)
		add(v, v->taken[i].dossier, v->taken[i].n);
	v->taken_n = 0;
	pthread_mutex_unlock(&v->lock);
}

static void done(struct tx *tx, void *what, enum err e)
{
	(void)tx;
	give_back(what, e);
}

struct chore views_chore(struct views *v)
{
	return (struct chore){ .every_ms = EVERY_MS,
			       .prepare = prepare,
			       .run = run,
			       .done = done,
			       .what = v,
			       .quiet = true };
}

static enum err run_last(struct tx *tx, void *what)
{
	struct views *v = what;
	take(v);
	return run(tx, v);
}

static void done_last(void *what, enum err e)
{
	give_back(what, e);
}

void views_flush(struct views *v, struct writer *w)
{
	v->last = (struct job){ .run = run_last, .done = done_last, .what = v, .quiet = true };
	fill(v, v->last_mem, &v->last.tx);
	enum err e = writer_submit(w, &v->last);
	(void)e; /* a writer that takes no more keeps nothing either */
}
