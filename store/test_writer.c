#include "store/writer.h"

#include "tests/fault_vfs.h"
#include "tests/test_db.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* What the tests watch; the lock orders the writer's thread and the test's. */
struct watch {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int answered, commits, fatal;
	bool held; /* jobs wait for it to become false */
	char order[100];
};

struct request {
	struct job job;
	struct watch *watch;
	int64_t n;
	enum err fails;
	bool breaks;   /* the transaction, by force */
	bool swallows; /* the failure of a question that took too long */
	bool holds;    /* waits in the writer until the watch lets it go */
	bool answered;
	enum err answer;
};

static struct watch *watch_in(struct arena *a)
{
	struct watch *w = NEW(a, struct watch);

	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->told, NULL);
	return w;
}

static struct watch *watch_new(void)
{
	return watch_in(test_arena());
}

static void note(struct watch *w, char what)
{
	pthread_mutex_lock(&w->lock);
	size_t n = strlen(w->order);
	if (n + 1 < sizeof w->order)
		w->order[n] = what;
	pthread_cond_broadcast(&w->told);
	pthread_mutex_unlock(&w->lock);
}

/* On PostgreSQL. Its failure is not told. */
static enum err take_too_long(struct tx *tx)
{
	struct query limit = db_query(tx, "SET LOCAL statement_timeout = 20");
	CHECK_INT(db_exec(&limit), OK);
	struct query q = db_query(tx, "SELECT pg_sleep(5)");
	CHECK_INT(db_one(&q), ERR_BUSY);
	return OK;
}

static enum err run(struct tx *tx, void *what)
{
	struct request *r = what;

	if (r->holds) {
		note(r->watch, 'h');
		pthread_mutex_lock(&r->watch->lock);
		while (r->watch->held)
			pthread_cond_wait(&r->watch->told, &r->watch->lock);
		pthread_mutex_unlock(&r->watch->lock);
	}
	struct query q = db_query(tx, "INSERT INTO work (n) VALUES ($1)");
	BIND(&q, r->n);
	enum err e = db_exec(&q);
	if (r->swallows)
		return take_too_long(tx);
	if (r->breaks && test_on_postgres()) {
		/* The server ends this session. */
		struct query gone = db_query(tx, "SELECT pg_terminate_backend(pg_backend_pid())");
		return db_one(&gone);
	}
	if (r->breaks) {
		/* As some disk errors do: the engine rolls back everything. */
		struct query all = db_query(tx, "INSERT OR ROLLBACK INTO work (n) VALUES ($1)");
		BIND(&all, r->n);
		return db_exec(&all);
	}
	return e ? e : r->fails;
}

static void done(void *what, enum err e)
{
	struct request *r = what;
	struct watch *w = r->watch;

	note(w, e ? 'e' : 'd');
	pthread_mutex_lock(&w->lock);
	r->answer = e;
	r->answered = true;
	w->answered++;
	pthread_cond_broadcast(&w->told);
	pthread_mutex_unlock(&w->lock);
}

static void after_commit(void *watch)
{
	note(watch, 'c');
}

static void fatal(void *watch, const char *why)
{
	struct watch *w = watch;

	(void)why;
	pthread_mutex_lock(&w->lock);
	w->fatal++;
	pthread_mutex_unlock(&w->lock);
}

static struct request *request(struct watch *w, int64_t n)
{
	struct request *r = NEW(test_arena(), struct request);

	*r = (struct request){ .watch = w, .n = n };
	r->job = (struct job){ .run = run, .done = done, .what = r, .tx.mem = test_arena() };
	return r;
}

static void wait_for(struct watch *w, int answered)
{
	pthread_mutex_lock(&w->lock);
	while (w->answered < answered)
		pthread_cond_wait(&w->told, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static void wait_for_hold(struct watch *w)
{
	pthread_mutex_lock(&w->lock);
	while (!strchr(w->order, 'h'))
		pthread_cond_wait(&w->told, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static void let_go(struct watch *w)
{
	pthread_mutex_lock(&w->lock);
	w->held = false;
	pthread_cond_broadcast(&w->told);
	pthread_mutex_unlock(&w->lock);
}

static struct db *work_db(const char **dir)
{
	*dir = test_site();
	struct db *db = test_open(*dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query(&tx, "CREATE TABLE work (n BIGINT PRIMARY KEY)");
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	return db;
}

static int64_t count(struct db *db)
{
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT count(*) FROM work");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	return n;
}

struct site {
	struct watch *watch;
	struct db *db;
	struct writer *writer;
	const char *dir;
};

static struct site start(size_t queue, struct chore *chores, size_t chore_count)
{
	struct site s = { .watch = watch_new() };

	s.db = work_db(&s.dir);
	CHECK_INT(writer_start(&(struct writer_setup){ .db = s.db,
						       .queue = queue,
						       .chores = chores,
						       .chore_count = chore_count,
						       .after_commit = after_commit,
						       .fatal = fatal,
						       .context = s.watch },
			       &s.writer),
		  OK);
	return s;
}

/* Fills one batch: the first request holds the writer while the others queue up behind it. */
static void submit_together(struct site *s, struct request *const *list, int n)
{
	struct request *first = request(s->watch, 1000000);

	first->holds = s->watch->held = true;
	CHECK_INT(writer_submit(s->writer, &first->job), OK);
	wait_for_hold(s->watch);
	for (int i = 0; i < n; i++)
		CHECK_INT(writer_submit(s->writer, &list[i]->job), OK);
	let_go(s->watch);
	wait_for(s->watch, n + 1);
}

TEST(what_waits_together_is_committed_together)
{
	struct site s = start(0, NULL, 0);
	struct request *list[50];

	for (int i = 0; i < 50; i++)
		list[i] = request(s.watch, i);
	submit_together(&s, list, 50);
	struct writer_stats stats = writer_stats(s.writer);
	CHECK_INT(stats.jobs, 51);
	CHECK_INT(stats.commits, 2);
	writer_stop(s.writer);
	CHECK_INT(count(s.db), 51);
	db_close(s.db);
}

TEST(nobody_hears_of_success_before_the_commit)
{
	struct site s = start(0, NULL, 0);
	struct request *list[] = { request(s.watch, 1), request(s.watch, 2) };

	submit_together(&s, list, 2);
	writer_stop(s.writer);
	CHECK_STR(str_of(s.watch->order), S("hcdcdd"));
	db_close(s.db);
}

TEST(a_request_that_fails_is_taken_back_alone)
{
	struct site s = start(0, NULL, 0);
	struct request *list[] = { request(s.watch, 1), request(s.watch, 2), request(s.watch, 1),
				   request(s.watch, 4) };

	list[1]->fails = ERR_DENIED;
	submit_together(&s, list, 4);
	writer_stop(s.writer);
	CHECK_INT(list[0]->answer, OK);
	CHECK_INT(list[1]->answer, ERR_DENIED);
	CHECK_INT(list[2]->answer, ERR_CONFLICT); /* not unique */
	CHECK_INT(list[3]->answer, OK);
	CHECK_INT(count(s.db), 3);
	db_close(s.db);
}

TEST(when_the_engine_gives_up_the_batch_everybody_in_it_is_asked_to_come_back)
{
	struct site s = start(0, NULL, 0);
	struct request *list[] = { request(s.watch, 1), request(s.watch, 2), request(s.watch, 3) };

	list[1]->breaks = true;
	submit_together(&s, list, 3);
	for (int i = 0; i < 3; i++)
		CHECK_INT(list[i]->answer, ERR_BUSY);
	struct request *again = request(s.watch, 1);
	CHECK_INT(writer_submit(s.writer, &again->job), OK);
	wait_for(s.watch, 5);
	CHECK_INT(again->answer, OK);
	writer_stop(s.writer);
	CHECK_INT(s.watch->fatal, 0);
	CHECK_INT(count(s.db), 2);
	db_close(s.db);
}

TEST(a_request_that_swallows_a_failure_is_taken_back_alone)
{
	test_only_postgres();
	struct site s = start(0, NULL, 0);
	struct request *list[] = { request(s.watch, 1), request(s.watch, 2), request(s.watch, 3) };

	list[1]->swallows = true;
	submit_together(&s, list, 3);
	writer_stop(s.writer);
	CHECK_INT(list[0]->answer, OK);
	CHECK_INT(list[1]->answer, ERR_BUSY);
	CHECK_INT(list[2]->answer, OK);
	CHECK_INT(s.watch->fatal, 0);
	CHECK_INT(count(s.db), 3);
	db_close(s.db);
}

TEST(a_full_queue_refuses_at_once)
{
	struct site s = start(2, NULL, 0);
	struct request *first = request(s.watch, 1), *more[3];

	first->holds = s.watch->held = true;
	CHECK_INT(writer_submit(s.writer, &first->job), OK);
	wait_for_hold(s.watch);
	for (int i = 0; i < 3; i++)
		more[i] = request(s.watch, 10 + i);
	CHECK_INT(writer_submit(s.writer, &more[0]->job), OK);
	CHECK_INT(writer_submit(s.writer, &more[1]->job), OK);
	CHECK_INT(writer_submit(s.writer, &more[2]->job), ERR_BUSY);
	let_go(s.watch);
	wait_for(s.watch, 3);
	CHECK(!more[2]->answered);
	CHECK_INT(writer_stats(s.writer).refused, 1);
	writer_stop(s.writer);
	db_close(s.db);
}

TEST(stopping_finishes_what_is_queued)
{
	struct site s = start(0, NULL, 0);

	for (int i = 0; i < 100; i++)
		CHECK_INT(writer_submit(s.writer, &request(s.watch, i)->job), OK);
	writer_stop(s.writer);
	CHECK_INT(s.watch->answered, 100);
	CHECK_INT(count(s.db), 100);
	db_close(s.db);
}

TEST(quiet_work_invalidates_no_page)
{
	struct site s = start(0, NULL, 0);
	struct request *r = request(s.watch, 1);

	r->job.quiet = true;
	CHECK_INT(writer_submit(s.writer, &r->job), OK);
	wait_for(s.watch, 1);
	writer_stop(s.writer);
	CHECK_STR(str_of(s.watch->order), S("d"));
	CHECK_INT(count(s.db), 1);
	db_close(s.db);
}

TEST(a_failed_commit_ends_the_process_and_nobody_hears_of_success)
{
	test_only_sqlite();
	fault_install();
	struct site s = start(0, NULL, 0);
	struct request *r = request(s.watch, 1), *late = request(s.watch, 2);

	fault_at(FAULT_IO, 1); /* the first write is the commit's */
	CHECK_INT(writer_submit(s.writer, &r->job), OK);
	wait_for(s.watch, 1);
	CHECK_INT(r->answer, ERR_IO);
	CHECK_INT(s.watch->fatal, 1);
	CHECK_INT(writer_submit(s.writer, &late->job), ERR_BUSY);
	writer_stop(s.writer);
	fault_clear();
	CHECK_STR(str_of(s.watch->order), S("e"));
	db_close(s.db);
	struct db *db = test_open(s.dir, DB_WRITE);
	CHECK(count(db) <= 1);
	db_close(db);
}

struct sealer {
	struct watch *watch;
	struct arena *mem;
	int64_t ran;
	bool empty;
	bool swallows; /* on PostgreSQL */
};

static bool sealer_prepare(struct tx *tx, void *what)
{
	struct sealer *s = what;

	tx->mem = s->mem = arena_new(0);
	return true;
}

static enum err sealer_run(struct tx *tx, void *what)
{
	struct sealer *s = what;
	struct query q = db_query(tx, "INSERT INTO work (n) VALUES ($1)");

	BIND(&q, (int64_t)(-1 - s->ran++));
	enum err e = db_exec(&q);
	return s->swallows ? take_too_long(tx) : e;
}

static void sealer_done(struct tx *tx, void *what, enum err e)
{
	struct sealer *s = what;

	arena_free(tx->mem);
	note(s->watch, e ? 'E' : 'S');
}

TEST(a_chore_that_swallows_a_failure_keeps_nothing_and_ends_no_process)
{
	test_only_postgres();
	struct sealer sealer = { .watch = watch_new(), .swallows = true };
	struct chore chore = { .every_ms = 3600000,
			       .prepare = sealer_prepare,
			       .run = sealer_run,
			       .done = sealer_done,
			       .what = &sealer };
	struct site s = start(0, &chore, 1);

	pthread_mutex_lock(&sealer.watch->lock);
	while (!*sealer.watch->order)
		pthread_cond_wait(&sealer.watch->told, &sealer.watch->lock);
	pthread_mutex_unlock(&sealer.watch->lock);
	CHECK_INT(writer_submit(s.writer, &request(s.watch, 1)->job), OK);
	writer_stop(s.writer);
	CHECK_STR(str_of(sealer.watch->order), S("E"));
	CHECK_INT(s.watch->fatal, 0);
	CHECK_INT(count(s.db), 1);
	db_close(s.db);
}

TEST(a_chore_follows_up_each_commit_and_its_own_commit_is_no_cause)
{
	struct sealer sealer = { 0 };
	struct chore chore = { .every_ms = 20,
			       .after_commit = true,
			       .prepare = sealer_prepare,
			       .run = sealer_run,
			       .done = sealer_done,
			       .what = &sealer,
			       .quiet = true };
	sealer.watch = watch_new();
	struct site s = start(0, &chore, 1);

	usleep(100000);
	CHECK_INT(writer_stats(s.writer).commits, 1); /* once at the start */
	CHECK_INT(writer_submit(s.writer, &request(s.watch, 1)->job), OK);
	wait_for(s.watch, 1);
	usleep(100000);
	CHECK_INT(writer_stats(s.writer).commits, 3);
	CHECK_INT(writer_submit(s.writer, &request(s.watch, 2)->job), OK);
	writer_stop(s.writer); /* does not wait for the chore's turn */
	CHECK_INT(sealer.ran, 3);
	CHECK_STR(str_of(sealer.watch->order), S("SSS"));
	CHECK_INT(count(s.db), 5);
	db_close(s.db);
}

TEST(a_chore_without_cause_comes_back_by_the_clock)
{
	struct sealer sealer = { 0 };
	struct chore chore = { .every_ms = 10,
			       .prepare = sealer_prepare,
			       .run = sealer_run,
			       .done = sealer_done,
			       .what = &sealer };
	sealer.watch = watch_new();
	struct site s = start(0, &chore, 1);

	pthread_mutex_lock(&sealer.watch->lock);
	while (strlen(sealer.watch->order) < 5)
		pthread_cond_wait(&sealer.watch->told, &sealer.watch->lock);
	pthread_mutex_unlock(&sealer.watch->lock);
	writer_stop(s.writer);
	CHECK_INT(count(s.db), sealer.ran);
	db_close(s.db);
}

struct client {
	struct site *site;
	pthread_t thread;
	int64_t from;
	int wrong;
};

/* A client sends one request after the other and waits for each. */
static void *client_live(void *client)
{
	struct client *c = client;

	for (int64_t i = 0; i < 50; i++) {
		struct arena *mem = arena_new(0);
		struct request r = { .watch = watch_in(mem), .n = c->from + i };
		r.job = (struct job){ .run = run, .done = done, .what = &r, .tx.mem = mem };
		r.fails = i % 7 == 3 ? ERR_INVALID : OK;
		while (writer_submit(c->site->writer, &r.job))
			usleep(100);
		wait_for(r.watch, 1);
		pthread_mutex_lock(&r.watch->lock); /* done() has let go of it */
		c->wrong += r.answer != r.fails;
		pthread_mutex_unlock(&r.watch->lock);
		arena_free(mem);
	}
	return NULL;
}

TEST(many_threads_may_submit_at_once)
{
	struct site s = start(16, NULL, 0);
	struct client clients[8];

	for (int i = 0; i < 8; i++) {
		clients[i] = (struct client){ .site = &s, .from = i * 100 };
		CHECK(!pthread_create(&clients[i].thread, NULL, client_live, &clients[i]));
	}
	int wrong = 0;
	for (int i = 0; i < 8; i++) {
		pthread_join(clients[i].thread, NULL);
		wrong += clients[i].wrong;
	}
	writer_stop(s.writer);
	CHECK_INT(wrong, 0);
	CHECK_INT(count(s.db), 8 * 43);
	db_close(s.db);
}
