/* A site that asks for an authenticator: whoever lacks one is led to it and does nothing else before. */
#include "office/factor_rule.h"
#include "web/routes.h"
#include "web/test_totp.h"

static void ask_for(enum factor_rule rule)
{
	tx->who = &system_member;
	CHECK_INT(factor_rule_set(tx, rule), OK);
}

/* A clerk, an administrator of the root, and a citizen. */
static void begin_people(enum factor_rule rule)
{
	begin_site();
	tx->who = &system_member;
	appoint(user("0912345678", commune), commune, CLERK);
	appoint(user("quantri", root), root, ADMIN);
	user("0987654321", commune);
	ask_for(rule);
	open_site(false, office_routes);
}

#define FACTOR "/tai-khoan/ma-xac-thuc"

/* Where somebody who has just signed in ends up who wants to see the page. */
static struct str led_to(struct browser *b, const char *path)
{
	struct answer a = browser_get(b, path);
	for (int i = 0; i < 4 && a.status == 303; i++)
		a = browser_get(b, (path = str_z(test_arena(), a.location)));
	CHECK_INT(a.status, 200);
	return str_of(path);
}

static void enrol(struct browser *b)
{
	struct totp_secret s = secret_read(secret_on(b));
	struct answer a = browser_post(b, FACTOR, code_field(&s, totp_step(site->now)));
	CHECK_STR(a.location, S("/tai-khoan?xong=ma-bat"));
}

TEST(who_must_have_an_authenticator_is_led_to_it_and_does_nothing_else_before)
{
	begin_people(FACTOR_OFFICIALS);
	struct browser b = signed_in("0912345678");
	CHECK_STR(led_to(&b, "/viec"), S(FACTOR));
	CHECK_STR(led_to(&b, "/tai-khoan"), S(FACTOR));
	CHECK_STR(led_to(&b, "/quay"), S(FACTOR));
	CHECK(answer_has(browser_get(&b, FACTOR), "Bật mã xác thực rồi mới làm tiếp được"));
	CHECK_INT(browser_post(&b, "/quay/them", "name=X&login=0900000000").status, 403);
	CHECK_INT(browser_post(&b, "/tai-khoan/phien", "").status, 403);
	enrol(&b);
	CHECK_STR(led_to(&b, "/viec"), S("/viec"));
	CHECK_INT(browser_get(&b, "/quay").status, 200);
	/* At the next sign-in a code is asked for. */
	struct browser again = browser_open(site);
	CHECK_STR(try_sign_in(&again, "0912345678", "mot+cau+ngan+de+nho").location,
		  S("/dang-nhap/ma"));
}

TEST(signing_out_is_always_possible)
{
	begin_people(FACTOR_OFFICIALS);
	struct browser b = signed_in("0912345678");
	browser_get(&b, FACTOR);
	CHECK_INT(browser_post(&b, "/thoat", "").status, 303);
	CHECK_INT(browser_cookie(&b, "phien").len, 0);
}

TEST(the_rule_binds_those_it_names_and_nobody_else)
{
	begin_people(FACTOR_ADMINS);
	struct browser clerk = signed_in("0912345678"), admin = signed_in("quantri"),
		       citizen = signed_in("0987654321");
	CHECK_STR(led_to(&clerk, "/viec"), S("/viec"));
	CHECK_STR(led_to(&admin, "/quan-tri"), S(FACTOR));
	CHECK_STR(led_to(&citizen, "/tai-khoan"), S("/tai-khoan"));
}

TEST(nobody_is_bound_where_the_site_never_said)
{
	begin_people(FACTOR_NOBODY);
	struct browser admin = signed_in("quantri");
	CHECK_INT(browser_get(&admin, "/tai-khoan").status, 200);
	CHECK(answer_has(browser_get(&admin, "/tai-khoan"), "Nên bật mã xác thực"));
}

TEST(an_administrator_of_the_root_sets_the_rule_and_it_holds_for_those_who_are_signed_in)
{
	begin_people(FACTOR_NOBODY);
	struct browser admin = signed_in("quantri"), clerk = signed_in("0912345678");
	CHECK_INT(browser_get(&clerk, "/viec").status, 200);
	struct answer a = browser_get(&admin, "/quan-tri/ma-xac-thuc");
	CHECK(answer_has(a, "Hiện có 2 tài khoản đang giữ nhiệm vụ, 2 tài khoản"));
	CHECK_INT(browser_post(&admin, "/quan-tri/ma-xac-thuc", "rule=everybody").status, 422);
	CHECK_INT(browser_get(&clerk, "/viec").status, 200);
	enrol(&admin); /* else the next thing he does is to enrol */
	browser_get(&admin, "/quan-tri/ma-xac-thuc");
	CHECK_INT(browser_post(&admin, "/quan-tri/ma-xac-thuc", "rule=officials").status, 303);
	CHECK_STR(led_to(&clerk, "/viec"), S(FACTOR));
	a = browser_get(&admin, "/quan-tri/ma-xac-thuc?xong=ghi");
	CHECK(answer_has(a, "value=\"officials\" checked"));
	CHECK(answer_has(a, "1 tài khoản trong số đó chưa bật mã"));
}

TEST(an_administrator_of_a_part_cannot_set_the_rule_of_the_whole)
{
	begin_site();
	tx->who = &system_member;
	appoint(user("0912345678", commune), commune, ADMIN);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	CHECK_INT(browser_get(&b, "/quan-tri/ma-xac-thuc").status, 403);
	browser_get(&b, "/tai-khoan/mat-khau");
	CHECK_INT(browser_post(&b, "/quan-tri/ma-xac-thuc", "rule=nobody").status, 403);
}

TEST(a_password_set_by_somebody_else_is_changed_before_the_authenticator_is_set_up)
{
	begin_people(FACTOR_OFFICIALS);
	struct tx later = { .mem = test_arena(), .rng = &site->rng, .office = &office };
	CHECK_INT(tx_begin(&later, site->write, DB_WRITE), OK);
	struct query q = db_query(&later, "UPDATE account SET must_change = 1"
					  " WHERE login = '0912345678'");
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&later, OK), OK);
	struct browser b = signed_in("0912345678");
	CHECK_STR(led_to(&b, "/viec"), S("/tai-khoan/mat-khau"));
	CHECK_INT(browser_post(&b, FACTOR "/bat-dau", "").status, 403);
}
