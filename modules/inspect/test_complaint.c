/* Complaints against the law's table: each term by its row, on the day the law in force says. */
#include "modules/inspect/test_petition.h"

#include "law/due.h"
#include "office/step.h"

static void accept(struct tx *tx, struct dossier *d, const struct member *who, const char *step,
		   bool complex, bool remote, const char *on)
{
	struct petition form = blank();
	form.complex = complex;
	form.remote = remote;
	form.why_complex = complex ? S("Liên quan nhiều người, nhiều cơ quan") : S("");
	small_site_done(tx, d, who, step, &form, on);
}

static void decide(struct tx *tx, struct dossier *d, const struct member *who, const char *step,
		   const char *on)
{
	struct petition form = blank();
	form.decision = S("part");
	form.number = S("12/QĐ-UBND");
	form.answer = S("Chấp nhận một phần nội dung khiếu nại về diện tích đất.");
	form.files = small_site_file(tx, "bien-ban.pdf");
	small_site_done(tx, d, who, step, &form, on);
}

/* Acceptance: ten days until 30 June 2026, seven working days since. */
TEST(acceptance_is_owed_by_the_row_in_force_on_the_day_it_came)
{
	static const struct {
		const char *on, *due, *row;
	} cases[] = {
		{ "2020-03-02", "2020-03-12", "TL-061" },
		{ "2021-02-05", "2021-02-17", "TL-061" }, /* the tenth day lies in Tết */
		{ "2026-06-30", "2026-07-10", "TL-061" },
		{ "2026-07-01", "2026-07-10", "TL-062" },
		{ "2026-08-28", "2026-09-11",
		  "TL-062" }, /* National Day and a swapped Monday between */
	};
	struct tx *tx = site("2026-12-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = sent(tx, "complaint", cases[i].on);
		const struct duty *duty = small_site_duty(d, "complaint.accept");
		CHECK_INT(d->state, COMPLAINT_LODGED);
		CHECK_STR(duty->row, str_of(cases[i].row));
		CHECK_STR(date_iso(test_arena(), duty->due), str_of(cases[i].due));
	}
	small_site_verify(tx);
}

TEST(the_table_says_30_45_45_60_and_45_60_60_70)
{
	static const struct {
		const char *rule;
		int plain, complex, remote, both;
	} rows[] = {
		{ "complaint.resolve", 30, 45, 45, 60 },
		{ "complaint.second.resolve", 45, 60, 60, 70 },
		{ "complaint.final", 30, 30, 45, 30 },
		{ "complaint.second.lodge", 30, 30, 45, 30 },
		{ "complaint.accept", 10, 10, 10, 10 },
	};
	struct tx *tx = site("2021-03-10T08:00");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct time_limit *row =
			law_rule(tx->office->law, str_of(rows[i].rule), test_date("2021-03-10"));
		CHECK(row);
		CHECK_INT(complaint_days(row, false, false), rows[i].plain);
		CHECK_INT(complaint_days(row, true, false), rows[i].complex);
		CHECK_INT(complaint_days(row, false, true), rows[i].remote);
		CHECK_INT(complaint_days(row, true, true), rows[i].both);
	}
}

TEST(a_complex_one_has_its_longer_term_and_says_why)
{
	struct tx *tx = site("2021-06-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct petition form = blank();
	form.complex = true;
	CHECK_INT(small_site_take(tx, d, &s.leader, "accept", &form, "2021-03-08", &faults),
		  ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("why_complex"));
	CHECK_INT(small_site_take(tx, d, &s.clerk, "accept", &form, "2021-03-08", NULL),
		  ERR_DENIED);
	accept(tx, d, &s.leader, "accept", true, false, "2021-03-08");
	const struct duty *duty = small_site_duty(d, "complaint.resolve");
	CHECK_DAY(duty->due, "2021-04-22");
	CHECK(!date_is_set(duty->due_before)); /* it never was another day */
	CHECK_INT(small_site_duty(d, "complaint.accept")->state, DUTY_MET);
	small_site_verify(tx);
}

TEST(while_it_is_suspended_the_clock_stands_and_goes_on_with_what_was_left)
{
	struct tx *tx = site("2021-06-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct complaint_suspend form = { S("Người khiếu nại đang điều trị ở bệnh viện"),
					  S("3/QĐ") };
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	CHECK_DAY(small_site_duty(d, "complaint.resolve")->due, "2021-04-01");
	small_site_done(tx, d, &s.leader, "suspend", &form,
			"2021-03-12"); /* ten of thirty days used */
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_SUSPENDED);
	small_site_done(tx, d, &s.leader, "resume", NULL, "2021-05-03");
	CHECK_INT(d->state, COMPLAINT_ACCEPTED);
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_OPEN);
	CHECK_DAY(small_site_duty(d, "complaint.resolve")->due,
		  "2021-05-24"); /* the 23rd is a Sunday */
	small_site_verify(tx);
}

static int64_t tally_of(struct tx *tx, const char *key)
{
	struct query q = db_query(tx, "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM tally"
				      " WHERE tally_key = $1");
	BIND(&q, str_of(key));
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

TEST(suspending_what_was_overdue_does_not_undo_that_it_was_late)
{
	struct tx *tx = site("2021-06-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct complaint_suspend form = { S("Người khiếu nại đang điều trị ở bệnh viện"),
					  S("3/QĐ") };
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	small_site_done(tx, d, &s.leader, "suspend", &form, "2021-04-06"); /* due on the 1st */
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_LATE);
	CHECK_DAY(small_site_duty(d, "complaint.resolve")->met, "2021-04-06");
	CHECK_INT(tally_of(tx, "complaint.resolve.due"), 1);
	CHECK_INT(tally_of(tx, "complaint.resolve.due.late"), 1);
	/* Nothing was left of its days: it is owed as it was, and counts once. */
	small_site_done(tx, d, &s.leader, "resume", NULL, "2021-05-03");
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_OPEN);
	CHECK_DAY(small_site_duty(d, "complaint.resolve")->due, "2021-04-01");
	decide(tx, d, &s.leader, "decide", "2021-05-04");
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_LATE);
	CHECK_INT(tally_of(tx, "complaint.resolve.due"), 1);
	CHECK_INT(tally_of(tx, "complaint.resolve.due.late"), 1);
	small_site_verify(tx);
}

static void send_once(struct tx *tx, struct dossier *d, const char *on)
{
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	small_site_done(tx, d, &s.clerk, "send_suspension", NULL, on);
	CHECK_INT(small_site_take(tx, d, &s.clerk, "send_suspension", NULL, on, &faults),
		  ERR_INVALID);
	CHECK_STR(faults.at[0].text, msg_plain(LANG_VI, MSG_PETITION_FAULT_SUSPENSION_SENT));
}

/* Art. 28b of Decree 124/2020 as amended: in three working days since 1 July 2026. */
TEST(a_suspension_is_sent_in_three_working_days_and_going_on_does_not_stand_for_it)
{
	static const struct {
		const char *sent_on, *resumed_on;
		enum duty_state state;
	} cases[] = {
		{ "2026-09-23", "2026-10-20", DUTY_MET },
		{ "2026-09-25", "2026-10-20", DUTY_LATE },
		{ NULL, "2026-09-22", DUTY_EXCUSED },
		{ NULL, "2026-10-20", DUTY_LATE },
	};
	struct tx *tx = site("2026-12-01T08:00");
	struct complaint_suspend form = { S("Người khiếu nại đang điều trị ở bệnh viện"),
					  S("3/QĐ") };
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = sent(tx, "complaint", "2026-09-15");
		accept(tx, d, &s.leader, "accept", false, false, "2026-09-16");
		small_site_done(tx, d, &s.leader, "suspend", &form, "2026-09-21");
		CHECK_DAY(small_site_duty(d, "complaint.suspension_send")->due, "2026-09-24");
		if (cases[i].sent_on)
			send_once(tx, d, cases[i].sent_on);
		small_site_done(tx, d, &s.leader, "resume", NULL, cases[i].resumed_on);
		CHECK_INT(small_site_duty(d, "complaint.suspension_send")->state, cases[i].state);
	}
	small_site_verify(tx);
}

TEST(a_decision_is_sent_in_three_working_days_and_is_in_force_thirty_days_after_it_was_made)
{
	struct tx *tx = site("2021-06-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	decide(tx, d, &s.leader, "decide", "2021-03-26");
	CHECK_INT(small_site_duty(d, "complaint.resolve")->state, DUTY_MET);
	CHECK_DAY(small_site_duty(d, "complaint.send")->due, "2021-03-31");
	small_site_done(tx, d, &s.clerk, "send_decision", NULL, "2021-04-02");
	CHECK_INT(small_site_duty(d, "complaint.send")->state, DUTY_LATE);
	const struct petition *x = d->data;
	CHECK_DAY(x->final_on, "2021-04-25");
	CHECK_DAY(x->appeal_until,
		  "2021-05-04"); /* the 2nd is a Sunday, the 3rd a day off in lieu */
	small_site_day(tx, "2021-04-25T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_SENT);
	small_site_day(tx, "2021-04-26T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	struct complaint_execute done = { S("Đã giao lại đất trên thực địa ngày 28/4."),
					  small_site_file(tx, "bien-ban.pdf") };
	test_now(tx, "2021-06-10T08:00");
	small_site_done(tx, d, &s.clerk, "execute", &done, "2021-05-05");
	CHECK_INT(d->state, COMPLAINT_EXECUTED);
	small_site_verify(tx);
}

TEST(a_decision_that_was_sent_late_is_complained_of_again_after_it_is_in_force)
{
	struct tx *tx = site("2021-09-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct complaint_dialogue talk = { .dialogue_on = test_date("2021-05-20"),
					   .minutes = S("Hai bên đối thoại, giữ nguyên ý kiến.") };
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	const struct step *step = kind_step(d->kind, S("complain_again"));
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	decide(tx, d, &s.leader, "decide", "2021-03-26");
	small_site_done(tx, d, &s.clerk, "send_decision", NULL, "2021-04-12");
	small_site_day(tx, "2021-05-12T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL); /* since 26 April */
	tx->who = &sender;
	CHECK(step_is_offered(tx, d, step));
	/* Thirty days from the 12th: until 12 May. After that a clerk enters what came on paper in time. */
	test_now(tx, "2021-09-10T08:00");
	CHECK(!step_is_offered(tx, d, step));
	tx->who = &s.clerk;
	CHECK(step_is_offered(tx, d, step));
	small_site_done(tx, d, &s.clerk, "complain_again", &again, "2021-05-12");
	CHECK_INT(d->state, COMPLAINT_SECOND);
	CHECK_INT(d->holder, DISTRICT);
	CHECK(!date_is_set(((const struct petition *)d->data)->final_on));
	/* The second decision is the last. */
	accept(tx, d, &above, "accept_second", false, false, "2021-05-14");
	small_site_done(tx, d, &above, "dialogue_second", &talk, "2021-05-20");
	decide(tx, d, &above, "decide_second", "2021-06-01");
	small_site_done(tx, d, &above, "send_second", NULL, "2021-06-04");
	small_site_day(tx, "2021-07-02T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	tx->who = &sender;
	CHECK(!step_is_offered(tx, d, step));
	CHECK_INT(small_site_take(tx, d, &sender, "complain_again", &again, "2021-07-02", &faults),
		  ERR_INVALID);
	CHECK_STR(faults.at[0].text, msg_plain(LANG_VI, MSG_PETITION_FAULT_TWICE));
	small_site_verify(tx);
}

TEST(where_there_is_no_unit_above_nobody_is_led_to_a_second_complaint)
{
	struct tx *tx = lone_site("2021-06-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	decide(tx, d, &s.leader, "decide", "2021-03-26");
	small_site_done(tx, d, &s.clerk, "send_decision", NULL, "2021-03-29");
	test_now(tx, "2021-04-01T08:00");
	tx->who = &sender;
	CHECK(!step_is_offered(tx, d, kind_step(d->kind, S("complain_again"))));
	CHECK_INT(small_site_take(tx, d, &sender, "complain_again", &again, "2021-04-01", &faults),
		  ERR_INVALID);
	CHECK_STR(faults.at[0].text, msg_plain(LANG_VI, MSG_PETITION_FAULT_HIGHEST));
}

TEST(a_second_complaint_goes_to_the_unit_above_which_must_hold_a_dialogue)
{
	struct tx *tx = site("2021-09-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	accept(tx, d, &s.leader, "accept", false, false, "2021-03-02");
	decide(tx, d, &s.leader, "decide", "2021-03-26");
	small_site_done(tx, d, &s.clerk, "send_decision", NULL, "2021-03-29");
	CHECK_INT(small_site_take(tx, d, &sender, "complain_again", &again, "2021-04-29", NULL),
		  ERR_INVALID); /* until the 28th */
	small_site_done(tx, d, &sender, "complain_again", &again, "2021-04-28");
	CHECK_INT(d->holder, DISTRICT);
	CHECK_INT(d->unit, SMALL_COMMUNE);
	CHECK_INT(small_site_duty(d, "complaint.second.accept")->unit, DISTRICT);
	CHECK_DAY(small_site_duty(d, "complaint.second.accept")->due,
		  "2021-05-10"); /* the 8th is a Saturday */
	struct petition plain = blank();
	CHECK_INT(small_site_take(tx, d, &s.leader, "accept_second", &plain, "2021-05-05", NULL),
		  ERR_DENIED);
	accept(tx, d, &above, "accept_second", false, false, "2021-05-05");
	CHECK_DAY(small_site_duty(d, "complaint.second.resolve")->due,
		  "2021-06-21"); /* the 19th likewise */
	struct petition early = blank();
	early.decision = S("wrong");
	early.number = S("9/QĐ-UBND");
	early.answer = S("Giữ nguyên quyết định giải quyết lần đầu.");
	early.files = small_site_file(tx, "bien-ban.pdf");
	CHECK_INT(small_site_take(tx, d, &above, "decide_second", &early, "2021-06-01", NULL),
		  ERR_CONFLICT);
	struct complaint_dialogue talk = { .dialogue_on = test_date("2021-05-20"),
					   .minutes = S("Hai bên đối thoại, giữ nguyên ý kiến.") };
	small_site_done(tx, d, &above, "dialogue_second", &talk, "2021-05-20");
	decide(tx, d, &above, "decide_second", "2021-06-01");
	CHECK_DAY(small_site_duty(d, "complaint.second.send")->due, "2021-06-08");
	small_site_done(tx, d, &above, "send_second", NULL, "2021-06-04");
	CHECK_DAY(((const struct petition *)d->data)->final_on, "2021-07-01");
	small_site_day(tx, "2021-09-10T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	small_site_verify(tx);
}
