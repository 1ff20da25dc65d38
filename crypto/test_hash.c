/* Vectors: FIPS 180-4 examples and NIST's "one million a". */
#include "crypto/hash.h"
#include "tests/test.h"

#include <pthread.h>

static struct str hex_of(struct str text)
{
	struct hash h;

	sha256(text.at, text.len, &h);
	return hash_hex(test_arena(), &h);
}

TEST(sha256_gives_the_published_values)
{
	CHECK_STR(hex_of(S("")),
		  S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
	CHECK_STR(hex_of(S("abc")),
		  S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	CHECK_STR(hex_of(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
		  S("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
}

TEST(a_million_letters_in_uneven_pieces_give_the_published_value)
{
	struct buf text = { .a = test_arena() };
	struct sha256 s;
	struct hash h;

	for (int i = 0; i < 1000; i++)
		buf_putc(&text, 'a');
	sha256_begin(&s);
	for (size_t done = 0; done < 1000000;) {
		size_t n = (size_t)test_below(1001);
		n = n < 1000000 - done ? n : 1000000 - done;
		sha256_add(&s, text.at, n);
		done += n;
	}
	sha256_end(&s, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

TEST(an_abandoned_stream_leaves_nothing_behind)
{
	struct sha256 s;

	sha256_begin(&s);
	sha256_add(&s, "x", 1);
	sha256_drop(&s);
	sha256_drop(&s);
}

TEST(hashes_differing_in_any_bit_are_not_equal)
{
	struct hash x, y;

	sha256("x", 1, &x);
	y = x;
	CHECK(hash_eq(&x, &y));
	for (int bit = 0; bit < 256; bit++) {
		y = x;
		y.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CHECK(!hash_eq(&x, &y));
	}
}

TEST(a_hash_in_hex_is_exactly_sixty_four_digits)
{
	struct hash h = { 0 }, back;

	sha256("x", 1, &h);
	struct str hex = hash_hex(test_arena(), &h);
	CHECK(hash_read_hex(hex, &back) && hash_eq(&h, &back));
	CHECK(!hash_read_hex(str_cut(hex, 63), &back));
	CHECK(!hash_read_hex(str_cut(hex, 62), &back));
	CHECK(!hash_read_hex(str_printf(test_arena(), "%.*s00", STR_ARG(hex)), &back));
	CHECK(!hash_read_hex(S("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
			     &back));
}

static void *hash_alone(void *out)
{
	sha256("abc", 3, out);
	return NULL;
}

TEST(threads_hash_side_by_side)
{
	pthread_t threads[4];
	struct hash h[4], should;

	sha256("abc", 3, &should);
	for (int i = 0; i < 4; i++)
		CHECK(pthread_create(&threads[i], NULL, hash_alone, &h[i]) == 0);
	for (int i = 0; i < 4; i++) {
		CHECK(pthread_join(threads[i], NULL) == 0);
		CHECK(hash_eq(&h[i], &should));
	}
}
