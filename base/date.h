/* A calendar day and an instant are different things and do not mix by accident.
 * Days are counted in the proleptic Gregorian calendar; the civil time of Vietnam is UTC+7. */
#pragma once

#include "base/buf.h"

/* Days since 1970-01-01. `NO_DATE` means "not set" and is earlier than every date. */
struct date {
	int32_t days;
};

/* UTC milliseconds since 1970-01-01T00:00Z. */
struct instant {
	int64_t ms;
};

struct ymd {
	int year;  /* 1..9999 */
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

#define NO_DATE ((struct date){ INT32_MIN })
/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define NO_DATE_INIT { INT32_MIN }
/* clang-format on */

MUST_USE bool date_make(int year, int month, int day, struct date *out); /* false: no such day */
MUST_USE bool date_parse(struct str iso, struct date *out);              /* exactly YYYY-MM-DD */
/* As people type it: d/m/yyyy, dd-mm-yyyy or ISO. */
MUST_USE bool date_parse_any(struct str text, struct date *out);
struct ymd date_ymd(struct date d);
int date_weekday(struct date d); /* 0 Sunday .. 6 Saturday */
struct date date_add(struct date d, int days);
/* The same day number n months on, or the month's last day (Civil Code arts. 147-148). */
struct date date_add_months(struct date d, int months);
int date_month_days(int year, int month);
struct date date_month_end(struct date d);
struct date date_quarter_start(struct date d);
struct date date_quarter_end(struct date d);
struct date date_year_start(int year);

static inline bool date_is_set(struct date d)
{
	return d.days != INT32_MIN;
}

static inline int date_cmp(struct date a, struct date b)
{
	return (a.days > b.days) - (a.days < b.days);
}

/* "2026-11-25"; the empty text when not set. */
struct str date_iso(struct arena *a, struct date d);
void buf_put_date(struct buf *b, struct date d);

/* The day in Vietnam on which the instant falls, and minutes since its midnight. */
struct date instant_date(struct instant t);
int instant_minutes(struct instant t);
/* Midnight in Vietnam at the beginning of the day, plus minutes. */
struct instant date_instant(struct date d, int minutes);
/* "2026-11-25T10:00:00.000Z" */
struct str instant_iso(struct arena *a, struct instant t);
/* "2026-11-25T17:00:00+07:00" for machine-readable pages and feeds. */
struct str instant_local_iso(struct arena *a, struct instant t);
/* Either of the two forms above, with or without fractions; any numeric offset. */
MUST_USE bool instant_parse(struct str iso, struct instant *out);

/* The system's clock. Only main/ and web/ call this; everybody else is given the time. */
struct instant instant_now(void);
