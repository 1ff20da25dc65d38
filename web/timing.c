/* The words of design README 5.2: "muộn" is done after the limit, "quá hạn" is not done. */
#include "web/timing.h"

#include "law/due.h"

enum { LONG_COUNT = 21, LAST_DAYS = 5, SOON_DAYS = 3, FAR_DAYS = 10 };

static struct tag tag_of(enum tone tone, struct buf *text)
{
	return (struct tag){ .tone = tone, .text = buf_str(text) };
}

struct tag timing_tag(struct arena *a, enum lang lang, const struct calendar *c, struct date due,
		      struct date met, struct date today)
{
	struct buf b = { .a = a };
	if (!date_is_set(due))
		return (struct tag){ .text = S("") };
	struct date end = date_is_set(met) ? met : today;
	int order = date_cmp(end, due);
	int n = order > 0 ? due_working_days_between(c, due, end)
			  : due_working_days_between(c, end, due);
	if (date_is_set(met) && order > 0) {
		if (n)
			msg_timing_late(&b, lang, n);
		else /* on the days off right after it */
			buf_put(&b, msg_plain(lang, MSG_LIST_TIMING_LATE));
		return tag_of(TONE_LATE, &b);
	}
	if (date_is_set(met)) {
		if (n)
			msg_timing_early(&b, lang, n);
		else
			buf_put(&b, msg_plain(lang, MSG_TIMING_ON_TIME));
		return tag_of(TONE_OK, &b);
	}
	if (order > 0) {
		if (n)
			msg_timing_overdue(&b, lang, n);
		else
			buf_put(&b, msg_plain(lang, MSG_LIST_TIMING_OVERDUE));
		return tag_of(TONE_LATE, &b);
	}
	if (order == 0) {
		buf_put(&b, msg_plain(lang, MSG_TIMING_TODAY));
		return tag_of(TONE_SOON, &b);
	}
	if (n > FAR_DAYS)
		buf_put(&b, msg_plain(lang, MSG_TIMING_FAR));
	else
		msg_timing_left(&b, lang, n);
	return tag_of(n <= SOON_DAYS ? TONE_SOON : TONE_WAIT, &b);
}

static struct tag plain_tag(enum lang lang, enum tone tone, enum msg text)
{
	return (struct tag){ .tone = tone, .text = msg_plain(lang, text) };
}

struct tag duty_tag(struct arena *a, enum lang lang, const struct calendar *c, const struct duty *d,
		    struct date today)
{
	if (d->state == DUTY_NIL)
		return plain_tag(lang, TONE_WAIT, MSG_TIMING_NIL);
	if (d->state == DUTY_EXCUSED && d->minimum)
		return plain_tag(lang, TONE_LATE, MSG_TIMING_BROKEN);
	if (d->state == DUTY_EXCUSED)
		return plain_tag(lang, TONE_WAIT, MSG_TIMING_EXCUSED);
	if (d->state == DUTY_SUSPENDED)
		return plain_tag(lang, TONE_WAIT, MSG_TIMING_SUSPENDED);
	if (!d->minimum)
		return timing_tag(a, lang, c, d->due, d->met, today);
	if (d->state != DUTY_OPEN)
		return plain_tag(lang, TONE_OK, MSG_TIMING_RUN_DONE);
	struct buf b = { .a = a };
	int length = d->due.days - d->from.days, done = today.days - d->from.days;
	msg_timing_running(&b, lang, done < length ? done : length, length);
	return tag_of(TONE_INFO, &b);
}

static struct str reason_of(enum lang lang, const struct due_day *day)
{
	if (day->day)
		return lang == LANG_EN ? day->day->name_en : day->day->name_vi;
	switch (day->reason) {
	case DUE_SKIPPED:
		return msg_plain(lang, MSG_TIMING_WEEKEND);
	case DUE_LAST_DAY_OFF:
		return msg_plain(lang, MSG_TIMING_LAST_DAY_OFF);
	case DUE_MOVED_HERE:
		return msg_plain(lang, MSG_TIMING_MOVED_HERE);
	case DUE_PERIOD_END:
		return msg_plain(lang, MSG_TIMING_PERIOD_END);
	default:
		return S("");
	}
}

static bool listed(const struct due *due, size_t i)
{
	const struct due_day *day = &due->trace.at[i];
	return due->trace.n <= LONG_COUNT || i + LAST_DAYS >= due->trace.n ||
	       (day->reason != DUE_COUNTED && day->reason != DUE_MOVED_HERE);
}

static struct str kept_reason(enum lang lang, struct str why)
{
	return str_eq(why, S("cuối tuần")) ? msg_plain(lang, MSG_TIMING_WEEKEND) : why;
}

/* A day off added since has changed the calendar, and not this duty, because it had ended: the days
 * that were passed over then, as they were kept with it. */
static void days_kept(struct arena *a, enum lang lang, const struct duty *d, struct day_count *out)
{
	struct str rest = d->skipped, one;
	size_t n = 1;
	for (size_t i = 0; i < rest.len; i++)
		n += rest.at[i] == '|';
	out->days.at = arena_get_n(a, n + 1, sizeof *out->days.at);
	while (str_next(&rest, '|', &one)) {
		struct date day;
		if (one.len > 11 && date_parse(str_cut(one, 10), &day))
			out->days.at[out->days.n++] =
				(struct day_row){ .day = day,
						  .why = kept_reason(lang, str_from(one, 11)) };
	}
	out->days.at[out->days.n++] = (struct day_row){ .day = d->due,
							.why = msg_plain(lang, MSG_TIMING_DUE),
							.last = true };
}

/* Nothing was counted: the law says "at once", or the unit has set the day itself. */
static void put_day_given(struct arena *a, enum lang lang, const struct law *law,
			  const struct duty *d, struct buf *out)
{
	const struct time_limit *row = law_rule(law, d->rule, d->from);
	const struct reception_rule *often = law_reception_row(law, d->row);
	if (often)
		msg_timing_often(out, lang, d->from, d->due,
				 citation_words(a, &often->cite, lang == LANG_EN), often->code);
	else if (row)
		msg_timing_at_once(out, lang, citation_words(a, &row->cite, lang == LANG_EN),
				   row->code, d->due);
	else if (str_starts(d->rule, S("house.disclosure.")))
		msg_timing_house(out, lang, d->from, d->due);
	else
		msg_timing_house_day(out, lang, d->due);
	if (date_is_set(d->due_before)) {
		buf_putc(out, ' ');
		msg_timing_extended(out, lang, d->due_before, d->due);
	}
}

struct day_count duty_day_count(struct arena *a, enum lang lang, const struct law *law,
				const struct calendar *c, const struct duty *d, bool open)
{
	struct day_count out = { .summary = msg_plain(lang, MSG_TIMING_HOW),
				 .open = open,
				 .unverified = d->unverified };
	const struct time_limit *row = law_limit(law, d->row);
	struct buf rule = { .a = a };
	struct due due;
	if (!row || !due_compute(a, c, row, d->from, &due)) {
		put_day_given(a, lang, law, d, &rule);
		out.rule = buf_str(&rule);
		return out;
	}
	msg_timing_rule(&rule, lang, citation_words(a, &row->cite, lang == LANG_EN), row->code,
			d->from);
	if (date_is_set(d->due_before)) {
		buf_putc(&rule, ' ');
		if (d->extended.by)
			msg_timing_extended(&rule, lang, d->due_before, d->due);
		else
			msg_timing_moved(&rule, lang, d->due_before, d->due);
	}
	if (due.year_unknown) {
		buf_putc(&rule, ' ');
		buf_put(&rule, msg_plain(lang, MSG_TIMING_YEAR_UNKNOWN));
	}
	out.rule = buf_str(&rule);
	if (date_cmp(due.due, d->due) != 0) {
		days_kept(a, lang, d, &out);
		return out;
	}
	out.days.at = arena_get_n(a, due.trace.n, sizeof *out.days.at);
	for (size_t i = 0; i < due.trace.n; i++) {
		const struct due_day *day = &due.trace.at[i];
		if (!listed(&due, i))
			continue;
		bool last = date_cmp(day->date, due.due) == 0;
		struct str why = reason_of(lang, day);
		if (last && !why.len)
			why = msg_plain(lang, MSG_TIMING_DUE);
		out.days.at[out.days.n++] = (struct day_row){ day->date, day->counted, why, last };
	}
	return out;
}
