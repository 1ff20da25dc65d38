#include "crypto/password.h"
#include "tests/test.h"

#include <string.h>

TEST(a_password_opens_only_its_own_lock)
{
	struct password p, again;

	CHECK(password_hash(S("mật khẩu dài"), &p) == OK);
	CHECK(str_starts(str_of(p.text), S("$argon2id$v=19$m=19456,t=2,p=1$")));
	CHECK(password_verify(str_of(p.text), S("mật khẩu dài")));
	CHECK(!password_verify(str_of(p.text), S("mật khẩu dà")));
	CHECK(!password_verify(str_of(p.text), S("mật khẩu dài ")));
	CHECK(!password_verify(str_of(p.text), S("")));
	CHECK(!password_needs_rehash(str_of(p.text)));
	CHECK(password_hash(S("mật khẩu dài"), &again) == OK);
	CHECK(strcmp(p.text, again.text) != 0);
}

/* From the test suite of the reference implementation: Argon2id, v=19, m=65536, t=2, p=1. */
TEST(a_password_hashed_elsewhere_verifies_and_asks_to_be_hashed_anew)
{
	struct str other = S("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
			     "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

	CHECK(password_verify(other, S("password")));
	CHECK(!password_verify(other, S("differentpassword")));
	CHECK(password_needs_rehash(other));
}

TEST(what_is_no_stored_password_verifies_nothing)
{
	static const char *const bad[] = {
		"",
		"x",
		"password",
		"$argon2id$",
		"$argon2id$v=19$m=19456,t=2,p=1$$",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
		"$2b$12$abcdefghijklmnopqrstuuW0bHvJ3b7s5kN8vF3mK5tq1y8vYx0aC",
	};
	char *long_text = arena_get(test_arena(), 4000);

	for (size_t i = 0; i < LENGTH(bad); i++) {
		CHECK(!password_verify(str_of(bad[i]), S("password")));
		CHECK(password_needs_rehash(str_of(bad[i])));
	}
	memset(long_text, 'a', 3999);
	CHECK(!password_verify(str_of(long_text), S("password")));
	CHECK(!password_verify((struct str){ NULL, 0 }, S("password")));
	CHECK(!password_verify(((struct str){ "$argon2id\0", 10 }), S("password")));
}

TEST(a_password_is_refused_rather_than_cut)
{
	char *long_text = arena_get(test_arena(), PASSWORD_MAX + 2);
	struct password p;

	memset(long_text, 'a', PASSWORD_MAX + 1);
	CHECK(password_hash(S(""), &p) == ERR_INVALID);
	CHECK(password_hash((struct str){ long_text, PASSWORD_MAX + 1 }, &p) == ERR_INVALID);
	CHECK(password_hash((struct str){ long_text, PASSWORD_MAX }, &p) == OK);
	CHECK(password_verify(str_of(p.text), (struct str){ long_text, PASSWORD_MAX }));
	CHECK(!password_verify(str_of(p.text), (struct str){ long_text, PASSWORD_MAX + 1 }));
}

/* The pretended check must do the whole work, or its speed tells which accounts exist. */
TEST(a_pretended_check_is_false_and_takes_as_long)
{
	struct password p;

	CHECK(password_hash(S("x"), &p) == OK);
	int64_t start = instant_now().ms;
	for (int i = 0; i < 3; i++)
		CHECK(!password_verify(str_of(p.text), S("y")));
	int64_t middle = instant_now().ms;
	for (int i = 0; i < 3; i++)
		CHECK(!password_pretend(S("y")));
	int64_t end = instant_now().ms;
	CHECK(end - middle >= (middle - start) / 4);
}

TEST(a_password_from_elsewhere_costs_no_more_than_ours_may)
{
	static const char *const unbearable[] = {
		"",
		"secret",
		"$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=99,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAA",
		"$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	struct password p;
	CHECK_INT(password_hash(S("mật khẩu thử"), &p), OK);
	CHECK(password_is_bearable(str_of(p.text)));
	for (size_t i = 0; i < LENGTH(unbearable); i++)
		if (password_is_bearable(str_of(unbearable[i])))
			FAIL("%s", unbearable[i]);
}
