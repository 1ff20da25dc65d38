/* A small set under a lock; the writer's chore takes it whole. */
#include "web/touch.h"

#include "office/session.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WAITING_MAX = 512, EVERY_MS = 30000 };

struct touches {
	pthread_mutex_t lock;
	struct hash waiting[WAITING_MAX];
	size_t n;
	/* The writer's: what it is writing, and what that needs. */
	struct hash taken[WAITING_MAX];
	size_t taken_n;
	struct arena *mem;
	struct rng rng;
};

struct touches *touches_new(void)
{
	struct touches *t = calloc(1, sizeof *t);
	if (!t)
		abort();
	pthread_mutex_init(&t->lock, NULL);
	rng_system(&t->rng);
	t->mem = arena_new(0);
	return t;
}

void touches_free(struct touches *t)
{
	if (!t)
		return;
	pthread_mutex_destroy(&t->lock);
	arena_free(t->mem);
	free(t);
}

void touch_add(struct touches *t, const struct hash *session)
{
	pthread_mutex_lock(&t->lock);
	bool there = t->n == WAITING_MAX;
	for (size_t i = 0; i < t->n && !there; i++)
		there = memcmp(&t->waiting[i], session, sizeof *session) == 0;
	if (!there)
		t->waiting[t->n++] = *session;
	pthread_mutex_unlock(&t->lock);
}

static bool prepare(struct tx *tx, void *what)
{
	struct touches *t = what;
	pthread_mutex_lock(&t->lock);
	memcpy(t->taken, t->waiting, t->n * sizeof *t->waiting);
	t->taken_n = t->n;
	t->n = 0;
	pthread_mutex_unlock(&t->lock);
	arena_clear(t->mem);
	tx->mem = t->mem;
	tx->now = instant_now();
	tx->rng = &t->rng;
	return t->taken_n > 0;
}

static enum err run(struct tx *tx, void *what)
{
	struct touches *t = what;
	for (size_t i = 0; i < t->taken_n; i++) {
		enum err e = session_touch(tx, &t->taken[i]);
		if (e && e != ERR_NOT_FOUND)
			return e;
	}
	return OK;
}

/* What was not written is seen again at the session's next page. */
static void done(struct tx *tx, void *what, enum err e)
{
	(void)tx;
	(void)what;
	(void)e;
}

struct chore touch_chore(struct touches *t)
{
	return (struct chore){ .every_ms = EVERY_MS,
			       .prepare = prepare,
			       .run = run,
			       .done = done,
			       .what = t,
			       .quiet = true };
}
