/* The log's key file, its refusals, and changing keys without changing the log. */
#include "ledger/key_change.h"
#include "ledger/verify.h"
#include "tests/log_site.h"

#include <stdio.h>

TEST(a_key_is_made_once_and_closed_to_others)
{
	const char *dir = test_dir();
	struct str vkey, why;
	struct rng rng;
	struct stat st;
	struct vkey k;

	rng_seeded(&rng, 1);
	CHECK(log_key_make(str_of(dir), S("a.example/log"), &rng, test_arena(), &vkey, &why) ==
	      ERR_DENIED);
	rng_system(&rng);
	CHECK(log_key_make(str_of(dir), S("a b"), &rng, test_arena(), &vkey, &why) == ERR_INVALID);
	CHECK(log_key_make(str_of(dir), S(""), &rng, test_arena(), &vkey, &why) == ERR_INVALID);
	CHECK_OK(log_key_make(str_of(dir), S("a.example/log"), &rng, test_arena(), &vkey, &why));
	CHECK(vkey_parse(vkey, &k) && str_eq(k.name, S("a.example/log")) && k.type == KEY_LOG);
	CHECK(stat(str_z(test_arena(), str_printf(test_arena(), "%s/log.key", dir)), &st) == 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	CHECK(log_key_make(str_of(dir), S("a.example/log"), &rng, test_arena(), &vkey, &why) ==
	      ERR_CONFLICT);
}

static enum err try_open(struct tx *tx, struct str *why)
{
	struct log *log = NULL;
	enum err e = log_open(tx, dir_of(tx), S(""), &log, why);

	log_close(log);
	return e;
}

TEST(a_key_that_others_could_read_or_that_is_not_this_logs_is_refused)
{
	struct tx *tx = site();
	const char *key = path_of(tx, "log.key");
	struct str good = read_file(key), why, vkey;
	struct rng rng;

	CHECK_OK(try_open(tx, &why));
	static const unsigned wide[] = { 0640, 0604, 0610, 0666 };
	for (size_t i = 0; i < LENGTH(wide); i++) {
		CHECK(chmod(key, wide[i]) == 0);
		CHECK(try_open(tx, &why) == ERR_DENIED);
		CHECK(str_has(why, S("chmod 600")));
	}
	static const char *const bad[] = {
		"",
		"\n",
		"x\n",
		"PRIVATE+KEY+\n",
		/* another origin; a wrong ID; not Ed25519; an ID in the middle of nowhere */
		"PRIVATE+KEY+other.example/"
		"log+04ccf484+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n",
		"PRIVATE+KEY+" VECTOR_ORIGIN
		"+04ccf485+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n",
		"PRIVATE+KEY+" VECTOR_ORIGIN
		"+04ccf484+AgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n",
		"PRIVATE+KEY+" VECTOR_ORIGIN "+04ccf484\n",
	};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		write_file(key, str_of(bad[i]), 0600);
		CHECK(try_open(tx, &why) == ERR_DENIED);
	}
	/* A real key with the right name that was never recorded. */
	CHECK(unlink(key) == 0);
	CHECK(try_open(tx, &why) == ERR_NOT_FOUND);
	rng_system(&rng);
	CHECK_OK(log_key_make(dir_of(tx), S(VECTOR_ORIGIN), &rng, test_arena(), &vkey, &why));
	CHECK(try_open(tx, &why) == ERR_DENIED);
	/* A link to the key is not the key. */
	CHECK(unlink(key) == 0);
	write_file(path_of(tx, "elsewhere"), good, 0600);
	CHECK(symlink("elsewhere", key) == 0);
	CHECK(try_open(tx, &why) == ERR_DENIED);
	CHECK(unlink(key) == 0);
	write_file(key, good, 0600);
	CHECK_OK(try_open(tx, &why));
}

TEST(keys_change_with_an_overlap_and_the_log_keeps_its_name)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct vkey old = vector_vkey(VECTOR_VKEY), fresh;
	struct checkpoint c;
	struct str vkey, why;
	struct rng rng;

	grow(tx, 0, 3);
	CHECK_OK(log_sign(log, tx));
	rng_system(&rng);
	CHECK_OK(log_key_add(dir_of(tx), S(VECTOR_ORIGIN), (struct strs){ 0 }, &rng, test_arena(),
			     &vkey, &why));
	CHECK(vkey_parse(vkey, &fresh));
	/* In the file and not recorded yet (a crash here): only the old key signs. */
	log = open_log(tx);
	grow(tx, 3, 5);
	CHECK_OK(log_sign(log, tx));
	CHECK(!checkpoint_verify(test_arena(), published(log).note, &fresh, &c, NULL));

	CHECK_OK(log_key_record(tx, vkey));
	queue(tx, S("{\"act\":\"key.rotated\"}"));
	sequence(tx, 10);
	test_commit(tx);
	CHECK_OK(log_reload(log, tx, &why));
	CHECK_STR(log_vkey(log, test_arena()), vkey);
	CHECK(checkpoint_verify(test_arena(), published(log).note, &old, &c, NULL));
	CHECK(checkpoint_verify(test_arena(), published(log).note, &fresh, &c, NULL));
	CHECK_INT(c.size, 6);

	CHECK_OK(log_key_retire(tx, S(VECTOR_VKEY)));
	CHECK(log_key_retire(tx, vkey) == ERR_CONFLICT);
	test_commit(tx);
	CHECK_OK(log_reload(log, tx, &why));
	CHECK_INT(published(log).size, 6);
	CHECK(!checkpoint_verify(test_arena(), published(log).note, &old, &c, NULL));
	CHECK(checkpoint_verify(test_arena(), published(log).note, &fresh, &c, NULL));
	/* A file signed by the retired key alone is still our own past. */
	grow(tx, 6, 8);
	CHECK(log_fault(open_log(tx)) == LOG_FINE);
}

TEST(a_site_has_one_log)
{
	struct tx *tx = site();
	struct str why;

	CHECK_OK(tx_savepoint(tx));
	CHECK(log_init(tx, S(VECTOR_ORIGIN), S(VECTOR_VKEY)) == ERR_CONFLICT);
	CHECK(tx_savepoint_end(tx, ERR_CONFLICT) == ERR_CONFLICT);
	struct tx *other = test_tx("2026-03-01T08:00");
	CHECK(log_init(other, S("a+b"), S(VECTOR_VKEY)) == ERR_INVALID);
	CHECK(log_init(other, S("other.example/log"), S(VECTOR_VKEY)) == ERR_INVALID);
	CHECK(try_open(test_tx("2026-03-01T08:00"), &why) == ERR_NOT_FOUND);
}

/* --- The change as one act --- */

static size_t keys_in_file(struct tx *tx)
{
	struct str text = read_file(path_of(tx, "log.key"));
	size_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	return lines;
}

static struct str rotate(struct tx *tx)
{
	struct str vkey, why = S("");

	rng_system(tx->rng);
	if (log_key_rotate(tx, dir_of(tx), &vkey, &why))
		FAIL("%.*s %s", STR_ARG(why), tx->why);
	sequence(tx, 10);
	test_commit(tx);
	return vkey;
}

static struct str rotate_end(struct tx *tx)
{
	struct str vkey;

	CHECK_OK(log_key_rotate_end(tx, &vkey));
	sequence(tx, 10);
	test_commit(tx);
	return vkey;
}

static bool signed_by(struct log *log, struct str vkey)
{
	struct vkey k = vector_vkey(str_z(test_arena(), vkey));
	struct checkpoint c;

	return checkpoint_verify(test_arena(), published(log).note, &k, &c, NULL);
}

TEST(a_change_of_keys_is_two_acts_that_the_log_tells)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct str why = S(""), vkey;
	struct log_leaves told;
	struct key_change c;

	grow(tx, 0, 3);
	CHECK_OK(log_sign(log, tx));
	CHECK(log_key_rotate_end(tx, &vkey) == ERR_CONFLICT);
	test_rollback(tx);
	struct str fresh = rotate(tx);
	CHECK_OK(log_reload(log, tx, &why));
	CHECK(signed_by(log, S(VECTOR_VKEY)) && signed_by(log, fresh));
	CHECK_INT(published(log).size, 4);
	struct strs both = log_vkeys(log, test_arena());
	CHECK_INT(both.n, 2);
	CHECK_STR(both.at[0], fresh);
	CHECK_STR(both.at[1], S(VECTOR_VKEY));
	CHECK_OK(log_entries(tx, 3, 1, &told));
	CHECK(key_change_read(test_arena(), told.at[0].entry, &c) && c.kind == KEY_ROTATED);

	CHECK(log_key_rotate(tx, dir_of(tx), &vkey, &why) == ERR_CONFLICT);
	CHECK(str_has(why, S("retire-key")));
	test_rollback(tx);
	CHECK_STR(rotate_end(tx), S(VECTOR_VKEY));
	CHECK_OK(log_reload(log, tx, &why));
	CHECK(!signed_by(log, S(VECTOR_VKEY)) && signed_by(log, fresh));
	CHECK_INT(log_vkeys(log, test_arena()).n, 1);
	CHECK_OK(log_entries(tx, 4, 1, &told));
	CHECK(key_change_read(test_arena(), told.at[0].entry, &c) && c.kind == KEY_RETIRED);
	/* The old secret is kept for a database from before, and goes with the next change. */
	CHECK_INT(keys_in_file(tx), 2);
	rotate(tx);
	CHECK_INT(keys_in_file(tx), 2);
	CHECK(log_fault(open_log(tx)) == LOG_FINE);
	struct stat st;
	CHECK(stat(path_of(tx, "log.key"), &st) == 0);
	CHECK_INT(st.st_mode & 07777, 0600);
}

/* Whatever was written when it broke off, the next call takes it up. */
TEST(a_change_of_keys_that_broke_off_is_begun_again_with_the_same_key)
{
	struct tx *tx = site();
	struct str first, why = S("");

	open_log(tx);
	grow(tx, 0, 3);
	rng_system(tx->rng);
	CHECK_OK(log_key_rotate(tx, dir_of(tx), &first, &why));
	test_rollback(tx); /* the file is written, the commit never came */
	CHECK_INT(keys_in_file(tx), 2);
	struct log *log = open_log(tx);
	CHECK(signed_by(log, S(VECTOR_VKEY)) && !signed_by(log, first));
	CHECK_STR(rotate(tx), first);
	CHECK_INT(keys_in_file(tx), 2);
	/* Committed, and nothing signed since: the next start signs with both. */
	log = open_log(tx);
	CHECK(signed_by(log, S(VECTOR_VKEY)) && signed_by(log, first));
	rotate_end(tx);
	log = open_log(tx);
	CHECK(!signed_by(log, S(VECTOR_VKEY)) && signed_by(log, first));
}

/* --- Strangers --- */

struct offered {
	struct tx *tx;
	struct log *log;
};

static enum err offer(void *self, struct str path, size_t max, struct arena *a, struct str *out,
		      struct str *why)
{
	struct offered *s = self;
	struct log_published p;
	bool entries;
	enum err e = OK;

	(void)max;
	(void)why;
	if (str_eq(path, S("vkey"))) {
		struct strs keys = log_vkeys(s->log, a);
		struct buf b = { .a = a };
		for (size_t i = 0; i < keys.n; i++)
			buf_printf(&b, "%.*s\n", STR_ARG(keys.at[i]));
		*out = buf_str(&b);
	} else if (str_eq(path, S("checkpoint"))) {
		e = log_checkpoint(s->log, a, &p);
		*out = p.note;
	} else {
		e = log_tile(s->log, s->tx, str_from(path, 5), out, &entries);
	}
	return e;
}

static struct log_report watch(struct tx *tx, struct str vkey, struct str *state)
{
	struct offered s = { tx, open_log(tx) };
	struct log_source from = { .fetch = offer, .self = &s };
	struct log_report r = { .a = test_arena() };
	struct str why = S("");
	enum err e = log_watch(&from, vkey, *state, &r, state, &why);

	if (e)
		FAIL("log_watch: %.*s", STR_ARG(why));
	return r;
}

static void accepted(const struct log_report *r, struct str key, struct str before)
{
	if (r->count)
		FAIL("%.*s", STR_ARG(r->problems[0]));
	CHECK_STR(r->vkey, key);
	CHECK_STR(r->vkey_before, before);
}

TEST(a_stranger_follows_the_change_whether_he_looked_during_the_overlap_or_not)
{
	struct tx *tx = site();
	struct str old = S(VECTOR_VKEY), often = S(""), seldom = S(""), fresh_eyes = S("");
	struct log_report r;

	open_log(tx);
	grow(tx, 0, 300);
	CHECK_INT(watch(tx, S(""), &often).count, 0);
	CHECK_INT(watch(tx, S(""), &seldom).count, 0);
	struct str second = rotate(tx);
	r = watch(tx, S(""), &often);
	accepted(&r, second, old);
	CHECK(str_starts(often, second));
	r = watch(tx, S(""), &fresh_eyes);
	accepted(&r, second, S(""));
	grow(tx, 301, 310);
	rotate_end(tx);
	r = watch(tx, S(""), &often);
	accepted(&r, second, S(""));
	struct str third = rotate(tx);
	rotate_end(tx);
	r = watch(tx, S(""), &seldom); /* two changes in one step */
	accepted(&r, third, old);
	CHECK(str_starts(seldom, third));
	/* With the key from an old notice. */
	struct str nothing = S("");
	r = watch(tx, old, &nothing);
	accepted(&r, third, old);
}

TEST(a_stranger_does_not_follow_to_a_key_that_nobody_vouched_for)
{
	struct tx *tx = site(), *thief = site();
	struct str state = S(""), vkey, why, kept;
	struct log_report r;

	open_log(tx);
	grow(tx, 0, 30);
	CHECK_INT(watch(tx, S(""), &state).count, 0);
	kept = state;
	/* The same entries, then a key that came without the old one's word. */
	open_log(thief);
	grow(thief, 0, 30);
	rng_system(thief->rng);
	CHECK_OK(log_key_add(dir_of(thief), S(VECTOR_ORIGIN), (struct strs){ 0 }, thief->rng,
			     test_arena(), &vkey, &why));
	CHECK_OK(log_key_record(thief, vkey));
	CHECK_OK(log_key_retire(thief, S(VECTOR_VKEY)));
	queue(thief, str_printf(test_arena(), "{\"v\":1,\"act\":\"key.rotated\",\"key\":\"%.*s\"}",
				STR_ARG(vkey)));
	sequence(thief, 10);
	test_commit(thief);
	r = watch(thief, S(""), &state);
	CHECK_INT(r.count, 1);
	CHECK(str_has(r.problems[0], S("nor by a key that it vouches for")));
	CHECK_STR(state, kept);
}

TEST(a_rewritten_history_under_a_new_key_is_still_a_rewritten_history)
{
	struct tx *tx = site(), *other = site();
	struct str state = S("");
	struct log_report r;

	open_log(tx);
	grow(tx, 0, 30);
	CHECK_INT(watch(tx, S(""), &state).count, 0);
	open_log(other);
	grow(other, 100, 140);
	rotate(other);
	rotate_end(other);
	r = watch(other, S(""), &state);
	CHECK(r.count && str_has(r.problems[0], S("history was rewritten")));
}

/* --- A database from before the change --- */

TEST(a_database_from_before_a_change_knows_the_checkpoint_and_gets_the_keys_back)
{
	struct tx *tx = site(), *mirror = site();
	struct offered s = { mirror, open_log(mirror) };
	struct log_source from = { .fetch = offer, .self = &s };
	struct str why = S("");
	int64_t supplied;

	open_log(tx);
	grow(tx, 0, 10);
	grow(mirror, 0, 10);
	struct str fresh = rotate(mirror);
	rotate_end(mirror);
	CHECK_OK(log_reload(s.log, mirror, &why));
	/* The key file and the checkpoint are of today, the database is of last week. */
	write_file(path_of(tx, "log.key"), read_file(path_of(mirror, "log.key")), 0600);
	write_file(path_of(tx, "checkpoint"), published(s.log).note, 0644);
	struct log *log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_AHEAD);
	CHECK_OK(log_supply(tx, &from, published(log).note, &supplied));
	CHECK_INT(supplied, 2);
	test_commit(tx);
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_STR(log_vkey(log, test_arena()), fresh);
	CHECK_INT(log_vkeys(log, test_arena()).n, 1);
}
