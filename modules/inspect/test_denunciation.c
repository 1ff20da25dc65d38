/* Denunciations against the law's table: each term by its row, on its last day and a day late; and what the
 * law on them asks besides. */
#include "modules/inspect/test_denunciation.h"
#include "modules/inspect/petition_sent_on.h"

#include "law/law.h"
#include "office/verify.h"

/* --- Terms --- */

static const struct duty *of(const struct dossier *d, const char *rule)
{
	return small_site_duty(d, rule);
}

TEST(every_term_is_that_of_the_row_in_force)
{
	/* TL-076 to TL-083 */
	static const struct {
		const char *rule, *row;
		int days;
		enum limit_kind kind;
	} rows[] = {
		{ "denunciation.check", "TL-076", 7, LIMIT_WORKING },
		{ "denunciation.transfer", "TL-077", 5, LIMIT_WORKING },
		{ "denunciation.notify", "TL-078", 5, LIMIT_WORKING },
		{ "denunciation.resolve", "TL-079", 30, LIMIT_CALENDAR },
		{ "denunciation.send", "TL-080", 5, LIMIT_WORKING },
		{ "denunciation.act", "TL-081", 7, LIMIT_WORKING },
		{ "denunciation.publish", "TL-082", 7, LIMIT_WORKING },
		{ "denunciation.renewed", "TL-083", 20, LIMIT_CALENDAR },
	};
	struct tx *tx = sealed_site("2021-12-01T08:00");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct time_limit *row =
			law_rule(tx->office->law, str_of(rows[i].rule), test_date("2021-03-10"));
		CHECK(row);
		CHECK_STR(row->code, str_of(rows[i].row));
		CHECK_INT(row->days, rows[i].days);
		CHECK_INT(row->kind, rows[i].kind);
	}
}

/* Each step that ends a term: on its last day it is met, a day later it is late, once. */
static void to_accepted(struct tx *tx, struct dossier *d, const char *on)
{
	accept(tx, d, on);
}

static void to_notified(struct tx *tx, struct dossier *d, const char *on)
{
	small_site_done(tx, d, &s.leader, "notify", NULL, on);
}

static void to_concluded(struct tx *tx, struct dossier *d, const char *on)
{
	conclude(tx, d, &s.leader, "part", on);
}

static void to_sent(struct tx *tx, struct dossier *d, const char *on)
{
	small_site_done(tx, d, &s.leader, "send_conclusion", NULL, on);
}

static void to_acted(struct tx *tx, struct dossier *d, const char *on)
{
	struct denunciation_act form = { .measures_taken = S("Kiểm điểm và buộc trả lại tiền.") };
	small_site_done(tx, d, &s.leader, "act_upon", &form, on);
}

static void to_published(struct tx *tx, struct dossier *d, const char *on)
{
	struct denunciation_publish form = {
		.published_how = S("posted"),
		.published = S("Kết luận: thu tiền ngoài quy định là có thật."),
		.no_name = true,
		.no_trace = true,
	};
	small_site_done(tx, d, &s.leader, "publish_conclusion", &form, on);
}

TEST(each_term_is_met_on_its_last_day_and_late_the_day_after)
{
	static const struct {
		const char *rule, *due; /* in March and April 2021: no day off but week ends */
		void (*step)(struct tx *tx, struct dossier *d, const char *on);
		int before; /* how many steps lie before it, each on the first day */
	} cases[] = {
		{ "denunciation.check", "2021-03-10", to_accepted, 0 },
		{ "denunciation.notify", "2021-03-08", to_notified, 1 },
		{ "denunciation.resolve", "2021-03-31", to_concluded, 1 },
		{ "denunciation.send", "2021-03-08", to_sent, 2 },
		{ "denunciation.act", "2021-03-10", to_acted, 2 },
		{ "denunciation.publish", "2021-03-10", to_published, 2 },
	};
	struct tx *tx = sealed_site("2021-12-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		for (int late = 0; late < 2; late++) {
			struct dossier *d = denounced(tx, "2021-03-01");
			if (cases[i].before > 0)
				to_accepted(tx, d, "2021-03-01");
			if (cases[i].before > 1)
				to_concluded(tx, d, "2021-03-01");
			struct date due = of(d, cases[i].rule)->due;
			CHECK_STR(str_of(day_of(due, 0)), str_of(cases[i].due));
			cases[i].step(tx, d, day_of(due, late));
			CHECK_INT(of(d, cases[i].rule)->state, late ? DUTY_LATE : DUTY_MET);
		}
	}
	small_site_verify(tx);
}

TEST(the_check_is_extended_to_ten_working_days_once_and_with_a_reason)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct denunciation_check form = { S("Phải xác minh ở ba xã") };
	CHECK_INT(small_site_take(tx, d, &s.leader, "extend_check", NULL, "2021-03-09", NULL),
		  ERR_INVALID);
	small_site_done(tx, d, &s.leader, "extend_check", &form, "2021-03-09");
	CHECK_DAY(of(d, "denunciation.check")->due, "2021-03-15");
	CHECK_DAY(of(d, "denunciation.check")->due_before, "2021-03-10");
	CHECK(step_is_futile(tx, d, kind_step(d->kind, S("extend_check"))));
	accept(tx, d, "2021-03-15");
	CHECK_INT(of(d, "denunciation.check")->state, DUTY_MET);
	small_site_verify(tx);
}

static enum err extend(struct tx *tx, struct dossier *d, size_t n, const char *on)
{
	static struct str why[] = { S_INIT("places"), S_INIT("expertise") };
	struct denunciation_extend form = { { why, n }, S("Phải giám định chữ ký") };
	return small_site_take(tx, d, &s.leader, "extend_resolve", &form, on, NULL);
}

TEST(a_complex_one_is_extended_once_an_especially_complex_one_twice)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	accept(tx, d, "2021-03-01");
	CHECK_INT(extend(tx, d, 0, "2021-03-20"), ERR_INVALID);
	CHECK_INT(extend(tx, d, 1, "2021-03-20"), OK);
	CHECK_DAY(of(d, "denunciation.resolve")->due, "2021-05-04"); /* after 30 April, 1 May */
	CHECK_INT(extend(tx, d, 1, "2021-04-20"), ERR_INVALID);
	CHECK_INT(extend(tx, d, 2, "2021-04-20"), OK);
	CHECK_DAY(of(d, "denunciation.resolve")->due, "2021-05-31"); /* the 30th is a Sunday */
	CHECK_INT(extend(tx, d, 2, "2021-05-20"), ERR_INVALID);
	small_site_verify(tx);
}

TEST(while_it_is_suspended_its_clock_stands)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct complaint_suspend form = { S("Chờ kết luận giám định chữ ký"), S("3/QĐ") };
	accept(tx, d, "2021-03-01");
	small_site_done(tx, d, &s.leader, "suspend_denunciation", &form, "2021-03-11");
	CHECK_INT(of(d, "denunciation.resolve")->state, DUTY_SUSPENDED);
	small_site_done(tx, d, &s.leader, "resume_denunciation", NULL, "2021-05-03");
	CHECK_INT(d->state, DENUNCIATION_ACCEPTED);
	CHECK_DAY(of(d, "denunciation.resolve")->due, "2021-05-24"); /* 20 days left: a Sunday */
	CHECK_INT(extend(tx, d, 1, "2021-05-20"), OK);
	CHECK_DAY(of(d, "denunciation.resolve")->due, "2021-06-22");
	small_site_verify(tx);
}

/* --- Received --- */

TEST(who_heads_the_office_does_not_judge_himself)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition x = breach();
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct dossier *d = NULL;
	x.accused_leads = true;
	CHECK_INT(denounce_as(tx, NULL, "denounce", &x, "2021-03-01", &faults, &d), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("accused_leads"));
	CHECK(str_has(faults.at[0].text, S("Trên"))); /* the unit above is named */
}

TEST(without_a_name_it_is_no_denunciation_and_goes_to_inspection_or_the_file)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition x = breach(), pass = blank();
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct dossier *d = NULL;
	x.name = x.address = x.contact = S("");
	CHECK_INT(denounce_as(tx, &s.clerk, "enter_denunciation", &x, "2021-03-01", &faults, &d),
		  ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("name"));
	CHECK_INT(denounce_as(tx, NULL, "denounce", &x, "2021-03-01", NULL, &d), ERR_INVALID);
	x.anonymous = true;
	CHECK_INT(denounce_as(tx, &s.clerk, "enter_denunciation", &x, "2021-03-01", NULL, &d), OK);
	CHECK(step_is_futile(tx, d, kind_step(d->kind, S("accept_denunciation"))));
	pass.passed_to = S("inspection");
	pass.detail = S("Nêu rõ người, việc và có hóa đơn kèm theo.");
	small_site_done(tx, d, &s.leader, "pass_on", &pass, "2021-03-05");
	CHECK_INT(d->state, DENUNCIATION_PASSED);
	CHECK_INT(of(d, "denunciation.check")->state, DUTY_MET);
	small_site_verify(tx);
}

TEST(an_office_account_sends_none_and_a_citizens_account_leads_to_none)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition x = breach();
	struct dossier *d = NULL;
	struct acts acts;
	CHECK_INT(denounce_as(tx, &s.neighbour, "denounce", &x, "2021-03-01", NULL, &d),
		  ERR_INVALID);
	CHECK_INT(denounce_as(tx, &sender, "denounce", &x, "2021-03-01", NULL, &d), OK);
	CHECK_INT(d->author, 0);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(acts.at[0].person, 0);
	tx->who = &sender;
	CHECK(!gate_may_read(tx, d));
	tx->who = NULL;
	tx->receipt = d->id;
	CHECK(gate_may_read(tx, d));
	tx->receipt = 0;
	small_site_verify(tx);
}

/* --- Withdrawn, protected, refused --- */

TEST(when_some_withdraw_it_goes_on_and_only_when_all_have_it_may_be_stopped)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition x = breach();
	struct denunciation_leave two = { .leaving = 2 };
	struct denunciation_stop stop = { S("withdrawn"), S("Người tố cáo đã rút đơn") };
	struct dossier *d = NULL;
	x.people = 3;
	CHECK_INT(denounce_as(tx, NULL, "denounce", &x, "2021-03-01", NULL, &d), OK);
	accept(tx, d, "2021-03-02");
	CHECK_INT(by_receipt(tx, d, "leave_denunciation", &two, "2021-03-05"), OK);
	CHECK_INT(d->state, DENUNCIATION_ACCEPTED);
	CHECK_INT(small_site_take(tx, d, &s.leader, "stop", &stop, "2021-03-06", NULL),
		  ERR_INVALID);
	CHECK_INT(by_receipt(tx, d, "leave_denunciation", &two, "2021-03-07"), ERR_INVALID);
	two.leaving = 1;
	CHECK_INT(by_receipt(tx, d, "leave_denunciation", &two, "2021-03-07"), OK);
	CHECK_INT(d->state, DENUNCIATION_ACCEPTED); /* the breach may be there all the same */
	small_site_done(tx, d, &s.leader, "stop", &stop, "2021-03-08");
	CHECK_INT(d->state, DENUNCIATION_STOPPED);
	CHECK_INT(of(d, "denunciation.resolve")->state, DUTY_EXCUSED);
	small_site_verify(tx);
}

TEST(protection_is_asked_for_by_who_sent_it_and_decided_by_a_leader)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct denunciation_protect form = { .measures = S("Bị đe dọa cho thôi việc") };
	CHECK_INT(by_receipt(tx, d, "ask_protection", &form, "2021-03-02"), OK);
	CHECK_STR(((struct petition *)d->data)->protection, S("asked"));
	form.protection = S("granted");
	form.measures = S("Giữ nguyên vị trí công tác đến hết vụ việc");
	CHECK_INT(by_receipt(tx, d, "protect", &form, "2021-03-02"), ERR_DENIED);
	small_site_done(tx, d, &s.leader, "protect", &form, "2021-03-03");
	CHECK_STR(((struct petition *)d->data)->protection, S("granted"));
	small_site_verify(tx);
}

TEST(it_is_refused_with_a_ground_in_time)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct petition form = blank();
	form.detail = S("Nội dung đã được giải quyết năm 2020.");
	CHECK_INT(
		small_site_take(tx, d, &s.leader, "refuse_denunciation", &form, "2021-03-05", NULL),
		ERR_INVALID);
	form.refusal = S("resolved");
	small_site_done(tx, d, &s.leader, "refuse_denunciation", &form, "2021-03-05");
	CHECK_INT(d->state, DENUNCIATION_REFUSED);
	CHECK_INT(of(d, "denunciation.check")->state, DUTY_MET);
	small_site_verify(tx);
}

/* --- The chain --- */

TEST(forwarded_in_five_working_days_the_next_office_begins_its_own_check)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	for (int late = 0; late < 2; late++) {
		struct dossier *d = denounced(tx, "2021-03-01");
		struct petition_transfer form = { .to = S("374"),
						  .reason = S("Thuộc thẩm quyền cấp trên") };
		const char *on = late ? "2021-03-09" : "2021-03-08";
		small_site_done(tx, d, &s.leader, "forward", &form, on);
		CHECK_INT(d->holder, DISTRICT);
		CHECK_INT(of(d, "denunciation.transfer")->state, late ? DUTY_LATE : DUTY_MET);
		CHECK_INT(of(d, "denunciation.transfer")->unit, SMALL_COMMUNE);
		CHECK_INT(of(d, "denunciation.check")->unit, DISTRICT);
		CHECK_STR(str_of(day_of(of(d, "denunciation.check")->from, 0)), str_of(on));
		/* What it was to the first office it is no more. */
		tx->who = &s.leader;
		CHECK(!gate_may_read(tx, d));
		CHECK_INT(sealed_right(tx, d, NULL), SEALED_NOTHING);
		tx->who = &above;
		CHECK_INT(sealed_right(tx, d, NULL), SEALED_CONTENT);
	}
	small_site_verify(tx);
}

TEST(concluded_sent_acted_upon_and_published_it_is_closed_and_may_be_renewed)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct complaint_again again = { .reason = S("Kết luận bỏ sót một nửa nội dung") };
	accept(tx, d, "2021-03-02");
	to_concluded(tx, d, "2021-03-20");
	to_published(tx, d, "2021-03-22");
	to_acted(tx, d, "2021-03-23");
	CHECK_INT(d->state, DENUNCIATION_CONCLUDED);
	to_sent(tx, d, "2021-03-24");
	CHECK_INT(d->state, DENUNCIATION_CLOSED);
	CHECK_INT(by_receipt(tx, d, "renew", &again, "2021-04-01"), OK);
	CHECK_INT(d->holder, DISTRICT);
	CHECK_DAY(of(d, "denunciation.renewed")->due, "2021-04-22"); /* Hùng Kings' day between */
	struct petition form = blank();
	form.number = S("1/QĐ");
	small_site_done(tx, d, &above, "accept_renewed", &form, "2021-04-20");
	CHECK_INT(of(d, "denunciation.renewed")->state, DUTY_MET);
	CHECK_INT(of(d, "denunciation.resolve")->unit, DISTRICT);
	conclude(tx, d, &above, "right", "2021-05-10");
	small_site_verify(tx);
}

TEST(what_is_published_does_not_name_who_denounced)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct denunciation_publish form = {
		.published_how = S("posted"),
		.published = S("Theo tố cáo của bà tran thi zzqx, kết luận như sau."),
		.no_name = true,
	};
	accept(tx, d, "2021-03-02");
	to_concluded(tx, d, "2021-03-20");
	CHECK_INT(
		small_site_take(tx, d, &s.leader, "publish_conclusion", &form, "2021-03-22", NULL),
		ERR_INVALID); /* the list is not complete */
	form.no_trace = true;
	CHECK_INT(admit(tx, d, &s.leader, &s.leader, "identity", "2021-12-31", "2021-03-21"), OK);
	tx->who = &s.leader;
	CHECK_INT(access_record_of(tx, d->id, ACCESS_IDENTITY, &s.leader.at[0],
				   S("Soát bản công khai")),
		  OK);
	CHECK_INT(
		small_site_take(tx, d, &s.leader, "publish_conclusion", &form, "2021-03-22", NULL),
		ERR_INVALID); /* the name is found, whatever its marks */
	to_published(tx, d, "2021-03-22");
	small_site_verify(tx);
}

TEST(the_unit_above_says_why_it_does_not_take_it_up_again)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct complaint_again again = { .reason = S("Kết luận bỏ sót một nửa nội dung") };
	struct petition form = blank();
	accept(tx, d, "2021-03-02");
	to_concluded(tx, d, "2021-03-20");
	CHECK_INT(by_receipt(tx, d, "renew", &again, "2021-04-01"), OK);
	/* What the first one owes of its conclusion it goes on owing. */
	CHECK_INT(of(d, "denunciation.publish")->unit, SMALL_COMMUNE);
	CHECK_INT(of(d, "denunciation.publish")->state, DUTY_OPEN);
	form.detail = S("Đã xem xét hồ sơ, kết luận đúng pháp luật.");
	small_site_done(tx, d, &above, "decline_renewed", &form, "2021-04-23");
	CHECK_INT(d->state, DENUNCIATION_CLOSED);
	CHECK_INT(of(d, "denunciation.renewed")->state, DUTY_LATE);
	small_site_verify(tx);
}

/* Neither way: who is answered with it, or with whom it is answered, would learn of it. */
TEST(what_is_sealed_is_merged_with_nothing)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01"),
		       *other = sent(tx, "feedback", "2021-03-01");
	struct petition_retype away = { .type = S("feedback"),
					.reason = S("Chỉ phản ánh thái độ phục vụ") };
	struct petition_merge with = { .with = d->code };
	small_site_done(tx, d, &s.leader, "unseal", &away, "2021-03-02");
	CHECK_INT(admit(tx, d, &s.leader, &s.clerk, "content", "2021-12-31", "2021-03-02"), OK);
	handle(tx, d, "2021-03-20", "2021-03-03");
	handle(tx, other, "2021-03-20", "2021-03-03");
	CHECK_INT(small_site_take(tx, other, &s.clerk, "merge", &with, "2021-03-04", NULL),
		  ERR_INVALID);
	with.with = other->code;
	CHECK_INT(small_site_take(tx, d, &s.clerk, "merge", &with, "2021-03-04", NULL),
		  ERR_INVALID);
	small_site_verify(tx);
}

static bool finds_a_problem(struct tx *tx)
{
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	return result.problems.n > 0;
}

TEST(who_sent_it_cannot_be_changed_or_taken_away_on_the_side)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	CHECK(!finds_a_problem(tx));
	struct query q = db_query(tx, "UPDATE sealed_identity SET bytes = $1 WHERE dossier = $2");
	BIND(&q, ((struct bytes){ "{\"name\":\"Ai Khác\"}", 20 }), d->id);
	CHECK_INT(db_exec(&q), OK);
	CHECK(finds_a_problem(tx));
	struct query gone = db_query(tx, "DELETE FROM sealed_identity WHERE dossier = $1");
	BIND(&gone, d->id);
	CHECK_INT(db_exec(&gone), OK);
	CHECK(finds_a_problem(tx));
}

/* What the review leaves out of the month that runs, whoever recounts it leaves out as well. */
TEST(the_counts_are_recounted_in_the_month_that_runs_and_in_the_next)
{
	struct tx *tx = sealed_site("2021-03-30T08:00");
	denounced(tx, "2021-03-01");
	small_site_verify(tx);
	accept(tx, denounced(tx, "2021-02-26"), "2021-03-29");
	small_site_verify(tx);
	test_now(tx, "2021-04-01T08:00");
	small_site_verify(tx);
}

/* An account is a name: no act keeps it, in its row or in its content, and all is recounted as before. */
TEST(who_sent_it_through_an_account_stands_in_no_act_once_it_is_sealed)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct petition_add more = { .more = S("Hôm nay xe lại chạy qua, có ảnh kèm theo.") };
	struct denunciation_seal seal = { .accused = S("Lê Văn B"),
					  .reason = S("Nội dung tố cáo việc nhận tiền") };
	struct acts acts;
	small_site_done(tx, d, &sender, "add", &more, "2021-03-02");
	small_site_done(tx, d, &s.clerk, "seal", &seal, "2021-03-03");
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT((int64_t)acts.n, 3);
	for (size_t i = 0; i < acts.n; i++)
		CHECK_INT(acts.at[i].person, acts.at[i].appointment ? s.clerk.person : 0);
	struct query q = db_query(tx, "SELECT sealed_bytes FROM content WHERE sealed_bytes IS NOT"
				      " NULL");
	while (db_next(&q)) {
		struct bytes b = col_bytes(&q, 0);
		CHECK(!str_has((struct str){ b.at, b.len },
			       str_printf(tx->mem, "\"person\":%d", SENDER)));
	}
	/* What was added is still there to be read. */
	CHECK(str_has(acts.at[1].data, S("xe lại chạy qua")));
	small_site_verify(tx);
}

/* A second leader, of person 20. */
static struct appointment deputy_of_commune(void)
{
	return (struct appointment){ .id = 31,
				     .person = 20,
				     .unit = SMALL_COMMUNE,
				     .role = LEADER,
				     .field = S(""),
				     .from = test_date("2019-01-01"),
				     .to = NO_DATE };
}

/* A leader who is shut out comes back by no other appointment, and by no substitute. */
TEST(who_is_shut_out_stays_out)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct appointment deputy = deputy_of_commune();
	struct appointment two[] = { deputy, deputy }, instead = deputy;
	struct member shut = { .person = 20, .at = two, .n = 2 },
		      stands_in = { .person = 21, .at = &instead, .n = 1 };
	two[1].id = 32;
	instead.id = 33;
	instead.person = 21;
	instead.substitute_of = 31;
	seat(tx, &deputy);
	tx->who = &shut;
	CHECK_INT(sealed_right(tx, d, NULL), SEALED_CONTENT);
	CHECK_INT(admit(tx, d, &s.leader, &s.leader, "none", NULL, "2021-03-01"), ERR_INVALID);
	CHECK_INT(admit(tx, d, &s.leader, &shut, "none", NULL, "2021-03-01"), OK);
	tx->who = &shut;
	CHECK_INT(sealed_right(tx, d, NULL), SEALED_NOTHING);
	tx->who = &stands_in;
	CHECK_INT(sealed_right(tx, d, NULL), SEALED_NOTHING);
	CHECK_INT(admit(tx, d, &shut, &shut, "identity", "2021-12-31", "2021-03-02"), ERR_DENIED);
	small_site_verify(tx);
}

static size_t replies_known(struct tx *tx, const struct dossier *d, const struct member *who)
{
	const struct appointment *by;
	struct petition_passings sent;
	struct petition_newses news;
	tx->who = who;
	CHECK_INT(petition_sent_on(tx, d, &by, &sent), OK);
	CHECK_INT(petition_news(tx, &news), OK);
	CHECK(by ? sent.n == 1 : !sent.n && !news.n);
	return by ? news.n : SIZE_MAX;
}

/* Of a sealed matter that was sent on, its leaders learn what was replied to them, and the matter itself they
 * do not; who worked on it there, who was shut out and who has it now learn nothing that way. */
TEST(a_reply_about_a_denunciation_is_for_leaders_of_the_office_that_sent_it_on)
{
	struct tx *tx = sealed_site("2021-03-10T08:00");
	struct dossier *d = denounced(tx, "2021-03-01");
	struct petition_transfer to = { .to = S("374"), .reason = S("Do huyện quản lý cán bộ.") };
	struct petition_reply form = { .reply = S("15/UBND-VP"),
				       .told = S("Đã thụ lý, báo kết quả sau.") };
	struct petition plain = blank();
	struct appointment deputy = deputy_of_commune();
	struct member shut = { .person = 20, .at = &deputy, .n = 1 };
	seat(tx, &deputy);
	CHECK_INT(admit(tx, d, &s.leader, &s.clerk, "content", "2021-12-31", "2021-03-01"), OK);
	CHECK_INT(admit(tx, d, &s.leader, &shut, "none", NULL, "2021-03-01"), OK);
	small_site_done(tx, d, &s.leader, "forward", &to, "2021-03-02");
	CHECK_INT(replies_known(tx, d, &s.leader), 0);
	plain.number = S("7/QĐ-UBND");
	small_site_done(tx, d, &above, "accept_denunciation", &plain, "2021-03-04");
	small_site_done(tx, d, &above, "reply", &form, "2021-03-05");
	CHECK_INT(replies_known(tx, d, &s.leader), 1);
	CHECK(replies_known(tx, d, &s.clerk) == SIZE_MAX);
	CHECK(replies_known(tx, d, &shut) == SIZE_MAX);
	CHECK(replies_known(tx, d, &above) == SIZE_MAX);
	/* The right to the reply opens the matter in no way. */
	tx->who = &s.leader;
	CHECK_INT(access_record_of(tx, d->id, ACCESS_REPLY, &s.leader.at[0],
				   S("Xem phúc đáp để báo cáo")),
		  OK);
	CHECK(!gate_may_read(tx, d));
	small_site_verify(tx);
}
