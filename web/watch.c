/* One thread looks at every connection twice a second. It shuts the socket down while it holds the
 * lock that removal needs, so that the number of a closed socket can never be somebody else's. */
#include "web/watch.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { TICK_MS = 500 };

struct watched {
	int fd;
	_Atomic int64_t until;
	struct watched *next, *before;
};

struct watch {
	pthread_mutex_t lock;
	pthread_cond_t end;
	pthread_t thread;
	struct metrics *metrics;
	struct watched *first;
	bool ends;
};

int64_t watch_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void cut_slow(struct watch *w, int64_t now)
{
	for (struct watched *c = w->first; c; c = c->next) {
		int64_t until = atomic_load(&c->until);
		if (!until || until > now)
			continue;
		atomic_store(&c->until, 0);
		shutdown(c->fd, SHUT_RDWR);
		atomic_fetch_add(&w->metrics->cut, 1);
	}
}

static void *look(void *arg)
{
	struct watch *w = arg;
	pthread_mutex_lock(&w->lock);
	while (!w->ends) {
		int64_t now = watch_now();
		struct timespec next = { (now + TICK_MS) / 1000, (now + TICK_MS) % 1000 * 1000000 };
		cut_slow(w, now);
		pthread_cond_timedwait(&w->end, &w->lock, &next);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct watch *watch_new(struct metrics *m)
{
	struct watch *w = calloc(1, sizeof *w);
	pthread_condattr_t attributes;
	if (!w)
		abort();
	w->metrics = m;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&w->end, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&w->thread, NULL, look, w) != 0)
		abort();
	return w;
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->ends = true;
	pthread_cond_signal(&w->end);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->end);
	free(w);
}

struct watched *watch_add(struct watch *w, int fd, int64_t until)
{
	struct watched *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	c->fd = fd;
	atomic_store(&c->until, until);
	pthread_mutex_lock(&w->lock);
	c->next = w->first;
	if (w->first)
		w->first->before = c;
	w->first = c;
	pthread_mutex_unlock(&w->lock);
	return c;
}

void watch_remove(struct watch *w, struct watched *c)
{
	pthread_mutex_lock(&w->lock);
	*(c->before ? &c->before->next : &w->first) = c->next;
	if (c->next)
		c->next->before = c->before;
	pthread_mutex_unlock(&w->lock);
	free(c);
}

void watch_until(struct watched *c, int64_t until)
{
	atomic_store(&c->until, until);
}
