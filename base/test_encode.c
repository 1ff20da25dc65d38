#include "base/encode.h"
#include "tests/test.h"

#include <string.h>

static struct str random_bytes(size_t n)
{
	uint8_t *b = arena_get(test_arena(), n);

	for (size_t i = 0; i < n; i++)
		b[i] = (uint8_t)test_random();
	return (struct str){ (const char *)b, n };
}

static struct str base32(struct str bytes)
{
	struct buf b = { .a = test_arena() };

	buf_put_base32(&b, bytes.at, bytes.len);
	return buf_str(&b);
}

TEST(whatever_is_encoded_comes_back)
{
	for (size_t n = 0; n < 70; n++) {
		struct str bytes = random_bytes(n), back;
		char *out = arena_get(test_arena(), n);

		CHECK(hex_decode(hex_encode(test_arena(), bytes.at, n), out, n));
		CHECK_STR(((struct str){ out, n }), bytes);
		CHECK(base64_decode(test_arena(), base64_encode(test_arena(), bytes.at, n), &back));
		CHECK_STR(back, bytes);
		memset(out, 0, n);
		CHECK(base32_decode(base32(bytes), out, n));
		CHECK_STR(((struct str){ out, n }), bytes);
	}
}

/* RFC 4648 section 10. */
TEST(base64_gives_the_published_values)
{
	CHECK_STR(base64_encode(test_arena(), "", 0), S(""));
	CHECK_STR(base64_encode(test_arena(), "f", 1), S("Zg=="));
	CHECK_STR(base64_encode(test_arena(), "fo", 2), S("Zm8="));
	CHECK_STR(base64_encode(test_arena(), "foo", 3), S("Zm9v"));
	CHECK_STR(base64_encode(test_arena(), "foob", 4), S("Zm9vYg=="));
	CHECK_STR(base64_encode(test_arena(), "fooba", 5), S("Zm9vYmE="));
	CHECK_STR(base64_encode(test_arena(), "foobar", 6), S("Zm9vYmFy"));
}

/* One signature must have one spelling, or a log could show two notes that verify alike. */
TEST(base64_that_no_encoder_writes_is_refused)
{
	static const char *const bad[] = {
		"Zg",       "Zg=",      "Zg===", "Z===",  "=",      "==",
		"====",     "Zh==",     "Zm9=",  "Zm9vY", "Zm9v\n", " Zm9v",
		"Zm9v====", "Zg==Zg==", "Zm-v",  "Zm_v",  "Z=9v",   "Zm9vZg=a",
	};
	struct str out;

	for (size_t i = 0; i < LENGTH(bad); i++)
		if (base64_decode(test_arena(), str_of(bad[i]), &out))
			FAIL("\"%s\" was accepted", bad[i]);
	CHECK(!base64_decode(test_arena(), ((struct str){ "Zm\0v", 4 }), &out));
}

TEST(a_decoder_for_n_bytes_takes_no_other_length)
{
	char out[8];

	CHECK(base64_decode_exact(S("Zm9vYg=="), out, 4));
	CHECK(!base64_decode_exact(S("Zm9vYg=="), out, 3));
	CHECK(!base64_decode_exact(S("Zm9vYg=="), out, 5));
	CHECK(!hex_decode(S("abc"), out, 1));
	CHECK(!hex_decode(S("abcd"), out, 1));
	CHECK(!hex_decode(S("0x"), out, 1));
	CHECK(!base32_decode(S("00"), out, 2));
	CHECK(!base32_decode(S("000"), out, 1));
}

TEST(base32_reads_what_a_hand_writes)
{
	uint8_t x[5], y[5];

	CHECK(base32_decode(S("0123-4ABC"), x, 5));
	CHECK(base32_decode(S("oi23 4abc"), y, 5));
	CHECK(memcmp(x, y, 5) == 0);
	CHECK(base32_decode(S("OL234aBc"), y, 5));
	CHECK(memcmp(x, y, 5) == 0);
	CHECK(!base32_decode(S("0123-4ABU"), y, 5));
	CHECK(!base32_decode(S("0123_4ABC"), y, 5));
	CHECK(!base32_decode(S("0123Ơ4ABC"), y, 5));
}

TEST(base32_with_filling_bits_set_is_refused)
{
	uint8_t x[1];

	CHECK(base32_decode(S("ZW"), x, 1));
	CHECK_INT(x[0], 255);
	CHECK(!base32_decode(S("ZZ"), x, 1));
}

static struct str code_of(const char *seven)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t bits = 0;

	for (int i = 0; i < 7; i++)
		bits = bits << 5 | (uint64_t)(strchr(signs, seven[i]) - signs);
	return code_make(test_arena(), S("CK"), bits);
}

/* DESIGN.md, last line. */
TEST(codes_carry_the_published_check_sign)
{
	CHECK_STR(code_of("7K3Q92M"), S("CK-7K3Q-92MV"));
	CHECK_STR(code_of("0000000"), S("CK-0000-0000"));
	CHECK_STR(code_of("ZZZZZZZ"), S("CK-ZZZZ-ZZZF"));
	CHECK_STR(code_of("1234567"), S("CK-1234-567W"));
	CHECK_STR(code_of("DJNH202"), S("CK-DJNH-202F"));
}

TEST(a_code_is_read_as_people_type_it)
{
	static const char *const typed[] = { "CK-1234-567W", "ck-i234-567w", " ck l234 567 w ",
					     "ck1234567w" };
	struct str out;

	for (size_t i = 0; i < LENGTH(typed); i++) {
		CHECK(code_read(test_arena(), str_of(typed[i]), &out));
		CHECK_STR(out, S("CK-1234-567W"));
	}
	/* The letters of the kind are letters: DO is DO. */
	struct str made = code_make(test_arena(), S("DO"), 12345);
	CHECK(code_read(test_arena(), made, &out));
	CHECK_STR(out, made);
}

TEST(any_single_wrong_sign_in_a_code_is_noticed)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	struct str code = code_make(test_arena(), S("CK"), test_random()), out;
	int places[] = { 3, 4, 5, 6, 8, 9, 10, 11 };

	for (size_t p = 0; p < LENGTH(places); p++) {
		for (const char *c = signs; *c; c++) {
			char *wrong = str_z(test_arena(), code);
			wrong[places[p]] = *c;
			CHECK(code_read(test_arena(), str_of(wrong), &out) ==
			      (*c == code.at[places[p]]));
		}
	}
}

TEST(what_is_no_code_is_refused)
{
	static const char *const bad[] = { "",
					   "CK",
					   "CK-7K3Q-92M",
					   "CK-7K3Q-92MV0",
					   "C0-7K3Q-92MV",
					   "7K-7K3Q-92MV",
					   "CK-7K3U-92MV",
					   "CK_7K3Q_92MV" };
	struct str out;

	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK(!code_read(test_arena(), str_of(bad[i]), &out));
}

TEST(a_check_value_is_sixteen_signs_in_fours)
{
	uint8_t bytes[CHECK_VALUE_BYTES] = { 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 1 },
		back[10];
	struct str text = check_value_text(test_arena(), bytes);

	CHECK_STR(text, S("ZW0F-Y07Z-03ZG-1ZR1"));
	CHECK(check_value_read(S("zwof yo7z o3zg izri"), back));
	CHECK(memcmp(bytes, back, sizeof back) == 0);
	CHECK(!check_value_read(str_cut(text, 18), back));
}
