/* Commits whose answer never came, and how the truth is told about them. A relay stands between the
 * program and the server and cuts the line at a COMMIT. */
#include "store/test_thing.h"
#include "store/writer.h"
#include "tests/relay.h"

#include <pthread.h>
#include <string.h>

struct line {
	struct relay *relay;
	struct tx tx;    /* through the relay; not begun */
	struct db *side; /* past it, to look */
	struct str direct;
};

static void close_db(void *db)
{
	db_close(db);
}

static void close_line(void *line)
{
	db_close(((struct line *)line)->tx.db);
}

/* Asked past the relay. */
static int64_t stored(struct line *l)
{
	struct tx tx = { .mem = test_arena() };

	CHECK_INT(tx_begin(&tx, l->side, DB_READ), OK);
	int64_t n = count(&tx);
	CHECK_INT(tx_end(&tx, OK), OK);
	return n;
}

/* `more`: SQL, ended by NULL. */
static struct line *line_new(const char *const *more)
{
	test_only_postgres();
	struct arena *a = test_arena();
	struct line *l = NEW(a, struct line);
	const char *dir = test_site();
	struct str why = { 0 };

	l->side = test_open(dir, DB_WRITE);
	arena_defer(a, close_db, l->side);
	l->tx.mem = a;
	CHECK_INT(tx_begin(&l->tx, l->side, DB_WRITE), OK);
	CHECK_INT(exec(&l->tx, "CREATE TABLE thing (n BIGINT PRIMARY KEY)"), OK);
	for (; more && *more; more++)
		CHECK_INT(exec(&l->tx, *more), OK);
	CHECK_INT(tx_end(&l->tx, OK), OK);
	l->direct = test_database(dir);
	l->relay = relay_start(l->direct);
	if (db_open(relay_url(l->relay), DB_WRITE, &l->tx.db, &why, a))
		FAIL("%.*s", STR_ARG(why));
	arena_defer(a, close_line, l);
	/* One that went well: nothing below is the first of its session. */
	CHECK_INT(tx_begin(&l->tx, l->tx.db, DB_WRITE), OK);
	CHECK_INT(tx_end(&l->tx, add(&l->tx, 0)), OK);
	return l;
}

static enum err try_to_add(struct line *l, int64_t n)
{
	CHECK_INT(tx_begin(&l->tx, l->tx.db, DB_WRITE), OK);
	CHECK_INT(add(&l->tx, n), OK);
	return tx_end(&l->tx, OK);
}

TEST(a_commit_that_never_reached_the_server_is_known_not_to_be)
{
	struct line *l = line_new(NULL);

	relay_cut(l->relay, RELAY_BEFORE);
	CHECK_INT(try_to_add(l, 1), ERR_BUSY);
	CHECK(strstr(l->tx.why, "nothing was kept"));
	CHECK_INT(stored(l), 1);
	CHECK_INT(try_to_add(l, 1), OK);
	CHECK_INT(stored(l), 2);
}

TEST(a_commit_whose_answer_was_lost_is_known_to_be)
{
	struct line *l = line_new(NULL);

	relay_cut(l->relay, RELAY_AFTER);
	CHECK_INT(try_to_add(l, 1), OK);
	CHECK_INT(stored(l), 2);
	CHECK_INT(try_to_add(l, 2), OK);
	CHECK_INT(stored(l), 3);
}

TEST(a_commit_that_is_still_under_way_is_waited_for)
{
	static const char *const slowly[] = {
		"CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM"
		" pg_sleep(0.5); RETURN NULL; END'",
		"CREATE CONSTRAINT TRIGGER t AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED"
		" FOR EACH ROW EXECUTE FUNCTION slowly()",
		NULL,
	};
	struct line *l = line_new(slowly);

	relay_cut(l->relay, RELAY_TORN);
	CHECK_INT(try_to_add(l, 1), OK);
	CHECK_INT(stored(l), 2);
}

TEST(a_session_that_waits_for_a_commit_that_was_lost_is_ended)
{
	struct line *l = line_new(NULL);

	relay_cut(l->relay, RELAY_HELD);
	CHECK_INT(try_to_add(l, 1), ERR_BUSY);
	CHECK_INT(stored(l), 1);
	CHECK_INT(try_to_add(l, 1), OK);
	CHECK_INT(stored(l), 2);
}

TEST(nobody_knows_when_nobody_can_be_asked)
{
	struct line *l = line_new(NULL);

	l->tx.db->patience_ms = 300;
	relay_refuse(l->relay, true);
	relay_cut(l->relay, RELAY_AFTER);
	CHECK_INT(try_to_add(l, 1), ERR_IO);
	CHECK(strstr(l->tx.why, "nobody knows"));
	CHECK_INT(tx_begin(&l->tx, l->tx.db, DB_WRITE), ERR_BUSY);
	relay_refuse(l->relay, false);
	CHECK_INT(tx_begin(&l->tx, l->tx.db, DB_WRITE), OK);
	CHECK_INT(tx_end(&l->tx, OK), OK);
}

/* As after a failover: the host that was asked is gone for good, and the URL knows another. */
TEST(another_host_of_the_url_is_asked)
{
	struct line *l = line_new(NULL);
	struct relay *other = relay_start(l->direct);
	struct str both = str_printf(test_arena(), "%.*s,%.*s", STR_ARG(relay_url(l->relay)),
				     STR_ARG(relay_folder(other)));
	struct str why = { 0 };
	struct db *db;

	if (db_open(both, DB_WRITE, &db, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	db_close(l->tx.db);
	l->tx.db = db;
	CHECK_INT(try_to_add(l, 1), OK);
	relay_refuse(l->relay, true);
	relay_cut(l->relay, RELAY_AFTER);
	CHECK_INT(try_to_add(l, 2), OK);
	CHECK_INT(try_to_add(l, 3), OK);
	CHECK_INT(stored(l), 4);
}

TEST(a_commit_of_nothing_asks_nobody)
{
	struct line *l = line_new(NULL);

	relay_refuse(l->relay, true);
	relay_cut(l->relay, RELAY_BEFORE);
	CHECK_INT(tx_begin(&l->tx, l->tx.db, DB_WRITE), OK);
	CHECK_INT(tx_end(&l->tx, OK), ERR_BUSY);
}

/* ---- the same through the writer */

enum { JOBS = 40 };

struct teller {
	pthread_mutex_t lock;
	pthread_cond_t told;
	int answered, fatal;
};

struct act {
	struct job job;
	struct teller *teller;
	int64_t n;
	int runs;
	enum err answer;
};

static enum err run_act(struct tx *tx, void *what)
{
	struct act *a = what;

	a->runs++;
	return add(tx, a->n);
}

static void act_done(void *what, enum err e)
{
	struct act *a = what;

	pthread_mutex_lock(&a->teller->lock);
	a->answer = e;
	a->teller->answered++;
	pthread_cond_signal(&a->teller->told);
	pthread_mutex_unlock(&a->teller->lock);
}

static void fatal(void *context, const char *why)
{
	(void)why;
	((struct teller *)context)->fatal++;
}

/* All of them; returns how many heard OK. */
static int submit_all(struct writer *w, struct teller *t, int64_t first)
{
	struct act *acts = NEW_N(test_arena(), struct act, JOBS);
	int kept = 0;

	t->answered = 0;
	for (int i = 0; i < JOBS; i++) {
		acts[i] = (struct act){ .teller = t, .n = first + i };
		acts[i].job = (struct job){
			.run = run_act, .done = act_done, .what = &acts[i], .tx.mem = test_arena()
		};
		CHECK_INT(writer_submit(w, &acts[i].job), OK);
	}
	pthread_mutex_lock(&t->lock);
	while (t->answered < JOBS)
		pthread_cond_wait(&t->told, &t->lock);
	pthread_mutex_unlock(&t->lock);
	for (int i = 0; i < JOBS; i++) {
		CHECK(acts[i].answer == OK || acts[i].answer == ERR_BUSY);
		CHECK(acts[i].runs <= 1);
		kept += acts[i].answer == OK;
	}
	return kept;
}

TEST(every_job_of_a_batch_is_told_the_truth_and_nothing_is_doubled_or_lost)
{
	static const enum relay_cut cuts[] = { RELAY_BEFORE, RELAY_AFTER, RELAY_TORN, RELAY_AFTER,
					       RELAY_BEFORE };
	struct line *l = line_new(NULL);
	struct teller t = { .answered = 0 };
	struct writer *w;
	int64_t kept = 1;

	pthread_mutex_init(&t.lock, NULL);
	pthread_cond_init(&t.told, NULL);
	CHECK_INT(writer_start(
			  &(struct writer_setup){ .db = l->tx.db, .fatal = fatal, .context = &t },
			  &w),
		  OK);
	for (size_t i = 0; i < LENGTH(cuts); i++) {
		relay_cut(l->relay, cuts[i]);
		int heard = submit_all(w, &t, (int64_t)(1 + i) * 1000);
		/* The first batch meets the cut; whether it was one act or all is the writer's affair. */
		CHECK(cuts[i] == RELAY_BEFORE ? heard < JOBS : heard == JOBS);
		kept += heard;
		CHECK_INT(stored(l), kept);
	}
	writer_stop(w);
	CHECK_INT(t.fatal, 0);
}
