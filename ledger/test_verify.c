/* Verifying our own log, and a stranger verifying it with nothing but what is served. */
#include "base/encode.h"
#include "ledger/proof.h"
#include "ledger/verify.h"
#include "tests/log_site.h"

#include <string.h>

static struct log_report verify(struct tx *tx)
{
	struct log_report r = { .a = test_arena() };
	struct str file = S("");

	if (access(path_of(tx, "checkpoint"), F_OK) == 0)
		file = read_file(path_of(tx, "checkpoint"));
	CHECK_OK(log_verify(tx, file, &r));
	return r;
}

static void expect_problem(const struct log_report *r, const char *part)
{
	for (uint64_t i = 0; i < r->count && i < LOG_PROBLEMS; i++)
		if (str_has(r->problems[i], str_of(part)))
			return;
	FAIL("no problem says \"%s\"; there are %d, the first: %.*s", part, (int)r->count,
	     STR_ARG(r->count ? r->problems[0] : S("-")));
}

#define BREAK(tx, sql)                                 \
	do {                                           \
		struct query q_ = db_query((tx), sql); \
		CHECK_OK(db_exec(&q_));                \
		CHECK(db_changes(&q_) > 0);            \
	} while (0)

TEST(a_sound_log_verifies_at_any_size)
{
	static const int64_t sizes[] = { 0, 1, 2, 255, 256, 257, 511, 512, 600 };
	struct tx *tx = site();
	struct log *log = open_log(tx);
	int64_t at = 0;

	for (size_t i = 0; i < LENGTH(sizes); i++) {
		if (sizes[i] > at)
			grow(tx, at, sizes[i]);
		at = sizes[i];
		CHECK_OK(log_sign(log, tx));
		queue(tx, S("waiting"));
		struct log_report r = verify(tx);
		if (r.count)
			FAIL("size %d: %.*s", (int)at, STR_ARG(r.problems[0]));
		CHECK_INT(r.size, at);
		CHECK_INT(r.queued, 1);
		struct log_published p = published(log);
		CHECK(hash_eq(&r.root, &p.root));
		CHECK_STR(r.origin, S(VECTOR_ORIGIN));
		test_rollback(tx);
	}
}

/* Whatever is changed behind our back is found. */
TEST(every_kind_of_tampering_with_the_stored_log_is_found)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct log_report r;

	grow(tx, 0, 600);
	CHECK_OK(log_sign(log, tx));
	CHECK_INT(verify(tx).count, 0);

	BREAK(tx, "UPDATE log_leaf SET entry = (SELECT entry FROM log_leaf WHERE idx = 4) WHERE "
		  "idx = 300");
	r = verify(tx);
	expect_problem(&r, "leaf 300 is stored with a wrong hash");
	expect_problem(&r, "tile 0/001 is not what");
	expect_problem(&r, "stored root of 600");
	expect_problem(&r, "not those of the signed checkpoint");
	test_rollback(tx);

	BREAK(tx, "UPDATE log_leaf SET hash = (SELECT hash FROM log_leaf WHERE idx = 4) WHERE idx "
		  "= 300");
	r = verify(tx);
	CHECK_INT(r.count, 1);
	expect_problem(&r, "leaf 300 is stored with a wrong hash");
	test_rollback(tx);

	BREAK(tx, "UPDATE log_leaf SET hash = entry WHERE idx = 300");
	r = verify(tx);
	expect_problem(&r, "bundle entries/001 is malformed");
	CHECK(tx->err == OK);
	test_rollback(tx);

	BREAK(tx, "DELETE FROM log_leaf WHERE idx = 300");
	r = verify(tx);
	expect_problem(&r, "bundle entries/001 is missing");
	test_rollback(tx);

	BREAK(tx, "DELETE FROM log_leaf WHERE idx = 599");
	r = verify(tx);
	expect_problem(&r, "bundle entries/002.p/88 is missing");
	test_rollback(tx);

	BREAK(tx, "UPDATE log_leaf SET idx = 600 WHERE idx IS NULL OR idx = 599");
	r = verify(tx);
	CHECK(r.count > 0);
	test_rollback(tx);

	BREAK(tx, "DELETE FROM log_tile WHERE level = 1");
	r = verify(tx);
	expect_problem(&r, "tile 1/000.p/2 is missing");
	test_rollback(tx);

	BREAK(tx,
	      "UPDATE log_tile SET hashes = (SELECT hashes FROM log_tile WHERE level = 0 AND n = 0)"
	      " WHERE level = 0 AND n = 1");
	r = verify(tx);
	expect_problem(&r, "tile 0/001 is not what");
	test_rollback(tx);

	BREAK(tx, "INSERT INTO log_tile (level, n, hashes) SELECT 2, 0, root FROM log_state");
	r = verify(tx);
	expect_problem(&r, "stored tile 2/0 of 32 bytes does not belong");
	test_rollback(tx);

	BREAK(tx, "UPDATE log_state SET root = (SELECT hash FROM log_leaf WHERE idx = 0)");
	r = verify(tx);
	expect_problem(&r, "stored root of 600");
	test_rollback(tx);

	BREAK(tx, "UPDATE log_state SET edge = root");
	r = verify(tx);
	expect_problem(&r, "right edge");
	test_rollback(tx);

	queue(tx, S("late"));
	BREAK(tx, "UPDATE log_leaf SET entry = hash WHERE idx IS NULL");
	r = verify(tx);
	expect_problem(&r, "queued leaf");
	test_rollback(tx);

	write_file(path_of(tx, "checkpoint"), S("x"), 0644);
	r = verify(tx);
	expect_problem(&r, "not signed by a key of this log");
	write_file(path_of(tx, "checkpoint"), S(VECTOR_CHECKPOINT), 0644);
	r = verify(tx);
	expect_problem(&r, "the first 5 entries are not those");
}

TEST(many_problems_are_counted_and_some_are_kept)
{
	struct tx *tx = site();

	open_log(tx);
	grow(tx, 0, 100);
	BREAK(tx, "UPDATE log_leaf SET hash = (SELECT root FROM log_state)");
	CHECK_INT(verify(tx).count, 100);
}

/* --- A stranger --- */

/* What a web server would answer, and what a liar would. */
struct served {
	struct tx *tx;
	struct log *log;
	const char *spoil;           /* one bit of this path is wrong */
	const char *hide;            /* this path is not there */
	const char *broken;          /* asking for this fails */
	struct str checkpoint, vkey; /* instead of the log's own, unless empty */
	int asked;
};

static enum err serve(void *self, struct str path, size_t max, struct arena *a, struct str *out,
		      struct str *why)
{
	struct served *s = self;
	struct log_published p;
	bool entries;
	enum err e = OK;

	s->asked++;
	if (s->broken && str_eq(path, str_of(s->broken))) {
		*why = S("the cable is cut");
		return ERR_IO;
	}
	if (s->hide && str_eq(path, str_of(s->hide)))
		return ERR_NOT_FOUND;
	if (str_eq(path, S("vkey"))) {
		*out = s->vkey.len ? s->vkey : log_vkey(s->log, a);
	} else if (str_eq(path, S("checkpoint"))) {
		e = log_checkpoint(s->log, a, &p);
		*out = s->checkpoint.len ? s->checkpoint : p.note;
	} else {
		CHECK(str_starts(path, S("tile/")));
		e = log_tile(s->log, s->tx, str_from(path, 5), out, &entries);
	}
	if (!e && s->spoil && str_eq(path, str_of(s->spoil))) {
		char *bad = str_z(a, *out);
		bad[out->len - 2] ^= 4; /* within the last entry of a bundle */
		*out = (struct str){ bad, out->len };
	}
	CHECK(e || out->len <= max);
	return e;
}

static struct log_report watch(struct served *s, struct str vkey, struct str *state)
{
	struct log_source from = { .fetch = serve, .self = s };
	struct log_report r = { .a = test_arena() };
	struct str why = S(""), before = *state;
	enum err e = log_watch(&from, vkey, before, &r, state, &why);

	if (e)
		FAIL("log_watch: %s: %.*s", err_name(e), STR_ARG(why));
	CHECK(!r.count || str_eq(*state, before));
	return r;
}

TEST(a_stranger_who_remembers_follows_the_log_as_it_grows)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct served s = { .tx = tx, .log = log };
	struct str state = S("");

	for (int64_t size = 0; size < 1200; size += 300) {
		if (size)
			grow(tx, size - 300, size);
		CHECK_OK(log_sign(log, tx));
		struct log_report r = watch(&s, S(""), &state);
		if (r.count)
			FAIL("%.*s", STR_ARG(r.problems[0]));
		CHECK_INT(r.size, size);
		CHECK(r.first_seen == !size);
		struct log_published p = published(log);
		CHECK(hash_eq(&r.root, &p.root));
		CHECK_STR(r.vkey, S(VECTOR_VKEY));
		CHECK_STR(state, str_printf(test_arena(), VECTOR_VKEY "\n\n%.*s",
					    STR_ARG(published(log).note)));
	}
}

TEST(a_stranger_finds_every_wrong_or_missing_file)
{
	static const struct {
		const char *path, *says;
		bool spoil;
	} lies[] = {
		{ "checkpoint", "not signed by", true },
		{ "tile/0/000", "tile 0/000 is not what the entries give", true },
		{ "tile/0/002.p/88", "tile 0/002.p/88 is not what the entries give", true },
		{ "tile/1/000.p/2", "tile 1/000.p/2 is not what the entries give", true },
		{ "tile/entries/001", "do not give the signed root", true },
		{ "tile/entries/002.p/88", "do not give the signed root", true },
		{ "tile/0/001", "tile 0/001 is missing", false },
		{ "tile/1/000.p/2", "tile 1/000.p/2 is missing", false },
		{ "tile/entries/001", "bundle entries/001 is missing", false },
	};
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 600);
	CHECK_OK(log_sign(log, tx));
	for (size_t i = 0; i < LENGTH(lies); i++) {
		struct served s = { .tx = tx, .log = log };
		struct str state = S("");
		*(lies[i].spoil ? &s.spoil : &s.hide) = lies[i].path;
		struct log_report r = watch(&s, S(VECTOR_VKEY), &state);
		expect_problem(&r, lies[i].says);
		CHECK_STR(state, S(""));
	}
}

TEST(a_stranger_notices_a_rewritten_a_shrunken_and_a_doubled_history)
{
	struct tx *tx = site(), *other = site();
	struct log *log = open_log(tx), *forked = open_log(other);
	struct served s = { .tx = tx, .log = log }, lie = { .tx = other, .log = forked };
	struct str state = S(""), kept;
	struct log_report r;

	grow(tx, 0, 300);
	CHECK_OK(log_sign(log, tx));
	CHECK_INT(watch(&s, S(""), &state).count, 0);
	kept = state;

	/* The same key signs another history: shorter, equally long, longer. */
	grow(other, 1000, 1200);
	CHECK_OK(log_sign(forked, other));
	r = watch(&lie, S(""), &state);
	expect_problem(&r, "shrunk from 300 to 200");
	grow(other, 1200, 1300);
	CHECK_OK(log_sign(forked, other));
	r = watch(&lie, S(""), &state);
	expect_problem(&r, "two different roots were signed for 300");
	grow(other, 1300, 1500);
	CHECK_OK(log_sign(forked, other));
	r = watch(&lie, S(""), &state);
	expect_problem(&r, "history was rewritten");
	CHECK_STR(state, kept);
	/* Whoever remembers nothing cannot know. */
	state = S("");
	CHECK_INT(watch(&lie, S(VECTOR_VKEY), &state).count, 0);
}

TEST(a_stranger_does_not_take_another_key_or_another_log_for_the_one_he_knows)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct served s = { .tx = tx, .log = log };
	struct str state = S(""), vkey, why;
	struct log_report r;
	struct rng rng;

	CHECK_INT(watch(&s, S(""), &state).count, 0);
	rng_system(&rng);
	CHECK_OK(log_key_make(str_of(test_dir()), S(VECTOR_ORIGIN), &rng, test_arena(), &vkey,
			      &why));
	r = watch(&s, vkey, &state);
	expect_problem(&r, "not signed by");
	s.checkpoint = S(VECTOR_CHECKPOINT); /* truly signed, and not this log's tree */
	r = watch(&s, S(""), &state);
	expect_problem(&r, "bundle entries/000.p/5 is missing");
}

TEST(a_stranger_says_plainly_when_he_could_not_look)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct served s = { .tx = tx, .log = log };
	struct log_source from = { .fetch = serve, .self = &s };
	struct log_report r = { .a = test_arena() };
	struct str state, why = S("");
	static const char *const paths[] = { "vkey", "checkpoint", "tile/entries/000.p/7",
					     "tile/0/000.p/7" };

	grow(tx, 0, 7);
	CHECK_OK(log_sign(log, tx));
	for (size_t i = 0; i < LENGTH(paths); i++) {
		s.broken = paths[i];
		CHECK(log_watch(&from, S(""), S(""), &r, &state, &why) == ERR_IO);
		CHECK_STR(why, S("the cable is cut"));
	}
	s.broken = NULL;
	CHECK(log_watch(&from, S("x+y+z"), S(""), &r, &state, &why) == ERR_INVALID);
	CHECK(log_watch(&from, S(VECTOR_WITNESS_VKEY), S(""), &r, &state, &why) == ERR_INVALID);
	CHECK(log_watch(&from, S(""), S("nonsense"), &r, &state, &why) == ERR_INVALID);
	CHECK(log_watch(&from, S(""), S(VECTOR_VKEY "\n\n" VECTOR_TEXT), &r, &state, &why) ==
	      ERR_INVALID);
	s.vkey = S("<html>");
	CHECK(log_watch(&from, S(""), S(""), &r, &state, &why) == ERR_INVALID);
}

/* --- Recovery of lost entries --- */

TEST(entries_lost_with_the_database_come_back_from_a_mirror)
{
	struct tx *mirror = site(), *tx = site();
	struct log *full = open_log(mirror), *log;
	struct served s = { .tx = mirror, .log = full };
	struct log_source from = { .fetch = serve, .self = &s };
	struct log_leaf l;
	int64_t supplied;

	open_log(tx);
	grow(mirror, 0, 700);
	CHECK_OK(log_sign(full, mirror));
	grow(tx, 0, 300);
	/* This one was committed before the backup and got its index after it. */
	int64_t waiting = queue(tx, S("{\"n\":450}"));
	int64_t later = queue(tx, S("never logged"));
	test_commit(tx);
	write_file(path_of(tx, "checkpoint"), published(full).note, 0644);
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_AHEAD);

	CHECK_OK(log_supply(tx, &from, published(log).note, &supplied));
	CHECK_INT(supplied, 400);
	test_commit(tx);
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_INT(verify(tx).count, 0);
	CHECK_OK(log_leaf_find(tx, waiting, &l));
	CHECK_INT(l.index, 450);
	CHECK_INT(sequence(tx, 10), 1);
	CHECK_OK(log_leaf_find(tx, later, &l));
	CHECK_INT(l.index, 700);
}

TEST(a_mirror_with_other_entries_supplies_nothing)
{
	struct tx *mirror = site(), *tx = site();
	struct log *full = open_log(mirror);
	struct served s = { .tx = mirror, .log = full };
	struct log_source from = { .fetch = serve, .self = &s };
	struct log_head head;
	int64_t supplied;

	grow(mirror, 0, 20);
	CHECK_OK(log_sign(full, mirror));
	struct str note = published(full).note;
	grow(tx, 0, 10);
	CHECK(log_supply(tx, &from, S("x"), &supplied) == ERR_INVALID);
	s.spoil = "tile/entries/000.p/20";
	CHECK(log_supply(tx, &from, note, &supplied) == ERR_CORRUPT);
	test_rollback(tx);
	CHECK_OK(log_head(tx, &head));
	CHECK_INT(head.size, 10);
	s.spoil = NULL;
	s.hide = "tile/entries/000.p/20";
	CHECK(log_supply(tx, &from, note, &supplied) == ERR_NOT_FOUND);
	test_rollback(tx);
	s.hide = NULL;
	CHECK_OK(log_supply(tx, &from, note, &supplied));
	CHECK(log_supply(tx, &from, note, &supplied) == ERR_INVALID);
}
