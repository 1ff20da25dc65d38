/* Durable commits: one client that waits for each of its own, against many whose commits are shared.
 * Each job writes what a small step writes: a row, an index entry and a text to be found.
 *
 *     bench_store FOLDER [SECONDS]    the folder must be on the disk that is to be measured */
#include "store/migrate.h"
#include "store/search.h"
#include "store/writer.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 64 };

struct client {
	struct writer *writer;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t told;
	int64_t number, acknowledged;
	double until;
	bool answered;
	enum err answer;
};

static double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void give_up(const char *what, const char *why)
{
	fprintf(stderr, "bench_store: %s: %s\n", what, why);
	exit(3);
}

static enum err step(struct tx *tx, int64_t by)
{
	struct query q = db_query(tx, "INSERT INTO step (by_client, at, data) VALUES ($1, $2, $3)"
				      " RETURNING id");

	BIND(&q, by, tx->now, S("{\"title\":\"Công khai dự toán ngân sách xã\"}"));
	enum err e = db_one(&q);
	return e ? e
		 : search_put(tx, col_int(&q, 0), S("Công khai dự toán"), S("ngân sách của xã"),
			      S(""));
}

static enum err run(struct tx *tx, void *what)
{
	return step(tx, ((struct client *)what)->number);
}

static void done(void *what, enum err e)
{
	struct client *c = what;

	pthread_mutex_lock(&c->lock);
	c->answered = true;
	c->answer = e;
	pthread_cond_signal(&c->told);
	pthread_mutex_unlock(&c->lock);
}

static void *client_live(void *client)
{
	struct client *c = client;
	struct arena *a = arena_new(0);

	while (seconds_now() < c->until) {
		struct job j = { .run = run, .done = done, .what = c, .tx.mem = a };
		c->answered = false;
		if (writer_submit(c->writer, &j))
			give_up("submit", "the queue is full");
		pthread_mutex_lock(&c->lock);
		while (!c->answered)
			pthread_cond_wait(&c->told, &c->lock);
		pthread_mutex_unlock(&c->lock);
		if (c->answer)
			give_up("step", j.tx.why);
		c->acknowledged++;
		arena_clear(a);
	}
	arena_free(a);
	return NULL;
}

static void fatal(void *context, const char *why)
{
	(void)context;
	give_up("commit", why);
}

static double grouped(struct db *db, int clients, double seconds, double *batch)
{
	struct client *list = calloc((size_t)clients, sizeof *list);
	struct writer *w;
	int64_t sum = 0;

	if (!list || writer_start(&(struct writer_setup){ .db = db, .fatal = fatal }, &w))
		give_up("start", "no memory or no thread");
	for (int i = 0; i < clients; i++) {
		struct client *c = &list[i];
		c->writer = w;
		c->number = i;
		c->until = seconds_now() + seconds;
		pthread_mutex_init(&c->lock, NULL);
		pthread_cond_init(&c->told, NULL);
		if (pthread_create(&c->thread, NULL, client_live, c) != 0)
			give_up("start", "no thread");
	}
	for (int i = 0; i < clients; i++) {
		pthread_join(list[i].thread, NULL);
		sum += list[i].acknowledged;
	}
	struct writer_stats stats = writer_stats(w);
	*batch = (double)stats.jobs / (double)stats.commits;
	writer_stop(w);
	free(list);
	return (double)sum / seconds;
}

static double singly(struct db *db, double seconds)
{
	struct arena *a = arena_new(0);
	double until = seconds_now() + seconds;
	int64_t n = 0;

	while (seconds_now() < until) {
		struct tx tx = { .mem = a };
		enum err e = tx_begin(&tx, db, DB_WRITE);
		if (!e)
			e = tx_end(&tx, step(&tx, 0));
		if (e)
			give_up("step", tx.why);
		arena_clear(a);
		n++;
	}
	arena_free(a);
	return (double)n / seconds;
}

int main(int argc, char **argv)
{
	static struct migration table = {
		"bench/0001-step",
		S_INIT("CREATE TABLE step (id $KEY, by_client BIGINT NOT NULL, at BIGINT NOT NULL,"
		       " data $TEXT NOT NULL); CREATE INDEX step_by ON step (by_client, at);")
	};
	double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
	struct arena *a = arena_new(0);
	struct str why = { 0 };
	struct db *db;
	double batch;

	if (argc < 2) {
		fprintf(stderr, "usage: bench_store FOLDER [SECONDS]\n");
		return 2;
	}
	char *dir = str_z(a, str_printf(a, "%s/bench-store-XXXXXX", argv[1]));
	if (!mkdtemp(dir))
		give_up(dir, "cannot be made");
	enum err e = db_open(str_of(dir), DB_WRITE, &db, &why, a);
	if (!e)
		e = migrate(db, &(struct migrations){ &table, 1 }, (struct instant){ 0 }, NULL,
			    &why, a);
	if (e)
		give_up(dir, str_z(a, why));

	double one = singly(db, seconds);
	double many = grouped(db, CLIENTS, seconds, &batch);
	printf("durable steps, each its own commit: %.0f/s\n", one);
	printf("durable steps, %d clients, shared commits: %.0f/s (%.1f a commit)\n", CLIENTS, many,
	       batch);
	printf("ratio: %.1f\n", many / one);

	db_close(db);
	unlink(str_z(a, str_printf(a, "%s/dinh.db", dir)));
	rmdir(dir);
	arena_free(a);
	return 0;
}
