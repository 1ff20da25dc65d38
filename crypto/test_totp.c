/* Vectors: RFC 6238 appendix B (SHA-1, eight digits). */
#include "crypto/totp.h"
#include "tests/test.h"

#include <string.h>

static struct totp_secret published(void)
{
	struct totp_secret s;

	memcpy(s.b, "12345678901234567890", sizeof s.b);
	return s;
}

TEST(totp_gives_the_published_codes)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} vectors[] = {
		{ 59, "94287082" },         { 1111111109, "07081804" }, { 1111111111, "14050471" },
		{ 1234567890, "89005924" }, { 2000000000, "69279037" }, { 20000000000, "65353130" },
	};
	struct totp_secret s = published();

	for (size_t i = 0; i < LENGTH(vectors); i++) {
		struct instant t = { vectors[i].seconds * 1000 };
		CHECK_STR(totp_code(test_arena(), &s, totp_step(t), 8), str_of(vectors[i].code));
	}
}

TEST(a_code_is_good_for_its_step_and_one_on_either_side)
{
	struct totp_secret s = published();
	struct instant now = { 1234567890000 };
	int64_t here = totp_step(now), step;

	for (int64_t d = -3; d <= 3; d++) {
		struct str code = totp_code(test_arena(), &s, here + d, TOTP_DIGITS);
		bool good = d >= -1 && d <= 1;
		step = -7;
		CHECK(totp_check(&s, code, now, -1, &step) == good);
		CHECK_INT(step, good ? here + d : -7);
	}
}

TEST(a_code_is_accepted_once)
{
	struct totp_secret s = published();
	struct instant now = { 1234567890000 };
	int64_t step;
	struct str code = totp_code(test_arena(), &s, totp_step(now), TOTP_DIGITS);

	CHECK(totp_check(&s, code, now, -1, &step));
	CHECK(!totp_check(&s, code, now, step, &step));
	CHECK(totp_check(&s, code, now, step - 1, &step));
}

TEST(a_code_may_be_typed_with_spaces_but_not_with_anything_else)
{
	struct totp_secret s = published();
	struct instant now = { 59000 };
	int64_t step;

	CHECK(totp_check(&s, S("287082"), now, -1, &step));
	CHECK(totp_check(&s, S(" 287 082 "), now, -1, &step));
	static const char *const bad[] = { "",        "28708",   "2870822", "28708x",
					   "287-082", "+287082", "94287082" };
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK(!totp_check(&s, str_of(bad[i]), now, -1, &step));
}

TEST(the_first_step_of_all_has_no_neighbour_before_it)
{
	struct totp_secret s = published();
	int64_t step;
	struct str before = totp_code(test_arena(), &s, -1, TOTP_DIGITS);

	CHECK(!totp_check(&s, before, (struct instant){ 0 }, -1, &step));
}

TEST(an_authenticator_can_read_the_address)
{
	struct totp_secret s = published();

	CHECK_STR(totp_uri(test_arena(), &s, S("Xã Mẫu"), S("an@x")),
		  S("otpauth://totp/"
		    "X%C3%A3%20M%E1%BA%ABu:an%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		    "&issuer=X%C3%A3%20M%E1%BA%ABu"));
}

TEST(no_secret_is_made_from_a_seeded_stream)
{
	struct totp_secret s;
	struct rng r;

	rng_seeded(&r, 1);
	CHECK(!totp_secret_make(&r, &s));
	rng_system(&r);
	CHECK(totp_secret_make(&r, &s));
}
