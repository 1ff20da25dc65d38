/* What is said of a duty's day is true on days off as well, and stays true when the calendar changes. */
#include "web/timing.h"

#include "law/law.h"
#include "tests/test.h"

static const struct law *law;
static const struct calendar *calendar;

static void begin(void)
{
	struct str why;
	CHECK_INT(law_builtin(test_arena(), &law, &why), OK);
	calendar = calendar_of_law(test_arena(), law);
}

static struct date day(const char *iso)
{
	struct date d;
	CHECK(date_parse(str_of(iso), &d));
	return d;
}

TEST(nothing_is_overdue_or_late_by_zero_working_days)
{
	begin();
	struct tag t = timing_tag(test_arena(), LANG_VI, calendar, day("2021-03-05"), NO_DATE,
				  day("2021-03-06")); /* a Friday, and the Saturday after it */
	CHECK_STR(t.text, S("Quá hạn"));
	CHECK_INT(t.tone, TONE_LATE);
	t = timing_tag(test_arena(), LANG_VI, calendar, day("2021-03-05"), day("2021-03-06"),
		       day("2021-03-20"));
	CHECK_STR(t.text, S("Muộn"));
	t = timing_tag(test_arena(), LANG_VI, calendar, day("2021-03-05"), NO_DATE,
		       day("2021-03-08"));
	CHECK_STR(t.text, S("Quá hạn 1 ngày làm việc"));
}

/* It ended on Thursday 11/03; that the Monday before became a day off was decided afterwards. */
TEST(a_duty_that_has_ended_shows_the_days_as_they_were_counted)
{
	begin();
	struct str why;
	struct calendar_day off = { .date = day("2021-03-08"),
				    .name_vi = S("Nghỉ bù"),
				    .name_en = S("Nghỉ bù"),
				    .kind = DAY_STATUTORY,
				    .off = true };
	const struct calendar *now;
	CHECK_INT(calendar_with(test_arena(), calendar, &off, 1, &now, &why), OK);
	const struct time_limit *row =
		law_rule(law, S("disclosure.commune.publish"), day("2024-03-01"));
	CHECK(row != NULL);
	struct duty y = { .rule = S("disclosure.commune.publish"),
			  .row = row->code,
			  .from = day("2021-03-04"),
			  .due = day("2021-03-11"),
			  .due_before = NO_DATE,
			  .skipped = S("2021-03-06 cuối tuần|2021-03-07 cuối tuần"),
			  .state = DUTY_MET,
			  .met = day("2021-03-10") };
	struct day_count c = duty_day_count(test_arena(), LANG_VI, law, now, &y, false);
	CHECK_INT(c.days.n, 3);
	CHECK_STR(c.days.at[0].why, S("Cuối tuần, không tính"));
	CHECK(c.days.at[2].last);
	CHECK_INT(c.days.at[2].day.days, y.due.days);
	c = duty_day_count(test_arena(), LANG_VI, law, calendar, &y, false);
	CHECK_INT(c.days.n, 7);
}

TEST(a_frequency_of_the_law_is_told_by_its_period_and_row)
{
	begin();
	struct duty y = { .rule = S("reception.days"),
			  .row = S("RC-02"),
			  .from = day("2026-07-01"),
			  .due = day("2026-07-31"),
			  .due_before = NO_DATE,
			  .skipped = S(""),
			  .unverified = true,
			  .met = NO_DATE };
	struct day_count c = duty_day_count(test_arena(), LANG_VI, law, calendar, &y, false);
	CHECK(str_starts(c.rule,
			 S("Kỳ từ 01/07/2026 đến hết 31/07/2026. Căn cứ Luật 136/2025/QH15")));
	CHECK(str_ends(c.rule, S("; dòng RC-02 của bảng lịch tiếp công dân.")));
	CHECK(c.unverified);
	CHECK_INT(c.days.n, 0);
}
