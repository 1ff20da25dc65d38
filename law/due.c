/* One counter walks from the event, a day at a time, and writes down what it meets; the due date is
 * where it stands when it has counted enough. So the trace is not an explanation made up afterwards:
 * it is the computation. */
#include "law/due.h"

struct walk {
	struct arena *a; /* NULL: no trace */
	const struct calendar *c;
	struct due *due;
	struct due_day *days;
	size_t n, cap;
};

static void note(struct walk *w, struct date d, int counted, enum due_reason reason,
		 const struct calendar_day *day, struct str why)
{
	if (!w->a)
		return;
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 16;
		w->days = arena_grow(w->a, w->days, w->n * sizeof *w->days, cap * sizeof *w->days);
		w->cap = cap;
	}
	w->days[w->n++] = (struct due_day){ d, counted, reason, day, why };
}

/* Whether the day is worked, noting what that judgement rests on. */
static bool is_worked(struct walk *w, struct date d, struct day_why *why)
{
	bool worked = calendar_is_working(w->c, d, why);
	w->due->year_unknown |= !why->year_known;
	w->due->days_unverified |= why->day && why->day->unverified;
	return worked;
}

static struct str day_name(const struct day_why *why)
{
	if (why->day)
		return why->day->name_vi;
	return why->reason == DAY_WEEKEND ? S("cuối tuần") : S("");
}

static void count_day(struct walk *w, struct date d, int number, const struct day_why *why)
{
	enum due_reason reason = why->reason == DAY_SWAPPED ? DUE_SWAPPED : DUE_COUNTED;
	note(w, d, number, reason, why->day, day_name(why));
}

/* The last counted day is `d`; with `max` a day off does not end a term (Civil Code art. 148.5). */
static struct date settle(struct walk *w, struct date d, int counted)
{
	struct day_why why = { 0 };

	if (w->due->direction != LIMIT_MAX || is_worked(w, d, &why)) {
		count_day(w, d, counted, &why);
		return d;
	}
	w->due->moved = true;
	note(w, d, counted, DUE_LAST_DAY_OFF, why.day, day_name(&why));
	for (;;) {
		d = date_add(d, 1);
		if (is_worked(w, d, &why))
			break;
		note(w, d, 0, DUE_SKIPPED, why.day, day_name(&why));
	}
	note(w, d, 0, DUE_MOVED_HERE, why.day, S("ngày làm việc tiếp theo"));
	return d;
}

static struct date walk_working(struct walk *w, struct date d, int days, int pace)
{
	for (int n = 0; n < days;) {
		struct day_why why;
		d = date_add(d, pace);
		if (is_worked(w, d, &why))
			count_day(w, d, ++n, &why);
		else
			note(w, d, 0, DUE_SKIPPED, why.day, day_name(&why));
	}
	return d;
}

static struct date walk_calendar(struct walk *w, struct date d, int days, int pace)
{
	static const struct day_why any = { 0 };

	for (int n = 1; n < days; n++) {
		d = date_add(d, pace);
		count_day(w, d, n, &any);
	}
	return settle(w, date_add(d, pace), days);
}

static struct date walk_months(struct walk *w, struct date from, int count, int months)
{
	static const struct day_why any = { 0 };

	for (int n = 1; n < count; n++)
		count_day(w, date_add_months(from, n * months), n, &any);
	return settle(w, date_add_months(from, count * months), count);
}

static struct date period_end(enum limit_kind kind, struct date d)
{
	struct ymd c = date_ymd(d);

	if (kind == LIMIT_QUARTERLY)
		return date_quarter_end(d);
	if (kind == LIMIT_HALF_YEARLY && c.month <= 6)
		return date_add(date_add_months(date_year_start(c.year), 6), -1);
	return date_add(date_year_start(c.year + 1), -1);
}

/* The day of the year the row names, moved when it has to; this year's, or the next one's when that
 * has passed. */
static struct date fixed_date(struct walk *w, const struct time_limit *row, struct date from)
{
	for (int year = date_ymd(from).year;; year++) {
		struct date d;
		if (!date_make(year, row->fixed_month, row->fixed_day, &d))
			continue;
		if (date_cmp(d, from) < 0 && date_cmp(calendar_next_working(w->c, d), from) < 0)
			continue;
		d = settle(w, d, 0);
		for (size_t i = 0; i < w->n; i++)
			if (w->days[i].reason == DUE_COUNTED || w->days[i].reason == DUE_SWAPPED)
				w->days[i].reason = DUE_NAMED;
		return d;
	}
}

static bool compute(struct walk *w, const struct time_limit *row)
{
	struct due *due = w->due;
	int pace = due->direction == LIMIT_BEFORE ? -1 : 1;
	bool counts = due->days > 0;

	switch (due->kind) {
	case LIMIT_WORKING:
		if (counts)
			due->due = walk_working(w, due->from, due->days, pace);
		break;
	case LIMIT_CALENDAR:
	case LIMIT_CONSECUTIVE:
		if (counts)
			due->due = walk_calendar(w, due->from, due->days, pace);
		break;
	case LIMIT_MONTHS:
	case LIMIT_YEARS:
		if (counts)
			due->due = walk_months(w, due->from, due->days,
					       due->kind == LIMIT_MONTHS ? pace : 12 * pace);
		break;
	case LIMIT_FIXED_DATE:
		if (row)
			due->due = fixed_date(w, row, due->from);
		break;
	case LIMIT_QUARTERLY:
	case LIMIT_HALF_YEARLY:
	case LIMIT_YEARLY:
	case LIMIT_QUARTER_4:
		due->due = period_end(due->kind, due->from);
		note(w, due->due, 0, DUE_PERIOD_END, NULL, S("ngày cuối kỳ"));
		break;
	case LIMIT_NONE_SET:
	case LIMIT_RULE:
	case LIMIT_NONE:
		break;
	}
	due->trace.at = w->days;
	due->trace.n = w->n;
	return date_is_set(due->due);
}

static bool begin(struct arena *a, const struct calendar *c, const struct time_limit *row,
		  enum limit_kind kind, enum limit_direction direction, int days, struct date from,
		  struct due *out)
{
	struct walk w = { .a = a, .c = c, .due = out };

	*out = (struct due){
		.from = from,
		.due = NO_DATE_INIT,
		.kind = kind,
		.direction = direction,
		.days = days,
		.row = row,
		.unverified = row && row->basis.unverified,
	};
	return compute(&w, row);
}

bool due_compute(struct arena *a, const struct calendar *c, const struct time_limit *row,
		 struct date from, struct due *out)
{
	return begin(a, c, row, row->kind, row->direction, row->days, from, out);
}

bool due_compute_number(struct arena *a, const struct calendar *c, const struct time_limit *row,
			int days, struct date from, struct due *out)
{
	return begin(a, c, row, row->kind, row->direction, days, from, out);
}

bool due_compute_days(struct arena *a, const struct calendar *c, enum limit_kind kind,
		      enum limit_direction direction, int days, struct date from, struct due *out)
{
	return begin(a, c, NULL, kind, direction, days, from, out);
}

int due_working_days_between(const struct calendar *c, struct date a, struct date b)
{
	return date_cmp(a, b) <= 0 ? calendar_working_days(c, date_add(a, 1), b)
				   : -calendar_working_days(c, date_add(b, 1), a);
}
