/* Many of the same matter: found at the counter and on the page of each, merged under one that leads. */
#include "modules/inspect/test_petition_three.h"

/* Of this morning. */
static struct dossier *received(void)
{
	struct petition form = { .type = S("feedback"),
				 .title = S("Xe tải làm hỏng đường thôn"),
				 .body = S("Mặt đường vỡ bốn mươi mét."),
				 .name = S("Trần Thị Mẫu"),
				 .address = S("Thôn Nam") };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	if (dossier_open(tx, &petition_kind, commune, "enter", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

/* And in hand since. */
static struct str handled(void)
{
	struct dossier *d = received();
	struct petition promise = { 0 };
	struct step_input in = { .on = NO_DATE };
	fields_init(petition_kind.fields, &promise);
	promise.answer_by = test_date("2021-03-20");
	if (step_take(tx, d, "handle", &promise, &in, NULL))
		FAIL("%s", tx->why);
	return d->code;
}

TEST(before_one_is_entered_at_the_counter_those_alike_are_shown_and_it_may_be_merged)
{
	begin();
	struct str lead = handled();
	open_doors(false);
	struct browser b = signed_in("can.bo");
	CHECK(!answer_has(browser_get(&b, OPEN_FORM), "name=\"with\""));
	/* Of another matter: nothing is asked. */
	(void)code_of(browser_post(&b, OPEN_FORM,
				   "type=feedback&title=Loa+truy%E1%BB%81n+thanh+qu%C3%A1+to&"
				   "body=M%E1%BB%97i+s%C3%A1ng+t%E1%BB%AB+n%C4%83m+gi%E1%BB%9D&"
				   "name=M%E1%BA%ABu&address=Nam&people=1" COUNTER));
	(void)browser_get(&b, OPEN_FORM);
	struct answer a = browser_post(&b, OPEN_FORM, FORM "&people=1" COUNTER);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, z("/ho-so/", lead, "")));
	CHECK(answer_has(a, "trùng lời tóm tắt"));
	CHECK(answer_has(a, z("Gộp vào ", lead, "")));
	CHECK(answer_has(a, "Ghi thành đơn riêng"));
	CHECK(answer_has(a, "type=\"radio\" id=\"with\" name=\"with\" value=\"none\""));
	CHECK(answer_has(a, "value=\"Nguyễn Văn Mẫu\"")); /* nothing is lost */
	/* No complaint is merged, and with none but one in hand. */
	a = browser_post(&b, OPEN_FORM,
			 z(FORM "&people=1" COUNTER "&with=DT-0000-000F", S(""), ""));
	CHECK_INT(a.status, 422);
	struct str token = b.token;
	const char *merged = z(FORM "&people=1" COUNTER "&with=", lead, "");
	struct str code = code_of(browser_post(&b, OPEN_FORM, merged));
	b.token = token;
	CHECK_STR(code_of(browser_post(&b, OPEN_FORM, merged)), code);
	CHECK_INT(open_case(&b, code).status, 303);
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Giải quyết chung với hồ sơ khác"));
	/* Or entered as a new one. */
	(void)browser_get(&b, OPEN_FORM);
	token = b.token;
	code = code_of(browser_post(&b, OPEN_FORM, FORM "&people=1" COUNTER "&with=none"));
	b.token = token;
	CHECK_STR(code_of(browser_post(&b, OPEN_FORM, FORM "&people=1" COUNTER)), code);
}

/* As one more of a matter that is in hand it is answered with it. */
TEST(one_that_is_entered_as_the_same_is_answered_with_the_one_that_leads)
{
	begin();
	struct step_input in = { .on = NO_DATE };
	struct faults faults = { .a = test_arena() };
	struct petition form = { .type = S("complaint"),
				 .title = S("Xe tải làm hỏng đường"),
				 .body = S("Mặt đường vỡ bốn mươi mét."),
				 .people = 1,
				 .name = S("Nguyễn Văn Mẫu"),
				 .address = S("Thôn Đông"),
				 .with = handled() },
			answer = { .outcome = S("done"), .answer = S("Đã vá đoạn đường hỏng.") };
	struct file_ref file = a_file();
	struct dossier *lead, *d;
	int64_t id;
	answer.files = (struct file_refs){ &file, 1 };
	CHECK_INT(dossier_open(tx, &petition_kind, commune, "enter", &form, &in, &faults, &d),
		  ERR_INVALID);
	tx->err = OK;
	form.type = S("feedback");
	CHECK_INT(dossier_by_code(tx, form.with, &id), OK);
	CHECK_INT(dossier_open(tx, &petition_kind, commune, "enter", &form, &in, NULL, &d), OK);
	CHECK_INT(d->state, PETITION_MERGED);
	CHECK_INT(d->parent, id);
	CHECK_INT(dossier_load(tx, id, &lead), OK);
	CHECK_INT(step_take(tx, lead, "answer", &answer, &in, NULL), OK);
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, PETITION_ANSWERED);
}

TEST(at_the_counter_it_is_said_why_one_that_was_only_received_is_not_to_be_merged_with)
{
	begin();
	struct str first = received()->code;
	open_doors(false);
	struct browser b = signed_in("can.bo");
	(void)browser_get(&b, OPEN_FORM);
	struct answer a = browser_post(&b, OPEN_FORM, FORM "&people=1" COUNTER);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, z("/ho-so/", first, "")));
	CHECK(!answer_has(a, z("Gộp vào ", first, "")));
	CHECK(answer_has(a, "bấm “Nhận giải quyết” trước"));
}

static struct str sent_without_account(struct browser *b)
{
	(void)browser_get(b, OPEN_FORM);
	return code_of(browser_post(b, OPEN_FORM, FORM));
}

/* Officials of the office find their way from one to the other; an author learns no code of somebody else's. */
TEST(a_merged_petition_names_its_lead_and_a_lead_what_is_answered_with_it_to_the_office_alone)
{
	begin();
	open_doors(false);
	struct browser first = browser_open(site), second = browser_open(site),
		       b = signed_in("can.bo");
	struct str lead = sent_without_account(&first), same = sent_without_account(&second);
	const char *lead_page = z("/ho-so/", lead, ""), *page = z("/ho-so/", same, "");
	CHECK(!answer_has(browser_get(&first, lead_page), "Giải quyết chung"));
	CHECK_INT(open_case(&b, lead).status, 303);
	CHECK_INT(open_case(&b, same).status, 303);
	(void)browser_get(&b, z(lead_page, S("/lam/handle"), ""));
	CHECK_INT(browser_post(&b, z(lead_page, S("/lam/handle"), ""),
			       "answer_by=20%2F03%2F2021&channel=web&happened_on=10%2F03%2F2021")
			  .status,
		  303);
	(void)browser_get(&b, z(page, S("/lam/merge"), ""));
	CHECK_INT(browser_post(&b, z(page, S("/lam/merge"), ""),
			       z("happened_on=10%2F03%2F2021&channel=web&with=", lead, ""))
			  .status,
		  303);
	CHECK(answer_has(browser_get(&b, page),
			 z(z("cùng đơn chính: <a href=\"/ho-so/", lead, "\">"), lead, "</a>")));
	struct answer a = browser_get(&b, lead_page);
	CHECK(answer_has(a, "1 đơn khác về cùng vụ việc"));
	CHECK(answer_has(a, z("<a href=\"/ho-so/", same, "\">")));
	a = browser_get(&second, page);
	CHECK(answer_has(a, "cùng một đơn khác về cùng vụ việc"));
	CHECK(!str_has(a.body, lead));
	a = browser_get(&first, lead_page);
	CHECK(answer_has(a, "1 đơn khác về cùng vụ việc"));
	CHECK(!str_has(a.body, same));
}

TEST(the_office_sees_what_may_be_the_same_and_merges_it_with_one_press)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo");
	const char *page = z("/ho-so/", codes[2], "");
	(void)browser_get(&b, page);
	CHECK_INT(browser_post(&b, z(page, S("/mo"), ""), "reason=Xem+%C4%91%C6%A1n+tr%C3%B9ng")
			  .status,
		  303);
	struct answer a = browser_get(&b, page);
	CHECK(answer_has(a, "Đơn có thể trùng"));
	CHECK(answer_has(a, "trùng lời tóm tắt"));
	CHECK(!answer_has(a, "cùng người gửi"));
	CHECK(answer_has(a, z("Gộp vào ", codes[0], "")));
	/* Of another petition no more than its code is said: it was not opened. */
	CHECK(!answer_has(a, "Người Mẫu 1"));
	a = browser_post(&b, z(page, S("/lam/merge"), ""),
			 z("happened_on=10%2F03%2F2021&channel=web&with=", codes[0], ""));
	CHECK_INT(a.status, 303);
	a = browser_get(&b, page);
	CHECK(answer_has(a, "Giải quyết chung với hồ sơ khác"));
	CHECK(!answer_has(a, "Đơn có thể trùng"));
}

/* What was only received leads nothing yet: it is said why, and what to do first. */
TEST(one_that_was_only_received_is_shown_as_alike_and_not_to_be_merged_with)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo");
	const char *page = z("/ho-so/", codes[0], "");
	(void)browser_get(&b, page);
	CHECK_INT(browser_post(&b, z(page, S("/mo"), ""), "reason=Xem+%C4%91%C6%A1n+tr%C3%B9ng")
			  .status,
		  303);
	struct answer a = browser_get(&b, page);
	CHECK(answer_has(a, z("<a href=\"/ho-so/", codes[2], "\">")));
	CHECK(answer_has(a, "bấm “Nhận giải quyết” trước"));
	CHECK(answer_has(a, z("Gộp vào ", codes[1], "")));
	CHECK(!answer_has(a, z("Gộp vào ", codes[2], "")));
}

/* Law on the protection of personal data: what was not opened with a reason does not say whose it is. */
TEST(who_sent_another_is_said_only_of_one_that_was_opened)
{
	begin();
	same_name = true;
	three_petitions();
	same_name = false;
	with_files();
	struct browser b = signed_in("can.bo");
	const char *page = z("/ho-so/", codes[2], "");
	for (int i = 0; i < 2; i++) {
		const char *opens = z("/ho-so/", codes[i ? 0 : 2], "");
		(void)browser_get(&b, opens);
		CHECK_INT(browser_post(&b, z(opens, S("/mo"), ""),
				       "reason=Xem+%C4%91%C6%A1n+tr%C3%B9ng")
				  .status,
			  303);
		struct answer a = browser_get(&b, page);
		CHECK(answer_has(a, codes[0].at));
		CHECK(answer_has(a, "cùng người gửi") == (i == 1));
	}
}
