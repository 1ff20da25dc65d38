/* Which days are worked: Monday to Friday, minus days off, plus Saturdays that were swapped.
 *
 * A calendar never changes. An administrator who adds a holiday makes another one; whoever computed
 * with the old one can be asked again with the new one, and the difference is shown. */
#pragma once

#include "law/law.h"

struct calendar_day {
	struct date date;
	struct str name_vi, name_en;
	enum day_kind kind;
	bool off;
	bool unverified;            /* recalled from memory, or a policy not yet enacted */
	struct instant recorded_at; /* 0 for the days of the law's own table */
};

struct calendar;

/* Of the law's table alone; lives as long as the arena and the law. */
const struct calendar *calendar_of_law(struct arena *a, const struct law *l);

/* `base` plus days added by administrators. Of several for one date the one recorded last holds, and
 * any of them over the table's (so an enacted 24 November replaces the row that is only a policy; a
 * day kept with off == false and kind DAY_UNVERIFIED withdraws a holiday). Texts are copied.
 * ERR_INVALID, with `why`: a date not set, a name empty, `off` at odds with the kind, or a
 * DAY_SWAP_WORK that falls on a weekday. */
MUST_USE enum err calendar_with(struct arena *a, const struct calendar *base,
				const struct calendar_day *added, size_t n,
				const struct calendar **out, struct str *why);

enum day_reason {
	DAY_ORDINARY, /* Monday to Friday */
	DAY_WEEKEND,
	DAY_HOLIDAY, /* `day` says which */
	DAY_SWAPPED, /* a weekend day that is worked; `day` says why */
};

struct day_why {
	enum day_reason reason;
	const struct calendar_day *day; /* the row that decided; NULL when the weekday did */
	bool year_known;                /* as calendar_year_known for that day's year */
};

/* `why` may be NULL. */
bool calendar_is_working(const struct calendar *c, struct date d, struct day_why *why);
/* How many days of [from, to] are worked; 0 when `to` is before `from`. */
int calendar_working_days(const struct calendar *c, struct date from, struct date to);
/* The day itself when it is worked, else the next one that is. */
struct date calendar_next_working(const struct calendar *c, struct date d);
/* False when the calendar has no statutory holiday in that year: its working days are guesses. */
bool calendar_year_known(const struct calendar *c, int year);
/* The rows by date, for pages. */
const struct calendar_day *calendar_days(const struct calendar *c, size_t *n);
