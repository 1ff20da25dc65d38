/* Civil dates by the era arithmetic of Howard Hinnant's "chrono-Compatible Low-Level Date
 * Algorithms": branch-free, exact, and valid for every day we accept. */
#include "base/date.h"

#include <stdio.h>
#include <time.h>

enum { VIETNAM_OFFSET_MINUTES = 7 * 60, DAY_MS = 86400000 };

static int32_t days_of(int y, int m, int d)
{
	y -= m <= 2;
	int era = y / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct ymd date_ymd(struct date d)
{
	int z = d.days + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (5 * day_of_year + 2) / 153;
	int month = shifted < 10 ? shifted + 3 : shifted - 9;
	return (struct ymd){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * shifted + 2) / 5 + 1,
	};
}

int date_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

bool date_make(int year, int month, int day, struct date *out)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_month_days(year, month))
		return false;
	out->days = days_of(year, month, day);
	return true;
}

/* A run of decimal digits of a length between least and most; advances `s`. */
static bool number(struct str *s, size_t least, size_t most, int *out)
{
	size_t n = 0;
	int value = 0;
	while (n < s->len && n < most && s->at[n] >= '0' && s->at[n] <= '9')
		value = value * 10 + (s->at[n++] - '0');
	if (n < least)
		return false;
	*s = str_from(*s, n);
	*out = value;
	return true;
}

static bool sign(struct str *s, const char *any_of, char *out)
{
	for (const char *c = any_of; *c; c++) {
		if (s->len && s->at[0] == *c) {
			*s = str_from(*s, 1);
			*out = *c;
			return true;
		}
	}
	return false;
}

static bool scan_date(struct str *s, struct date *out)
{
	int y, m, d;
	char c;
	return number(s, 4, 4, &y) && sign(s, "-", &c) && number(s, 2, 2, &m) && sign(s, "-", &c) &&
	       number(s, 2, 2, &d) && date_make(y, m, d, out);
}

bool date_parse(struct str iso, struct date *out)
{
	struct date d;
	if (!scan_date(&iso, &d) || iso.len)
		return false;
	*out = d;
	return true;
}

bool date_parse_any(struct str text, struct date *out)
{
	struct str s = str_trim(text);
	int d, m, y;
	char c;
	if (date_parse(s, out))
		return true;
	return number(&s, 1, 2, &d) && sign(&s, "/-.", &c) && number(&s, 1, 2, &m) &&
	       sign(&s, "/-.", &c) && number(&s, 4, 4, &y) && !s.len && date_make(y, m, d, out);
}

int date_weekday(struct date d)
{
	int w = (d.days + 4) % 7;
	return w < 0 ? w + 7 : w;
}

struct date date_add(struct date d, int days)
{
	return (struct date){ d.days + days };
}

struct date date_add_months(struct date d, int months)
{
	struct ymd c = date_ymd(d);
	int index = c.year * 12 + c.month - 1 + months;
	int year = index / 12, month = index % 12 + 1;
	int last = date_month_days(year, month);
	return (struct date){ days_of(year, month, c.day < last ? c.day : last) };
}

struct date date_month_end(struct date d)
{
	struct ymd c = date_ymd(d);
	return (struct date){ days_of(c.year, c.month, date_month_days(c.year, c.month)) };
}

struct date date_quarter_start(struct date d)
{
	struct ymd c = date_ymd(d);
	return (struct date){ days_of(c.year, (c.month - 1) / 3 * 3 + 1, 1) };
}

struct date date_quarter_end(struct date d)
{
	return date_month_end(date_add_months(date_quarter_start(d), 2));
}

struct date date_year_start(int year)
{
	return (struct date){ days_of(year, 1, 1) };
}

/* By hand, because pages and exports write many. */
static void put_digits(char *to, int n, int value)
{
	for (; n > 0; value /= 10)
		to[--n] = (char)('0' + value % 10);
}

void buf_put_date(struct buf *b, struct date d)
{
	if (!date_is_set(d))
		return;
	struct ymd c = date_ymd(d);
	if (c.year < 0 || c.year > 9999) { /* only by arithmetic far outside what is accepted */
		buf_printf(b, "%04d-%02d-%02d", c.year, c.month, c.day);
		return;
	}
	char *to = buf_reserve(b, 10);
	put_digits(to, 4, c.year);
	to[4] = to[7] = '-';
	put_digits(to + 5, 2, c.month);
	put_digits(to + 8, 2, c.day);
	b->len += 10;
}

struct str date_iso(struct arena *a, struct date d)
{
	struct buf b = { .a = a };
	buf_put_date(&b, d);
	return buf_str(&b);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct date instant_date(struct instant t)
{
	return (struct date){ (int32_t)floor_div(t.ms + VIETNAM_OFFSET_MINUTES * 60000LL, DAY_MS) };
}

int instant_minutes(struct instant t)
{
	int64_t local = t.ms + VIETNAM_OFFSET_MINUTES * 60000LL;
	return (int)((local - floor_div(local, DAY_MS) * DAY_MS) / 60000);
}

struct instant date_instant(struct date d, int minutes)
{
	return (struct instant){ (int64_t)d.days * DAY_MS +
				 (minutes - VIETNAM_OFFSET_MINUTES) * 60000LL };
}

struct str instant_iso(struct arena *a, struct instant t)
{
	int64_t days = floor_div(t.ms, DAY_MS);
	int ms = (int)(t.ms - days * DAY_MS);
	struct buf b = { .a = a };
	char time[] = "Thh:mm:ss.mmmZ";
	put_digits(time + 1, 2, ms / 3600000);
	put_digits(time + 4, 2, ms / 60000 % 60);
	put_digits(time + 7, 2, ms / 1000 % 60);
	put_digits(time + 10, 3, ms % 1000);
	buf_put_date(&b, (struct date){ (int32_t)days });
	buf_put_bytes(&b, time, sizeof time - 1);
	return buf_str(&b);
}

struct str instant_local_iso(struct arena *a, struct instant t)
{
	struct ymd c = date_ymd(instant_date(t));
	int minutes = instant_minutes(t);
	int64_t seconds = floor_div(t.ms, 1000) - floor_div(t.ms, 60000) * 60;
	return str_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", c.year, c.month, c.day,
			  minutes / 60, minutes % 60, (int)seconds);
}

bool instant_parse(struct str s, struct instant *out)
{
	struct date d;
	int hour, minute, second, ms = 0, off_hour = 0, off_minute = 0;
	char c;
	if (!scan_date(&s, &d) || !sign(&s, "T", &c) || !number(&s, 2, 2, &hour) ||
	    !sign(&s, ":", &c) || !number(&s, 2, 2, &minute) || !sign(&s, ":", &c) ||
	    !number(&s, 2, 2, &second) || hour > 23 || minute > 59 || second > 59)
		return false;
	if (sign(&s, ".", &c) && !number(&s, 3, 3, &ms))
		return false;
	if (!sign(&s, "Z+-", &c))
		return false;
	if (c != 'Z' && (!number(&s, 2, 2, &off_hour) || !sign(&s, ":", &(char){ 0 }) ||
			 !number(&s, 2, 2, &off_minute) || off_hour > 14 || off_minute > 59))
		return false;
	if (s.len)
		return false;
	int64_t offset = (off_hour * 60 + off_minute) * (c == '-' ? -60000LL : 60000LL);
	out->ms = (int64_t)d.days * DAY_MS + hour * 3600000LL + minute * 60000LL + second * 1000LL +
		  ms - offset;
	return true;
}

struct instant instant_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (struct instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}
