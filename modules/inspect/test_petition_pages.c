/* A petition on a telephone, without an account: from the question to the receipt, to the answer, to
 * contesting it; and what strangers, guessers and officials get instead. */
#include "modules/inspect/test_petition_web.h"

TEST(without_an_account_one_sends_it_and_holds_a_receipt)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, OPEN_FORM);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Phản ánh, góp ý: báo một việc đang xảy ra"));
	CHECK(answer_has(a, "Nơi nhận và trả lời: UBND xã Ninh Vân"));
	/* What is wrong is said beside its field, and nothing is lost. */
	a = browser_post(&b, OPEN_FORM, "title=Ng%E1%BA%AFn&body=&name=M%E1%BA%ABu&address=");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Chọn loại việc"));
	CHECK(answer_has(a, "href=\"#body\">Kể rõ sự việc</a>")); /* not "Nhập kể rõ" */
	CHECK(answer_has(a, "value=\"Mẫu\""));
	a = browser_post(&b, OPEN_FORM, FORM);
	struct str code = code_of(a);
	a = browser_get(&b, z("/bien-nhan/", code, ""));
	CHECK_INT(a.status, 200);
	struct str secret = secret_in(a);
	CHECK(answer_has(a, "UBND xã Ninh Vân"));
	CHECK(answer_has(a, "Hết thứ Tư, 24/03/2021")); /* ten working days */
	CHECK(answer_has(a, "TL-055"));
	CHECK(answer_has(a, "UBND xa Ninh Van"));
	/* The case itself, for this browser and no other. */
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Mặt đường vỡ"));
	CHECK(answer_has(a, z("Đang xem bằng biên nhận ", code, "")));
	struct browser c = browser_open(site);
	CHECK_INT(browser_get(&c, z("/ho-so/", code, "")).status, 404);
	CHECK_INT(browser_get(&c, z("/bien-nhan/", code, "")).status, 404);
	/* With what stands on the paper, from another telephone. */
	(void)browser_get(&c, z("/bien-nhan?ma=", code, ""));
	a = browser_post(&c, "/bien-nhan", z("secret=0000-0000&code=", code, ""));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Không có hồ sơ nào với hai mã này"));
	a = browser_post(&c, "/bien-nhan", z(z("code=", code, "&secret="), secret, ""));
	CHECK_INT(a.status, 303);
	a = browser_get(&c, z("/ho-so/", code, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Thôn Đông")); /* his own address */
	/* There the secret is not known: it was never sent to this browser. */
	a = browser_get(&c, z("/bien-nhan/", code, ""));
	CHECK(!str_has(a.body, secret));
	CHECK(answer_has(a, "Mã bí mật chỉ hiện một lần"));
	/* Closed on a shared device. */
	CHECK_INT(browser_post(&c, "/bien-nhan/dong", "").status, 303);
	CHECK_INT(browser_get(&c, z("/ho-so/", code, "")).status, 404);
}

TEST(a_form_that_is_sent_twice_gives_the_same_receipt_twice)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, OPEN_FORM);
	struct str token = b.token;
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	struct str secret = secret_in(browser_get(&b, z("/bien-nhan/", code, "")));
	browser_forget(&b, "bien-nhan"); /* the first answer never came */
	browser_forget(&b, "bien-nhan-moi");
	b.token = token;
	CHECK_STR(code_of(browser_post(&b, OPEN_FORM, FORM)), code);
	CHECK_STR(secret_in(browser_get(&b, z("/bien-nhan/", code, ""))), secret);
}

static void new_secret(struct str code)
{
	struct tx own = { .mem = test_arena(), .now = site->now, .office = &office };
	struct dossier *d;
	int64_t id;
	CHECK_INT(tx_begin(&own, site->write, DB_WRITE), OK);
	CHECK_INT(dossier_by_code(&own, code, &id), OK);
	CHECK_INT(dossier_load(&own, id, &d), OK);
	CHECK_INT(receipt_make(&own, d, S("7K3Q-92MD")), OK);
	CHECK_INT(tx_end(&own, OK), OK);
}

TEST(a_pass_cannot_be_made_up_and_dies_with_its_secret)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, OPEN_FORM);
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	const char *page = z("/ho-so/", code, "");
	struct browser untouched = b;
	for (size_t i = 0; i < b.n; i++)
		if (str_eq(b.cookies[i].name, S("bien-nhan"))) {
			char *forged = str_z(test_arena(), b.cookies[i].value);
			size_t last = b.cookies[i].value.len - 1;
			forged[last] = forged[last] == '0' ? '1' : '0';
			b.cookies[i].value = str_of(forged);
		}
	CHECK_INT(browser_get(&b, page).status, 404);
	CHECK_INT(browser_get(&untouched, page).status, 200);
	new_secret(code);
	CHECK_INT(browser_get(&untouched, page).status, 404);
}

/* On a device that many use, the form of the one before may still be in its history. */
TEST(a_form_that_is_sent_again_when_another_secret_stands_opens_nothing)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, OPEN_FORM);
	struct str token = b.token;
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "")).status, 200);
	new_secret(code);
	b.token = token;
	struct answer a = browser_post(&b, OPEN_FORM, FORM);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_of(z("/bien-nhan?ma=", code, "")));
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "")).status, 404);
	CHECK_INT(browser_get(&b, z("/bien-nhan/", code, "")).status, 404);
}

/* The receipt as the clerk sees it, and what he can do with it later: nothing. */
TEST(at_the_counter_the_secret_is_shown_once_to_be_handed_over)
{
	begin();
	open_doors(false);
	struct browser official = signed_in("can.bo"), person = browser_open(site);
	struct answer a = browser_get(&official, OPEN_FORM);
	CHECK_INT(a.status, 200);
	struct str token = official.token;
	struct str code = code_of(browser_post(&official, OPEN_FORM, FORM "&people=1" COUNTER));
	const char *receipt = z("/bien-nhan/", code, ""), *page = z("/ho-so/", code, "");
	a = browser_get(&official, receipt);
	struct str secret = secret_in(a);
	CHECK(answer_has(a, "chỉ hiện một lần, ở trang này"));
	CHECK(!answer_has(a, "id=\"tn\"")); /* no message to copy */
	/* Not when the page is loaded again, nor when the form is sent again. */
	a = browser_get(&official, receipt);
	CHECK(!str_has(a.body, secret));
	CHECK(answer_has(a, "Mã bí mật đã hiện một lần và không ai xem lại được"));
	official.token = token;
	CHECK_STR(code_of(browser_post(&official, OPEN_FORM, FORM "&people=1" COUNTER)), code);
	CHECK(!str_has(browser_get(&official, receipt).body, secret));
	/* The person it was handed to. */
	(void)browser_get(&person, "/bien-nhan");
	a = browser_post(&person, "/bien-nhan", z(z("code=", code, "&secret="), secret, ""));
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_get(&person, page).status, 200);

	/* A new one needs a reason, which he reads; the old and its passes are dead. */
	const char *step = z("/ho-so/", code, "/lam/new_secret");
	CHECK(answer_has(browser_get(&official, page), step));
	(void)browser_get(&official, step);
	CHECK_INT(browser_post(&official, step, "reason=").status, 422);
	a = browser_post(&official, step, "reason=M%E1%BA%A5t+bi%C3%AAn+nh%E1%BA%ADn" COUNTER);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_of(receipt));
	struct str anew = secret_in(browser_get(&official, receipt));
	CHECK(!str_eq(anew, secret));
	CHECK(!str_has(browser_get(&official, receipt).body, anew));
	CHECK_INT(browser_get(&person, page).status, 404); /* though nobody touched his browser */
	(void)browser_get(&person, "/bien-nhan");
	CHECK_INT(browser_post(&person, "/bien-nhan", z(z("code=", code, "&secret="), secret, ""))
			  .status,
		  422);
	a = browser_post(&person, "/bien-nhan", z(z("code=", code, "&secret="), anew, ""));
	CHECK_INT(a.status, 303);
	a = browser_get(&person, page);
	CHECK(answer_has(a, "Cấp mã bí mật mới cho người gửi; mã cũ hết hiệu lực"));
	CHECK(answer_has(a, "Mất biên nhận"));
}

TEST(guessing_secrets_is_slowed_down)
{
	begin();
	open_doors(true);
	struct browser b = browser_open(site);
	(void)browser_get(&b, "/bien-nhan");
	int refused = 0;
	for (int i = 0; i < 25; i++)
		refused += browser_post(&b, "/bien-nhan", "code=DT-0000-000F&secret=0000-0000")
				   .status == 429;
	CHECK(refused >= 3);
}

TEST(who_has_an_account_and_who_holds_an_office_come_by_other_ways)
{
	begin();
	open_doors(false);
	struct browser citizen = signed_in("nguoi.dan"), official = signed_in("can.bo");
	(void)browser_get(&citizen, OPEN_FORM);
	struct str code = code_of(browser_post(&citizen, OPEN_FORM, FORM));
	CHECK(answer_has(browser_get(&citizen, "/ho-so-cua-toi"), z("", code, "")));
	struct str secret = secret_in(browser_get(&citizen, z("/bien-nhan/", code, "")));
	/* An official reads by giving a reason, not by a paper he has seen. */
	(void)browser_get(&official, "/bien-nhan");
	struct answer a =
		browser_post(&official, "/bien-nhan", z(z("code=", code, "&secret="), secret, ""));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "đang đăng nhập với tư cách cán bộ"));
	CHECK(answer_has(browser_get(&official, z("/ho-so/", code, "")), "Lý do mở hồ sơ"));
	a = browser_get(&official, "/viec");
	CHECK(answer_has(a, z("Phản ánh, kiến nghị, khiếu nại · ", code, "")));
	CHECK(!answer_has(a, z("<p class=\"code\">", code, ""))); /* once is enough */
	/* Other kinds still ask for an account. */
	struct browser visitor = browser_open(site);
	a = browser_get(&visitor, "/ghi-moi/yeu-cau-thong-tin/14536");
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/dang-nhap?den=")));
	(void)browser_get(&visitor, OPEN_FORM);
	CHECK_INT(browser_post(&visitor, "/ghi-moi/yeu-cau-thong-tin/14536", "x=1").status, 403);
	a = browser_upload(&visitor, "/ghi-moi/yeu-cau-thong-tin/14536", "x=1", "papers",
			   S("%PDF-1.4"));
	CHECK_INT(a.status, 403);
}

/* Answered by the office, as its author finds it. */
static struct str answered(void)
{
	struct petition form = { .type = S("feedback"),
				 .title = S("Xe tải làm hỏng đường thôn"),
				 .body = S("Mặt đường vỡ bốn mươi mét."),
				 .name = S("Nguyễn Văn Mẫu"),
				 .address = S("Thôn Đông") };
	struct petition promise = { 0 }, answer = { .outcome = S("done"),
						    .answer = S("Đã vá đoạn đường **hỏng**.") };
	struct file_ref file = a_file();
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	fields_init(petition_kind.fields, &promise);
	promise.answer_by = test_date("2021-03-20");
	answer.files = (struct file_refs){ &file, 1 };
	tx->who = NULL;
	if (dossier_open(tx, &petition_kind, commune, "send", &form, &in, NULL, &d) ||
	    receipt_make(tx, d, S("7K3Q-92MD")))
		FAIL("%s", tx->why);
	tx->who = &clerk;
	if (step_take(tx, d, "handle", &promise, &in, NULL) ||
	    step_take(tx, d, "answer", &answer, &in, NULL))
		FAIL("%s", tx->why);
	return d->code;
}

/* Of the office alone, which may leave it open; whoever sent it reads what it was sorted under. */
TEST(what_a_petition_is_about_is_asked_of_the_office_and_not_of_its_sender)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site), official = signed_in("can.bo");
	CHECK(!answer_has(browser_get(&b, OPEN_FORM), "name=\"sphere\""));
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	const char *page = z("/ho-so/", code, ""), *step = z("/ho-so/", code, "/lam/handle");
	CHECK_INT(open_case(&official, code).status, 303);
	struct answer a = browser_get(&official, step);
	CHECK(answer_has(a, "name=\"sphere\""));
	CHECK(answer_has(a, "Đất đai, nhà cửa"));
	CHECK(!answer_has(a, "Tham nhũng")); /* of denunciations alone */
	a = browser_post(&official, step,
			 "sphere=corruption&answer_by=20%2F03%2F2021&channel=web"
			 "&happened_on=10%2F03%2F2021");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "20/03/2021"));
	a = browser_post(&official, step,
			 "sphere=land&answer_by=20%2F03%2F2021&channel=web"
			 "&happened_on=10%2F03%2F2021");
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&b, page), "Đất đai, nhà cửa"));
	/* Sent on, the form begins with what was said. */
	a = browser_get(&official, z(page, S("/lam/transfer"), ""));
	CHECK(answer_has(a, "value=\"land\" selected") || answer_has(a, "value=\"land\" checked"));
}

TEST(the_answer_is_contested_with_the_receipt_in_hand)
{
	begin();
	struct str code = answered();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, "/bien-nhan");
	/* As people copy it: small letters, blanks, O for 0. */
	struct answer a = browser_post(&b, "/bien-nhan", z("secret=7k3q+92md&code=", code, ""));
	CHECK_STR(a.location, str_of(z("/ho-so/", code, "")));
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Đã giải quyết, thứ Tư, 10/03/2021"));
	CHECK(answer_has(a,
			 "đề nghị xem lại đến hết thứ Tư, 17/03/2021; mỗi hồ sơ đề nghị được nhiều "
			 "nhất 2 lần"));
	CHECK(answer_has(a, "<strong>hỏng</strong>"));
	CHECK(answer_has(a, z("/ho-so/", code, "/lam/contest")));
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "/lam/contest")).status, 200);
	a = browser_post(
		&b, z("/ho-so/", code, "/lam/contest"),
		"reason=%C4%90%C6%B0%E1%BB%9Dng+v%E1%BA%ABn+h%E1%BB%8Fng+nh%C6%B0+c%C5%A9");
	CHECK_INT(a.status, 303);
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Bị đề nghị xem lại"));
	CHECK(answer_has(a, "Người gửi")); /* by whom, in the timeline */
	/* Nobody else's step: without the receipt the same form is no page at all. */
	struct browser stranger = browser_open(site);
	(void)browser_get(&stranger, OPEN_FORM);
	CHECK_INT(browser_post(&stranger, z("/ho-so/", code, "/lam/withdraw"), "x=1").status, 404);
	CHECK_INT(browser_post(&b, z("/ho-so/", code, "/lam/answer"), "x=1").status, 403);
}

/* Decided on 1 February, sent on the 22nd, in force since the 4th of March. */
static struct str in_force(void)
{
	struct petition form = { .type = S("complaint"),
				 .title = S("Thu hồi đất sai diện tích"),
				 .body = S("Diện tích trong quyết định nhỏ hơn thực tế."),
				 .name = S("Nguyễn Văn Mẫu"),
				 .address = S("Thôn Đông") };
	struct petition plain = { 0 }, decision = { .decision = S("wrong"),
						    .number = S("12/QĐ-UBND"),
						    .answer = S("Giữ nguyên diện tích đã đo.") };
	struct file_ref file = a_file();
	struct dossier *d;
	decision.files = (struct file_refs){ &file, 1 };
	tx->who = NULL;
	if (dossier_open(tx, &petition_kind, commune, "send", &form,
			 &(struct step_input){ .on = test_date("2021-01-11") }, NULL, &d) ||
	    receipt_make(tx, d, S("7K3Q-92MD")))
		FAIL("%s", tx->why);
	fields_init(petition_kind.fields, &plain);
	tx->who = &leader;
	if (step_take(tx, d, "accept", &plain,
		      &(struct step_input){ .on = test_date("2021-01-12") }, NULL) ||
	    step_take(tx, d, "decide", &decision,
		      &(struct step_input){ .on = test_date("2021-02-01") }, NULL) ||
	    step_take(tx, d, "send_decision", NULL,
		      &(struct step_input){ .on = test_date("2021-02-22") }, NULL) ||
	    step_follow(tx, d, "take_effect", NULL, test_date("2021-03-04")))
		FAIL("%s", tx->why);
	return d->code;
}

TEST(who_got_a_decision_late_is_told_that_he_may_still_complain_again)
{
	begin();
	struct str code = in_force();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, "/bien-nhan");
	(void)browser_post(&b, "/bien-nhan", z("secret=7K3Q92MD&code=", code, ""));
	struct answer a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "quyết định đã có hiệu lực. Không đồng ý thì vẫn khiếu nại lần hai "
			    "được đến hết thứ Tư, 24/03/2021"));
	CHECK(answer_has(a, z("/ho-so/", code, "/lam/complain_again")));
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "/lam/complain_again")).status, 200);
}

TEST(numbers_of_an_execution_that_cannot_be_are_refused_where_they_stand)
{
	static const struct {
		const char *sent, *said;
	} wrong[] = {
		{ "got_state_money=-5", "Nhập số từ 0 trở lên" },
		{ "got_state_money=10000000000001", "Nhập số không quá 10.000.000.000.000" },
		{ "got_state_money=12%2C5", "Chỉ ghi chữ số" },
		{ "got_punished=1&got_punished_officials=2", "không thể nhiều hơn" },
		{ "got_police_people=2", "phải ghi số vụ" },
	};
	begin();
	struct str code = in_force();
	open_doors(false);
	struct browser official = signed_in("can.bo");
	const char *page = z("/ho-so/", code, ""), *step = z("/ho-so/", code, "/lam/execute");
	(void)browser_get(&official, page);
	CHECK_INT(browser_post(&official, z(page, S("/mo"), ""),
			       "reason=Xem+%C4%91%E1%BB%83+thi+h%C3%A0nh")
			  .status,
		  303);
	struct answer a = browser_get(&official, step);
	CHECK(answer_has(a, "Đã thu cho Nhà nước: tiền (đồng)"));
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		a = browser_post(&official, step, wrong[i].sent);
		CHECK_INT(a.status, 422);
		if (!answer_has(a, wrong[i].said))
			FAIL("%s: nobody says %s", wrong[i].sent, wrong[i].said);
	}
	a = browser_post(&official, step, "got_state_money=12.500.000");
	for (size_t i = 0; i < LENGTH(wrong); i++)
		CHECK(!answer_has(a, wrong[i].said));
}

TEST(the_page_that_tells_how_to_send_one_finds_the_office)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, "/kien-nghi?co-quan=ninh+van");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "href=\"" OPEN_FORM "\""));
	CHECK(answer_has(a, "href=\"/bien-nhan\""));
	CHECK(answer_has(
		a,
		"trong 5 ngày làm việc ông/bà đề nghị xem lại ngay trên trang, nhiều nhất 2 lần"));
	CHECK_INT(browser_get(&b, "/en/kien-nghi").status, 200);
	CHECK_INT(browser_get(&b, "/en/bien-nhan").status, 200);
}

/* Law 02/2011 art. 27; since 1 July 2026 Decree 124/2020 art. 16.1 as amended by Decree 155/2026. */
TEST(the_page_says_the_terms_of_the_law_in_force_on_the_day)
{
	begin();
	open_doors_on("2026-06-30T08:00", false);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, "/kien-nghi");
	CHECK(answer_has(a, "trong 10 ngày làm việc cơ quan báo nhận giải quyết"));
	CHECK(answer_has(a, "thụ lý trong 10 ngày (Luật Khiếu nại 02/2011/QH13, Điều 27)"));
	CHECK(answer_has(a, "giải quyết trong 30 ngày, phức tạp 45 ngày"));
	begin();
	open_doors_on("2026-07-01T08:00", false);
	b = browser_open(site);
	a = browser_get(&b, "/kien-nghi");
	CHECK(answer_has(a, "thụ lý trong 7 ngày làm việc (Nghị định 124/2020"));
	CHECK(answer_has(browser_get(&b, "/en/kien-nghi"), "accepted within 7 working days"));
}

/* The numbers are everybody's; what they count is named only to who may ask for it. */
TEST(a_statutory_table_opens_its_petitions_and_names_them_to_nobody_else)
{
	struct petition form = { 0 };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d = NULL;
	begin();
	fields_init(petition_kind.fields, &form);
	form.type = S("feedback");
	form.title = S("Xe tải làm hỏng đường trục thôn");
	form.body = S("Mặt đường vỡ bốn mươi mét.");
	form.name = S("Nguyễn Văn Mẫu");
	form.address = S("Thôn Đông");
	form.people = 1;
	CHECK_INT(dossier_open(tx, &petition_kind, commune, "enter", &form, &in, NULL, &d), OK);
	struct str code = str_dup(test_arena(), d->code);
	open_doors(false);
	struct browser visitor = browser_open(site), official = signed_in("can.bo");
	const char *cell = "/thong-ke/XLD04/14536/3?tu=2021-01-01&amp;den=2021-03-10\">1</a>";
	struct answer a = browser_get(&official, "/thong-ke/XLD04/14536");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "1 = 2 + 3: đúng"));
	CHECK(answer_has(a, cell));
	CHECK(!answer_has(a, "KHÔNG khớp"));
	/* Of a month that goes on strangers see no figure: it would tell the day of a denunciation. */
	CHECK(!answer_has(browser_get(&visitor, "/thong-ke/XLD04/14536"), "den=2021-03-10"));
	const char *list = "/thong-ke/XLD04/14536/3?tu=2021-01-01&den=2021-03-10";
	CHECK(answer_has(browser_get(&visitor, list), "Đếm được 0"));
	CHECK(answer_has(browser_get(&official, list), z("/ho-so/", code, "")));
	site->now = test_instant("2021-04-01T08:00");
	official = signed_in("can.bo");
	list = "/thong-ke/XLD04/14536/3?tu=2021-03-01&den=2021-03-31";
	a = browser_get(&visitor, list);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Đếm được 1"));
	CHECK(!answer_has(a, z("", code, "")));
	CHECK(!answer_has(a, "Xe tải"));
	CHECK(answer_has(a, "Tiếp nhận 10/03/2021 · chưa ghi lĩnh vực · đang xử lý"));
	CHECK(answer_has(browser_get(&official, list),
			 "Tiếp nhận 10/03/2021 · chưa ghi lĩnh vực · Đã nhận"));
	/* From unit to unit by the form, by a name as well as by a code. */
	a = browser_get(&visitor, "/thong-ke/XLD04/37?don-vi=14536&tu=2021-03-01&den=2021-03-31");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/thong-ke/XLD04/14536?den=2021-03-31&tu=2021-03-01"));
	CHECK_STR(browser_get(&visitor, "/thong-ke/XLD04/37?don-vi=xa+ninh+van").location,
		  S("/thong-ke/XLD04/14536"));
	a = browser_get(&visitor, "/thong-ke/XLD04/37?don-vi=khong+co");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "id=\"don-vi-e\""));
	a = browser_get(&visitor, "/thong-ke/XLD04/374");
	CHECK(answer_has(a, "<option value=\"374\" selected>"));
	CHECK(answer_has(a, "<option value=\"14536\">Xã Ninh Vân</option>"));
	CHECK(answer_has(a, ">XLD04 Kiến nghị, phản ánh</a>"));
	CHECK(answer_has(browser_get(&visitor, "/thong-ke/XLD04/14536.json"),
			 "\"sum\":\"1 = 2 + 3\""));
	CHECK(!answer_has(browser_get(&visitor, "/thong-ke/XLD04/14536.json"), "null"));
	CHECK(!answer_has(browser_get(&visitor, "/thong-ke/XLD04/14536.csv"), ",,\r\n"));
	/* Every column has a source. */
	a = browser_get(&visitor, "/thong-ke/XLD04/14536?tu=2021-01-05&den=2021-03-31");
	CHECK(!answer_has(a, "<td class=\"num\">–"));
	CHECK(answer_has(a,
			 "Ông/bà chọn 05/01/2021 – 31/03/2021. Kỳ được làm tròn thành tháng trọn"));
	/* Days without a whole month show none, and never others than were asked for. */
	a = browser_get(&visitor, "/thong-ke/XLD04/14536?tu=2021-01-01&den=2021-01-05");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Từ 01/01/2021 đến 05/01/2021 không có tháng trọn nào đã hết"));
	CHECK(answer_has(a, "tháng gần nhất: 01/03/2021 – 31/03/2021"));
	CHECK(answer_has(a, "name=\"den\" value=\"2021-01-05\" aria-invalid=\"true\""));
	CHECK(!answer_has(a, "<table") && !answer_has(a, "2020"));
	CHECK(browser_get(&visitor, "/thong-ke/XLD04/14536.json?tu=2021-01-01&den=2021-01-05")
		      .status >= 400);
	CHECK_INT(browser_get(&visitor, "/thong-ke/XLD04/14536/3?tu=2021-01-01&den=2021-01-05")
			  .status,
		  404);
	CHECK_INT(
		browser_get(&official, "/thong-ke/XLD04/14536?tu=2021-01-01&den=2021-01-05").status,
		200);
	CHECK_INT(
		browser_get(&official, "/thong-ke/XLD01/14536?tu=2021-01-01&den=2021-01-05").status,
		422);
	CHECK(!answer_has(
		browser_get(&visitor, "/thong-ke/XLD04/14536?tu=2021-01-01&den=2021-03-31"),
		"làm tròn"));
	CHECK_INT(browser_get(&visitor, "/en/thong-ke/TCD01/14536").status, 200);
	/* Denunciations have no list; what is no table, no column or no period is not found. */
	static const char *const wrong[] = {
		"/thong-ke/XLD03/14536/1",
		"/thong-ke/XLD05/14536",
		"/thong-ke/XLD04/14536/22",
		"/thong-ke/XLD04/14536/0",
		"/thong-ke/XLD04/14536?tu=2021-03-09&den=2021-03-01",
	};
	for (size_t i = 0; i < LENGTH(wrong); i++)
		CHECK_INT(browser_get(&visitor, wrong[i]).status, 404);
}

/* What is brought to an official comes by no page. */
TEST(a_clerks_entry_begins_with_the_counter_as_its_way)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site), official = signed_in("can.bo");
	struct answer a = browser_get(&official, OPEN_FORM);
	CHECK(answer_has(a, "value=\"counter\" selected") ||
	      answer_has(a, "value=\"counter\" checked"));
	CHECK(!answer_has(browser_get(&b, OPEN_FORM), "name=\"channel\""));
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	CHECK_INT(open_case(&official, code).status, 303);
	a = browser_get(&official, z("/ho-so/", code, "/lam/handle"));
	CHECK(answer_has(a, "value=\"web\" selected") || answer_has(a, "value=\"web\" checked"));
}

TEST(the_form_that_gives_it_back_names_its_fields_as_they_are_named)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site), chair = signed_in("chu.tich");
	(void)browser_get(&b, OPEN_FORM);
	struct str code = code_of(browser_post(&b, OPEN_FORM, FORM));
	CHECK_INT(open_case(&chair, code).status, 303);
	struct answer a = browser_get(&chair, z("/ho-so/", code, "/lam/refuse"));
	CHECK(answer_has(a, "Ở ô Lý do và hướng dẫn, nói rõ đã đôn đốc cơ quan nào"));
	CHECK(answer_has(a, ">Lý do và hướng dẫn"));
	CHECK(answer_has(a, "Số, ký hiệu văn bản đôn đốc <span class=\"mute\">"));
}

TEST(the_first_words_of_a_complaint_that_was_judged_are_what_the_court_ruled)
{
	begin();
	struct petition form = { 0 }, step = { 0 };
	struct complaint_judgment judged = { .instance = S("first"),
					     .court = S("Tòa án nhân dân tỉnh Mẫu"),
					     .judgment = S("5/2021/HC-ST"),
					     .judged_on = test_date("2021-03-10"),
					     .ruling = S("annulled_part") };
	struct step_input in = { .on = NO_DATE };
	struct file_ref file = a_file();
	struct dossier *d;
	fields_init(petition_kind.fields, &form);
	fields_init(petition_kind.fields, &step);
	form.type = S("complaint");
	form.title = S("Khiếu nại quyết định thu hồi đất");
	form.body = S("Diện tích thu hồi ghi chưa đúng thực tế.");
	form.name = S("Nguyễn Văn Mẫu");
	form.address = S("Thôn Đông");
	step.decision = S("wrong");
	step.number = S("12/QĐ-UBND");
	step.answer = S("Nội dung khiếu nại không có cơ sở.");
	step.files = (struct file_refs){ &file, 1 };
	tx->who = NULL;
	if (dossier_open(tx, &petition_kind, commune, "send", &form, &in, NULL, &d) ||
	    receipt_make(tx, d, S("7K3Q-92MD")))
		FAIL("%s", tx->why);
	tx->who = &leader;
	if (step_take(tx, d, "accept", &form, &in, NULL) ||
	    step_take(tx, d, "decide", &step, &in, NULL) ||
	    step_take(tx, d, "send_decision", NULL, &in, NULL))
		FAIL("%s", tx->why);
	struct str code = str_dup(test_arena(), d->code);
	CHECK_INT(step_take(tx, d, "judge", &judged, &in, NULL), OK);
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, "/bien-nhan");
	(void)browser_post(&b, "/bien-nhan", z("secret=7k3q+92md&code=", code, ""));
	struct answer a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Tòa án nhân dân tỉnh Mẫu đã xử, bản án số 5/2021/HC-ST"));
	CHECK(answer_has(a, "Sơ thẩm: Hủy một phần quyết định."));
	CHECK(answer_has(a, "chưa có hiệu lực ngay, còn có thể bị kháng cáo"));
	CHECK(!answer_has(a, "hoặc khởi kiện tại Tòa án"));
}
