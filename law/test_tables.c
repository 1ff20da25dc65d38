/* Each test breaks one cell of the real tables and reads the complaint. */
#include "law/load.h"
#include "tests/test.h"

#include <string.h>

struct change {
	const char *file, *find, *put;
};

static bool read_changed(struct arena *a, const void *from, const char *file, struct str *bytes,
			 struct str *why)
{
	const struct change *c = from;
	struct str text = test_file(str_printf(a, "data/law/%s", file).at);
	*why = S("");
	*bytes = text;
	if (strcmp(file, c->file) != 0)
		return true;
	char *found = memmem(text.at, text.len, c->find, strlen(c->find));
	if (!found)
		FAIL("%s does not hold '%s'", file, c->find);
	struct buf b = { .a = a };
	buf_put_bytes(&b, text.at, (size_t)(found - text.at));
	buf_put(&b, str_of(c->put));
	buf_put(&b, str_from(text, (size_t)(found - text.at) + strlen(c->find)));
	*bytes = buf_str(&b);
	return true;
}

static struct str complaint(const char *file, const char *find, const char *put)
{
	const struct change c = { file, find, put };
	const struct law *l;
	struct str why = S("");
	if (law_load(test_arena(), read_changed, &c, "law", &l, &why) == OK)
		return S("nothing wrong");
	return why;
}

#define CHECK_BAD(file, find, put, should) CHECK_STR(complaint(file, find, put), S(should))

TEST(the_tables_as_they_are_have_no_fault)
{
	CHECK_BAD("time_limits.tsv", "TL-001", "TL-001", "nothing wrong");
}

TEST(a_bad_time_limit_stops_the_build)
{
	const char *f = "time_limits.tsv";
	CHECK_BAD(f, "TL-002\t", "TL-001\t",
		  "law/time_limits.tsv:3: column 'code': 'TL-001' stands on line 2 already: "
		  "give another");
	CHECK_BAD(
		f, "\t5\tworking\tmax", "\t0\tworking\tmax",
		"law/time_limits.tsv:2: column 'days': '0' must be a whole number from 1 to 3660");
	CHECK_BAD(f, "\t5\tworking\tmax", "\t\tworking\tmax",
		  "law/time_limits.tsv:2: column 'days': is empty: kind 'working' needs a number");
	CHECK_BAD(f, "\t\tquarterly\tperiodic", "\t4\tquarterly\tperiodic",
		  "law/time_limits.tsv:5: column 'days': must be empty: kind 'quarterly' has no "
		  "number");
	CHECK_BAD(f, "\t5\tworking\tmax", "\t5\tworkdays\tmax",
		  "law/time_limits.tsv:2: column 'kind': 'workdays' is not one of: working, "
		  "calendar, calendar_consecutive, months, years, fixed_date, quarterly, "
		  "half_yearly, yearly, quarter_4, none_set, rule");
	CHECK_BAD(f, "calendar_consecutive\tmin", "calendar_consecutive\tmax",
		  "law/time_limits.tsv:3: column 'direction': a run of consecutive days is a "
		  "'min'");
	CHECK_BAD(f, "2007-07-01\t2023-06-30", "2007-07-01\t2023-07-01",
		  "law/time_limits.tsv:10: is in force longer than 34/2007/PL-UBTVQH11 (LW-04 in "
		  "laws.tsv) is: mend the dates");
	CHECK_BAD(f, "2012-07-01\t2026-06-30", "2012-07-01\t2026-07-01",
		  "law/time_limits.tsv:63: column 'rule': overlaps TL-061 on line 62: end one the "
		  "day before the other begins");
	CHECK_BAD(f, "2012-07-01\t2026-06-30", "2012-07-01\t2012-06-30",
		  "law/time_limits.tsv:62: column 'valid_to': lies before the first day: mend one "
		  "of the two");
	CHECK_BAD(f, "before 30 November each year", "30 November",
		  "law/time_limits.tsv:31: column 'counted_from': a fixed date reads 'before 30 "
		  "November each year'");
	CHECK_BAD(f, "source:PD-DC\nTL-002", "source:PD-DX\nTL-002",
		  "law/time_limits.tsv:2: column 'basis': source 'PD-DX' is not in sources.tsv");
	CHECK_BAD(f, "source:PD-DC\nTL-002", "hearsay\nTL-002",
		  "law/time_limits.tsv:2: column 'basis': 'hearsay': each part is source:KEY, "
		  "memory or date computed");
	CHECK_BAD(f, "2023-07-01\t\tsource:PD-DC\nTL-002", "2023-06-31\t\tsource:PD-DC\nTL-002",
		  "law/time_limits.tsv:2: column 'valid_from': '2023-06-31' is not a date: write "
		  "YYYY-MM-DD");
}

TEST(a_bad_holiday_stops_the_build)
{
	const char *f = "holidays.tsv";
	CHECK_BAD(f, "2024-05-04\t", "2024-05-03\t",
		  "law/holidays.tsv:72: column 'date': is a weekday, worked anyway: swap_work is "
		  "for a Saturday or Sunday");
	CHECK_BAD(f, "Working Saturday\tswap_work\t0", "Working Saturday\tswap_work\t1",
		  "law/holidays.tsv:72: column 'off': must be 0 for this kind");
	CHECK_BAD(f, "2020-01-24", "2020-01-23",
		  "law/holidays.tsv:4: column 'date': is not later than the line above: keep them "
		  "sorted");
	CHECK_BAD(
		f, "2021-05-03\t", "2021-05-02\t",
		"law/holidays.tsv:25: column 'date': is a weekend day, off anyway: mend the date");
}

TEST(a_bad_matter_stops_the_build)
{
	CHECK_BAD("disclosure_matters.tsv", "WEB|NIEMYET", "WEB|NIEMIET",
		  "law/disclosure_matters.tsv:2: column 'forms': 'NIEMIET' is not in "
		  "disclosure_forms.tsv");
	CHECK_BAD("disclosure_matters.tsv", "WEB|NIEMYET", "NOIBO|NIEMYET",
		  "law/disclosure_matters.tsv:2: column 'forms': 'NOIBO' is not a form of this "
		  "regime");
	CHECK_BAD("disclosure_matters.tsv", "5\tworking\t30", "5\t\t30",
		  "law/disclosure_matters.tsv:2: column 'deadline_days': days and their kind go "
		  "together: fill both or neither");
	CHECK_BAD("decision_matters.tsv", "ge\t2\t3", "ge\t4\t3",
		  "law/decision_matters.tsv:2: column 'threshold_op': op, num and den make no "
		  "share: e.g. ge 2 3");
	CHECK_BAD("decision_matters.tsv", "HOP|PHIEU\t", "HOP|HOP\t",
		  "law/decision_matters.tsv:2: column 'forms_allowed': 'HOP' is there twice: "
		  "remove one");
	CHECK_BAD("opinion_matters.tsv", "DOITHOAI|HOP", "DOITHOAI|HOPP",
		  "law/opinion_matters.tsv:2: column 'forms': 'HOPP' is not one of: DOITHOAI, "
		  "HOP, PHIEU, HOMTHU, CTMT, WEB, MXH, DOITHOAI_DOITUONG, TRUCTIEP, HOINGHI, "
		  "CONGDOAN, DAIDIEN, GOPY");
}

TEST(the_other_tables_are_checked_as_well)
{
	CHECK_BAD("laws.tsv", "amended by LW-12", "amended by LW-99",
		  "law/laws.tsv:10: column 'replaced_or_amended_by': 'LW-99' is not the code of a "
		  "row");
	CHECK_BAD("reception_schedule.tsv", "2014-07-01\t2026-06-30", "2014-07-01\t2026-07-01",
		  "law/reception_schedule.tsv:3: column 'post': overlaps RC-01 on line 2");
	CHECK_BAD("reception_schedule.tsv", "every\tworking_day", "1\tworking_day",
		  "law/reception_schedule.tsv:8: column 'min_days': '1': per 'working_day' takes "
		  "'every'");
	CHECK_BAD("election_rules.tsv", "115\tdays_before", "115\tdays_ahead",
		  "law/election_rules.tsv:4: column 'unit': 'days_ahead' is not one of: (empty), "
		  "years, days_before, days_after, days_after_posting, days_max, days, "
		  "hours_before, clock, voters, persons_min, percent_min, fraction_min, "
		  "fraction_gt, extra_min, witnesses, fields, gt, lt, le");
	CHECK_BAD("election_rules.tsv", "115\tdays_before", "about 115\tdays_before",
		  "law/election_rules.tsv:4: column 'value': 'about 115': numbers with / - : "
		  "between them");
	CHECK_BAD("dialogue_headcount.tsv", "DH-2\t50", "DH-2\t51",
		  "law/dialogue_headcount.tsv:3: column 'workers_from': must be 50, where the "
		  "line above ends");
	CHECK_BAD("report_indicators.tsv", "count\tbcd\tannual", "count\tbcd\tyearly",
		  "law/report_indicators.tsv:2: column 'frequency': 'yearly' is not one of: "
		  "annual, quarterly, per election");
	CHECK_BAD("bodies.tsv", "\tcommune\tLuật 10", "\tvillage\tLuật 10",
		  "law/bodies.tsv:2: column 'regime': 'village' is not one of: commune, agency, "
		  "enterprise");
}

TEST(a_missing_file_is_named)
{
	const struct law *l;
	struct str why;
	CHECK(law_from_folder(test_arena(), "no/such/folder", &l, &why) == ERR_INVALID);
	CHECK_STR(why, S("no/such/folder/sources.tsv: No such file or directory"));
}
