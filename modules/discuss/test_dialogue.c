/* The dialogue of a commune: its clocks against the law's table, its course, what it owes afterwards, and
 * the year that asks whether there was one. */
#include "modules/discuss/test_dialogue.h"

#include "office/report.h"

/* Seven days before, by the law of 2015 that ended on 2025-02-28; none since. */
TEST(notice_is_owed_by_the_row_in_force_on_the_day_of_the_dialogue)
{
	static const struct {
		const char *day, *due, *told;
		enum duty_state state;
	} cases[] = {
		{ "2024-03-15", "2024-03-08", "2024-03-08", DUTY_MET },
		{ "2024-03-15", "2024-03-08", "2024-03-09", DUTY_LATE },
		{ "2024-02-14", "2024-02-07", "2024-02-07", DUTY_MET }, /* Tết counts: every day */
		{ "2025-02-28", "2025-02-21", "2025-02-28", DUTY_LATE },
		{ "2025-03-01", NULL, "2025-03-01", DUTY_OPEN },
		{ "2026-11-20", NULL, "2026-11-19", DUTY_OPEN },
	};
	struct tx *tx = site("2026-12-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = planned(tx, cases[i].day, "2024-01-10");
		CHECK_INT(duties_of(d, DIALOGUE_NOTICE), cases[i].due ? 1 : 0);
		if (cases[i].due)
			CHECK_STR(due_of(d, DIALOGUE_NOTICE), str_of(cases[i].due));
		small_site_done(tx, d, &s.leader, "announce", NULL, cases[i].told);
		if (cases[i].due)
			CHECK_INT(small_site_duty(d, DIALOGUE_NOTICE)->state, cases[i].state);
		CHECK_INT(dossier_visibility(d), VISIBLE_PUBLIC);
	}
	small_site_verify(tx);
}

TEST(another_day_before_anybody_was_told_owes_notice_of_that_day_alone)
{
	struct tx *tx = site("2024-03-20T08:00");
	struct dossier *d = planned(tx, "2024-03-15", "2024-03-01");
	struct dialogue form = *(struct dialogue *)d->data;
	form.day = test_date("2024-04-15");
	small_site_done(tx, d, &s.clerk, "change", &form, "2024-03-12");
	CHECK_INT(duties_of(d, DIALOGUE_NOTICE), 2);
	CHECK_INT(d->duties.at[0].state, DUTY_EXCUSED);
	CHECK_STR(due_of(d, DIALOGUE_NOTICE), S("2024-04-08"));
	struct dialogue_reason why = { S("Chờ kết quả đo đạc") };
	small_site_done(tx, d, &s.leader, "drop", &why, "2024-03-13");
	CHECK_INT(small_site_duty(d, DIALOGUE_NOTICE)->state, DUTY_EXCUSED);
	CHECK_INT(dossier_visibility(d), VISIBLE_INTERNAL);
	small_site_verify(tx);
}

TEST(what_was_announced_is_held_on_its_day_or_put_off_in_public)
{
	struct tx *tx = site("2024-05-20T08:00");
	struct dossier *d = announced(tx, "2024-03-15", "2024-03-01");
	struct faults faults;
	struct dialogue form = minutes();
	CHECK_STR(due_of(d, DIALOGUE_HOLD), S("2024-03-15"));
	CHECK_INT(take_as(tx, d, &s.clerk, "hold", &form, "2024-03-16", &faults), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("happened_on"));
	form = blank();
	form.day = test_date("2024-03-15");
	form.hour = S("14 giờ");
	form.place = S("Trụ sở");
	form.reason = S("Bão số 1 đổ bộ vào tỉnh");
	CHECK_INT(take_as(tx, d, &s.leader, "postpone", &form, "2024-03-14", &faults), ERR_INVALID);
	says(&faults, "day", MSG_DIALOGUE_FAULT_SAME_DAY);
	form.day = test_date("2024-03-25");
	small_site_done(tx, d, &s.leader, "postpone", &form, "2024-03-14");
	/* In time: the day moves. Notice of the new one was given eleven days before. */
	CHECK_INT(duties_of(d, DIALOGUE_HOLD), 1);
	CHECK_STR(due_of(d, DIALOGUE_HOLD), S("2024-03-25"));
	CHECK_INT(small_site_duty(d, DIALOGUE_NOTICE)->state, DUTY_MET);
	/* A day that went by in silence stays missed. */
	form.day = test_date("2024-04-10");
	small_site_done(tx, d, &s.leader, "postpone", &form, "2024-04-05");
	CHECK_INT(duties_of(d, DIALOGUE_HOLD), 2);
	CHECK_INT(small_site_duty(d, DIALOGUE_NOTICE)->state, DUTY_LATE);
	bool late = false;
	for (size_t i = 0; i < d->duties.n; i++)
		late |= str_eq(d->duties.at[i].rule, S(DIALOGUE_HOLD)) &&
			d->duties.at[i].state == DUTY_LATE;
	CHECK(late);
	form = blank();
	form.reason = S("Đã giải quyết xong bằng văn bản");
	small_site_done(tx, d, &s.leader, "cancel", &form, "2024-04-08");
	CHECK_INT(small_site_duty(d, DIALOGUE_HOLD)->state, DUTY_EXCUSED);
	small_site_verify(tx);
}

TEST(conclusions_are_owed_five_working_days_later_and_wait_for_every_answer)
{
	struct tx *tx = site("2024-06-20T08:00");
	struct dossier *d = held(tx, "2024-04-25"); /* 30 April and 1 May between */
	struct faults faults;
	struct dialogue_publish form = conclusions();
	struct dialogue_put put = { S("Bao giờ niêm yết bảng giá hỗ trợ mới?"), S(""),
				    S("Trần Thị Mẫu") };
	CHECK_INT(d->state, DIALOGUE_HELD_STATE);
	CHECK_STR(due_of(d, DIALOGUE_PUBLISH), S("2024-05-06"));
	small_site_done(tx, d, &s.clerk, "put", &put, "2024-04-25");
	CHECK_INT(take_as(tx, d, &s.leader, "publish", &form, "2024-05-02", &faults), ERR_INVALID);
	CHECK_INT(faults.n, 1);
	struct dialogue_reply reply = { S("1"), S("Ngày 10 tháng 5, tại nhà văn hóa ba thôn.") };
	small_site_done(tx, d, &s.clerk, "reply", &reply, "2024-05-02");
	CHECK(dialogue_reply_futile(tx, d));
	form.conclusions = S("Bà con gọi số 0912 345 678 để biết thêm về bảng giá.");
	CHECK_INT(take_as(tx, d, &s.leader, "publish", &form, "2024-05-02", &faults), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("conclusions"));
	form = conclusions();
	form.nobody_named = false;
	CHECK_INT(take_as(tx, d, &s.leader, "publish", &form, "2024-05-02", &faults), ERR_INVALID);
	form = conclusions();
	CHECK_INT(take_as(tx, d, &s.clerk, "publish", &form, "2024-05-02", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.neighbour, "publish", &form, "2024-05-02", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.leader, "publish", &form, "2024-05-02");
	CHECK_INT(d->state, DIALOGUE_PUBLISHED);
	CHECK_INT(small_site_duty(d, DIALOGUE_PUBLISH)->state, DUTY_MET);
	small_site_verify(tx);
}

/* Whoever asks is stored in what is sealed of the act, and nowhere in what everybody reads. */
TEST(who_asked_at_the_meeting_is_sealed)
{
	struct tx *tx = site("2024-06-20T08:00");
	struct dossier *d = held(tx, "2024-04-25");
	struct faults faults;
	struct dialogue_put put = { S("Ông Trần Văn Hỏi hỏi bao giờ niêm yết bảng giá?"), S(""),
				    S("Trần Văn Hỏi") };
	CHECK_INT(take_as(tx, d, &s.clerk, "put", &put, "2024-04-25", &faults), ERR_INVALID);
	says(&faults, "text", MSG_DIALOGUE_FAULT_ASKER);
	put.text = S("Bao giờ niêm yết bảng giá hỗ trợ mới?");
	small_site_done(tx, d, &s.clerk, "put", &put, "2024-04-25");
	struct acts acts;
	struct content c;
	CHECK_INT(act_list(tx, d, &acts), OK);
	const struct act *last = &acts.at[acts.n - 1];
	CHECK(!str_has(last->data, S("Trần Văn Hỏi")));
	CHECK_INT(content_load(tx, last->id, &c), OK);
	CHECK(!str_has((struct str){ (const char *)c.public_bytes.at, c.public_bytes.len },
		       S("Trần Văn Hỏi")));
	CHECK(str_has((struct str){ (const char *)c.sealed_bytes.at, c.sealed_bytes.len },
		      S("Trần Văn Hỏi")));
	small_site_verify(tx);
}

TEST(a_commitment_is_a_duty_until_it_is_reported_done)
{
	struct tx *tx = site("2024-06-20T08:00");
	struct dossier *d = held(tx, "2024-04-25");
	struct faults faults;
	struct dialogue_promise bad = { S("Niêm yết lại bảng giá hỗ trợ"), S("Địa chính"),
					test_date("2024-04-24") };
	CHECK(dialogue_keep_futile(tx, d));
	CHECK_INT(take_as(tx, d, &s.clerk, "promise", &bad, "2024-04-25", &faults), ERR_INVALID);
	says(&faults, "due", MSG_DIALOGUE_FAULT_DUE_PAST);
	promise(tx, d, "2024-05-10", "2024-04-25");
	promise(tx, d, "2024-05-10", "2024-04-25");
	const struct duty *y = small_site_duty(d, DIALOGUE_COMMITMENT);
	CHECK_INT(y->line, 2);
	CHECK_STR(date_iso(tx->mem, y->due), S("2024-05-10"));
	CHECK(duty_is_overdue(y, test_date("2024-05-11")));
	/* More time in time: the first is not late. */
	struct dialogue_extend more = { S("1"), test_date("2024-05-31"),
					S("Chờ tỉnh ban hành đơn giá mới") };
	CHECK_INT(take_as(tx, d, &s.clerk, "extend", &more, "2024-05-09", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.leader, "extend", &more, "2024-05-09");
	/* Too late for the other: it stays missed, and another begins. */
	more.commitment = S("2");
	more.until = test_date("2024-05-10");
	CHECK_INT(take_as(tx, d, &s.leader, "extend", &more, "2024-05-15", &faults), ERR_INVALID);
	says(&faults, "until", MSG_DIALOGUE_FAULT_EARLIER);
	more.until = test_date("2024-06-15");
	small_site_done(tx, d, &s.leader, "extend", &more, "2024-05-15");
	CHECK_INT(duties_of(d, DIALOGUE_COMMITMENT), 3);
	struct dialogue_keep done = { .commitment = S("1"),
				      .result = S("Đã niêm yết tại ba nhà văn hóa."),
				      .evidence = small_site_file(tx, "bien-ban.pdf") };
	small_site_done(tx, d, &s.clerk, "keep", &done, "2024-05-30");
	CHECK_INT(take_as(tx, d, &s.clerk, "keep", &done, "2024-05-30", &faults), ERR_INVALID);
	done.commitment = S("2");
	done.evidence = (struct file_refs){ NULL, 0 };
	small_site_done(tx, d, &s.clerk, "keep", &done, "2024-06-16");
	int met = 0, late = 0;
	for (size_t i = 0; i < d->duties.n; i++) {
		bool ours = str_eq(d->duties.at[i].rule, S(DIALOGUE_COMMITMENT));
		met += ours && d->duties.at[i].state == DUTY_MET;
		late += ours && d->duties.at[i].state == DUTY_LATE;
	}
	CHECK_INT(met, 1);
	CHECK_INT(late, 2);
	CHECK(dialogue_keep_futile(tx, d));
	small_site_verify(tx);
}

/* --- The year --- */

static struct dossier *the_register(struct tx *tx, int64_t unit)
{
	struct dossier *d;
	if (register_find(tx, unit, &d))
		FAIL("no register: %s", tx->why);
	return d;
}

static const struct duty *period(const struct dossier *d, const char *about)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (str_eq(d->duties.at[i].about, str_of(about)))
			return &d->duties.at[i];
	FAIL("nothing is owed for %s", about);
}

/* Law 10/2022 art. 32.1, in force since 2023-07-01: not before, and then every year. */
TEST(each_year_begins_with_the_duty_to_hold_one)
{
	struct tx *tx = site("2022-11-01T08:00");
	(void)planned(tx, "2022-11-20", "2022-11-01");
	CHECK_INT(the_register(tx, SMALL_COMMUNE)->duties.n, 0);
	small_site_day(tx, "2023-07-02T01:00");
	CHECK_STR(date_iso(tx->mem, period(the_register(tx, SMALL_COMMUNE), "2023")->due),
		  S("2023-12-31"));
	CHECK_STR(date_iso(tx->mem, period(the_register(tx, SMALL_COMMUNE), "2023")->from),
		  S("2023-07-01"));
	(void)held(tx, "2023-07-02");
	CHECK_INT(period(the_register(tx, SMALL_COMMUNE), "2023")->state, DUTY_MET);
	small_site_day(tx, "2026-03-02T01:00");
	struct dossier *d = the_register(tx, SMALL_COMMUNE);
	CHECK_INT(d->duties.n, 4);
	CHECK(duty_is_overdue(period(d, "2025"), tx_today(tx)));
	CHECK_STR(date_iso(tx->mem, period(d, "2026")->due), S("2026-12-31"));
	small_site_verify(tx);
}

struct explain {
	struct str about, reason;
};

TEST(a_year_without_a_dialogue_is_explained_and_stays_missed)
{
	struct tx *tx = site("2024-03-01T08:00");
	struct dossier *d = NULL, *again = NULL;
	struct step_input in = { .on = NO_DATE };
	void *form = step_form(tx->mem, kind_step(&register_kind, S("begin")));
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &register_kind, SMALL_COMMUNE, "begin", form, &in, NULL, &d),
		  ERR_DENIED);
	tx->who = &s.leader;
	tx->err = OK;
	CHECK_INT(dossier_open(tx, &register_kind, SMALL_COMMUNE, "begin", form, &in, NULL, &d),
		  OK);
	form = step_form(tx->mem, kind_step(&register_kind, S("begin")));
	CHECK_INT(dossier_open(tx, &register_kind, SMALL_COMMUNE, "begin", form, &in, NULL, &again),
		  ERR_INVALID);
	struct explain why = { S("2024"), S("Xã sáp nhập, không bố trí được") };
	CHECK_INT(take_as(tx, d, &s.leader, "explain", &why, "2024-03-01", NULL), ERR_INVALID);
	small_site_day(tx, "2025-01-06T01:00");
	/* One of this year does not meet the last. */
	(void)held(tx, "2025-01-06");
	d = the_register(tx, SMALL_COMMUNE);
	CHECK_INT(period(d, "2024")->state, DUTY_OPEN);
	CHECK_INT(period(d, "2025")->state, DUTY_MET);
	small_site_done(tx, d, &s.leader, "explain", &why, "2025-01-06");
	CHECK_INT(period(d, "2024")->state, DUTY_LATE);
	small_site_verify(tx);
}

/* --- What the review counts --- */

static struct str counted(struct tx *tx, const struct report *r, const char *code)
{
	const struct report_line *line = report_line(r, str_of(code));
	if (!line)
		FAIL("no line %s", code);
	struct report_value v = line->value[REPORT_PERIOD];
	return line->measure->how == MEASURE_SUM
		       ? str_printf(tx->mem, "%lld", (long long)v.n)
		       : str_printf(tx->mem, "%lld/%lld", (long long)v.n, (long long)v.of);
}

TEST(the_review_counts_meetings_questions_and_what_was_promised)
{
	struct tx *tx = site("2024-01-02T08:00");
	struct report_span span = { 2024, 1, 12 };
	struct report r;
	struct unit u;
	(void)planned(tx, "2024-03-01", "2024-01-02");
	small_site_day(tx, "2024-06-20T08:00");
	struct dossier *d = held(tx, "2024-04-25");
	struct dialogue_publish points = conclusions();
	struct dialogue_put put = { S("Bao giờ niêm yết bảng giá hỗ trợ mới?"),
				    S("Ngày 10 tháng 5 tại ba thôn."), S("") };
	struct dialogue_keep done = { .commitment = S("2"), .result = S("Đã niêm yết xong.") };
	small_site_done(tx, d, &s.clerk, "put", &put, "2024-04-25");
	promise(tx, d, "2024-05-10", "2024-04-25");
	promise(tx, d, "2024-05-31", "2024-04-25"); /* nobody does it */
	small_site_done(tx, d, &s.clerk, "keep", &done, "2024-05-09");
	small_site_done(tx, d, &s.leader, "publish", &points, "2024-05-07"); /* a day late */
	small_site_day(tx, "2025-01-02T08:00");
	CHECK_INT(unit_find(tx, SMALL_COMMUNE, report_tree_day(&span, tx_today(tx)), &u), OK);
	CHECK_INT(report_make(tx, &u, &span, S(""), &r), OK);
	CHECK_STR(small_site_duty(d, DIALOGUE_COMMITMENT)->about, S("2")); /* of three lines */
	CHECK_STR(counted(tx, &r, "DO-01"), S("1"));
	CHECK_STR(counted(tx, &r, "DO-02"), S("1/1"));
	CHECK_STR(counted(tx, &r, "DO-03"), S("1"));
	CHECK_STR(counted(tx, &r, "house.dialogue.commitment"), S("1/2"));
	CHECK_STR(counted(tx, &r, "house.dialogue.publish"), S("0/1"));
	small_site_verify(tx);
}
