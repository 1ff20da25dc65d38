/* Views: who counts, for how long, what is written, and what several threads make of it. */
#include "office/view_count.h"
#include "tests/test_db.h"
#include "web/views.h"

#include <pthread.h>
#include <stdio.h>

static const struct instant noon = { INT64_C(1610000000000) };

static struct instant later(int minutes)
{
	return (struct instant){ noon.ms + minutes * INT64_C(60000) };
}

static struct tx *tx;

/* Two dossiers to look at. */
static void begin(void)
{
	tx = test_tx("2021-01-07T13:00");
	for (int64_t id = 1; id <= 2; id++) {
		struct query q = db_query(
			tx,
			"INSERT INTO dossier (id, code, kind, unit, holder, state, visibility,"
			" channel, title, number, facet, opened_on, changed_at, unverified, acts,"
			" versions, data) VALUES ($1, $2, 'x', 1, 1, 2, 0, 0, '', '', '',"
			" '2021-01-07', 0, 0, 0, 0, '{}')");
		BIND(&q, id, str_printf(test_arena(), "XX-%d", (int)id));
		CHECK_INT(db_exec(&q), OK);
	}
}

/* What the writer does with the chore; `e` is what became of it. */
static bool run_chore(struct views *v, enum err e)
{
	struct chore c = views_chore(v);
	struct tx own = { 0 };
	if (!c.prepare(&own, c.what))
		return false;
	if (!e)
		e = c.run(tx, c.what);
	c.done(&own, c.what, e);
	return true;
}

static int64_t views_of(int64_t id)
{
	int64_t n = -1;
	CHECK_INT(view_count_of(tx, id, &n), OK);
	return n;
}

TEST(a_visitor_counts_once_an_hour_for_each_dossier)
{
	begin();
	struct views *v = views_new(7);
	for (int i = 0; i < 5; i++) {
		views_note(v, 1, S("203.0.113.1"), later(i));
		views_note(v, 1, S("203.0.113.2"), later(i));
		views_note(v, 2, S("203.0.113.1"), later(i));
	}
	CHECK_INT(views_of(1), 0); /* reading has written nothing */
	CHECK(run_chore(v, OK));
	CHECK_INT(views_of(1), 2);
	CHECK_INT(views_of(2), 1);
	CHECK(!run_chore(v, OK)); /* nothing new */
	views_note(v, 1, S("203.0.113.1"), later(61));
	CHECK(run_chore(v, OK));
	CHECK_INT(views_of(1), 3);
	views_free(v);
}

TEST(what_could_not_be_written_is_written_with_the_next)
{
	begin();
	struct views *v = views_new(7);
	views_note(v, 1, S("a"), noon);
	CHECK(run_chore(v, ERR_BUSY));
	CHECK_INT(views_of(1), 0);
	views_note(v, 1, S("b"), noon);
	CHECK(run_chore(v, OK));
	CHECK_INT(views_of(1), 2);
	views_free(v);
}

TEST(its_memory_is_bounded_whoever_looks_at_whatever)
{
	begin();
	struct views *v = views_new(7);
	for (int64_t i = 0; i < 100000; i++)
		views_note(v, 1000 + i, str_printf(test_arena(), "%d", (int)(i % 977)), noon);
	struct chore c = views_chore(v);
	struct tx own = { 0 };
	CHECK(c.prepare(&own, c.what));
	c.done(&own, c.what, OK);
	views_note(v, 1, S("a"), noon);
	CHECK(run_chore(v, OK));
	CHECK_INT(views_of(1), 1);
	views_free(v);
}

enum { THREADS = 4, VISITORS = 3000 };

static void *look(void *what)
{
	for (int i = 0; i < VISITORS; i++) {
		char who[32];
		int n = snprintf(who, sizeof who, "visitor %d", i);
		views_note(what, 1 + i % 2, (struct str){ who, (size_t)n }, noon);
	}
	return NULL;
}

/* All see the same visitors: each counts once, whoever comes first; a race may count one twice and a
 * slot taken by another may be counted again, never more than everybody's. */
TEST(several_threads_count_the_same_visitors_once)
{
	begin();
	struct views *v = views_new(7);
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, look, v) == 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	CHECK(run_chore(v, OK));
	int64_t all = views_of(1) + views_of(2);
	printf("# %d visitors, %d counted\n", VISITORS, (int)all);
	CHECK(all >= VISITORS && all < VISITORS * THREADS);
	views_free(v);
}

TEST(a_view_counted_last_is_written_when_the_program_stops)
{
	begin();
	test_commit(tx);
	const char *dir = test_tx_dir(tx);
	CHECK_INT(tx_end(tx, OK), OK);
	struct views *v = views_new(7);
	struct db *db = test_open(dir, DB_WRITE);
	struct writer_setup setup = { .db = db };
	struct writer *w;
	CHECK_INT(writer_start(&setup, &w), OK);
	views_note(v, 2, S("a"), noon);
	views_flush(v, w);
	writer_stop(w);
	struct tx read = *tx;
	CHECK_INT(tx_begin(&read, db, DB_READ), OK);
	int64_t n;
	CHECK_INT(view_count_of(&read, 2, &n), OK);
	CHECK_INT(n, 1);
	CHECK_INT(tx_end(&read, OK), OK);
	views_free(v);
	db_close(db);
}
