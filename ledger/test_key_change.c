/* Entries by which one key vouches for the next: written, read, refused, followed. */
#include "ledger/key_change.h"
#include "tests/log_vectors.h"

#include <string.h>

struct pair_of_keys {
	struct vkey key;
	struct secret_key secret;
};

static struct pair_of_keys key_of(const char *name, uint8_t fill)
{
	struct pair_of_keys k;
	struct public_key pub;
	struct key_seed seed;

	memset(seed.b, fill, sizeof seed.b);
	key_from_seed(&seed, &k.secret, &pub);
	vkey_make(str_of(name), KEY_LOG, &pub, &k.key);
	return k;
}

static struct str rotated(const struct pair_of_keys *fresh, const struct pair_of_keys *by)
{
	struct buf b = { .a = test_arena() };

	buf_put_key_rotated(&b, test_instant("2026-11-25T08:00"), &fresh->key, &by->key,
			    &by->secret);
	return buf_str(&b);
}

/* The signature was computed apart, in Python. */
TEST(the_entry_of_a_change_is_as_documented)
{
	struct pair_of_keys old = key_of(VECTOR_ORIGIN, 0), fresh = key_of(VECTOR_ORIGIN, 9);
	struct public_key pub;
	struct key_change c;
	struct buf retired = { .a = test_arena() };

	vector_key(&old.secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &old.key);
	struct str entry = rotated(&fresh, &old);
	CHECK_STR(entry, S("{\"v\":1,\"act\":\"key.rotated\",\"on\":\"2026-11-25\","
			   "\"at\":\"2026-11-25T01:00:00.000Z\",\"key\":\"" VECTOR_ORIGIN
			   "+19bdfa4d+Af0XJDhaoMdbZPt4zWAvodmR/ev3axPFjtcC6sg16fYY\","
			   "\"by\":\"" VECTOR_VKEY "\",\"sig\":\"xFzExQBqYPBBy2wf7i/"
			   "PNMeAji6sf0njdwFkT5YA6A9LbCzl/"
			   "jzGkzN5O5u47pPy+r0GuVpikmovdwDbRk9TBg==\"}"));
	CHECK(key_change_read(test_arena(), entry, &c));
	CHECK(c.kind == KEY_ROTATED && vkey_eq(&c.key, &fresh.key) && vkey_eq(&c.by, &old.key));

	buf_put_key_retired(&retired, test_instant("2026-12-25T08:00"), &old.key);
	CHECK_STR(buf_str(&retired),
		  S("{\"v\":1,\"act\":\"key.retired\",\"on\":\"2026-12-25\","
		    "\"at\":\"2026-12-25T01:00:00.000Z\",\"key\":\"" VECTOR_VKEY "\"}"));
	CHECK(key_change_read(test_arena(), buf_str(&retired), &c));
	CHECK(c.kind == KEY_RETIRED && vkey_eq(&c.key, &old.key));
}

TEST(an_entry_that_nobody_vouched_for_changes_nothing)
{
	struct pair_of_keys a = key_of("a.example/log", 1), b = key_of("a.example/log", 2),
			    other = key_of("b.example/log", 3);
	struct str good = rotated(&b, &a);
	struct key_change c;
	char *bad = str_z(test_arena(), good);

	CHECK(key_change_read(test_arena(), good, &c));
	/* Key, voucher and signature: no bit of them may be another. */
	size_t from = (size_t)((const char *)memmem(good.at, good.len, "\"key\"", 5) - good.at);
	for (size_t bit = from * 8; bit < good.len * 8; bit++) {
		bad[bit / 8] ^= (char)(1 << bit % 8);
		if (key_change_read(test_arena(), (struct str){ bad, good.len }, &c) &&
		    !(vkey_eq(&c.key, &b.key) && vkey_eq(&c.by, &a.key)))
			FAIL("bit %zu may be flipped", bit);
		bad[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (size_t cut = 0; cut < good.len; cut++)
		CHECK(!key_change_read(test_arena(), str_cut(good, cut), &c));
	/* Signed by itself, by another log, with another key's secret. */
	CHECK(!key_change_read(test_arena(), rotated(&other, &a), &c));
	CHECK(!key_change_read(test_arena(), rotated(&b, &other), &c));
	struct pair_of_keys liar = { .key = a.key, .secret = b.secret };
	CHECK(!key_change_read(test_arena(), rotated(&b, &liar), &c));
	static const char *const none[] = {
		"",
		"{\"v\":1,\"act\":\"disclosure.post\"}",
		"{\"v\":1,\"act\":\"key.rotated\"}",
		"{\"v\":1,\"act\":\"key.forgotten\",\"key\":\"" VECTOR_VKEY "\"}",
		"{\"v\":1,\"act\":\"key.retired\",\"key\":\"" VECTOR_WITNESS_VKEY "\"}",
	};
	for (size_t i = 0; i < LENGTH(none); i++)
		CHECK(!key_change_read(test_arena(), str_of(none[i]), &c));
}

TEST(trust_follows_from_key_to_key_and_from_no_other)
{
	struct pair_of_keys keys[20];
	struct key_chain *c = NEW(test_arena(), struct key_chain);

	for (size_t i = 0; i < LENGTH(keys); i++)
		keys[i] = key_of("a.example/log", (uint8_t)(i + 1));
	c->at[c->n++] = keys[0].key;
	key_chain_follow(c, test_arena(), rotated(&keys[2], &keys[1]));
	CHECK_INT(c->n, 1); /* nobody we trust spoke for it */
	key_chain_follow(c, test_arena(), rotated(&keys[1], &keys[0]));
	key_chain_follow(c, test_arena(), rotated(&keys[1], &keys[0]));
	CHECK_INT(c->n, 2);
	key_chain_follow(c, test_arena(), rotated(&keys[0], &keys[1]));
	CHECK_INT(c->n, 2);
	key_chain_follow(c, test_arena(), rotated(&keys[2], &keys[1]));
	CHECK_INT(c->n, 3);
	CHECK(vkey_eq(&c->at[2], &keys[2].key));
	for (size_t i = 3; i < LENGTH(keys); i++)
		key_chain_follow(c, test_arena(), rotated(&keys[i], &keys[i - 1]));
	CHECK_INT(c->n, KEY_CHAIN);
	CHECK(vkey_eq(&c->at[KEY_CHAIN - 1], &keys[LENGTH(keys) - 1].key));
	CHECK_STR(c->at[0].name, S("a.example/log"));
}
