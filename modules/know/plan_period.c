/* The periods of a plan: months, quarters, halves and years, their names and their words. */
#include "modules/know/plan.h"

#include "gen/messages.h"

bool period_of(struct arena *a, struct str every, struct date day, struct period *out)
{
	struct ymd c = date_ymd(day);
	struct date start = date_year_start(c.year);
	if (str_eq(every, S("month")))
		*out = (struct period){ str_printf(a, "%d-%02d", c.year, c.month),
					date_add_months(start, c.month - 1), date_month_end(day) };
	else if (str_eq(every, S("quarter")))
		*out = (struct period){ str_printf(a, "%d-Q%d", c.year, (c.month + 2) / 3),
					date_quarter_start(day), date_quarter_end(day) };
	else if (str_eq(every, S("half")))
		*out = (struct period){ str_printf(a, "%d-H%d", c.year, c.month > 6 ? 2 : 1),
					date_add_months(start, c.month > 6 ? 6 : 0),
					date_month_end(
						date_add_months(start, c.month > 6 ? 11 : 5)) };
	else if (str_eq(every, S("year")))
		*out = (struct period){ str_printf(a, "%d", c.year), start,
					date_month_end(date_add_months(start, 11)) };
	else
		return false;
	return true;
}

bool plan_year(struct str text, int *out)
{
	int64_t year;
	if (text.len != 4 || !str_int(text, &year) || year < 2000 || year > 2100)
		return false;
	*out = (int)year;
	return true;
}

struct str period_words(struct arena *a, enum lang lang, struct str name)
{
	static const struct str quarters[] = { S_INIT("I"), S_INIT("II"), S_INIT("III"),
					       S_INIT("IV") };
	struct buf b = { .a = a };
	int year;
	struct str part = name.len > 5 ? str_from(name, 5) : S("");
	int n = part.len ? part.at[part.len - 1] - '0' : 0;
	if (!plan_year(str_cut(name, name.len < 4 ? name.len : 4), &year))
		return name;
	if (part.len == 2 && part.at[0] == 'Q' && n >= 1 && n <= 4)
		msg_know_period_quarter(&b, lang, quarters[n - 1], year);
	else if (part.len == 2 && part.at[0] == 'H' && n == 1)
		msg_know_period_first_half(&b, lang, year);
	else if (part.len == 2 && part.at[0] == 'H')
		msg_know_period_second_half(&b, lang, year);
	else if (part.len == 2)
		msg_know_period_month(&b, lang, part, year);
	else
		msg_know_period_year(&b, lang, year);
	return buf_str(&b);
}
