/* How an account comes to its person: from the counter, from the terminal, by his own phone; and who may
 * not be taken over that way. */
#include "office/test_account.h"

TEST(a_code_from_the_counter_sets_a_password_once)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t other = unit_at(tx, "14539", "2021-03-10").id, who;
	int64_t citizen = user(tx, commune, "0912345678", "a long password");
	int64_t clerk = user(tx, commune, "clerk", NULL),
		stranger = user(tx, other, "stranger", NULL);
	struct password p = hashed("another password"), q = hashed("a third password");
	struct str code, newer, cookie = signed_in(tx, "0912345678", "a long password");
	struct session s;

	appoint(tx, clerk, commune, CLERK);
	appoint(tx, stranger, other, CLERK);
	struct member c = member(tx, clerk), x = member(tx, stranger), self = member(tx, citizen);

	/* Only the counter of the own unit. */
	tx->who = &x;
	CHECK(code_make_password(tx, citizen, &code) == ERR_DENIED);
	tx->who = &self;
	CHECK(code_make_password(tx, citizen, &code) == ERR_DENIED);
	tx->who = NULL;
	CHECK(code_make_password(tx, citizen, &code) == ERR_DENIED);
	tx->who = &c;
	CHECK(!code_make_password(tx, citizen, &code));
	CHECK_INT((int64_t)code.len, 19); /* 7K3Q-92M0-ABCD-EFGH */
	/* The old password works until the code is used. */
	CHECK(!session_load(tx, cookie, &s));

	tx->who = NULL;
	CHECK(code_check_password(tx, S("0912345678"), code) == OK);
	CHECK(code_check_password(tx, S("clerk"), code) == ERR_DENIED);
	CHECK(code_check_password(tx, S("0000000000"), code) == ERR_DENIED);
	CHECK(code_check_password(tx, S("0912345678"), S("0000-0000-0000-0000")) == ERR_DENIED);
	CHECK(code_check_password(tx, S("0912345678"), S("")) == ERR_DENIED);
	CHECK(setup_code_check(tx, code) == ERR_DENIED); /* for its purpose only */
	struct str typed = str_lower(tx->mem, code);     /* as people type it */
	CHECK(!code_use_password(tx, S("+84912345678"), typed, &p, &who));
	CHECK_INT(who, citizen);
	CHECK(session_load(tx, cookie, &s) == ERR_NOT_FOUND);
	CHECK(code_use_password(tx, S("0912345678"), code, &q, &who) == ERR_DENIED);
	signed_in(tx, "0912345678", "another password");

	/* A newer code makes the older void; a code dies after three days; so does one when the person
	 * remembers the password and changes it. */
	tx->who = &c;
	CHECK(!code_make_password(tx, citizen, &code));
	CHECK(!code_make_password(tx, citizen, &newer));
	CHECK(code_check_password(tx, S("0912345678"), code) == ERR_DENIED);
	test_now(tx, "2021-03-13T07:59");
	CHECK(!code_check_password(tx, S("0912345678"), newer));
	test_now(tx, "2021-03-13T08:00");
	CHECK(code_use_password(tx, S("0912345678"), newer, &q, &who) == ERR_DENIED);
	CHECK(!code_make_password(tx, citizen, &newer));
	struct credential cred;
	CHECK(!credential_of(tx, citizen, &cred));
	CHECK(credential_check(tx->mem, &cred, S("another password")));
	CHECK(!account_change_password(tx, &cred, &q));
	CHECK(code_check_password(tx, S("0912345678"), newer) == ERR_DENIED);

	/* It is written down who made them, and no code is. */
	struct query r = db_query(tx, "SELECT COUNT(*) FROM one_time_code WHERE person = $1 "
				      "AND made_by = $2 AND made_as IS NOT NULL");
	BIND(&r, citizen, clerk);
	CHECK(!db_one(&r));
	CHECK_INT(col_int(&r, 0), 4);
}

/* Otherwise a clerk could become the chairman by printing him a new password. */
TEST(the_counter_does_not_take_over_officials)
{
	int64_t root, commune, id;
	struct tx *tx = site(&root, &commune);
	int64_t clerk = user(tx, commune, "clerk", NULL), chair = user(tx, commune, "chair", NULL);
	int64_t admin = user(tx, commune, "admin", NULL), top = user(tx, commune, "top", NULL);
	struct str code;

	appoint(tx, clerk, commune, CLERK);
	appoint(tx, admin, commune, ADMIN);
	appoint(tx, top, root, ADMIN);
	/* Named for next month already counts. */
	CHECK(!appointment_make(tx,
				&(struct appointment_new){ .person = chair,
							   .unit = commune,
							   .role = LEADER,
							   .from = test_date("2021-04-01"),
							   .to = NO_DATE },
				&id));
	struct member c = member(tx, clerk), a = member(tx, admin), t = member(tx, top);

	tx->who = &c;
	CHECK(code_make_password(tx, chair, &code) == ERR_DENIED);
	tx->who = &a;
	CHECK(!code_make_password(tx, chair, &code));
	/* Nor does an administrator of the commune the one of the province who lives there. */
	CHECK(code_make_password(tx, top, &code) == ERR_DENIED);
	CHECK(account_disable(tx, top, true) == ERR_DENIED);
	CHECK(totp_drop(tx, top, S("")) == ERR_DENIED);
	tx->who = &t;
	CHECK(!code_make_password(tx, admin, &code));
	CHECK(!account_disable(tx, admin, true));
}

/* Otherwise an administrator of one small agency could read what any citizen of the site sent in. */
TEST(appointing_a_citizen_of_another_unit_does_not_open_his_account)
{
	int64_t root, commune, id;
	struct tx *tx = site(&root, &commune);
	int64_t other = unit_at(tx, "14539", "2021-03-10").id;
	int64_t citizen = user(tx, commune, "0912345678", "a long password");
	int64_t far = user(tx, other, "far", NULL), near = user(tx, commune, "near", NULL);
	int64_t top = user(tx, root, "top", NULL);
	struct str code;

	appoint(tx, far, other, ADMIN);
	appoint(tx, near, commune, ADMIN);
	appoint(tx, top, root, ADMIN);
	struct member f = member(tx, far), n = member(tx, near), t = member(tx, top);

	tx->who = &f;
	CHECK(!appointment_make(tx,
				&(struct appointment_new){ .person = citizen,
							   .unit = other,
							   .role = CLERK,
							   .from = test_date("2021-03-10"),
							   .to = NO_DATE },
				&id));
	CHECK(code_make_password(tx, citizen, &code) == ERR_DENIED);
	/* It is a clerk's account now: his own commune cannot take over that office either. */
	tx->who = &n;
	CHECK(code_make_password(tx, citizen, &code) == ERR_DENIED);
	tx->who = &t;
	CHECK(!code_make_password(tx, citizen, &code));
}

TEST(the_first_administrator_is_made_by_a_code_from_the_terminal)
{
	int64_t root, commune, admin;
	struct tx *tx = site(&root, &commune);
	struct password p = hashed("a long password");
	struct str code, newer;
	struct account_list all;

	CHECK(!account_list(tx, root, S(""), 10, &all));
	CHECK_INT((int64_t)all.n, 0); /* no account, no default password */
	tx->who = NULL;
	CHECK(setup_code_make(tx, &code) == ERR_DENIED);
	CHECK(setup_code_use(tx, S("0000-0000-0000-0000"), S("A"), S("admin"), &p, &admin) ==
	      ERR_DENIED);
	tx->who = &system_member;
	CHECK(!setup_code_make(tx, &code));
	CHECK(!setup_code_make(tx, &newer)); /* the site was started again */
	tx->who = NULL;
	CHECK(setup_code_check(tx, code) == ERR_DENIED);
	CHECK(!setup_code_check(tx, newer));
	test_commit(tx);
	CHECK(setup_code_use(tx, newer, S("A"), S("no login!"), &p, &admin) == ERR_INVALID);
	test_rollback(tx);
	CHECK(!setup_code_use(tx, newer, S("Nguyễn Thị Mẫu"), S("admin"), &p, &admin));
	CHECK(!tx->who);
	struct member m = member(tx, admin);
	CHECK(member_may(&m, ADMIN, root, S("")));
	signed_in(tx, "admin", "a long password");
	CHECK(setup_code_use(tx, newer, S("B"), S("second"), &p, &admin) == ERR_DENIED);
	tx->who = &system_member;
	CHECK(setup_code_make(tx, &code) == ERR_CONFLICT);

	/* After a day the code is void. */
	tx = site(&root, &commune);
	CHECK(!setup_code_make(tx, &code));
	test_now(tx, "2021-03-11T08:00");
	CHECK(setup_code_check(tx, code) == ERR_DENIED);
}

TEST(the_last_administrator_of_the_site_stays)
{
	int64_t root, commune;
	struct tx *tx = site(&root, &commune);
	int64_t one = user(tx, root, "one", "a long password"), two = user(tx, root, "two", NULL);
	int64_t first = appoint(tx, one, root, ADMIN);

	appoint(tx, two, root, ADMIN); /* cannot sign in: does not count */
	struct member m = member(tx, one);
	tx->who = &m;
	CHECK(appointment_end(tx, first, tx_today(tx)) == ERR_CONFLICT);
	struct password p = hashed("another password");
	tx->who = &system_member;
	CHECK(!account_set_password(tx, two, &p));
	tx->who = &m;
	CHECK(!appointment_end(tx, first, tx_today(tx)));
}

TEST(people_register_with_a_phone_number)
{
	int64_t root, commune, id, again;
	struct tx *tx = site(&root, &commune);
	struct password p = hashed("a long password");
	struct account a;
	struct person who;

	CHECK(account_register(tx, S("Bà Tư"), commune, S("0912345678"), &p, &id) == ERR_DENIED);
	tx->who = NULL;
	CHECK(account_register(tx, S("Bà Tư"), commune, S("ba.tu"), &p, &id) == ERR_INVALID);
	CHECK(!account_register(tx, S("Bà Tư"), commune, S("+84 912 345 678"), &p, &id));
	CHECK(account_register(tx, S("Ông Ba"), commune, S("0912345678"), &p, &again) ==
	      ERR_CONFLICT);
	CHECK(!account_by_login(tx, S("0912 345 678"), &a));
	CHECK_INT(a.person, id);
	CHECK_INT(a.unit, commune);
	CHECK(a.has_password && !a.must_change && !a.disabled && !a.totp_on);
	CHECK(!person_find(tx, id, &who) && !who.verified);
	CHECK(!tx->who);
}
