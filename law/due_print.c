/* Words around a computation that is already finished: nothing here decides anything. */
#include "law/due_print.h"

#include "base/json.h"
#include "gen/messages.h"

enum { SHOWN_WHOLE = 30, SHOWN_LAST = 5 };

static void key_str_or_null(struct buf *out, const char *key, bool there, struct str s)
{
	if (there) {
		json_key_str(out, key, s);
		return;
	}
	json_key(out, key);
	buf_put(out, S("null"));
}

void due_json(struct buf *out, const struct due *due)
{
	buf_putc(out, '{');
	key_str_or_null(out, "rule", due->row, due->row ? due->row->rule : S(""));
	key_str_or_null(out, "row", due->row, due->row ? due->row->code : S(""));
	json_key_date(out, "from", due->from);
	json_key_date(out, "due", due->due);
	json_key_str(out, "kind", str_of(limit_kind_word(due->kind)));
	if (due->days) {
		json_key_int(out, "days", due->days);
	} else {
		json_key(out, "days");
		buf_put(out, S("null"));
	}
	json_key_bool(out, "unverified", due->unverified);
	json_key(out, "trace");
	buf_putc(out, '[');
	for (size_t i = 0; i < due->trace.n; i++) {
		const struct due_day *day = &due->trace.at[i];
		json_comma(out);
		buf_putc(out, '{');
		json_key_date(out, "date", day->date);
		json_key_bool(out, "counted", day->counted > 0);
		json_key_str(out, "why", day->why);
		buf_putc(out, '}');
	}
	buf_put(out, S("]}"));
}

void due_put_head(struct buf *out, enum lang lang, const struct due *due)
{
	if (!date_is_set(due->due)) {
		buf_put(out, msg_plain(lang, MSG_DUE_NONE));
		return;
	}
	switch (due->direction) {
	case LIMIT_MIN:
		msg_due_min(out, lang, due->due);
		break;
	case LIMIT_AFTER:
		msg_due_after(out, lang, due->due);
		break;
	case LIMIT_PERIODIC:
		msg_due_periodic(out, lang, due->due);
		break;
	case LIMIT_MAX:
	case LIMIT_BEFORE:
	case LIMIT_NO_DIRECTION:
		msg_due_max(out, lang, due->due);
		break;
	}
}

void due_put_how(struct buf *out, enum lang lang, const struct due *due)
{
	typedef void counted(struct buf *, enum lang, int64_t, struct date);
	static counted *const with_number[][LIMIT_NO_DIRECTION] = {
		[LIMIT_WORKING] = { [LIMIT_MAX] = msg_due_how_working_max,
				    [LIMIT_MIN] = msg_due_how_working_min,
				    [LIMIT_BEFORE] = msg_due_how_working_before },
		[LIMIT_CALENDAR] = { [LIMIT_MAX] = msg_due_how_calendar_max,
				     [LIMIT_MIN] = msg_due_how_calendar_min,
				     [LIMIT_BEFORE] = msg_due_how_calendar_before,
				     [LIMIT_AFTER] = msg_due_how_calendar_after },
		[LIMIT_CONSECUTIVE] = { [LIMIT_MIN] = msg_due_how_run_min },
		[LIMIT_MONTHS] = { [LIMIT_MAX] = msg_due_how_months_max,
				   [LIMIT_PERIODIC] = msg_due_how_months_periodic },
		[LIMIT_YEARS] = { [LIMIT_MAX] = msg_due_how_years_max,
				  [LIMIT_PERIODIC] = msg_due_how_years_periodic },
	};

	switch (due->kind) {
	case LIMIT_WORKING:
	case LIMIT_CALENDAR:
	case LIMIT_CONSECUTIVE:
	case LIMIT_MONTHS:
	case LIMIT_YEARS:
		if (due->direction != LIMIT_NO_DIRECTION && with_number[due->kind][due->direction])
			with_number[due->kind][due->direction](out, lang, due->days, due->from);
		else
			msg_due_how_other(out, lang, due->days, str_of(limit_kind_word(due->kind)),
					  str_of(limit_direction_word(due->direction)), due->from);
		break;
	case LIMIT_FIXED_DATE:
		msg_due_how_fixed_date(out, lang, due->from);
		break;
	case LIMIT_QUARTERLY:
		msg_due_how_quarterly(out, lang, due->from);
		break;
	case LIMIT_HALF_YEARLY:
		msg_due_how_half_yearly(out, lang, due->from);
		break;
	case LIMIT_YEARLY:
		msg_due_how_yearly(out, lang, due->from);
		break;
	case LIMIT_QUARTER_4:
		msg_due_how_quarter_4(out, lang, due->from);
		break;
	case LIMIT_NONE_SET:
	case LIMIT_RULE:
	case LIMIT_NONE:
		break;
	}
}

static struct str name_of(enum lang lang, const struct due_day *day)
{
	if (!day->day)
		return msg_plain(lang, MSG_DUE_WEEKEND);
	return lang == LANG_VI ? day->day->name_vi : day->day->name_en;
}

void due_put_day(struct buf *out, enum lang lang, const struct due *due, const struct due_day *day)
{
	switch (day->reason) {
	case DUE_COUNTED:
		if (due->kind == LIMIT_MONTHS)
			msg_due_day_month(out, lang, day->date, day->counted);
		else if (due->kind == LIMIT_YEARS)
			msg_due_day_year(out, lang, day->date, day->counted);
		else
			msg_due_day_counted(out, lang, day->date, day->counted);
		break;
	case DUE_SWAPPED:
		msg_due_day_swapped(out, lang, day->date, day->counted, name_of(lang, day));
		break;
	case DUE_LAST_DAY_OFF:
		msg_due_day_last_off(out, lang, day->date, name_of(lang, day));
		break;
	case DUE_SKIPPED:
		msg_due_day_skipped(out, lang, day->date, name_of(lang, day));
		break;
	case DUE_MOVED_HERE:
		msg_due_day_moved(out, lang, day->date);
		break;
	case DUE_PERIOD_END:
		msg_due_day_period_end(out, lang, day->date);
		break;
	case DUE_NAMED:
		msg_due_day_named(out, lang, day->date);
		break;
	}
}

static void put_line(struct buf *out, struct str line)
{
	buf_put(out, line);
	buf_putc(out, '\n');
}

static void put_trace(struct buf *out, enum lang lang, const struct due *due)
{
	size_t n = due->trace.n, tail = n > SHOWN_WHOLE ? n - SHOWN_LAST : 0;
	int left_out = 0;

	for (size_t i = 0; i < n; i++) {
		const struct due_day *day = &due->trace.at[i];
		if (i < tail && day->counted && day->reason != DUE_LAST_DAY_OFF) {
			left_out++;
			continue;
		}
		if (i == tail && left_out) {
			buf_put(out, S("  "));
			msg_due_day_left_out(out, lang, left_out);
			buf_putc(out, '\n');
		}
		buf_put(out, S("  "));
		due_put_day(out, lang, due, day);
		buf_putc(out, '\n');
	}
}

void due_text(struct buf *out, enum lang lang, const struct due *due)
{
	const struct time_limit *row = due->row;

	due_put_head(out, lang, due);
	buf_putc(out, '\n');
	if (row) {
		msg_due_rule(out, lang, row->rule, row->code,
			     citation_words(out->a, &row->cite, lang == LANG_EN));
		buf_putc(out, '\n');
	}
	if (date_is_set(due->due)) {
		due_put_how(out, lang, due);
		buf_putc(out, '\n');
	}
	put_trace(out, lang, due);
	if (row && row->extension.len) {
		msg_due_extension(out, lang, row->extension);
		buf_putc(out, '\n');
	}
	if (row) {
		msg_due_basis(out, lang, row->basis.text);
		buf_putc(out, '\n');
	}
	if (due->unverified)
		put_line(out, msg_plain(lang, MSG_DUE_UNVERIFIED));
	if (due->days_unverified)
		put_line(out, msg_plain(lang, MSG_DUE_DAYS_UNVERIFIED));
	if (due->year_unknown)
		put_line(out, msg_plain(lang, MSG_DUE_YEAR_UNKNOWN));
}

void law_gap_text(struct buf *out, enum lang lang, struct str name, struct date on,
		  const struct law_gap *gap, const struct law *l)
{
	struct str day = date_iso(out->a, on);
	const struct time_limit *asked = law_limit(l, name);

	if (gap->unknown) {
		msg_due_gap_unknown(out, lang, name);
	} else if (gap->in_force && asked && !date_is_set(asked->valid.to)) {
		msg_due_gap_ahead(out, lang, asked->code, date_iso(out->a, asked->valid.from), day,
				  gap->in_force->code, date_iso(out->a, gap->in_force->valid.from));
	} else if (gap->in_force && asked) {
		msg_due_gap_replaced(out, lang, asked->code, date_iso(out->a, asked->valid.from),
				     date_iso(out->a, asked->valid.to), day, gap->in_force->code,
				     date_iso(out->a, gap->in_force->valid.from));
	} else if (gap->previous && gap->next) {
		msg_due_gap_between(out, lang, name, day, gap->previous->code,
				    date_iso(out->a, gap->previous->valid.to), gap->next->code,
				    date_iso(out->a, gap->next->valid.from));
	} else if (gap->next) {
		msg_due_gap_early(out, lang, name, day, gap->next->code,
				  date_iso(out->a, gap->next->valid.from));
	} else if (gap->previous) {
		msg_due_gap_late(out, lang, name, day, gap->previous->code,
				 date_iso(out->a, gap->previous->valid.to));
	}
}
