#include "law/calendar.h"
#include "tests/test.h"

static const struct calendar *table(void)
{
	const struct law *l;
	struct str why;
	if (law_builtin(test_arena(), &l, &why))
		FAIL("%.*s", STR_ARG(why));
	return calendar_of_law(test_arena(), l);
}

static struct calendar_day day(const char *date, enum day_kind kind, bool off, int64_t recorded)
{
	return (struct calendar_day){ test_date(date), S("Ngày thử"), S("Test day"), kind, off,
				      false,           { recorded } };
}

static bool works(const struct calendar *c, const char *date)
{
	return calendar_is_working(c, test_date(date), NULL);
}

TEST(days_are_worked_from_monday_to_friday_but_for_holidays)
{
	const struct calendar *c = table();
	struct day_why why;
	CHECK(works(c, "2024-01-05") && !works(c, "2024-01-06") && !works(c, "2024-01-07"));
	CHECK(!calendar_is_working(c, test_date("2024-01-01"), &why));
	CHECK(why.reason == DAY_HOLIDAY);
	CHECK_STR(why.day->name_vi, S("Tết Dương lịch"));
	CHECK(!calendar_is_working(c, test_date("2024-01-06"), &why));
	CHECK(why.reason == DAY_WEEKEND && !why.day);
	/* A holiday on a Saturday is named as such. */
	CHECK(!calendar_is_working(c, test_date("2021-05-01"), &why));
	CHECK(why.reason == DAY_HOLIDAY);
}

TEST(working_days_are_counted_as_one_would_on_the_fingers)
{
	const struct calendar *c = table();
	for (int i = 0; i < 500; i++) {
		struct date from = test_date("2019-06-01"), to;
		from = date_add(from, (int)(test_random() % 2800));
		to = date_add(from, (int)(test_random() % 420) - 10);
		int n = 0;
		for (struct date d = from; date_cmp(d, to) <= 0; d = date_add(d, 1))
			n += calendar_is_working(c, d, NULL);
		CHECK_INT(calendar_working_days(c, from, to), n);
	}
}

TEST(a_swapped_saturday_is_worked)
{
	const struct calendar *c = table();
	static const char *const saturdays[] = { "2024-05-04", "2025-04-26", "2026-01-10",
						 "2026-08-22" };
	static const char *const instead_of[] = { "2024-04-29", "2025-05-02", "2026-01-02",
						  "2026-08-31" };
	for (size_t i = 0; i < LENGTH(saturdays); i++) {
		struct day_why why;
		CHECK(calendar_is_working(c, test_date(saturdays[i]), &why));
		CHECK(why.reason == DAY_SWAPPED && why.day->unverified);
		CHECK(!works(c, instead_of[i]));
	}
}

TEST(a_policy_is_no_holiday)
{
	CHECK(works(table(), "2026-11-24"));
}

TEST(a_year_without_its_holidays_is_not_known)
{
	const struct calendar *c = table();
	CHECK(calendar_year_known(c, 2020) && calendar_year_known(c, 2026));
	CHECK(!calendar_year_known(c, 2019) && !calendar_year_known(c, 2027));
	struct day_why why;
	calendar_is_working(c, test_date("2027-01-01"), &why);
	CHECK(!why.year_known);
}

TEST(an_added_day_makes_another_calendar)
{
	const struct calendar *old = table(), *c;
	struct str why;
	const struct calendar_day added[] = {
		day("2026-11-24", DAY_STATUTORY, true, 5),
		day("2027-01-01", DAY_STATUTORY, true, 5),
		day("2026-11-28", DAY_SWAP_WORK, false, 5),
		day("2026-11-27", DAY_SWAP_OFF, true, 5),
	};
	CHECK(calendar_with(test_arena(), old, added, LENGTH(added), &c, &why) == OK);
	CHECK(!works(c, "2026-11-24") && works(old, "2026-11-24"));
	CHECK(works(c, "2026-11-28") && !works(c, "2026-11-27"));
	CHECK(calendar_year_known(c, 2027) && !calendar_year_known(old, 2027));
	size_t n, before;
	const struct calendar_day *days = calendar_days(c, &n);
	calendar_days(old, &before);
	CHECK_INT((int64_t)n, (int64_t)before + 3);
	for (size_t i = 1; i < n; i++)
		CHECK(date_cmp(days[i - 1].date, days[i].date) < 0);
}

TEST(what_was_recorded_last_holds)
{
	const struct calendar *c;
	struct str why;
	const struct calendar_day added[] = {
		day("2026-11-24", DAY_STATUTORY, true, 5),
		day("2026-11-24", DAY_UNVERIFIED, false, 9), /* withdrawn again */
		day("2026-11-23", DAY_UNVERIFIED, false, 5),
		day("2026-11-23", DAY_COMPENSATORY, true, 9),
	};
	CHECK(calendar_with(test_arena(), table(), added, LENGTH(added), &c, &why) == OK);
	CHECK(works(c, "2026-11-24") && !works(c, "2026-11-23"));
}

TEST(a_day_that_contradicts_itself_is_refused)
{
	const struct calendar *c;
	struct str why;
	struct calendar_day bad = day("2026-11-24", DAY_STATUTORY, false, 5);
	CHECK(calendar_with(test_arena(), table(), &bad, 1, &c, &why) == ERR_INVALID);
	CHECK_STR(why, S("2026-11-24: off or not does not go with this kind of day"));
	bad = day("2026-11-24", DAY_SWAP_WORK, false, 5);
	CHECK(calendar_with(test_arena(), table(), &bad, 1, &c, &why) == ERR_INVALID);
	CHECK_STR(why, S("2026-11-24: a swapped working day falls on a Saturday or Sunday"));
	bad = day("2026-11-24", DAY_STATUTORY, true, 5);
	bad.name_en = S("");
	CHECK(calendar_with(test_arena(), table(), &bad, 1, &c, &why) == ERR_INVALID);
	bad.date = NO_DATE;
	CHECK(calendar_with(test_arena(), table(), &bad, 1, &c, &why) == ERR_INVALID);
}

TEST(the_next_day_that_is_worked_is_found)
{
	const struct calendar *c = table();
	CHECK(date_cmp(calendar_next_working(c, test_date("2020-01-23")),
		       test_date("2020-01-30")) == 0);
	CHECK(date_cmp(calendar_next_working(c, test_date("2024-05-04")),
		       test_date("2024-05-04")) == 0);
}
