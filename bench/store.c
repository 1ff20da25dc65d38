/* Durable commits: one client that waits for each of its own, against many whose commits are shared.
 * Each job writes what a small step writes: a row, an index entry and a text to be found.
 *
 *     bench_store FOLDER [SECONDS [URL]]    the folder must be on the disk that is to be measured
 *
 * With the URL of a PostgreSQL the same is done there, in a schema of its own. */
#include "store/engine.h"
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

/* A schema of its own, and the URL that leads there. */
static char *make_schema(struct arena *a, const char *url)
{
	struct tx tx = { .mem = a };
	struct str why = { 0 };
	struct db *db;

	enum err e = db_open(str_of(url), DB_WRITE, &db, &why, a);
	if (e)
		give_up("open", str_z(a, why));
	if (!(e = tx_begin(&tx, db, DB_WRITE))) {
		struct query drop = db_query(&tx, "DROP SCHEMA IF EXISTS bench_store CASCADE");
		e = db_exec(&drop);
		struct query make = db_query(&tx, "CREATE SCHEMA bench_store");
		e = tx_end(&tx, e ? e : db_exec(&make));
	}
	if (e)
		give_up("schema", tx.why);
	db_close(db);
	return str_z(a, str_printf(a, "%s%soptions=-csearch_path%%3Dbench_store", url,
				   strchr(url, '?') ? "&" : "?"));
}

static void measure(struct arena *a, const char *name, const char *where, double seconds)
{
	static struct migration table = {
		"bench/0001-step",
		S_INIT("CREATE TABLE step (id $KEY, by_client BIGINT NOT NULL, at BIGINT NOT NULL,"
		       " data $TEXT NOT NULL); CREATE INDEX step_by ON step (by_client, at);")
	};
	struct str why = { 0 };
	struct db *db;
	double batch;

	enum err e = db_open(str_of(where), DB_WRITE, &db, &why, a);
	if (!e)
		e = migrate(db, &(struct migrations){ &table, 1 }, (struct instant){ 0 }, NULL,
			    &why, a);
	if (e)
		give_up(name, str_z(a, why));
	int64_t trips = db->trips;
	double one = singly(db, seconds);
	trips = db->trips - trips;
	double many = grouped(db, CLIENTS, seconds, &batch);
	printf("%s: durable steps, each its own commit: %.0f/s (%.1f round trips each)\n", name,
	       one, (double)trips / (one * seconds));
	printf("%s: durable steps, %d clients, shared commits: %.0f/s (%.1f a commit)\n", name,
	       CLIENTS, many, batch);
	printf("%s: ratio: %.1f\n", name, many / one);
	db_close(db);
}

int main(int argc, char **argv)
{
	double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
	struct arena *a = arena_new(0);

	if (argc < 2 || seconds <= 0) {
		fprintf(stderr, "usage: bench_store FOLDER [SECONDS [URL]]\n");
		return 2;
	}
	char *dir = str_z(a, str_printf(a, "%s/bench-store-XXXXXX", argv[1]));
	if (!mkdtemp(dir))
		give_up(dir, "cannot be made");
	measure(a, "SQLite", dir, seconds);
	unlink(str_z(a, str_printf(a, "%s/dinh.db", dir)));
	rmdir(dir);
	if (argc > 3)
		measure(a, "PostgreSQL", make_schema(a, argv[3]), seconds);
	arena_free(a);
	return 0;
}
