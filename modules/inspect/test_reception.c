/* The standing schedule and the days held by it: what each post owes changes with the law and is owed by
 * the calendar, the notice hangs five working days ahead, and nobody receives in the head's place. */
#include "modules/inspect/test_reception.h"

#include "law/law.h"

static int owed(const struct dossier *plan, const char *row, enum duty_state state)
{
	int n = 0;
	for (size_t i = 0; i < plan->duties.n; i++)
		n += str_eq(plan->duties.at[i].row, str_of(row)) &&
		     plan->duties.at[i].state == state;
	return n;
}

/* Law 42/2013 art. 15.2.d: one day a week; from July 2026 two a month. The week from 29 June is governed
 * by no one row from its first day to its last. */
TEST(what_the_chair_owes_changes_from_a_day_a_week_to_two_a_month)
{
	struct tx *tx = site("2026-06-10T08:00");
	struct dossier *plan = issued(tx, "2026-06-10");
	CHECK_INT(plan->duties.n, 0);
	CHECK_DAY(plan->wake_on, "2026-06-15"); /* Monday */
	small_site_day(tx, "2026-06-14T08:00");
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(plan->duties.n, 0);
	small_site_day(tx, "2026-07-02T08:00");
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_OPEN), 2); /* the weeks from 15 and 22 June */
	CHECK_INT(owed(plan, "RC-02", DUTY_OPEN), 2); /* July */
	CHECK_INT(plan->duties.n, 4);
	CHECK_DAY(plan->duties.at[0].due, "2026-06-21");
	CHECK_DAY(plan->duties.at[3].due, "2026-07-31");
	CHECK(!plan->duties.at[0].unverified);
	CHECK(plan->duties.at[3].unverified); /* the row is from a draft */
	struct str words;
	CHECK(reception_days_words(tx, plan->duties.at[0].about, LANG_VI, &words));
	CHECK_STR(words, S("Chủ tịch UBND cấp xã tiếp công dân, tuần từ 15/06/2026, ngày thứ 1"));
	CHECK(reception_days_words(tx, plan->duties.at[3].about, LANG_VI, &words));
	CHECK_STR(words, S("Chủ tịch UBND cấp xã tiếp công dân, tháng 7/2026, ngày thứ 2"));
	small_site_verify(tx);
}

TEST(a_unit_has_one_schedule_and_a_change_counts_from_the_day_after)
{
	struct tx *tx = site("2026-03-04T08:00");
	struct dossier *plan = issued(tx, "2026-03-04"), *second = NULL;
	CHECK_INT(open_plan(tx, "2026-03-04", &second), ERR_INVALID);
	struct reception_plan form = schedule(tx, "2026-03-04");
	form.posts.at[form.posts.n++] = S("Bí thư Đảng ủy");
	small_site_day(tx, "2026-03-09T08:00");
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(plan->duties.n, 1);
	small_site_done(tx, plan, &s.leader, "change", &form, "2026-03-09");
	CHECK_DAY(plan->wake_on, "2026-03-16");
	small_site_day(tx, "2026-04-01T08:00");
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_OPEN), 4); /* 9, 16, 23, 30 March */
	CHECK_INT(owed(plan, "RC-09", DUTY_OPEN), 2); /* April */
	small_site_verify(tx);
}

TEST(the_notice_hangs_five_working_days_ahead)
{
	struct tx *tx = site("2026-03-02T08:00");
	/* The day is Tuesday the 17th: the 10th is the fifth working day before it. */
	struct dossier *d = planned(tx, "head", "2026-03-17", "2026-03-02");
	CHECK_INT(d->state, RECEPTION_PLANNED);
	CHECK_DAY(small_site_duty(d, "reception.schedule")->due, "2026-03-10");
	test_now(tx, "2026-03-10T08:00");
	announce(tx, d, "head", "2026-03-17", "2026-03-10");
	CHECK_INT(small_site_duty(d, "reception.schedule")->state, DUTY_MET);
	CHECK_STR(((const struct reception *)d->data)->title,
		  S("Chủ tịch UBND cấp xã tiếp công dân ngày 17/03/2026"));
	/* Planned for another day it is owed for that one; late is late. */
	test_now(tx, "2026-03-13T08:00");
	d = planned(tx, "head", "2026-03-30", "2026-03-13");
	announce(tx, d, "head", "2026-03-18", "2026-03-13");
	CHECK_INT(small_site_duty(d, "reception.schedule")->state, DUTY_LATE);
	CHECK_DAY(small_site_duty(d, "reception.schedule")->due, "2026-03-11");
	/* What is urgent needs no notice; what is dropped owes none. */
	d = planned(tx, "urgent", "2026-03-13", "2026-03-13");
	CHECK_INT(d->duties.n, 0);
	d = planned(tx, "head", "2026-04-21", "2026-03-13");
	small_site_done(tx, d, &s.clerk, "drop", NULL, "2026-03-13");
	CHECK_INT(small_site_duty(d, "reception.schedule")->state, DUTY_EXCUSED);
	small_site_verify(tx);
}

TEST(a_day_held_in_person_meets_what_is_owed_and_a_proxys_does_not)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *plan = issued(tx, "2026-03-06");
	struct dossier *d = planned(tx, "head", "2026-03-10", "2026-03-06");
	announce(tx, d, "head", "2026-03-10", "2026-03-06");
	CHECK_INT(hold(tx, d, "in_person", "2026-03-06"), ERR_INVALID); /* it has not come yet */
	test_now(tx, "2026-03-11T08:00");
	CHECK_INT(hold(tx, d, "in_person", "2026-03-11"), OK);
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_MET), 1);
	CHECK_DAY(plan->duties.at[0].met, "2026-03-10");
	small_site_day(tx, "2026-03-17T08:00");
	d = planned(tx, "head", "2026-03-17", "2026-03-17");
	announce(tx, d, "head", "2026-03-17", "2026-03-17");
	CHECK_INT(hold(tx, d, "proxy", "2026-03-17"), OK);
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_OPEN), 1);
	CHECK_INT(figure(tx, "reception.held.in_person"), 1);
	CHECK_INT(figure(tx, "reception.held.proxy"), 1);
	small_site_verify(tx);
}

static struct reception online(struct tx *tx, const char *way, const char *day)
{
	struct reception form = session(tx, way, day);
	form.online = true;
	return form;
}

static void try_out(struct tx *tx, struct dossier *d, const char *on)
{
	void *form = form_of(tx, "test");
	put("test", form, "tested", S("Hình, tiếng và ghi hình ở hai điểm đều tốt"));
	small_site_done(tx, d, &s.clerk, "test", form, on);
}

/* Decree 154/2026 art. 23.1, TL-057 and TL-058: each on its last day and a day late. */
TEST(what_is_held_online_is_announced_five_working_days_and_tried_out_one_ahead)
{
	static const struct {
		const char *rule, *row, *due;
		int days;
	} rows[] = {
		/* The day is Tuesday 18 August 2026. */
		{ "reception.online_notice", "TL-057", "2026-08-11", 5 },
		{ "reception.online_test", "TL-058", "2026-08-17", 1 },
	};
	struct tx *tx = site("2026-08-03T08:00");
	for (int late = 0; late < 2; late++) {
		struct dossier *d = NULL;
		struct reception form = online(tx, "head", "2026-08-18");
		test_now(tx, "2026-08-03T08:00");
		CHECK_INT(open_session(tx, form, "2026-08-03", &d), OK);
		for (size_t i = 0; i < LENGTH(rows); i++) {
			const struct time_limit *row = law_rule(
				tx->office->law, str_of(rows[i].rule), test_date("2026-08-18"));
			CHECK(row);
			CHECK_STR(row->code, str_of(rows[i].row));
			CHECK_INT(row->days, rows[i].days);
			CHECK_STR(date_iso(tx->mem, small_site_duty(d, rows[i].rule)->due),
				  str_of(rows[i].due));
		}
		test_now(tx, "2026-08-18T08:00");
		small_site_done(tx, d, &s.clerk, "announce", &form,
				late ? "2026-08-12" : "2026-08-11");
		try_out(tx, d, late ? "2026-08-18" : "2026-08-17");
		for (size_t i = 0; i < LENGTH(rows); i++)
			CHECK_INT(small_site_duty(d, rows[i].rule)->state,
				  late ? DUTY_LATE : DUTY_MET);
	}
	small_site_verify(tx);
}

TEST(put_off_it_is_tried_out_again_and_held_without_is_too_late)
{
	struct tx *tx = site("2026-08-03T08:00");
	struct reception form = online(tx, "head", "2026-08-18");
	struct dossier *d = NULL, *plain = planned(tx, "head", "2026-08-18", "2026-08-03");
	void *test = form_of(tx, "test");
	CHECK_INT(open_session(tx, form, "2026-08-03", &d), OK);
	small_site_done(tx, d, &s.clerk, "announce", &form, "2026-08-03");
	try_out(tx, d, "2026-08-03");
	CHECK_INT(postpone(tx, d, "2026-08-25", "2026-08-03"), OK);
	CHECK_INT(small_site_duty(d, "reception.online_test")->state, DUTY_OPEN);
	CHECK_DAY(small_site_duty(d, "reception.online_test")->due, "2026-08-24");
	test_now(tx, "2026-08-25T14:00");
	CHECK_INT(hold(tx, d, "in_person", "2026-08-25"), OK);
	CHECK_INT(small_site_duty(d, "reception.online_test")->state, DUTY_LATE);
	/* What is not held online has nothing to be tried out. */
	put("test", test, "tested", S("Hình, tiếng và ghi hình đều tốt"));
	CHECK_INT(small_site_take(tx, plain, &s.clerk, "test", test, "2026-08-25", NULL),
		  ERR_CONFLICT);
	small_site_verify(tx);
}

/* Recorded by mistake: what holding it ended without doing is owed again, and who is to receive is who was
 * announced. */
TEST(a_day_not_held_after_all_is_still_to_be_tried_out_by_whom_it_was_announced_for)
{
	struct tx *tx = site("2026-08-03T08:00");
	struct reception form = online(tx, "head", "2026-08-18");
	struct dossier *d = NULL;
	void *held = form_of(tx, "hold"), *mistake = form_of(tx, "unhold");
	form.who = S("Trần Thị Mẫu");
	CHECK_INT(open_session(tx, form, "2026-08-03", &d), OK);
	small_site_done(tx, d, &s.clerk, "announce", &form, "2026-08-03");
	test_now(tx, "2026-08-18T14:00");
	put("hold", held, "by", S("proxy"));
	put("hold", held, "who", S("Lê Văn Thay"));
	small_site_done(tx, d, &s.clerk, "hold", held, "2026-08-18");
	CHECK_STR(((const struct reception *)d->data)->who, S("Lê Văn Thay"));
	CHECK_INT(small_site_duty(d, "reception.online_test")->state, DUTY_LATE);
	put("unhold", mistake, "reason", S("Cán bộ ghi nhầm buổi"));
	small_site_done(tx, d, &s.leader, "unhold", mistake, "2026-08-18");
	CHECK_STR(((const struct reception *)d->data)->who, S("Trần Thị Mẫu"));
	CHECK_INT(small_site_duty(d, "reception.online_test")->state, DUTY_OPEN);
	small_site_verify(tx);
	/* Tried out, it stays so. */
	try_out(tx, d, "2026-08-18");
	small_site_done(tx, d, &s.clerk, "hold", held, "2026-08-18");
	small_site_done(tx, d, &s.leader, "unhold", mistake, "2026-08-18");
	CHECK_INT(small_site_duty(d, "reception.online_test")->state, DUTY_LATE);
	small_site_verify(tx);
}

TEST(a_reception_is_over_when_its_hours_are_by_the_clock_of_vietnam)
{
	struct tx *tx = site("2026-03-12T08:00");
	struct reception form = session(tx, "head", "2026-03-12");
	form.opens = S("07:30");
	form.closes = S("11:00");
	CHECK(!reception_is_over(&form, date_instant(test_date("2026-03-11"), 23 * 60)));
	CHECK(!reception_is_over(&form, date_instant(test_date("2026-03-12"), 11 * 60 - 1)));
	CHECK(reception_is_over(&form, date_instant(test_date("2026-03-12"), 11 * 60)));
	CHECK(reception_is_over(&form, date_instant(test_date("2026-03-13"), 0)));
}

/* Recorded by mistake: taken out of the figures and owed again, with a reason that everybody reads. */
TEST(a_day_that_was_not_held_is_corrected_and_owed_again)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *plan = issued(tx, "2026-03-06");
	struct dossier *d = planned(tx, "head", "2026-03-10", "2026-03-06");
	announce(tx, d, "head", "2026-03-10", "2026-03-06");
	test_now(tx, "2026-03-11T08:00");
	CHECK_INT(hold(tx, d, "in_person", "2026-03-11"), OK);
	void *form = form_of(tx, "unhold");
	CHECK_INT(small_site_take(tx, d, &s.leader, "unhold", form, "2026-03-11", NULL),
		  ERR_INVALID); /* no reason */
	put("unhold", form, "reason", S("Chủ tịch đi họp ở tỉnh, cán bộ ghi nhầm buổi"));
	CHECK_INT(small_site_take(tx, d, &s.clerk, "unhold", form, "2026-03-11", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.leader, "unhold", form, "2026-03-11");
	CHECK_INT(d->state, RECEPTION_ANNOUNCED);
	CHECK_INT(figure(tx, "reception.held.in_person"), 0);
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_MET), 0);
	CHECK_INT(owed(plan, "RC-01", DUTY_OPEN), 1);
	small_site_verify(tx);
	/* Recorded rightly, it is counted for whom it was; a second mistake is corrected as the first. */
	CHECK_INT(hold(tx, d, "in_person", "2026-03-11"), OK);
	small_site_done(tx, d, &s.leader, "unhold", form, "2026-03-11");
	CHECK_INT(hold(tx, d, "proxy", "2026-03-11"), OK);
	small_site_done(tx, d, &s.leader, "unhold", form, "2026-03-11");
	CHECK_INT(hold(tx, d, "proxy", "2026-03-11"), OK);
	CHECK_INT(figure(tx, "reception.held.in_person"), 0);
	CHECK_INT(figure(tx, "reception.held.proxy"), 1);
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_OPEN), 1);
	small_site_verify(tx);
}

/* Art. 24.4: for good reason, with a notice. The day is late for the week it was announced for. */
TEST(a_day_postponed_answers_late_for_its_own_week)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *plan = issued(tx, "2026-03-06");
	struct dossier *d = planned(tx, "head", "2026-03-12", "2026-03-06");
	announce(tx, d, "head", "2026-03-12", "2026-03-06");
	CHECK_INT(postpone(tx, d, "2026-03-12", "2026-03-11"), ERR_INVALID);
	CHECK_INT(postpone(tx, d, "2026-03-17", "2026-03-06"), OK);
	CHECK_DAY(((const struct reception *)d->data)->day, "2026-03-17");
	CHECK_STR(((const struct reception *)d->data)->title,
		  S("Chủ tịch UBND cấp xã tiếp công dân ngày 17/03/2026"));
	small_site_day(tx, "2026-03-16T08:00");
	/* Its new week has a day of its own, held before. */
	struct dossier *own = planned(tx, "head", "2026-03-16", "2026-03-16");
	announce(tx, own, "head", "2026-03-16", "2026-03-16");
	CHECK_INT(hold(tx, own, "in_person", "2026-03-16"), OK);
	test_now(tx, "2026-03-17T08:00");
	CHECK_INT(hold(tx, d, "in_person", "2026-03-17"), OK);
	CHECK_INT(dossier_load(tx, plan->id, &plan), OK);
	CHECK_INT(owed(plan, "RC-01", DUTY_MET), 1);
	CHECK_INT(owed(plan, "RC-01", DUTY_LATE), 1);
	small_site_verify(tx);
}

TEST(hours_are_hours_and_slots_lie_within_them)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct dossier *d = NULL;
	struct reception form = session(tx, "head", "2026-03-12");
	form.opens = S("7:30");
	form.closes = S("9:00");
	struct strs slots = reception_slots(tx->mem, &form);
	CHECK_INT(slots.n, 3);
	CHECK_STR(slots.at[2], S("08:30"));
	form.every = S("0");
	CHECK_INT(reception_slots(tx->mem, &form).n, 0);
	CHECK_INT(open_session(tx, form, "2026-03-06", &d), OK);
	CHECK_STR(((const struct reception *)d->data)->opens, S("07:30"));
	form.closes = S("07:30");
	CHECK_INT(open_session(tx, form, "2026-03-06", &d), ERR_INVALID);
	form.closes = S("24:00");
	CHECK_INT(open_session(tx, form, "2026-03-06", &d), ERR_INVALID);
	form.closes = S("sáng");
	CHECK_INT(open_session(tx, form, "2026-03-06", &d), ERR_INVALID);
}

TEST(what_comes_at_a_unit_stands_by_its_day)
{
	struct tx *tx = site("2026-03-06T08:00");
	struct receptions all;
	static const char *const days[] = { "2026-03-20", "2026-03-12", "2026-03-16" };
	for (size_t i = 0; i < LENGTH(days); i++) {
		struct dossier *d = planned(tx, "head", days[i], "2026-03-06");
		announce(tx, d, "head", days[i], "2026-03-06");
	}
	planned(tx, "head", "2026-03-13", "2026-03-06"); /* not announced */
	CHECK_INT(reception_coming(tx, SMALL_COMMUNE, 2, &all), OK);
	CHECK_INT(all.n, 2);
	CHECK_DAY(((const struct reception *)all.at[0]->data)->day, "2026-03-12");
	test_now(tx, "2026-03-17T08:00");
	CHECK_INT(reception_coming(tx, SMALL_COMMUNE, 9, &all), OK);
	CHECK_INT(all.n, 1);
	CHECK_INT(reception_coming(tx, SMALL_NEIGHBOUR, 9, &all), OK);
	CHECK_INT(all.n, 0);
}
