#include "crypto/hash.h"
#include "crypto/rng.h"
#include "tests/test.h"

#include <string.h>

TEST(the_same_seed_gives_the_same_bytes_however_they_are_asked_for)
{
	uint8_t whole[3000], parts[3000];
	struct rng x, y;

	rng_seeded(&x, 7);
	rng_seeded(&y, 7);
	rng_bytes(&x, whole, sizeof whole);
	for (size_t done = 0; done < sizeof parts;) {
		size_t n = (size_t)test_below(700);
		n = n < sizeof parts - done ? n : sizeof parts - done;
		rng_bytes(&y, parts + done, n);
		done += n;
	}
	CHECK(memcmp(whole, parts, sizeof whole) == 0);
}

/* A site made from a seed must be the same after an upgrade: this value never changes. */
TEST(the_stream_of_seed_one_never_changes)
{
	uint8_t bytes[2000];
	struct hash h;
	struct rng r;

	rng_seeded(&r, 1);
	rng_bytes(&r, bytes, sizeof bytes);
	sha256(bytes, sizeof bytes, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("f7bd533e1e04a462945152403cef5cb83f1b6c61815c851163c9f9a5e62ef30f"));
}

TEST(different_seeds_and_the_system_give_different_bytes)
{
	uint8_t a[32], b[32], c[32], d[32];
	struct rng r;

	rng_seeded(&r, 1);
	rng_bytes(&r, a, sizeof a);
	rng_seeded(&r, 2);
	rng_bytes(&r, b, sizeof b);
	rng_system(&r);
	rng_bytes(&r, c, sizeof c);
	rng_bytes(&r, d, sizeof d);
	CHECK(memcmp(a, b, sizeof a) != 0);
	CHECK(memcmp(b, c, sizeof a) != 0);
	CHECK(memcmp(c, d, sizeof a) != 0);
}

TEST(rng_below_stays_below_and_reaches_everything)
{
	bool seen[7] = { false };
	struct rng r;

	rng_seeded(&r, test_random());
	for (int i = 0; i < 2000; i++) {
		uint64_t x = rng_below(&r, LENGTH(seen));
		CHECK(x < LENGTH(seen));
		seen[x] = true;
	}
	for (size_t i = 0; i < LENGTH(seen); i++)
		CHECK(seen[i]);
	CHECK(rng_below(&r, 1) == 0);
	for (int i = 0; i < 100; i++)
		CHECK(rng_below(&r, (1ull << 63) + 1) <= 1ull << 63);
}
