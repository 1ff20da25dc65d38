/* The log's key file, its refusals, and changing keys without changing the log. */
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
	CHECK_OK(log_key_add(dir_of(tx), S(VECTOR_ORIGIN), &rng, test_arena(), &vkey, &why));
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
