/* Cases counted by hand on a wall calendar, each with its reason. Where a rule is named (and not a
 * row), the row in force on the day is chosen first. Counting itself: Civil Code 91/2015/QH13 art.
 * 147.2 (the day of the event is not counted), 148.5 (a last day off moves), 148.6 (until 24:00). */
#include "law/due.h"
#include "tests/test.h"

static const struct {
	const char *rule, *from, *due;
} cases[] = {
	/* Law 10/2022 art. 12.3, 5 working days: Thu 28, Fri 29 December; Sat, Sun, and Mon 1
	 * January are off; Tue 2, Wed 3, Thu 4. */
	{ "disclosure.commune.publish", "2023-12-27", "2024-01-04" },

	/* Tết 2020: off from Thu 23 to Wed 29 January. Law 42/2013 art. 28.1, 10 working days: Tue
	 * 21, Wed 22, Thu 30, Fri 31, then 3 to 7 February, Mon 10. */
	{ "reception.intake_answer", "2020-01-20", "2020-02-10" },
	/* Law 02/2011 art. 27, 10 days: Sat 25 January is Tết, so Thu 30. */
	{ "TL-061", "2020-01-15", "2020-01-30" },
	/* Ordinance 34/2007, 2 days: Thu 23 January is Tết, so Thu 30. */
	{ "disclosure.commune.publish", "2020-01-21", "2020-01-30" },
	/* Tết 2021: Wed 10 to Tue 16 February. Law 02/2011 art. 32, 3 working days: Tue 9, Wed 17,
	 * Thu 18. */
	{ "complaint.send", "2021-02-08", "2021-02-18" },
	/* Tết 2022: Mon 31 January to Fri 4 February. Law 104/2016 art. 18.4, 5 working days: Fri
	 * 28, Mon 7 to Thu 10. */
	{ "information.publish", "2022-01-27", "2022-02-10" },
	/* Tết 2023: Fri 20 to Thu 26 January. Decree 04/2015 art. 8, 3 working days: Thu 19, Fri
	 * 27, Mon 30. */
	{ "disclosure.agency.publish", "2023-01-18", "2023-01-30" },
	/* Tết 2024: Thu 8 to Wed 14 February. Law 10/2022 art. 12.3: Wed 7, Thu 15, Fri 16, Mon
	 * 19, Tue 20. */
	{ "disclosure.commune.publish", "2024-02-06", "2024-02-20" },
	/* Tết 2025: Mon 27 to Fri 31 January. Law 10/2022 art. 40.1.c, 15 days: Tue 28 is Tết, so
	 * Mon 3 February. */
	{ "pib.commune.answer", "2025-01-13", "2025-02-03" },
	/* Tết 2026: Mon 16 to Fri 20 February. Law 25/2018 art. 24.1, 7 working days: Thu 12, Fri
	 * 13, Mon 23 to Fri 27. */
	{ "denunciation.check", "2026-02-11", "2026-02-27" },

	/* Sat 4 May 2024 was worked for Mon 29 April: Thu 2, Fri 3, Sat 4, Mon 6, Tue 7. */
	{ "disclosure.commune.publish", "2024-04-26", "2024-05-07" },
	/* 10 days end on that Saturday, and it is worked: nothing moves. */
	{ "TL-061", "2024-04-24", "2024-05-04" },
	/* Sat 26 April 2025 was worked for Fri 2 May. Law 10/2022 art. 20.3, 5 working days: Thu
	 * 24, Fri 25, Sat 26, Mon 28, Tue 29. */
	{ "village_decision.send", "2025-04-23", "2025-04-29" },
	/* Law 35/2013 art. 20.2, 3 days: Fri 2 May is off, so Mon 5. */
	{ "mediation.start", "2025-04-29", "2025-05-05" },
	/* Sat 10 January 2026 was worked for Fri 2: Tue 6 to Fri 9, Sat 10. */
	{ "disclosure.agency.publish", "2026-01-05", "2026-01-10" },
	/* Tue 30, Wed 31 December; Thu 1 and Fri 2 January off; Mon 5, Tue 6, Wed 7. */
	{ "disclosure.commune.publish", "2025-12-29", "2026-01-07" },
	/* Sat 22 August 2026 is worked for Mon 31. Decree 155/2026 art. 16.1, 7 working days: Fri
	 * 21, Sat 22, Mon 24 to Fri 28. */
	{ "complaint.accept", "2026-08-20", "2026-08-28" },
	/* Off from Sat 29 August to Wed 2 September. Decree 154/2026 art. 4.3, 3 working days: Thu
	 * 3, Fri 4, Mon 7. */
	{ "reception.refusal", "2026-08-28", "2026-09-07" },

	/* 2 September 2020, one day, a Wednesday: Tue 1, Thu 3, Fri 4. */
	{ "complaint.send", "2020-08-31", "2020-09-04" },
	/* From 2021 two days (Labour Code 45/2019 art. 112): Thu 2, Fri 3 off. Wed 1, Mon 6 to Thu
	 * 9. */
	{ "information.publish", "2021-08-31", "2021-09-09" },
	/* 2023: Fri 1, Sat 2, and Mon 4 for the Saturday. Thu 31, Tue 5 to Fri 8. */
	{ "disclosure.commune.publish", "2023-08-30", "2023-09-08" },
	/* 2024: Mon 2 and Tue 3. Law 02/2011 art. 41.1, 7 days: Mon 2, so Wed 4. */
	{ "complaint.second.send", "2024-08-26", "2024-09-04" },
	/* 2025: Mon 1 and Tue 2. Law 25/2018 art. 29.3: Fri 29, Wed 3, Thu 4, Fri 5, Mon 8. */
	{ "denunciation.notify", "2025-08-28", "2025-09-08" },

	/* Year ends. Mon 2 January 2023 is off for Sunday the first: Fri 30, Tue 3 to Fri 6. */
	{ "information.publish", "2022-12-29", "2023-01-06" },
	/* Law 02/2011 art. 28, 30 days: Sat 1 January 2022; Mon 3 is off for it; so Tue 4. */
	{ "complaint.resolve", "2021-12-02", "2022-01-04" },

	/* Hùng Kings: Sun 10 April 2022, Mon 11 off for it, so Tue 12. */
	{ "TL-061", "2022-03-31", "2022-04-12" },
	/* Five days at once in 2023: Sat 29 April to Wed 3 May, so Thu 4. */
	{ "TL-061", "2023-04-19", "2023-05-04" },
	/* Sun 26 April 2026, Mon 27 off for it, so Tue 28. */
	{ "pib.commune.answer", "2026-04-11", "2026-04-28" },

	/* 1 July 2023: the ordinance's 2 days (Sun 2 July, so Mon 3) become the law's 5 working
	 * days (Mon 3 to Fri 7), and the decree's 3 working days (Mon 3 to Wed 5) do, too. */
	{ "disclosure.commune.publish", "2023-06-30", "2023-07-03" },
	{ "disclosure.commune.publish", "2023-07-01", "2023-07-07" },
	{ "disclosure.agency.publish", "2023-06-30", "2023-07-05" },
	{ "disclosure.agency.publish", "2023-07-01", "2023-07-07" },
	/* 1 July 2026: 10 days (Fri 10 July) become 7 working days (Thu 2, Fri 3, Mon 6 to Fri
	 * 10), by decree 155/2026 art. 16.1, for both instances. */
	{ "complaint.accept", "2026-06-30", "2026-07-10" },
	{ "complaint.accept", "2026-07-01", "2026-07-10" },
	{ "complaint.second.accept", "2026-07-02", "2026-07-13" },

	/* Ordinance 34/2007, 2 days: Sat 26 December, so Mon 28. */
	{ "disclosure.commune.publish", "2020-12-24", "2020-12-28" },
	/* Received Mon 28 December: the first of January and two weekend days are skipped. */
	{ "reception.intake_answer", "2020-12-28", "2021-01-12" },
	/* Posted on 25 December for 30 whole days after it: the end of Sun 24 January, unmoved. */
	{ "disclosure.commune.posting", "2020-12-25", "2021-01-24" },
	/* Law 10/2022 art. 28.2, at least 20 days: Sat 20 January 2024 stays. */
	{ "opinion.commune.period", "2023-12-31", "2024-01-20" },

	/* Decree 59/2023 art. 3.3, 2 days before a meeting on Sunday 18 February: Fri 16. */
	{ "village_meeting.notice", "2024-02-18", "2024-02-16" },
	/* Law 42/2013 art. 24.4, 5 working days before Fri 16 February: Thu 15, over Tết, Wed 7,
	 * Tue 6, Mon 5, Fri 2. */
	{ "reception.schedule", "2024-02-16", "2024-02-02" },
	/* Decree 59/2023 art. 11.1.c, 5 days before: New Year's Day, and it stays there. */
	{ "village_conference.summons", "2024-01-06", "2024-01-01" },
	/* Law 10/2022 art. 45.1.b, 45 days before 1 April: 31 to 1 March, 14 more to 16 February. */
	{ "cisb.notice", "2024-04-01", "2024-02-16" },

	/* Law 10/2022 art. 16.3, 3 months: February has no 30th, so its last day, Thu 29. */
	{ "initiative.consent_life", "2023-11-30", "2024-02-29" },
	/* Law 10/2022 art. 69.1, 3 months: Sun 31 March, so Mon 1 April. */
	{ "conference.enterprise.yearly", "2023-12-31", "2024-04-01" },
	/* Decree 185/2026 art. 4.2, 6 months: Sun 28 February 2027, so Mon 1 March. */
	{ "village_head_vacancy.interim", "2026-08-31", "2027-03-01" },
	/* Labour Code 10/2012 art. 65, every 3 months. */
	{ "dialogue.workplace.periodic", "2020-01-31", "2020-04-30" },
	/* Decree 145/2020 art. 38.3, every 2 years. */
	{ "dialogue.workplace.delegates", "2024-02-29", "2026-02-28" },
	/* Law 10/2022 art. 13.2: the quarter's last day, though a Sunday. */
	{ "disclosure.commune.quarterly_list", "2024-02-29", "2024-03-31" },
	/* Law 10/2022 art. 52.3. */
	{ "conference.agency.review", "2024-06-30", "2024-06-30" },
	{ "conference.agency.review", "2024-07-01", "2024-12-31" },
	/* Joint resolution 403/2017 art. 3.3: in the fourth quarter. */
	{ "front_supervision.yearly_plan", "2024-02-01", "2024-12-31" },
	/* Law 02/2011 art. 44.1: final after 30 days, National Day or not. */
	{ "complaint.final", "2024-08-03", "2024-09-02" },
	/* Decree 61/2023 art. 16.3, before 30 November: Fri 29; next year Sat 29, so Mon 1. */
	{ "convention.province_report", "2024-01-15", "2024-11-29" },
	{ "convention.province_report", "2024-11-29", "2024-11-29" },
	{ "convention.province_report", "2024-11-30", "2025-12-01" },
	{ "convention.province_report", "2025-12-01", "2025-12-01" },

	/* No number is set (Law 75/2015 art. 29.6), or it is a rule about counting. */
	{ "front_supervision.answer", "2024-01-15", "" },
	{ "count.first_day", "2024-01-15", "" },
};

static const struct law *law(void)
{
	const struct law *l;
	struct str why;
	if (law_builtin(test_arena(), &l, &why))
		FAIL("%.*s", STR_ARG(why));
	return l;
}

TEST(due_dates_agree_with_a_wall_calendar)
{
	const struct law *l = law();
	const struct calendar *c = calendar_of_law(test_arena(), l);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct date from = test_date(cases[i].from);
		const struct time_limit *row = law_rule(l, str_of(cases[i].rule), from);
		struct due due;
		if (!row)
			FAIL("%s is not in force on %s", cases[i].rule, cases[i].from);
		CHECK(due_compute(test_arena(), c, row, from, &due) == (*cases[i].due != 0));
		struct str is = date_iso(test_arena(), due.due);
		if (!str_eq(is, str_of(cases[i].due)))
			FAIL("%s from %s: %.*s instead of %s", cases[i].rule, cases[i].from,
			     STR_ARG(is), cases[i].due);
	}
}

static struct str trace_line(const struct due *due)
{
	struct buf b = { .a = test_arena() };
	for (size_t i = 0; i < due->trace.n; i++) {
		const struct due_day *d = &due->trace.at[i];
		struct ymd c = date_ymd(d->date);
		buf_printf(&b, "%s%d:%d", i ? " " : "", c.day, d->counted);
		if (d->why.len)
			buf_printf(&b, "(%.*s)", STR_ARG(d->why));
	}
	return buf_str(&b);
}

TEST(every_day_counted_or_skipped_is_in_the_trace)
{
	const struct law *l = law();
	const struct calendar *c = calendar_of_law(test_arena(), l);
	struct due due;
	CHECK(due_compute(test_arena(), c, law_limit(l, S("TL-001")), test_date("2023-12-27"),
			  &due));
	CHECK_STR(trace_line(&due), S("28:1 29:2 30:0(cuối tuần) 31:0(cuối tuần) "
				      "1:0(Tết Dương lịch) 2:3 3:4 4:5"));
	CHECK(!due.moved && !due.unverified && !due.days_unverified && !due.year_unknown);
	CHECK(due_compute(test_arena(), c, law_limit(l, S("TL-009")), test_date("2020-12-24"),
			  &due));
	CHECK_STR(trace_line(&due), S("25:1 26:2(cuối tuần) 27:0(cuối tuần) "
				      "28:0(ngày làm việc tiếp theo)"));
	CHECK(due.moved && due.unverified);
	CHECK(due_compute(test_arena(), c, law_limit(l, S("TL-001")), test_date("2024-04-26"),
			  &due));
	CHECK(str_has(trace_line(&due), S("29:0(Hoán đổi: nghỉ)")));
	CHECK(str_has(trace_line(&due), S("4:3(Hoán đổi: làm bù)")));
	CHECK(!due.unverified && due.days_unverified);
	CHECK(due_compute(test_arena(), c, law_limit(l, S("TL-019")), test_date("2023-11-30"),
			  &due));
	CHECK_STR(trace_line(&due), S("30:1 30:2 29:3"));
	CHECK(due_compute(NULL, c, law_limit(l, S("TL-001")), test_date("2023-12-27"), &due));
	CHECK_INT((int64_t)due.trace.n, 0);
	CHECK(date_cmp(due.due, test_date("2024-01-04")) == 0);
}

TEST(an_extension_is_the_same_rule_with_another_number)
{
	const struct law *l = law();
	const struct calendar *c = calendar_of_law(test_arena(), l);
	struct due due;
	/* Law 02/2011 art. 28: complex cases 45 days; 30 January 2024 plus 45 is Fri 15 March. */
	CHECK(due_compute_number(test_arena(), c, law_limit(l, S("TL-063")), 45,
				 test_date("2024-01-30"), &due));
	CHECK(date_cmp(due.due, test_date("2024-03-15")) == 0);
	CHECK_STR(due.row->code, S("TL-063"));
	CHECK(due_compute_days(test_arena(), c, LIMIT_WORKING, LIMIT_MAX, 1,
			       test_date("2024-02-07"), &due));
	CHECK(date_cmp(due.due, test_date("2024-02-15")) == 0);
	CHECK(!due.row);
	CHECK(!due_compute_days(test_arena(), c, LIMIT_WORKING, LIMIT_MAX, 0,
				test_date("2024-02-07"), &due));
	CHECK(!due_compute_days(test_arena(), c, LIMIT_FIXED_DATE, LIMIT_MAX, 0,
				test_date("2024-02-07"), &due));
}

TEST(working_days_left_and_overdue)
{
	const struct calendar *c = calendar_of_law(test_arena(), law());
	struct date due = test_date("2024-01-04"); /* a Thursday */
	CHECK_INT(due_working_days_between(c, test_date("2023-12-29"), due), 3);
	CHECK_INT(due_working_days_between(c, test_date("2024-01-01"), due), 3);
	CHECK_INT(due_working_days_between(c, due, due), 0);
	CHECK_INT(due_working_days_between(c, due, test_date("2024-01-05")), 1);
	CHECK_INT(due_working_days_between(c, due, test_date("2024-01-07")), 1);
	CHECK_INT(due_working_days_between(c, due, test_date("2024-01-08")), 2);
	CHECK_INT(due_working_days_between(c, test_date("2024-01-08"), due), -2);
}
