/* What is promised about a failing disk, for every step of every kind of every module: whichever write
 * or sync fails, the database opens afterwards, the act is there with everything it changes or leaves
 * no trace in any table, log and fold verify, and what was acknowledged is there. On PostgreSQL it is the
 * connection that fails, at whichever request: what is done to disks is the server's.
 *
 * Each step is done again and again from the same beginning, with the same clock and randomness, so
 * there are exactly two contents that may be found. ./dev test fails one write of every second step (on
 * PostgreSQL every fourth), another one of the next, and more while there is time; ./dev torture every one of every step,
 * in every way. */
#include "tests/fault_vfs.h"
#include "tests/fault_wire.h"
#include "tests/walk_copy.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 10, EACH_MOST = 9, VERIFIED = 4 };

static const enum fault_kind ways_of_disks[] = { FAULT_IO, FAULT_FULL, FAULT_SHORT, FAULT_CUT };
static const enum wire_fault ways_of_wires[] = { WIRE_BEFORE, WIRE_AFTER, WIRE_TOLD };

static int every(void)
{
	return test_on_postgres() ? 4 : 2;
}

static int ways(void)
{
	return test_on_postgres() ? LENGTH(ways_of_wires) : LENGTH(ways_of_disks);
}

/* The n-th operation fails in that way; -1: none does. */
static void fail_at(int way, int64_t n)
{
	if (test_on_postgres())
		wire_fault_at(way < 0 ? WIRE_NONE : ways_of_wires[way], n);
	else
		fault_at(way < 0 ? FAULT_NONE : ways_of_disks[way], n);
}

static bool failed(void)
{
	return test_on_postgres() ? wire_hit() : fault_hit();
}

static int64_t operations(void)
{
	return test_on_postgres() ? wire_count() : fault_count();
}

static void mend(int way, int64_t n)
{
	if (!test_on_postgres() && ways_of_disks[way] == FAULT_CUT)
		fault_power_on(n % 3 ? test_random() | 1 : 0);
	else
		fail_at(-1, 0);
}

struct campaign {
	bool whole;      /* every write in every way */
	const char *dir; /* where the copy stands */
	time_t started;
	int64_t shown, acts, runs;
	/* Of the act under trial. */
	struct hash before, after;
	int64_t told; /* operations until it was acknowledged */
	int64_t all;  /* until the database was closed as well */
};

/* Does the act on the copy. True when it was acknowledged. */
static bool perform(struct campaign *c, const struct walk_site *s, const struct walk_act *act,
		    int way, int64_t n)
{
	struct arena *mem = arena_new(0);
	struct rng rng;
	struct str why;
	struct db *db;
	struct tx tx = walk_tx(s, act, mem, &rng);
	struct str where = test_database(c->dir);
	if (test_on_postgres())
		where = wire_url(where, mem);
	if (db_open(where, DB_WRITE, &db, &why, mem))
		FAIL("%.*s", STR_ARG(why));
	fail_at(way, n);
	enum err e = tx_begin(&tx, db, DB_WRITE);
	if (!e)
		e = tx_end(&tx, walk_do(s, &tx, act, S("thu"), NULL));
	c->told = failed() ? c->told : operations();
	db_close(db);
	c->all = failed() ? c->all : operations();
	arena_free(mem);
	return !e;
}

static void name_and_fail(const struct walk_act *act, int way, int64_t n, const char *what)
{
	FAIL("%.*s, way %d, operation %d: %s", STR_ARG(act->first.at[0]), way, (int)n, what);
}

static void fail_once(struct campaign *c, struct walk_site *s, const struct walk_act *act, int way,
		      int64_t n)
{
	c->runs++;
	copy_site(s->dir, c->dir);
	bool told = perform(c, s, act, way, n), hit = failed();
	mend(way, n);
	struct hash now = copy_digest(c->dir);
	bool there = hash_eq(&now, &c->after), absent = hash_eq(&now, &c->before);
	if (!hit)
		name_and_fail(act, way, n, "there was no such operation");
	if (!there && !absent)
		name_and_fail(act, way, n, "the act is there in part");
	if (told && !there)
		name_and_fail(act, way, n, "it was acknowledged and is gone");
	if (c->whole || c->runs % VERIFIED == 0)
		copy_verify(s, c->dir, act->now);
}

static void visit(struct walk_site *s, const struct walk_act *act, void *what)
{
	struct campaign *c = what;
	if (c->shown++ % every() && !c->whole)
		return;
	c->acts++;
	/* Once untouched: how many operations, and what is there before and after. */
	copy_site(s->dir, c->dir);
	c->before = copy_digest(c->dir);
	CHECK(perform(c, s, act, -1, 0));
	c->after = copy_digest(c->dir);
	CHECK(!hash_eq(&c->before, &c->after));
	if (c->whole || c->acts % VERIFIED == 0)
		copy_verify(s, c->dir, act->now);
	int64_t all = c->all, told = c->told;
	/* Nothing is said to a server after it has told. */
	CHECK(told > 3 && (test_on_postgres() ? all == told : all > told));
	if (c->whole) {
		for (int64_t n = 1; n <= all; n++)
			for (int w = 0; w < ways(); w++)
				fail_once(c, s, act, w, n);
		return;
	}
	/* In turn the first write, the sync that makes it durable, one after that; then anywhere. */
	const int64_t chosen[] = { 1, told,
				   all > told
					   ? told + 1 + (int64_t)test_below((uint64_t)(all - told))
					   : told - 1 };
	fail_once(c, s, act, (int)(c->acts / LENGTH(chosen) % ways()),
		  chosen[c->acts % LENGTH(chosen)]);
	for (int i = 1; i < EACH_MOST && time(NULL) - c->started <= SECONDS; i++)
		fail_once(c, s, act, (int)((c->acts + i) % ways()),
			  1 + (int64_t)test_below((uint64_t)all));
}

TEST(whatever_fails_during_a_step_the_act_is_wholly_there_or_wholly_absent)
{
	/* The disk that fails is ours; the one beneath it may be as quick as memory. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	struct walk_site s;
	struct campaign c = { .whole = getenv("TORTURE") != NULL,
			      .dir = test_dir(),
			      .shown = (int64_t)test_below((uint64_t)every()),
			      .started = time(NULL) };
	walk_site_make(&s);
	if (!test_on_postgres())
		fault_install();
	walk_all(&s, visit, &c);
	CHECK(c.acts > 20 && c.runs >= c.acts);
}
