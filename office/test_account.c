/* Signing in: logins, passwords, sessions, second factors. */
#include "office/test_account.h"

TEST(a_login_is_read_as_people_type_it)
{
	static const struct {
		const char *typed, *login; /* NULL: refused */
	} cases[] = {
		{ "0912345678", "0912345678" },
		{ "+84 912 345 678", "0912345678" },
		{ "0084912345678", "0912345678" },
		{ " 0912.345.678 ", "0912345678" },
		{ "(0229) 3871-234", "02293871234" },
		{ "Hoa.LV", "hoa.lv" },
		{ "van-thu_2", "van-thu_2" },
		{ "", NULL },
		{ "ab", NULL },
		{ "912345678", NULL },
		{ "+1 912 345 678", NULL },
		{ "0912345", NULL },
		{ "00912345678", NULL },
		{ "hòa", NULL },
		{ "a b c", NULL },
		{ "2fast", NULL },
		{ "a'or'1'='1", NULL },
		{ "091234567890123", NULL },
		{ "abcdefghijabcdefghijabcdefghijabcdefghij",
		  "abcdefghijabcdefghijabcdefghijabcdefghij" },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijk", NULL },
	};

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct str login = S("");
		bool fine = login_read(test_arena(), str_of(cases[i].typed), &login);

		if (fine != (cases[i].login != NULL) ||
		    (fine && !str_eq(login, str_of(cases[i].login))))
			FAIL("\"%s\" gives \"%.*s\"", cases[i].typed, STR_ARG(login));
	}
}

TEST(a_password_is_long_and_not_the_login)
{
	static const struct {
		const char *password, *login;
		enum password_fault is;
	} cases[] = {
		{ "chín chữ…", "hoa.lv", PASSWORD_SHORT },
		{ "mười chữ… ", "hoa.lv", PASSWORD_FINE },
		{ "đường làng", "hoa.lv", PASSWORD_FINE },
		{ "0912345678", "0912345678", PASSWORD_IS_LOGIN },
		{ "+84912345678", "0912345678", PASSWORD_IS_LOGIN },
		{ "xin HOA.LV chao", "hoa.lv", PASSWORD_IS_LOGIN },
		{ "1234567890", "hoa.lv", PASSWORD_PLAIN },
		{ "9876543210", "hoa.lv", PASSWORD_PLAIN },
		{ "aaaaaaaaaaaaa", "hoa.lv", PASSWORD_PLAIN },
		{ "abcdefghijkl", "hoa.lv", PASSWORD_PLAIN },
		{ "aababcabcdx", "hoa.lv", PASSWORD_FINE },
		{ "\xff\xfe 1234567", "hoa.lv", PASSWORD_NOT_TEXT },
		{ "", "hoa.lv", PASSWORD_SHORT },
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
		if (password_judge(test_arena(), str_of(cases[i].password),
				   str_of(cases[i].login)) != cases[i].is)
			FAIL("\"%s\"", cases[i].password);
	struct buf b = { .a = test_arena() };
	for (int i = 0; i < 201; i++)
		buf_putc(&b, i % 2 ? 'x' : 'z');
	CHECK(password_judge(test_arena(), buf_str(&b), S("hoa.lv")) == PASSWORD_LONG);
}

TEST(a_password_opens_a_session_however_its_accents_are_typed)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t id = user(tx, commune, "0912345678", "đường làng quê");
	struct str cookie, again;
	struct session s;

	cookie = signed_in(tx, "+84 912 345 678", "đường làng quê");
	again = signed_in(tx, "0912345678",
			  "\xC4\x91\xC6\xB0\x6F\xCC\x9B\xCC\x80ng l\x61\xCC\x80ng qu\x65\xCC\x82");
	CHECK_INT((int64_t)cookie.len, 64);
	CHECK(!str_eq(cookie, again));
	CHECK(!session_load(tx, cookie, &s));
	CHECK_INT(s.person, id);
	CHECK_STR(s.login, S("0912345678"));
	CHECK(!s.must_change && !s.second_factor && !s.needs_touch);
	CHECK(sign_in(tx, "0912345678", "đường làng", S(""), &cookie) == ERR_DENIED);
	CHECK(sign_in(tx, "0912345679", "đường làng quê", S(""), &cookie) == ERR_DENIED);
	CHECK(sign_in(tx, "'; --", "đường làng quê", S(""), &cookie) == ERR_DENIED);
	CHECK(session_load(tx, S(""), &s) == ERR_NOT_FOUND);
	CHECK(session_load(tx, S("00"), &s) == ERR_NOT_FOUND);
	CHECK(session_load(tx, str_cut(again, 63), &s) == ERR_NOT_FOUND);
	/* The table holds no cookie: only hashes. */
	struct query q = db_query(tx, "SELECT hash FROM session WHERE person = $1 LIMIT 1");
	BIND(&q, id);
	CHECK(!db_one(&q));
	struct hash stored = col_hash(&q, 0);
	CHECK(session_load(tx, hash_hex(tx->mem, &stored), &s) == ERR_NOT_FOUND);
}

/* One who asks for many logins must not learn which exist, by the answer or by its time. */
TEST(an_unknown_account_costs_as_much_as_a_wrong_password)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	double took[4] = { 0 };
	const char *logins[] = { "known", "unknown", "blocked", "fresh" };

	user(tx, commune, "known", "a long password");
	int64_t blocked = user(tx, commune, "blocked", "a long password");
	user(tx, commune, "fresh", NULL);
	CHECK(!account_disable(tx, blocked, true));
	for (int i = 0; i < 4; i++) {
		struct credential c;
		struct timespec from, to;

		CHECK(!credential_load(tx, str_of(logins[i]), &c));
		took[i] = 1e9;
		for (int round = 0; round < 3; round++) {
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
			CHECK(!credential_check(tx->mem, &c, S("another password")));
			clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
			double t = (double)(to.tv_sec - from.tv_sec) +
				   1e-9 * (double)(to.tv_nsec - from.tv_nsec);
			took[i] = t < took[i] ? t : took[i];
		}
		/* Even the right password of a disabled account, and an empty one of a fresh one. */
		CHECK(i == 0 || !credential_check(tx->mem, &c, S("a long password")));
		CHECK(!credential_check(tx->mem, &c, S("")));
	}
	printf("# ms: known %.1f, unknown %.1f, disabled %.1f, without password %.1f\n",
	       took[0] * 1e3, took[1] * 1e3, took[2] * 1e3, took[3] * 1e3);
	for (int i = 1; i < 4; i++)
		CHECK(took[i] > took[0] * 0.5 && took[i] < took[0] * 2);
}

TEST(a_session_ends_by_silence_and_by_age)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	struct session s;

	user(tx, commune, "hoa", "a long password");
	struct str idle = signed_in(tx, "hoa", "a long password");

	CHECK(!session_load(tx, idle, &s));
	CHECK_INT(s.ends_at.ms, tx->now.ms + SESSION_IDLE_MS);
	test_now(tx, "2021-03-10T09:59");
	CHECK(!session_load(tx, idle, &s));
	CHECK(s.needs_touch);
	test_now(tx, "2021-03-10T10:00");
	CHECK(session_load(tx, idle, &s) == ERR_NOT_FOUND);
	/* A touch that comes late wakes nothing. */
	CHECK(!session_touch(tx, &s.hash));
	CHECK(session_load(tx, idle, &s) == ERR_NOT_FOUND);

	test_now(tx, "2021-03-10T12:00");
	struct str busy = signed_in(tx, "hoa", "a long password");
	static const char *const hours[] = { "13:30", "15:00", "16:30", "18:00",
					     "19:30", "21:00", "22:30", "23:59" };
	for (size_t i = 0; i < LENGTH(hours); i++) {
		test_now(tx, str_z(tx->mem, str_printf(tx->mem, "2021-03-10T%s", hours[i])));
		CHECK(!session_load(tx, busy, &s));
		CHECK(!session_touch(tx, &s.hash));
	}
	CHECK_INT(s.ends_at.ms, test_instant("2021-03-11T00:00").ms);
	test_now(tx, "2021-03-11T00:00");
	CHECK(session_load(tx, busy, &s) == ERR_NOT_FOUND);

	CHECK(!session_sweep(tx, 100));
	struct query q = db_query(tx, "SELECT COUNT(*) FROM session");
	CHECK(!db_one(&q));
	CHECK_INT(col_int(&q, 0), 0);
	/* A clock set back by a day trusts nothing from the future. */
	struct str tomorrow = signed_in(tx, "hoa", "a long password");
	test_now(tx, "2021-03-10T00:00");
	CHECK(session_load(tx, tomorrow, &s) == ERR_NOT_FOUND);
}

TEST(a_change_of_password_ends_every_session)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t id = user(tx, commune, "hoa", "a long password");
	struct str one = signed_in(tx, "hoa", "a long password");
	struct str two = signed_in(tx, "hoa", "a long password"), three;
	struct password p = hashed("another password");
	struct credential c, stale;
	struct session s;

	CHECK(!credential_of(tx, id, &stale));
	CHECK(!credential_of(tx, id, &c));
	CHECK(account_change_password(tx, &c, &p) == ERR_DENIED); /* the old one was not given */
	CHECK(credential_check(tx->mem, &c, S("a long password")));
	CHECK(credential_check(tx->mem, &stale, S("a long password")));
	CHECK(!account_change_password(tx, &c, &p));
	CHECK(session_load(tx, one, &s) == ERR_NOT_FOUND);
	CHECK(session_load(tx, two, &s) == ERR_NOT_FOUND);
	CHECK(sign_in(tx, "hoa", "a long password", S(""), &three) == ERR_DENIED);
	/* Who passed with the old one a moment ago is too late. */
	CHECK(session_open(tx, &stale, S(""), &three) == ERR_CONFLICT);
	CHECK(account_change_password(tx, &stale, &p) == ERR_CONFLICT);
	three = signed_in(tx, "hoa", "another password");
	CHECK(!session_load(tx, three, &s));
	CHECK(!session_close(tx, &s.hash));
	CHECK(session_load(tx, three, &s) == ERR_NOT_FOUND);

	three = signed_in(tx, "hoa", "another password");
	CHECK(!account_disable(tx, id, true));
	CHECK(session_load(tx, three, &s) == ERR_NOT_FOUND);
	CHECK(sign_in(tx, "hoa", "another password", S(""), &three) == ERR_DENIED);
	CHECK(!account_disable(tx, id, false));
	signed_in(tx, "hoa", "another password");
}

TEST(a_password_set_on_the_command_line_must_be_changed)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t id = user(tx, commune, "hoa", NULL);
	struct password p = hashed("a long password");
	struct session s;

	CHECK(!account_set_password(tx, id, &p));
	CHECK(!session_load(tx, signed_in(tx, "hoa", "a long password"), &s));
	CHECK(s.must_change);
	tx->who = NULL;
	CHECK(account_set_password(tx, id, &p) == ERR_DENIED);
}

/* RFC 6238 section 5.2: a code must not be accepted twice. */
TEST(an_authenticators_code_is_good_once)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t id = user(tx, commune, "hoa", "a long password");
	struct member self = member(tx, id);
	struct totp_secret secret;
	struct str uri, cookie, code, first = signed_in(tx, "hoa", "a long password");
	struct session s;

	tx->who = NULL;
	CHECK(totp_enrol(tx, id, S("Đình"), &secret, &uri) == ERR_DENIED);
	tx->who = &self;
	CHECK(totp_confirm(tx, id, S("000000"), NULL) == ERR_CONFLICT); /* nothing begun */
	CHECK(!totp_enrol(tx, id, S("Đình"), &secret, &uri));
	CHECK(str_starts(uri, S("otpauth://totp/")));
	/* Begun is not yet in force. */
	signed_in(tx, "hoa", "a long password");
	code = totp_code(tx->mem, &secret, totp_step(tx->now), TOTP_DIGITS);
	struct str wrong = str_dup(tx->mem, code);
	((char *)wrong.at)[0] = wrong.at[0] == '9' ? '0' : (char)(wrong.at[0] + 1);
	CHECK(totp_confirm(tx, id, wrong, NULL) == ERR_DENIED);
	CHECK(!session_load(tx, first, &s));
	CHECK(!totp_confirm(tx, id, code, &s.hash));
	CHECK(!session_load(tx, first, &s)); /* the one who enrolled stays */
	CHECK(totp_enrol(tx, id, S("Đình"), &secret, &uri) == ERR_CONFLICT);

	/* The code that confirmed is used up. */
	CHECK(sign_in(tx, "hoa", "a long password", S(""), &cookie) == ERR_DENIED);
	CHECK(sign_in(tx, "hoa", "a long password", code, &cookie) == ERR_DENIED);
	test_now(tx, "2021-03-10T08:02");
	code = totp_code(tx->mem, &secret, totp_step(tx->now), TOTP_DIGITS);
	CHECK(sign_in(tx, "hoa", "a wrong password", code, &cookie) == ERR_DENIED);
	CHECK(!sign_in(tx, "hoa", "a long password", code, &cookie));
	CHECK(!session_load(tx, cookie, &s));
	CHECK(s.second_factor);
	CHECK(sign_in(tx, "hoa", "a long password", code, &cookie) == ERR_DENIED);
	/* Nor is an older one good after it. */
	code = totp_code(tx->mem, &secret, totp_step(tx->now) - 1, TOTP_DIGITS);
	CHECK(sign_in(tx, "hoa", "a long password", code, &cookie) == ERR_DENIED);

	CHECK(totp_drop(tx, id, S("123456")) == ERR_DENIED);
	test_now(tx, "2021-03-10T08:04");
	code = totp_code(tx->mem, &secret, totp_step(tx->now), TOTP_DIGITS);
	CHECK(!totp_drop(tx, id, code));
	signed_in(tx, "hoa", "a long password");
}

TEST(a_lost_authenticator_is_dropped_by_an_administrator)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t id = user(tx, commune, "hoa", "a long password");
	int64_t admin = user(tx, commune, "admin", NULL), clerk = user(tx, commune, "clerk", NULL);
	struct totp_secret secret;
	struct str uri, code;

	appoint(tx, admin, commune, ADMIN);
	appoint(tx, clerk, commune, CLERK);
	struct member self = member(tx, id), a = member(tx, admin), c = member(tx, clerk);

	tx->who = &self;
	CHECK(!totp_enrol(tx, id, S("Đình"), &secret, &uri));
	code = totp_code(tx->mem, &secret, totp_step(tx->now), TOTP_DIGITS);
	CHECK(!totp_confirm(tx, id, code, NULL));
	tx->who = &c;
	CHECK(totp_drop(tx, id, S("")) == ERR_DENIED);
	tx->who = &a;
	CHECK(!totp_drop(tx, id, S("")));
	signed_in(tx, "hoa", "a long password");
}
