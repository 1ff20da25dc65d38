/* Signing in as people and as those who want to be somebody else, through every check a request
 * passes on a running server. */
#include "web/routes.h"
#include "web/test_totp.h"

#include <string.h>

static struct str person_path(const char *format, int64_t id)
{
	struct buf b = { .a = test_arena() };
	buf_printf(&b, "/quay/nguoi/%lld%s", (long long)id, format);
	buf_putc(&b, 0);
	return buf_str(&b);
}

TEST(who_signs_in_comes_to_the_page_that_asked_for_it)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, "/tai-khoan");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/dang-nhap?den=%2Ftai-khoan"));
	a = browser_get(&b, "/dang-nhap?den=%2Ftai-khoan");
	CHECK(answer_has(a, "autocomplete=\"current-password\""));
	a = browser_post(&b, "/dang-nhap?den=%2Ftai-khoan",
			 "login=%2B84+912.345.678&password=mot+cau+ngan+de+nho");
	CHECK_STR(a.location, S("/tai-khoan"));
	a = browser_get(&b, "/tai-khoan");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "0912345678"));
}

/* Without an address to go back to: officials to their queue, others to what they have sent. */
TEST(a_citizen_is_not_led_to_the_queue_of_officials)
{
	begin_site();
	user("nguoi.dan", commune);
	appoint(user("can.bo", commune), commune, CLERK);
	open_site(false, office_routes);
	struct browser b = browser_open(site), c = browser_open(site);
	(void)browser_get(&b, "/dang-nhap"), (void)browser_get(&c, "/dang-nhap");
	CHECK_STR(browser_post(&b, "/dang-nhap", "login=nguoi.dan&password=mot+cau+ngan+de+nho")
			  .location,
		  S("/ho-so-cua-toi"));
	CHECK_STR(browser_post(&c, "/dang-nhap", "login=can.bo&password=mot+cau+ngan+de+nho")
			  .location,
		  S("/viec"));
}

TEST(after_signing_in_nobody_is_sent_to_another_site)
{
	begin_site();
	user("hoa.lv", commune);
	open_site(false, NULL);
	struct browser b = browser_open(site);
	browser_get(&b, "/dang-nhap");
	struct answer a = browser_post(&b, "/dang-nhap?den=%2F%2Fevil.example",
				       "login=hoa.lv&password=mot+cau+ngan+de+nho");
	CHECK_INT(a.status, 303);
	CHECK(!str_has(a.location, S("evil")));
}

TEST(a_wrong_password_and_an_unknown_account_get_the_same_answer)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = browser_open(site);
	struct answer wrong = try_sign_in(&b, "0912345678", "khong+phai+cau+nay");
	CHECK_INT(wrong.status, 422);
	CHECK(answer_has(wrong, "chưa đúng"));
	CHECK(answer_has(wrong, "value=\"0912345678\"")); /* what was typed stays */
	CHECK(!answer_has(wrong, "khong phai cau nay"));  /* but no secret comes back */
	CHECK_INT(browser_cookie(&b, "phien").len, 0);
	struct answer unknown = try_sign_in(&b, "0987654321", "khong+phai+cau+nay");
	CHECK_INT(unknown.status, 422);
	/* The same page but for the login that was typed and the one-time token. */
	CHECK_INT(wrong.body.len, unknown.body.len);
}

TEST(guessing_is_slowed_down_for_the_address_that_guesses_and_for_nobody_else)
{
	begin_site();
	user("0912345678", commune);
	user("0912345679", commune);
	open_site(true, NULL);
	struct browser b = browser_open(site);
	int tried = 0;
	struct answer a = { .status = 422 };
	while (a.status == 422 && tried++ < 40)
		a = try_sign_in(&b, "0912345678", "khong+phai+cau+nay");
	CHECK_INT(a.status, 429);
	CHECK_INT(tried, 9); /* eight in a row for one account */
	/* The right password does not help that address now, but the owner elsewhere gets in. */
	CHECK_INT(try_sign_in(&b, "0912345678", "mot+cau+ngan+de+nho").status, 429);
	struct browser owner = browser_open(site);
	owner.address = S("198.51.100.9");
	CHECK_INT(try_sign_in(&owner, "0912345678", "mot+cau+ngan+de+nho").status, 303);
}

TEST(an_authenticator_asks_for_a_code_that_works_once)
{
	begin_site();
	appoint(user("0912345678", commune), commune, CLERK);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	struct totp_secret s = secret_read(secret_on(&b));
	int64_t step = totp_step(site->now);
	struct answer a = browser_post(&b, "/tai-khoan/ma-xac-thuc", "code=000000");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "<svg")); /* the QR code is still there */
	a = browser_post(&b, "/tai-khoan/ma-xac-thuc", code_field(&s, step));
	CHECK_STR(a.location, S("/tai-khoan?xong=ma-bat"));

	struct browser c = browser_open(site);
	a = try_sign_in(&c, "0912345678", "mot+cau+ngan+de+nho");
	CHECK_STR(a.location, S("/dang-nhap/ma"));
	CHECK_INT(browser_cookie(&c, "phien").len, 0); /* the password alone opens nothing */
	browser_get(&c, "/dang-nhap/ma");
	/* The code that turned it on has been used. */
	CHECK_INT(browser_post(&c, "/dang-nhap/ma", code_field(&s, step)).status, 422);
	site->now.ms += 60 * 1000;
	browser_get(&c, "/dang-nhap/ma");
	a = browser_post(&c, "/dang-nhap/ma", code_field(&s, step + 2));
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_cookie(&c, "phien").len, 64);

	/* Somebody who has seen the password and that code comes a moment later. */
	struct browser d = browser_open(site);
	try_sign_in(&d, "0912345678", "mot+cau+ngan+de+nho");
	browser_get(&d, "/dang-nhap/ma");
	a = browser_post(&d, "/dang-nhap/ma", code_field(&s, step + 2));
	CHECK_INT(a.status, 422);
	CHECK_INT(browser_cookie(&d, "phien").len, 0);
}

TEST(the_proof_between_the_two_steps_cannot_be_made_up_and_grows_old)
{
	begin_site();
	int64_t id = user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = browser_open(site);
	struct str forged = str_printf(test_arena(), "%lld.2.99999999999.%064d", (long long)id, 0);
	b.cookies[b.n++] = (struct cookie){ S("buoc-hai"), forged };
	struct answer a = browser_get(&b, "/dang-nhap/ma");
	CHECK_STR(a.location, S("/dang-nhap"));
	browser_forget(&b, "buoc-hai");

	struct browser c = signed_in("0912345678");
	struct totp_secret s = secret_read(secret_on(&c));
	browser_post(&c, "/tai-khoan/ma-xac-thuc", code_field(&s, totp_step(site->now)));
	try_sign_in(&b, "0912345678", "mot+cau+ngan+de+nho");
	CHECK_INT(browser_get(&b, "/dang-nhap/ma").status, 200);
	site->now.ms += 6 * 60 * 1000;
	CHECK_INT(browser_get(&b, "/dang-nhap/ma").status, 303);
	browser_post(&b, "/dang-nhap/ma", code_field(&s, totp_step(site->now)));
	CHECK_INT(browser_cookie(&b, "phien").len, 0);
}

TEST(a_session_ends_by_silence_and_by_signing_out)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	struct browser copy = b; /* a thief's */
	CHECK_INT(browser_get(&b, "/tai-khoan").status, 200);
	CHECK_INT(browser_post(&b, "/thoat", "").status, 303);
	CHECK_INT(browser_cookie(&b, "phien").len, 0);
	CHECK_INT(browser_get(&copy, "/tai-khoan").status, 303);

	struct browser idle = signed_in("0912345678");
	site->now.ms += SESSION_IDLE_MS;
	struct answer a = browser_get(&idle, "/tai-khoan");
	CHECK_STR(a.location, S("/dang-nhap?den=%2Ftai-khoan"));
	/* A form filled in meanwhile is refused as a visitor's. */
	CHECK_INT(browser_post(&idle, "/tai-khoan/phien", "").status, 403);
}

TEST(one_sees_ones_sessions_and_ends_the_others)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser one = signed_in("0912345678"), two = signed_in("0912345678");
	struct answer a = browser_get(&one, "/tai-khoan");
	CHECK(answer_has(a, "Phiên này"));
	CHECK(answer_has(a, "Phiên khác"));
	CHECK_INT(browser_post(&one, "/tai-khoan/phien", "").status, 303);
	CHECK_INT(browser_get(&one, "/tai-khoan").status, 200);
	CHECK_INT(browser_get(&two, "/tai-khoan").status, 303);
}

TEST(a_password_set_by_somebody_else_opens_only_the_page_where_it_is_changed)
{
	begin_site();
	int64_t id = user("0912345678", commune);
	appoint(id, commune, CLERK);
	CHECK_INT(account_set_password(tx, id, hashed()), OK);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	CHECK_INT(browser_get(&b, "/tai-khoan").status, 303);
	CHECK_INT(browser_get(&b, "/quay").status, 303);
	struct answer a = browser_get(&b, "/dang-nhap");
	CHECK_STR(a.location, S("/tai-khoan/mat-khau"));
	CHECK_INT(browser_get(&b, "/tai-khoan/mat-khau").status, 200);
	a = browser_post(&b, "/tai-khoan/mat-khau",
			 "old=mot+cau+ngan+de+nho&fresh=mot+cau+ngan+de+nho"
			 "&again=mot+cau+ngan+de+nho");
	CHECK_INT(a.status, 422); /* the same again is no change */
	a = browser_post(&b, "/tai-khoan/mat-khau",
			 "old=mot+cau+ngan+de+nho&fresh=mot+cau+khac+nua&again=mot+cau+khac+nua");
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_get(&b, "/tai-khoan").status, 200);
}

TEST(changing_the_password_asks_for_the_old_one_and_judges_the_new_one)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678"), elsewhere = signed_in("0912345678");
	static const struct {
		const char *fields, *says;
	} wrong[] = {
		{ "old=sai&fresh=mot+cau+khac+nua&again=mot+cau+khac+nua", "đang dùng chưa đúng" },
		{ "old=mot+cau+ngan+de+nho&fresh=ngan&again=ngan", "ít nhất 10 ký tự" },
		{ "old=mot+cau+ngan+de+nho&fresh=1234567890&again=1234567890", "quá dễ đoán" },
		{ "old=mot+cau+ngan+de+nho&fresh=so+0912345678&again=so+0912345678",
		  "không được chứa" },
		{ "old=mot+cau+ngan+de+nho&fresh=mot+cau+khac+nua&again=mot+cau+khac",
		  "khác nhau" },
	};
	browser_get(&b, "/tai-khoan/mat-khau");
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct answer a = browser_post(&b, "/tai-khoan/mat-khau", wrong[i].fields);
		CHECK_INT(a.status, 422);
		if (!answer_has(a, wrong[i].says))
			FAIL("%s is not told: %s", wrong[i].fields, wrong[i].says);
	}
	CHECK_INT(browser_get(&elsewhere, "/tai-khoan").status, 200);
	struct answer a =
		browser_post(&b, "/tai-khoan/mat-khau",
			     "old=mot+cau+ngan+de+nho&fresh=+c%C3%B3+d%E1%BA%A5u+c%C3%A1ch+"
			     "&again=+c%C3%B3+d%E1%BA%A5u+c%C3%A1ch+");
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_get(&b, "/tai-khoan").status, 200);
	CHECK_INT(browser_get(&elsewhere, "/tai-khoan").status, 303);
	/* Spaces at its ends belong to it. */
	struct browser c = browser_open(site);
	CHECK_INT(try_sign_in(&c, "0912345678", "c%C3%B3+d%E1%BA%A5u+c%C3%A1ch").status, 422);
	CHECK_INT(try_sign_in(&c, "0912345678", "+c%C3%B3+d%E1%BA%A5u+c%C3%A1ch+").status, 303);
}

TEST(the_first_administrator_comes_from_the_terminal_and_there_is_one_first)
{
	struct str code;
	begin_site();
	CHECK_INT(setup_code_make(tx, &code), OK);
	open_site(false, NULL);
	struct browser b = browser_open(site);
	CHECK_INT(browser_get(&b, "/thiet-lap").status, 200);
	const char *rest = "&name=L%C3%AA+V%C4%83n+Hoa&login=hoa.lv&fresh=mot+cau+ngan+de+nho"
			   "&again=mot+cau+ngan+de+nho";
	struct answer a = browser_post(
		&b, "/thiet-lap", str_printf(test_arena(), "slip=0000-0000-0000-0000%s", rest).at);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"Lê Văn Hoa\""));
	const char *right = str_printf(test_arena(), "slip=%.*s%s", STR_ARG(code), rest).at;
	a = browser_post(&b, "/thiet-lap", right);
	CHECK_STR(a.location, S("/dang-nhap?xong=thiet-lap"));
	CHECK_INT(browser_post(&b, "/thiet-lap", right).status, 303); /* to signing in */
	a = browser_get(&b, "/thiet-lap");
	CHECK_STR(a.location, S("/dang-nhap"));
	b = signed_in("hoa.lv");
	CHECK(answer_has(browser_get(&b, "/tai-khoan"), "Quản trị"));
}

TEST(a_clerk_adds_a_citizen_and_prints_a_code_that_sets_a_password_once)
{
	begin_site();
	appoint(user("0912345678", commune), commune, CLERK);
	open_site(false, NULL);
	struct browser clerk = signed_in("0912345678"), citizen = browser_open(site);
	CHECK_INT(browser_get(&clerk, "/quay/them").status, 200);
	struct answer a = browser_post(&clerk, "/quay/them",
				       "name=Tr%E1%BA%A7n+Th%E1%BB%8B+M%E1%BA%ABu&login=0987654321"
				       "&address=Th%C3%B4n+%C4%90%C3%B4ng&verified=1");
	CHECK_INT(a.status, 303);
	struct str path = a.location, id_path;
	CHECK(str_next(&path, '?', &id_path));
	a = browser_post(&clerk, "/quay/them", "name=Ai+%C4%91%C3%B3&login=0987.654.321");
	CHECK_INT(a.status, 422); /* taken, and said so where it was typed */
	CHECK(answer_has(a, "value=\"Ai đó\""));
	CHECK(answer_has(browser_get(&clerk, "/quay?q=mau+tran"), "Trần Thị Mẫu"));
	CHECK(answer_has(browser_get(&clerk, "/quay?q=0987+654+321"), "Trần Thị Mẫu"));
	CHECK(!answer_has(browser_get(&clerk, "/quay?q=khong+co"), "Trần Thị Mẫu"));
	CHECK_INT(browser_get(&clerk, str_z(test_arena(), id_path)).status, 200);

	a = browser_post(&clerk, str_printf(test_arena(), "%.*s/ma", STR_ARG(id_path)).at, "");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "<article class=\"ticket"));
	const char *at = memmem(a.body.at, a.body.len, "class=\"code\">", 13);
	CHECK(at != NULL);
	struct str code = { at + 13, 19 };
	const char *fields = str_printf(test_arena(),
					"login=0987654321&slip=%.*s&fresh=mot+cau+ngan+de+nho"
					"&again=mot+cau+ngan+de+nho",
					STR_ARG(code))
				     .at;
	browser_get(&citizen, "/dang-nhap/ma-mot-lan");
	a = browser_post(&citizen, "/dang-nhap/ma-mot-lan",
			 "login=0987654321&slip=0000000000000000&fresh=x&again=x");
	CHECK_INT(a.status, 422);
	a = browser_post(&citizen, "/dang-nhap/ma-mot-lan", fields);
	CHECK_STR(a.location, S("/dang-nhap?xong=mat-khau"));
	citizen = signed_in("0987654321");
	/* The same slip, found in the waste-paper basket. */
	struct browser finder = browser_open(site);
	browser_get(&finder, "/dang-nhap/ma-mot-lan");
	CHECK_INT(browser_post(&finder, "/dang-nhap/ma-mot-lan", fields).status, 422);
	CHECK_INT(browser_get(&citizen, "/quay").status, 403);
}

TEST(a_clerk_serves_neither_another_unit_nor_an_official)
{
	begin_site();
	int64_t clerk = user("0912345678", commune), leader = user("0912345670", commune);
	int64_t neighbour = user("0912345671", other);
	appoint(clerk, commune, CLERK);
	appoint(leader, commune, LEADER);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	CHECK_INT(browser_get(&b, "/quay").status, 200);
	CHECK_INT(browser_get(&b, "/quay?don-vi=14539").status, 403);
	CHECK_INT(browser_get(&b, person_path("", neighbour).at).status, 403);
	CHECK_INT(browser_post(&b, person_path("/ma", neighbour).at, "").status, 403);
	struct answer a = browser_get(&b, person_path("", leader).at);
	CHECK(answer_has(a, "chỉ người quản trị in mã"));
	CHECK(!answer_has(a, "/ma\""));
	CHECK_INT(browser_post(&b, person_path("/ma", leader).at, "").status, 403);
	CHECK_INT(browser_post(&b, person_path("/ma", clerk).at, "").status, 403);
}

TEST(a_former_clerk_is_refused_from_the_day_after_the_last)
{
	begin_site();
	int64_t id = appoint(user("0912345678", commune), commune, CLERK);
	CHECK_INT(appointment_end(tx, id, test_date("2021-03-10")), OK);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678");
	CHECK_INT(browser_get(&b, "/quay").status, 200);
	site->now = test_instant("2021-03-11T00:30");
	b = signed_in("0912345678");
	CHECK_INT(browser_get(&b, "/quay").status, 403);
	CHECK_INT(browser_post(&b, "/quay/them", "name=Ai+do&login=ai.do").status, 403);
	CHECK(answer_has(browser_get(&b, "/tai-khoan"), "Đã thôi"));
}

TEST(a_form_of_another_browser_or_another_site_does_nothing)
{
	begin_site();
	user("0912345678", commune);
	open_site(false, NULL);
	struct browser b = signed_in("0912345678"), evil = browser_open(site);
	browser_get(&b, "/tai-khoan");
	browser_get(&evil, "/dang-nhap");
	struct str own = b.token;
	b.token = evil.token;
	CHECK_INT(browser_post(&b, "/thoat", "").status, 403);
	b.token = S("");
	CHECK_INT(browser_post(&b, "/tai-khoan/phien", "").status, 403);
	/* Where the page can be shown again it says why, and keeps what was typed. */
	struct browser c = browser_open(site);
	struct answer a =
		browser_post(&c, "/dang-nhap", "login=0912345678&password=mot+cau+ngan+de+nho");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"0912345678\""));
	CHECK_INT(browser_cookie(&c, "phien").len, 0);
	b.token = own;
	CHECK_INT(browser_get(&b, "/tai-khoan").status, 200);
}

/* What a visitor's search costs is not kept for the next one, so an address has its share. */
TEST(searches_are_counted_by_address)
{
	begin_site();
	open_site(true, office_routes);
	struct browser b = browser_open(site), other_address = browser_open(site);
	other_address.address = S("203.0.113.99");
	for (int i = 0; i < 60; i++)
		CHECK_INT(browser_get(&b, "/tim").status, 200);
	CHECK_INT(browser_get(&b, "/tim").status, 429);
	CHECK_INT(browser_get(&other_address, "/tim").status, 200);
}
