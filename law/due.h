/* When something is due, and how that was counted, day by day.
 *
 * The semantics (Civil Code 91/2015/QH13, arts. 147-148; data/law/README.md, "Days"):
 *  - The day of the event is not counted. The term ends at 24:00 of its last day: `due` is that day.
 *  - working: only days that are worked count; so the last one is worked by itself.
 *  - calendar: every day counts. Only with `max` a last day on a day off moves to the next day that
 *    is worked.
 *  - calendar_consecutive: as calendar, an unbroken run; it never moves. What is posted on
 *    25/12/2020 for 30 days hangs through the end of 24/01/2021: thirty whole days after the day of
 *    posting, which is not counted.
 *  - months, years: the same day number, or the month's last day. With `max` it then moves.
 *  - min, after: counted as above and never moved.
 *  - before: counted backwards from the event, the day before it being the first; never moved. `due`
 *    is the last day on which it is still in time.
 *  - periodic: by quarter, half-year or year: the last day of the period that holds `from`; a fourth
 *    quarter: 31 December of that year; by months or years: so many after `from`. Never moved.
 *  - fixed_date ("before 30 November each year"): the day before the named one, the first such that
 *    is not earlier than `from`; with `max` it moves.
 *  - none_set, rule: there is no due date. */
#pragma once

#include "law/calendar.h"

enum due_reason {
	DUE_COUNTED,      /* day, month or year number `counted` */
	DUE_SWAPPED,      /* counted: a weekend day that is worked */
	DUE_LAST_DAY_OFF, /* counted as the last one, but a day off: the term moves on */
	DUE_SKIPPED,      /* not counted: a day off */
	DUE_MOVED_HERE,   /* not counted: the next day that is worked, where the term ends */
	DUE_PERIOD_END,   /* not counted: the last day of the period */
	DUE_NAMED,        /* not counted: the day the text itself names */
};

struct due_day {
	struct date date;
	int counted; /* its number, from 1; 0 when it is not counted */
	enum due_reason reason;
	const struct calendar_day *day; /* the holiday or swapped day, or NULL */
	struct str why; /* for the record, in Vietnamese: the day's name, "cuối tuần"; or empty */
};

struct due {
	struct date from;
	struct date due; /* NO_DATE: no limit is set */
	enum limit_kind kind;
	enum limit_direction direction;
	int days;
	const struct time_limit *row; /* NULL when the days were given */
	struct {
		const struct due_day *at;
		size_t n;
	} trace;              /* in counting order; for months and years one row each */
	bool moved;           /* the last day was a day off */
	bool unverified;      /* the rule is: warn, never block */
	bool days_unverified; /* a holiday that mattered is */
	bool year_unknown;    /* a day was judged in a year whose holidays are not known */
};

/* True when there is a due date. Whether the row was in force on `from` is the caller's question
 * (law_rule). With `a` NULL no trace is kept. */
bool due_compute(struct arena *a, const struct calendar *c, const struct time_limit *row,
		 struct date from, struct due *out);
/* The row's own kind and direction with another number: an extension, "complex: 45". */
bool due_compute_number(struct arena *a, const struct calendar *c, const struct time_limit *row,
			int days, struct date from, struct due *out);
/* Without a row: days a person, a plan or another table gives. `days` is 0 for the kinds without a
 * number; LIMIT_FIXED_DATE is not possible here and gives no date. */
bool due_compute_days(struct arena *a, const struct calendar *c, enum limit_kind kind,
		      enum limit_direction direction, int days, struct date from, struct due *out);

/* Days worked after `a` up to and including `b`; negative when b is earlier, 0 when neither. For
 * "còn n ngày làm việc" (a today, b the due date) and "quá hạn n" (a the due date, b today); a due
 * date of Friday is overdue by 0 days on the Sunday after. */
int due_working_days_between(const struct calendar *c, struct date a, struct date b);
