/* Vectors: RFC 8032 section 7.1, tests 1 to 3; the key of the log's own vectors. */
#include "base/encode.h"
#include "crypto/sign.h"
#include "tests/test.h"

#include <string.h>

static struct signature signature_of(const char *seed, struct str message, struct public_key *pub)
{
	SECRET struct secret_key k;
	struct key_seed s;
	struct signature made;

	CHECK(hex_decode(str_of(seed), s.b, sizeof s.b));
	key_from_seed(&s, &k, pub);
	sign(&k, message.at, message.len, &made);
	return made;
}

TEST(ed25519_gives_the_published_signatures)
{
	static const struct {
		const char *seed, *pub, *message, *signature;
	} vectors[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
		  "c61e39701cf9"
		  "b46bd25bf5f0595bbe24655141438e7a100b" },
		{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
		  "458f3613d0f1"
		  "1d8c387b2eaeb4302aeeb00d291612bb0c00" },
		{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
		  "ae67f760984d"
		  "c6594a7c15e9716ed28dc027beceea1ec40a" },
	};

	for (size_t i = 0; i < LENGTH(vectors); i++) {
		struct public_key pub;
		char message[2];
		size_t n = strlen(vectors[i].message) / 2;

		CHECK(hex_decode(str_of(vectors[i].message), message, n));
		struct signature s =
			signature_of(vectors[i].seed, (struct str){ message, n }, &pub);
		CHECK_STR(hex_encode(test_arena(), pub.b, 32), str_of(vectors[i].pub));
		CHECK_STR(hex_encode(test_arena(), s.b, 64), str_of(vectors[i].signature));
		CHECK(sign_verify(&pub, message, n, &s));
	}
}

TEST(a_flipped_bit_anywhere_breaks_the_signature)
{
	struct public_key pub, other;
	char message[] = "biên bản";
	size_t n = strlen(message);
	struct signature s =
		signature_of("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
			     str_of(message), &pub);

	CHECK(sign_verify(&pub, message, n, &s));
	for (size_t bit = 0; bit < 512; bit++) {
		struct signature bad = s;
		bad.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CHECK(!sign_verify(&pub, message, n, &bad));
	}
	for (size_t bit = 0; bit < 256; bit++) {
		other = pub;
		other.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CHECK(!sign_verify(&other, message, n, &s));
	}
	for (size_t bit = 0; bit < 8 * n; bit++) {
		message[bit / 8] ^= (char)(1 << bit % 8);
		CHECK(!sign_verify(&pub, message, n, &s));
		message[bit / 8] ^= (char)(1 << bit % 8);
	}
	CHECK(!sign_verify(&pub, message, n - 1, &s));
}

/* The all-zero key has small order: under it one signature fits many messages. */
TEST(a_key_of_small_order_verifies_nothing)
{
	struct public_key zero = { { 0 } }, one = { { 1 } };
	struct signature s = { { 1 } };

	CHECK(!sign_verify(&zero, "x", 1, &s));
	CHECK(!sign_verify(&one, "x", 1, &s));
}

TEST(no_key_is_made_from_a_seeded_stream)
{
	struct key_seed s;
	struct rng r;

	rng_seeded(&r, 1);
	CHECK(!key_seed_make(&r, &s));
	rng_system(&r);
	CHECK(key_seed_make(&r, &s));
}

TEST(a_secret_wipes_itself)
{
	struct secret_key k;
	struct secret_key zero = { { 0 } };

	memset(&k, 7, sizeof k);
	secret_key_wipe(&k);
	CHECK(memcmp(&k, &zero, sizeof k) == 0);
}
