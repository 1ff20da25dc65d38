/* A sorted array of days out of the ordinary; every other day follows from its weekday. */
#include "law/calendar.h"

#include <stdlib.h>
#include <string.h>

struct calendar {
	const struct calendar_day *days; /* one a date, sorted */
	size_t n;
};

const struct calendar *calendar_of_law(struct arena *a, const struct law *l)
{
	struct calendar *c = NEW(a, struct calendar);
	struct calendar_day *days = NEW_N(a, struct calendar_day, l->holidays.n);

	for (size_t i = 0; i < l->holidays.n; i++) {
		const struct holiday *h = &l->holidays.at[i];
		days[i] = (struct calendar_day){
			.date = h->date,
			.name_vi = h->name_vi,
			.name_en = h->name_en,
			.kind = h->kind,
			.off = h->off,
			.unverified = h->basis.unverified || h->kind == DAY_UNVERIFIED,
		};
	}
	*c = (struct calendar){ days, l->holidays.n };
	return c;
}

static const char *fault_of(const struct calendar_day *d)
{
	if (!date_is_set(d->date))
		return "the date is missing";
	if (!d->name_vi.len || !d->name_en.len)
		return "the day needs a name in both languages";
	if (d->off == (d->kind == DAY_SWAP_WORK || d->kind == DAY_UNVERIFIED))
		return "off or not does not go with this kind of day";
	int weekday = date_weekday(d->date);
	if (d->kind == DAY_SWAP_WORK && weekday != 0 && weekday != 6)
		return "a swapped working day falls on a Saturday or Sunday";
	return NULL;
}

/* By date; among equals what was recorded later comes first. */
static int by_date(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;
	int order = date_cmp(x->date, y->date);
	return order ? order
		     : (x->recorded_at.ms < y->recorded_at.ms) -
			       (x->recorded_at.ms > y->recorded_at.ms);
}

enum err calendar_with(struct arena *a, const struct calendar *base,
		       const struct calendar_day *added, size_t n, const struct calendar **out,
		       struct str *why)
{
	struct calendar_day *days = NEW_N(a, struct calendar_day, n + base->n);
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const char *fault = fault_of(&added[i]);
		if (fault) {
			*why = str_printf(a, "%.*s: %s", STR_ARG(date_iso(a, added[i].date)),
					  fault);
			return ERR_INVALID;
		}
		days[i] = added[i];
		days[i].name_vi = str_dup(a, added[i].name_vi);
		days[i].name_en = str_dup(a, added[i].name_en);
	}
	if (base->n)
		memcpy(days + n, base->days, base->n * sizeof *days);
	if (n + base->n)
		qsort(days, n + base->n, sizeof *days, by_date);
	for (size_t i = 0; i < n + base->n; i++)
		if (!kept || date_cmp(days[kept - 1].date, days[i].date) != 0)
			days[kept++] = days[i];
	struct calendar *c = NEW(a, struct calendar);
	*c = (struct calendar){ days, kept };
	*out = c;
	return OK;
}

/* The place of the first row not earlier than the date. */
static size_t place_of(const struct calendar *c, struct date d)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (date_cmp(c->days[middle].date, d) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool calendar_is_working(const struct calendar *c, struct date d, struct day_why *why)
{
	int weekday = date_weekday(d);
	bool weekend = weekday == 0 || weekday == 6, working = !weekend;
	size_t place = place_of(c, d);
	const struct calendar_day *day = NULL;

	if (place < c->n && date_cmp(c->days[place].date, d) == 0) {
		const struct calendar_day *row = &c->days[place];
		if (row->off || (row->kind == DAY_SWAP_WORK && weekend)) {
			day = row;
			working = !row->off;
		}
	}
	if (why)
		*why = (struct day_why){
			.reason = day       ? (working ? DAY_SWAPPED : DAY_HOLIDAY)
				  : weekend ? DAY_WEEKEND
					    : DAY_ORDINARY,
			.day = day,
			.year_known = calendar_year_known(c, date_ymd(d).year),
		};
	return working;
}

/* Mondays to Fridays of [from, to] without counting: whole weeks, then what is left of one. */
static int weekdays(struct date from, struct date to)
{
	int days = to.days - from.days + 1, n = days / 7 * 5, weekday = date_weekday(from);

	for (int i = 0; i < days % 7; i++, weekday = (weekday + 1) % 7)
		n += weekday != 0 && weekday != 6;
	return n;
}

int calendar_working_days(const struct calendar *c, struct date from, struct date to)
{
	if (date_cmp(to, from) < 0)
		return 0;
	int n = weekdays(from, to);
	for (size_t i = place_of(c, from); i < c->n && date_cmp(c->days[i].date, to) <= 0; i++) {
		int weekday = date_weekday(c->days[i].date);
		bool weekend = weekday == 0 || weekday == 6;

		n += calendar_is_working(c, c->days[i].date, NULL) - !weekend;
	}
	return n;
}

struct date calendar_next_working(const struct calendar *c, struct date d)
{
	while (!calendar_is_working(c, d, NULL))
		d = date_add(d, 1);
	return d;
}

bool calendar_year_known(const struct calendar *c, int year)
{
	for (size_t i = place_of(c, date_year_start(year)); i < c->n; i++) {
		if (date_ymd(c->days[i].date).year != year)
			return false;
		if (c->days[i].kind == DAY_STATUTORY)
			return true;
	}
	return false;
}

const struct calendar_day *calendar_days(const struct calendar *c, size_t *n)
{
	*n = c->n;
	return c->days;
}
