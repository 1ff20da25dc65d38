/* Every rule, every day of 2020 to 2026, against a second implementation that shares nothing with
 * the first: it reads holidays.tsv as plain text, and finds days by prefix sums and scans. */
#include "law/due.h"
#include "tests/test.h"

enum { FIRST_YEAR = 2019, LAST_YEAR = 2030 };

static struct {
	int first; /* days since 1970 of 1 January of the first year */
	bool worked[5000];
	int sums[5000]; /* worked days among the first i */
} plain;

static bool worked(int day)
{
	return plain.worked[day - plain.first];
}

/* Worked days among a < d <= b. */
static int worked_between(int a, int b)
{
	return plain.sums[b - plain.first + 1] - plain.sums[a - plain.first + 1];
}

static void plain_load(void)
{
	struct str text = test_file("data/law/holidays.tsv"), line;
	plain.first = date_year_start(FIRST_YEAR).days;
	int n = date_year_start(LAST_YEAR).days - plain.first;
	CHECK(n < (int)LENGTH(plain.worked));
	for (int i = 0; i < n; i++)
		plain.worked[i] = (plain.first + i + 3) % 7 < 5; /* 1 January 1970: a Thursday */
	str_next(&text, '\n', &line);
	while (str_next(&text, '\n', &line)) {
		struct date d;
		if (!date_parse(str_cut(line, 10), &d))
			continue;
		if (str_has(line, S("\tswap_work\t0\t")))
			plain.worked[d.days - plain.first] = true;
		else if (str_has(line, S("\t1\t")))
			plain.worked[d.days - plain.first] = false;
	}
	for (int i = 0; i < n; i++)
		plain.sums[i + 1] = plain.sums[i] + plain.worked[i];
}

/* The same day number so many months on, or the first smaller one that exists. */
static int months_on(struct date from, int months)
{
	struct ymd c = date_ymd(from);
	for (; months; months--) {
		if (++c.month > 12) {
			c.month = 1;
			c.year++;
		}
	}
	struct date d;
	while (!date_make(c.year, c.month, c.day, &d))
		c.day--;
	return d.days;
}

/* The last day before a first day of one of these months. */
static int period_end(int day, int months_each)
{
	for (;; day++) {
		struct ymd next = date_ymd((struct date){ day + 1 });
		if (next.day == 1 && (next.month - 1) % months_each == 0)
			return day;
	}
}

static int moved(const struct time_limit *r, int day)
{
	while (r->direction == LIMIT_MAX && !worked(day))
		day++;
	return day;
}

/* Days since 1970, or -1 when nothing is due. */
static int plain_due(const struct time_limit *r, struct date from)
{
	int d = from.days;
	switch (r->kind) {
	case LIMIT_WORKING:
		if (r->direction == LIMIT_BEFORE) {
			while (!worked(d) || worked_between(d - 1, from.days - 1) != r->days)
				d--;
			return d;
		}
		while (worked_between(from.days, d) != r->days)
			d++;
		return d;
	case LIMIT_CALENDAR:
	case LIMIT_CONSECUTIVE:
		return r->direction == LIMIT_BEFORE ? d - r->days : moved(r, d + r->days);
	case LIMIT_MONTHS:
		return moved(r, months_on(from, r->days));
	case LIMIT_YEARS:
		return moved(r, months_on(from, 12 * r->days));
	case LIMIT_FIXED_DATE:
		for (int year = date_ymd(from).year;; year++) {
			struct date named;
			CHECK(date_make(year, 11, 30, &named));
			if (moved(r, named.days - 1) >= d)
				return moved(r, named.days - 1);
		}
	case LIMIT_QUARTERLY:
		return period_end(d, 3);
	case LIMIT_HALF_YEARLY:
		return period_end(d, 6);
	case LIMIT_YEARLY:
	case LIMIT_QUARTER_4:
		return period_end(d, 12);
	case LIMIT_NONE_SET:
	case LIMIT_RULE:
	case LIMIT_NONE:
		break;
	}
	return -1;
}

static void check_trace(const struct due *due)
{
	int counted = 0, step = due->direction == LIMIT_BEFORE ? -1 : 1;
	bool daily = due->kind <= LIMIT_CONSECUTIVE;
	for (size_t i = 0; i < due->trace.n; i++) {
		const struct due_day *d = &due->trace.at[i];
		if (d->counted)
			CHECK_INT(d->counted, ++counted);
		if (daily)
			CHECK_INT(d->date.days, due->from.days + step * ((int)i + 1));
		if (due->kind == LIMIT_WORKING)
			CHECK((d->counted > 0) == worked(d->date.days));
		CHECK((d->reason == DUE_SKIPPED || d->reason == DUE_LAST_DAY_OFF) ? d->why.len : 1);
	}
	CHECK_INT(counted, due->days);
	CHECK_INT(due->trace.at[due->trace.n - 1].date.days, due->due.days);
}

TEST(every_rule_on_every_day_agrees_with_a_second_computation)
{
	const struct law *l;
	struct str why;
	CHECK(law_builtin(test_arena(), &l, &why) == OK);
	const struct calendar *c = calendar_of_law(test_arena(), l);
	struct arena *a = arena_new(0);
	int last = test_date("2026-12-31").days;
	plain_load();
	for (size_t i = 0; i < l->limits.n; i++) {
		const struct time_limit *r = &l->limits.at[i];
		int before = INT32_MIN;
		for (struct date from = test_date("2020-01-01"); from.days <= last; from.days++) {
			struct due due;
			int should = plain_due(r, from);
			bool is = due_compute(a, c, r, from, &due);
			CHECK(is == (should >= 0));
			if (!is)
				break;
			if (due.due.days != should)
				FAIL("%.*s from %.*s: %.*s", STR_ARG(r->code),
				     STR_ARG(date_iso(a, from)), STR_ARG(date_iso(a, due.due)));
			CHECK(due.due.days >= before); /* a later event is never due earlier */
			before = due.due.days;
			if (r->direction == LIMIT_BEFORE)
				CHECK(due.due.days < from.days);
			else
				CHECK(due.due.days >= from.days);
			if (r->direction == LIMIT_MAX) {
				CHECK(worked(due.due.days));
				CHECK(due.year_unknown == (date_ymd(due.due).year > 2026));
			} else {
				CHECK(!due.moved);
			}
			CHECK(due.unverified == r->basis.unverified);
			check_trace(&due);
			if (from.days % 64 == 0)
				arena_clear(a);
		}
	}
	arena_free(a);
}

TEST(the_row_chosen_is_in_force_and_there_is_only_one)
{
	const struct law *l;
	struct str why;
	CHECK(law_builtin(test_arena(), &l, &why) == OK);
	int last = test_date("2026-12-31").days;
	for (size_t i = 0; i < l->limits.n; i++) {
		struct str rule = l->limits.at[i].rule;
		for (struct date on = test_date("2020-01-01"); on.days <= last; on.days++) {
			const struct time_limit *row = law_rule(l, rule, on);
			int holding = 0;
			for (size_t k = 0; k < l->limits.n; k++) {
				const struct time_limit *r = &l->limits.at[k];
				holding +=
					str_eq(r->rule, rule) && r->valid.from.days <= on.days &&
					(!date_is_set(r->valid.to) || on.days <= r->valid.to.days);
			}
			CHECK_INT(holding, row ? 1 : 0);
			if (row) {
				CHECK(span_holds(row->valid, on));
				continue;
			}
			struct law_gap gap = law_rule_gap(l, rule, on);
			CHECK(!gap.unknown && !gap.in_force && (gap.next || gap.previous));
			CHECK(!gap.next || gap.next->valid.from.days > on.days);
			CHECK(!gap.previous || gap.previous->valid.to.days < on.days);
		}
	}
}

TEST(days_left_and_the_due_date_agree)
{
	const struct law *l;
	struct str why;
	CHECK(law_builtin(test_arena(), &l, &why) == OK);
	const struct calendar *c = calendar_of_law(test_arena(), l);
	plain_load();
	for (int i = 0; i < 2000; i++) {
		struct date from = date_add(test_date("2020-01-01"), (int)test_below(2500));
		int days = 1 + (int)test_below(60);
		struct due due;
		CHECK(due_compute_days(NULL, c, LIMIT_WORKING, LIMIT_MAX, days, from, &due));
		CHECK_INT(due_working_days_between(c, from, due.due), days);
		CHECK_INT(due_working_days_between(c, due.due, from), -days);
	}
}
