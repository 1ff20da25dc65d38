/* Whole sentences from the messages; numbers as the language writes them. What is not known is said so
 * and is never a zero. */
#include "web/report_words.h"

#include "base/utf8.h"

static const struct str quarters[] = { S_INIT("I"), S_INIT("II"), S_INIT("III"), S_INIT("IV") };

struct str report_period_words(struct arena *a, enum lang lang, const struct report_span *s)
{
	struct buf b = { .a = a };
	int months = s->to - s->from + 1;
	if (months == 12)
		msg_report_year(&b, lang, s->year);
	else if (months == 3 && s->from % 3 == 1)
		msg_report_quarter(&b, lang, quarters[s->from / 3], s->year);
	else if (months == 6 && s->from == 1)
		msg_report_half_first(&b, lang, s->year);
	else if (months == 6 && s->from == 7)
		msg_report_half_second(&b, lang, s->year);
	else if (months == 9 && s->from == 1)
		msg_report_nine(&b, lang, s->year);
	else if (months == 1)
		msg_report_month(&b, lang, s->from, s->year);
	else
		msg_report_months(&b, lang, s->from, s->to, s->year);
	return buf_str(&b);
}

struct str report_title(struct arena *a, enum lang lang, const struct report_line *line)
{
	(void)a;
	if (line->measure->how == MEASURE_ANY)
		return msg_plain(lang, MSG_REPORT_COVERAGE);
	if (line->measure->title)
		return msg_plain(lang, line->measure->title);
	if (!line->law)
		return line->code;
	return lang == LANG_EN ? line->law->title_en : line->law->title_vi;
}

/* The table numbers its parts: "II.1 Công khai". */
struct str report_section(enum lang lang, const struct report_line *line)
{
	static const struct {
		const char *number;
		enum msg words;
	} sections[] = {
		{ "I. ", MSG_REPORT_SECTION_1 },       { "II.1 ", MSG_REPORT_SECTION_2_1 },
		{ "II.2 ", MSG_REPORT_SECTION_2_2 },   { "II.3 ", MSG_REPORT_SECTION_2_3 },
		{ "II.4 ", MSG_REPORT_SECTION_2_4 },   { "II.5 ", MSG_REPORT_SECTION_2_5 },
		{ "II.6 ", MSG_REPORT_SECTION_2_6 },   { "II.7 ", MSG_REPORT_SECTION_2_7 },
		{ "II.8 ", MSG_REPORT_SECTION_2_8 },   { "II.9 ", MSG_REPORT_SECTION_2_9 },
		{ "II.10 ", MSG_REPORT_SECTION_2_10 }, { "II.11 ", MSG_REPORT_SECTION_2_11 },
		{ "III.1 ", MSG_REPORT_SECTION_3_1 },  { "III.2 ", MSG_REPORT_SECTION_3_2 },
		{ "IV. ", MSG_REPORT_SECTION_4 },      { "V. ", MSG_REPORT_SECTION_5 },
		{ "VI. ", MSG_REPORT_SECTION_6 },      { "VII. ", MSG_REPORT_SECTION_7 },
	};
	for (size_t i = 0; line->law && i < LENGTH(sections); i++)
		if (str_starts(line->law->section, str_of(sections[i].number)))
			return msg_plain(lang, sections[i].words);
	return line->law ? line->law->section : msg_plain(lang, MSG_REPORT_SECTION_HOUSE);
}

struct str report_value_words(struct arena *a, enum lang lang, const struct report_line *line,
			      struct report_value v, bool applies)
{
	struct buf b = { .a = a };
	if (!applies)
		return msg_plain(lang, MSG_REPORT_NOT_APPLICABLE);
	if (line->measure->how != MEASURE_SUM && !v.of)
		return msg_plain(lang, MSG_REPORT_NONE);
	if (line->measure->how == MEASURE_IN_TIME) {
		msg_report_percent(&b, lang, report_share(v));
		return buf_str(&b);
	}
	lang_put_int(&b, lang, v.n);
	if (line->measure->how != MEASURE_SUM) {
		buf_putc(&b, '/');
		lang_put_int(&b, lang, v.of);
	}
	return buf_str(&b);
}

static struct str sign_of(int64_t n)
{
	return n < 0 ? S("-") : S("+");
}

/* Of shares the difference of what is shown, in points; of counts the growth, in percent. */
struct str report_change_words(struct arena *a, enum lang lang, const struct report_line *line,
			       struct report_value now, struct report_value before)
{
	struct buf b = { .a = a };
	bool share = line->measure->how != MEASURE_SUM;
	if (share ? !now.of || !before.of : !before.n)
		return S("");
	int64_t change = share ? report_share(now) - report_share(before) : now.n - before.n;
	if (!change)
		return msg_plain(lang, MSG_REPORT_SAME);
	int64_t size = change < 0 ? -change : change;
	if (share)
		msg_report_change_points(&b, lang, sign_of(change), size);
	else
		msg_report_change_percent(&b, lang, sign_of(change),
					  (size * 2000 + before.n) / (before.n * 2));
	return buf_str(&b);
}

struct str report_before_words(struct arena *a, enum lang lang, const struct report *r,
			       const struct report_line *line)
{
	struct buf b = { .a = a };
	int64_t year = r->span.year - 1;
	struct report_value now = line->value[REPORT_PERIOD], then = line->value[REPORT_BEFORE];
	bool applied = line->applies[REPORT_BEFORE];
	struct str value = r->known_before || !applied
				   ? report_value_words(a, lang, line, then, applied)
				   : msg_plain(lang, MSG_REPORT_UNKNOWN);
	struct str change = S("");
	/* Of a period that is not over, the year before has more days. */
	if (r->known_before && applied && line->applies[REPORT_PERIOD] && !r->running)
		change = report_change_words(a, lang, line, now, then);
	if (change.len)
		msg_report_before_change(&b, lang, year, value, change);
	else
		msg_report_before(&b, lang, year, value);
	return buf_str(&b);
}

struct str report_rule_words(struct arena *a, enum lang lang, const struct time_limit *row)
{
	struct buf b = { .a = a }, days = { .a = a };
	if (row->kind == LIMIT_WORKING)
		msg_report_limit_working(&days, lang, row->days);
	else if (row->kind == LIMIT_CALENDAR)
		msg_report_limit_calendar(&days, lang, row->days);
	else if (row->kind == LIMIT_CONSECUTIVE)
		msg_report_limit_run(&days, lang, row->days);
	else
		buf_put(&days, msg_plain(lang, MSG_REPORT_LIMIT_PERIODIC));
	struct str law = row->cite.article.len ? citation_words(a, &row->cite, lang == LANG_EN)
					       : row->cite.law;
	msg_report_rule_row(&b, lang, buf_str(&days), law, row->code);
	if (row->basis.unverified) {
		buf_put(&b, S("; "));
		buf_put(&b, msg_plain(lang, MSG_REPORT_RULE_UNVERIFIED));
	}
	return buf_str(&b);
}
