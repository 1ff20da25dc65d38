/* The queue is a list under a lock; the thread takes all of it at once. Chores are looked at after
 * every batch and whenever the earliest of them is due.
 *
 * Three things can go wrong, and each ends somewhere known: a job fails and its savepoint is undone;
 * the engine gives up the whole transaction, or its COMMIT has certainly done nothing, and everybody in
 * it hears ERR_BUSY; nobody knows what became of the COMMIT and the process ends, because what is on disk
 * can only be learnt by opening it again.
 *
 * A batch is not tried again here: `run` leaves pages, cookies and files in `what`, which it made for
 * the first try. The person who asked is asked to ask again. */
#include "store/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { USUAL_QUEUE = 1024, AGAIN_MS = 1000 };

struct timer {
	int64_t next_ms; /* on the monotonic clock */
	int64_t seen;    /* causes when it last ran */
};

struct writer {
	struct writer_setup setup;
	struct timer *timers; /* one for each chore */
	struct writer_timing timing;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t wake;
	struct job *first, **last;
	struct writer_stats stats;
	int64_t causes; /* commits that chores may have to follow up */
	bool stopping;
	bool broken; /* a commit failed and `fatal` came back */
};

/* Only intervals are read from this clock; what time it is comes with each job. */
static int64_t monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t monotonic_ms(void)
{
	return monotonic_us() / 1000;
}

static void tell(struct job *batch, const enum err *instead)
{
	for (struct job *j = batch, *next; j; j = next) {
		next = j->next; /* the job is gone once it is told */
		j->done(j->what, instead ? *instead : j->err);
	}
}

/* ERR_BUSY: it was not, and nothing is lost but this attempt. ERR_IO: the process is meant to end. */
static enum err commit(struct writer *w, struct tx *tx, bool cause)
{
	int64_t began = monotonic_us();
	bool loud = !tx_is_quiet(tx);
	enum err e = tx_end(tx, OK);

	if (e && e != ERR_IO && e != ERR_CORRUPT)
		return ERR_BUSY;
	if (e) {
		pthread_mutex_lock(&w->lock);
		w->broken = true;
		pthread_mutex_unlock(&w->lock);
		w->setup.fatal(w->setup.context, tx->why);
		return ERR_IO;
	}
	histogram_add(&w->timing.commit, WRITER_COMMIT_UNIT, monotonic_us() - began);
	pthread_mutex_lock(&w->lock);
	w->stats.commits++;
	w->causes += cause;
	pthread_mutex_unlock(&w->lock);
	if (loud && w->setup.after_commit)
		w->setup.after_commit(w->setup.context);
	return OK;
}

static void run_job(struct tx *batch, struct job *j)
{
	j->tx.db = batch->db;
	j->tx.err = OK;
	j->tx.why[0] = '\0';
	j->err = tx_savepoint(&j->tx);
	if (!j->err)
		j->err = tx_savepoint_end(&j->tx, j->run(&j->tx, j->what));
}

static void run_batch(struct writer *w, struct job *batch)
{
	static const enum err busy = ERR_BUSY;
	struct arena *a = arena_new(0);
	struct tx tx = { .mem = a };
	bool any = false, loud = false, stands = true;
	int64_t n = 0;

	enum err e = tx_begin(&tx, w->setup.db, DB_WRITE);
	if (e) {
		tell(batch, &e);
		arena_free(a);
		return;
	}
	for (struct job *j = batch; j && stands; j = j->next) {
		run_job(&tx, j);
		n += !j->err;
		any |= !j->err;
		loud |= !j->err && !j->quiet;
		stands = !j->err || tx_stands(&tx);
	}
	if (!loud)
		tx_quiet(&tx);
	if (stands && any)
		stands = !tx_settle(&tx);
	if (!stands) {
		(void)!tx_end(&tx, ERR_BUSY);
		tell(batch, &busy);
	} else if (!any) {
		(void)!tx_end(&tx, ERR_CONFLICT); /* nothing to keep */
		tell(batch, NULL);
	} else {
		histogram_add(&w->timing.batch, WRITER_BATCH_UNIT, n);
		e = commit(w, &tx, true);
		tell(batch, e ? &e : NULL);
	}
	arena_free(a);
}

static bool is_broken(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	bool broken = w->broken;
	pthread_mutex_unlock(&w->lock);
	return broken;
}

static void run_chore(struct writer *w, struct chore *c)
{
	struct tx tx = { 0 };

	if (!c->prepare(&tx, c->what))
		return;
	enum err e = tx_begin(&tx, w->setup.db, DB_WRITE);
	if (!e) {
		if (c->quiet)
			tx_quiet(&tx);
		e = c->run(&tx, c->what);
		if (!e)
			e = tx_settle(&tx);
		e = e ? tx_end(&tx, e) : commit(w, &tx, !c->after_commit);
	}
	c->done(&tx, c->what, e);
}

static bool chore_has_cause(const struct writer *w, size_t i)
{
	return !w->setup.chores[i].after_commit || w->timers[i].seen != w->causes;
}

/* Should it run now? `last`: the writer is stopping, so what follows up a commit does not wait. */
static bool chore_is_due(struct writer *w, size_t i, bool last)
{
	pthread_mutex_lock(&w->lock);
	bool due =
		!w->broken && chore_has_cause(w, i) &&
		(last ? w->setup.chores[i].after_commit : w->timers[i].next_ms <= monotonic_ms());
	if (due)
		w->timers[i].seen = w->causes;
	pthread_mutex_unlock(&w->lock);
	return due;
}

/* Causes are what it follows up, so it keeps one. */
static void put_off(struct writer *w, size_t i)
{
	int64_t soon = monotonic_ms() + AGAIN_MS;

	pthread_mutex_lock(&w->lock);
	w->timers[i].seen = -1;
	pthread_mutex_unlock(&w->lock);
	if (w->timers[i].next_ms < soon)
		w->timers[i].next_ms = soon;
}

static void run_chores(struct writer *w, bool last)
{
	for (size_t i = 0; i < w->setup.chore_count; i++)
		if (chore_is_due(w, i, last)) {
			struct chore *c = &w->setup.chores[i];
			run_chore(w, c);
			w->timers[i].next_ms = monotonic_ms() + c->every_ms;
			if (c->again) {
				c->again = false;
				put_off(w, i);
			}
		}
}

/* When the earliest chore is due, INT64_MAX for none. The lock is held. */
static int64_t next_chore(const struct writer *w)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < w->setup.chore_count && !w->broken; i++)
		if (chore_has_cause(w, i) && w->timers[i].next_ms < next)
			next = w->timers[i].next_ms;
	return next;
}

/* Waits for jobs, a chore or the end. False: the end, and the queue is empty. */
static bool take(struct writer *w, struct job **batch)
{
	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->stopping) {
		int64_t next = next_chore(w);
		if (next == INT64_MAX) {
			pthread_cond_wait(&w->wake, &w->lock);
			continue;
		}
		if (next <= monotonic_ms())
			break;
		struct timespec until = { next / 1000, next % 1000 * 1000000 };
		pthread_cond_timedwait(&w->wake, &w->lock, &until);
	}
	bool more = w->first || !w->stopping;
	*batch = w->first;
	w->first = NULL;
	w->last = &w->first;
	w->stats.jobs += w->stats.waiting;
	w->stats.waiting = 0;
	pthread_mutex_unlock(&w->lock);
	return more;
}

static void *live(void *writer)
{
	static const enum err io = ERR_IO;
	struct writer *w = writer;
	struct job *batch;

	while (take(w, &batch)) {
		if (batch && is_broken(w))
			tell(batch, &io);
		else if (batch)
			run_batch(w, batch);
		run_chores(w, false);
	}
	run_chores(w, true);
	return NULL;
}

enum err writer_start(const struct writer_setup *setup, struct writer **out)
{
	struct writer *w = calloc(1, sizeof *w);
	pthread_condattr_t monotonic;

	if (!w || !(w->timers = calloc(setup->chore_count + 1, sizeof *w->timers)))
		abort();
	w->setup = *setup;
	if (!w->setup.queue)
		w->setup.queue = USUAL_QUEUE;
	w->last = &w->first;
	/* What a chore is for may be waiting since before the last stop: all of them have cause. */
	for (size_t i = 0; i < setup->chore_count; i++)
		w->timers[i].seen = -1;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&w->thread, NULL, live, w) != 0) {
		pthread_cond_destroy(&w->wake);
		pthread_mutex_destroy(&w->lock);
		free(w->timers);
		free(w);
		return ERR_IO;
	}
	*out = w;
	return OK;
}

enum err writer_submit(struct writer *w, struct job *job)
{
	enum err e = OK;

	job->next = NULL;
	pthread_mutex_lock(&w->lock);
	if (w->stopping || w->broken || (size_t)w->stats.waiting >= w->setup.queue) {
		w->stats.refused++;
		e = ERR_BUSY;
	} else {
		*w->last = job;
		w->last = &job->next;
		w->stats.waiting++;
		pthread_cond_signal(&w->wake);
	}
	pthread_mutex_unlock(&w->lock);
	return e;
}

void writer_rouse(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->causes++;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
}

void writer_stop(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	free(w->timers);
	free(w);
}

struct writer_stats writer_stats(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	struct writer_stats s = w->stats;
	pthread_mutex_unlock(&w->lock);
	return s;
}

const struct writer_timing *writer_timing(const struct writer *w)
{
	return &w->timing;
}
