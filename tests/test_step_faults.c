/* What is promised about a failing disk, for every step of every kind of every module: whichever write
 * or sync fails, the database opens afterwards, the act is there with everything it changes or leaves
 * no trace in any table, log and fold verify, and what was acknowledged is there.
 *
 * Each step is done again and again from the same beginning, with the same clock and randomness, so
 * there are exactly two contents that may be found. ./dev test fails a few writes of each step,
 * ./dev torture every one, in every way. */
#include "tests/fault_vfs.h"
#include "tests/walk_copy.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WAYS = 4, SECONDS = 10, EACH_LEAST = 3, EACH_MOST = 9 };

static const enum fault_kind ways[WAYS] = { FAULT_IO, FAULT_FULL, FAULT_SHORT, FAULT_CUT };

struct campaign {
	bool whole;      /* every write in every way */
	const char *dir; /* where the copy stands */
	time_t started;
	int64_t runs, acts;
	/* Of the act under trial. */
	struct hash before, after;
	int64_t told; /* operations until it was acknowledged */
	int64_t all;  /* until the database was closed as well */
};

/* Does the act on the copy. True when it was acknowledged. */
static bool perform(struct campaign *c, const struct walk_site *s, const struct walk_act *act,
		    enum fault_kind way, int64_t n)
{
	struct arena *mem = arena_new(0);
	struct rng rng;
	struct str why;
	struct db *db;
	struct tx tx = walk_tx(s, act, mem, &rng);
	if (db_open(str_of(c->dir), DB_WRITE, &db, &why, mem))
		FAIL("%.*s", STR_ARG(why));
	fault_at(way, n);
	enum err e = tx_begin(&tx, db, DB_WRITE);
	if (!e)
		e = tx_end(&tx, walk_do(s, &tx, act, S("thu"), NULL));
	c->told = fault_hit() ? c->told : fault_count();
	db_close(db);
	c->all = fault_hit() ? c->all : fault_count();
	arena_free(mem);
	return !e;
}

static void name_and_fail(const struct walk_act *act, enum fault_kind way, int64_t n,
			  const char *what)
{
	FAIL("%.*s, way %d, operation %d: %s", STR_ARG(act->first.at[0]), (int)way, (int)n, what);
}

static void fail_once(struct campaign *c, struct walk_site *s, const struct walk_act *act,
		      enum fault_kind way, int64_t n)
{
	c->runs++;
	copy_site(s->dir, c->dir);
	bool told = perform(c, s, act, way, n), hit = fault_hit();
	if (way == FAULT_CUT)
		fault_power_on(n % 3 ? test_random() | 1 : 0);
	else
		fault_clear();
	struct hash now = copy_digest(c->dir);
	bool there = hash_eq(&now, &c->after), absent = hash_eq(&now, &c->before);
	if (!hit)
		name_and_fail(act, way, n, "there was no such operation");
	if (!there && !absent)
		name_and_fail(act, way, n, "the act is there in part");
	if (told && !there)
		name_and_fail(act, way, n, "it was acknowledged and is gone");
	if (c->whole || c->runs % 4 == 0)
		copy_verify(s, c->dir, act->now);
}

static void visit(struct walk_site *s, const struct walk_act *act, void *what)
{
	struct campaign *c = what;
	c->acts++;
	/* Once untouched: how many operations, and what is there before and after. */
	copy_site(s->dir, c->dir);
	c->before = copy_digest(c->dir);
	CHECK(perform(c, s, act, FAULT_NONE, 0));
	c->after = copy_digest(c->dir);
	CHECK(!hash_eq(&c->before, &c->after));
	copy_verify(s, c->dir, act->now);
	int64_t all = c->all, told = c->told;
	CHECK(told > 3 && all > told);
	if (c->whole) {
		for (int64_t n = 1; n <= all; n++)
			for (int w = 0; w < WAYS; w++)
				fail_once(c, s, act, ways[w], n);
		return;
	}
	/* The first write, the sync that makes it durable, one after that; then anywhere. */
	const int64_t chosen[EACH_LEAST] = {
		1, told, told + 1 + (int64_t)test_below((uint64_t)(all - told))
	};
	for (int i = 0; i < EACH_MOST; i++) {
		if (i >= EACH_LEAST && time(NULL) - c->started > SECONDS)
			break;
		int64_t n = i < EACH_LEAST ? chosen[i] : 1 + (int64_t)test_below((uint64_t)all);
		fail_once(c, s, act, ways[(c->acts + i) % WAYS], n);
	}
}

TEST(whichever_write_of_a_step_fails_the_act_is_wholly_there_or_wholly_absent)
{
	/* The disk that fails is ours; the one beneath it may be as quick as memory. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	struct walk_site s;
	struct campaign c = { .whole = getenv("TORTURE") != NULL,
			      .dir = test_dir(),
			      .started = time(NULL) };
	walk_site_make(&s);
	fault_install();
	walk_all(&s, visit, &c);
	CHECK(c.acts > 20 && c.runs >= c.acts * EACH_LEAST);
}
