/* A ring of jobs under one lock. */
#include "web/pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct job {
	void (*run)(void *what);
	void *what;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *ring;
	int cap, first, n;
	bool ends;
	int threads;
	pthread_t ids[];
};

static void *work(void *arg)
{
	struct pool *p = arg;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->n && !p->ends)
			pthread_cond_wait(&p->more, &p->lock);
		if (!p->n)
			break;
		struct job job = p->ring[p->first];
		p->first = (p->first + 1) % p->cap;
		p->n--;
		pthread_mutex_unlock(&p->lock);
		job.run(job.what);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct pool *pool_new(int threads, int waiting)
{
	struct pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof(pthread_t));
	if (!p || !(p->ring = calloc((size_t)waiting, sizeof *p->ring)))
		abort();
	p->cap = waiting;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	for (; p->threads < threads; p->threads++)
		if (pthread_create(&p->ids[p->threads], NULL, work, p) != 0)
			break;
	if (!p->threads)
		abort();
	return p;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->ends = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->threads; i++)
		pthread_join(p->ids[i], NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->more);
	free(p->ring);
	free(p);
}

enum err pool_run(struct pool *p, void (*run)(void *what), void *what)
{
	enum err e = ERR_BUSY;
	pthread_mutex_lock(&p->lock);
	if (p->n < p->cap && !p->ends) {
		p->ring[(p->first + p->n) % p->cap] = (struct job){ run, what };
		p->n++;
		pthread_cond_signal(&p->more);
		e = OK;
	}
	pthread_mutex_unlock(&p->lock);
	return e;
}
