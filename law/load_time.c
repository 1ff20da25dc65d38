/* What time is made of: the acts and their sources, the holidays, the time limits. */
#include "law/load.h"

const char *const limit_kind_words[] = {
	[LIMIT_WORKING] = "working",
	[LIMIT_CALENDAR] = "calendar",
	[LIMIT_CONSECUTIVE] = "calendar_consecutive",
	[LIMIT_MONTHS] = "months",
	[LIMIT_YEARS] = "years",
	[LIMIT_FIXED_DATE] = "fixed_date",
	[LIMIT_QUARTERLY] = "quarterly",
	[LIMIT_HALF_YEARLY] = "half_yearly",
	[LIMIT_YEARLY] = "yearly",
	[LIMIT_QUARTER_4] = "quarter_4",
	[LIMIT_NONE_SET] = "none_set",
	[LIMIT_RULE] = "rule",
	[LIMIT_NONE] = NULL,
};

const char *const limit_direction_words[] = {
	[LIMIT_MAX] = "max",
	[LIMIT_MIN] = "min",
	[LIMIT_BEFORE] = "before",
	[LIMIT_AFTER] = "after",
	[LIMIT_PERIODIC] = "periodic",
	[LIMIT_NO_DIRECTION] = "",
	NULL,
};

const char *limit_kind_word(enum limit_kind k)
{
	return k == LIMIT_NONE ? "" : limit_kind_words[k];
}

const char *limit_direction_word(enum limit_direction d)
{
	return limit_direction_words[d];
}

static bool load_sources(struct load *l)
{
	enum { KEY, ADDRESS, WHAT, CONFIDENCE };
	static const char *const columns[] = { "key", "address", "what", "confidence", NULL };
	struct tsv t;

	if (!load_table(l, "sources.tsv", columns, &t))
		return false;
	struct law_source *rows = NEW_N(l->a, struct law_source, t.rows);
	for (size_t i = 0; i < t.rows; i++)
		rows[i] = (struct law_source){
			.key = load_code(&t, i, KEY),
			.address = tsv_text(&t, i, ADDRESS),
			.what = tsv_text(&t, i, WHAT),
			.confidence = tsv_text(&t, i, CONFIDENCE),
		};
	l->law->sources.at = rows;
	l->law->sources.n = t.rows;
	return load_end(l, &t);
}

/* Every LW-nn in a text must be the code of a row. */
static void check_act_codes(struct tsv *t, size_t row, int column, int code_column)
{
	struct str text = tsv_cell(t, row, (size_t)column);

	for (size_t i = 0; i + 5 <= text.len; i++) {
		struct str code = { text.at + i, 5 };
		bool known = false;
		if (!str_starts(code, S("LW-")))
			continue;
		for (size_t k = 0; k < t->rows && !known; k++)
			known = str_eq(tsv_cell(t, k, (size_t)code_column), code);
		if (!known)
			tsv_fail(t, row, column, "'%.*s' is not the code of a row", STR_ARG(code));
	}
}

bool load_acts(struct load *l)
{
	enum { CODE, NUMBER, TITLE_VI, TITLE_EN, FROM, TO, CHANGED_BY, USE, BASIS };
	static const char *const columns[] = { "code",
					       "number",
					       "title_vi",
					       "title_en",
					       "valid_from",
					       "valid_to",
					       "replaced_or_amended_by",
					       "use",
					       "basis",
					       NULL };
	struct tsv t;

	if (!load_sources(l) || !load_table(l, "laws.tsv", columns, &t))
		return false;
	struct law_act *rows = NEW_N(l->a, struct law_act, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		rows[i] = (struct law_act){
			.code = load_code(&t, i, CODE),
			.number = load_code(&t, i, NUMBER),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.valid = load_span(&t, i, FROM),
			.changed_by = tsv_cell(&t, i, CHANGED_BY),
			.use = tsv_text(&t, i, USE),
			.basis = load_basis(l, &t, i, BASIS),
		};
		check_act_codes(&t, i, CHANGED_BY, CODE);
	}
	l->law->acts.at = rows;
	l->law->acts.n = t.rows;
	return load_end(l, &t);
}

bool load_holidays(struct load *l)
{
	enum { DATE, NAME_VI, NAME_EN, KIND, OFF, BASIS };
	static const char *const columns[] = { "date", "name_vi", "name_en", "kind",
					       "off",  "basis",   NULL };
	static const char *const kinds[] = {
		[DAY_STATUTORY] = "statutory",   [DAY_COMPENSATORY] = "compensatory",
		[DAY_SWAP_OFF] = "swap_off",     [DAY_SWAP_WORK] = "swap_work",
		[DAY_UNVERIFIED] = "unverified", NULL
	};
	struct tsv t;

	if (!load_table(l, "holidays.tsv", columns, &t))
		return false;
	struct holiday *rows = NEW_N(l->a, struct holiday, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct holiday *h = &rows[i];
		*h = (struct holiday){
			.date = tsv_date(&t, i, DATE),
			.name_vi = tsv_text(&t, i, NAME_VI),
			.name_en = tsv_text(&t, i, NAME_EN),
			.kind = (enum day_kind)tsv_choice(&t, i, KIND, kinds),
			.off = tsv_int(&t, i, OFF, 0, 1, TSV_NEEDED) == 1,
			.basis = load_basis(l, &t, i, BASIS),
		};
		int weekday = date_weekday(h->date);
		bool works = h->kind == DAY_SWAP_WORK || h->kind == DAY_UNVERIFIED;
		if (i && date_cmp(h->date, rows[i - 1].date) <= 0)
			tsv_fail(&t, i, DATE, "is not later than the line above: keep them sorted");
		if (h->off == works)
			tsv_fail(&t, i, OFF, "must be %d for this kind", !works);
		if (h->kind == DAY_SWAP_WORK && weekday != 0 && weekday != 6)
			tsv_fail(&t, i, DATE,
				 "is a weekday, worked anyway: swap_work is for a "
				 "Saturday or Sunday");
		if ((h->kind == DAY_SWAP_OFF || h->kind == DAY_COMPENSATORY) &&
		    (weekday == 0 || weekday == 6))
			tsv_fail(&t, i, DATE, "is a weekend day, off anyway: mend the date");
	}
	l->law->holidays.at = rows;
	l->law->holidays.n = t.rows;
	return load_end(l, &t);
}

enum {
	CODE,
	RULE,
	PROCESS,
	STEP,
	LAW,
	ARTICLE,
	DAYS,
	KIND,
	DIRECTION,
	COUNTED_FROM,
	EXTENSION,
	FROM,
	TO,
	BASIS
};
static const char *const limit_columns[] = {
	"code",      "rule",       "process",  "step",      "law",
	"article",   "days",       "kind",     "direction", "counted_from",
	"extension", "valid_from", "valid_to", "basis",     NULL,
};

/* "before 30 November each year": the last day in time is the one before. */
static void read_fixed_date(struct tsv *t, size_t row, struct time_limit *r)
{
	static const char *const months[] = { "January",   "February", "March",    "April",
					      "May",       "June",     "July",     "August",
					      "September", "October",  "November", "December" };
	struct str rest = r->counted_from, before, day, month;
	int64_t number = 0;
	int m = 0;

	str_next(&rest, ' ', &before);
	if (!str_next(&rest, ' ', &day))
		day = S("");
	if (!str_next(&rest, ' ', &month))
		month = S("");
	while (m < 12 && !str_eq(month, str_of(months[m])))
		m++;
	if (!str_eq(before, S("before")) || !str_int(day, &number) || m == 12 || number < 1 ||
	    number > date_month_days(2023, m + 1) || !str_eq(rest, S("each year"))) {
		tsv_fail(t, row, COUNTED_FROM, "a fixed date reads 'before 30 November each year'");
		return;
	}
	struct date named;
	if (date_make(2023, m + 1, (int)number, &named)) {
		struct ymd last = date_ymd(date_add(named, -1));
		r->fixed_month = last.month;
		r->fixed_day = last.day;
	}
}

/* A kind has a number or it has none, and only some directions make sense with it. */
static void check_kind(struct tsv *t, size_t row, const struct time_limit *r)
{
	bool number = r->kind <= LIMIT_YEARS;
	bool period = r->kind >= LIMIT_QUARTERLY && r->kind <= LIMIT_QUARTER_4;

	if (number && !r->days)
		tsv_fail(t, row, DAYS, "is empty: kind '%s' needs a number",
			 limit_kind_word(r->kind));
	if (!number && r->days)
		tsv_fail(t, row, DAYS, "must be empty: kind '%s' has no number",
			 limit_kind_word(r->kind));
	if ((r->kind == LIMIT_RULE) != (r->direction == LIMIT_NO_DIRECTION))
		tsv_fail(t, row, DIRECTION, "is empty for kind 'rule' and only there");
	if (period && r->direction != LIMIT_PERIODIC)
		tsv_fail(t, row, DIRECTION, "must be 'periodic' for kind '%s'",
			 limit_kind_word(r->kind));
	if (r->direction == LIMIT_PERIODIC && !period && r->kind != LIMIT_MONTHS &&
	    r->kind != LIMIT_YEARS)
		tsv_fail(t, row, DIRECTION, "'periodic' does not go with kind '%s'",
			 limit_kind_word(r->kind));
	if (r->direction == LIMIT_BEFORE && r->kind != LIMIT_WORKING && r->kind != LIMIT_CALENDAR)
		tsv_fail(t, row, DIRECTION, "'before' counts working or calendar days");
	if (r->kind == LIMIT_CONSECUTIVE && r->direction != LIMIT_MIN)
		tsv_fail(t, row, DIRECTION, "a run of consecutive days is a 'min'");
	if (r->kind == LIMIT_FIXED_DATE && r->direction != LIMIT_MAX)
		tsv_fail(t, row, DIRECTION, "a fixed date is a 'max'");
}

bool load_limits(struct load *l)
{
	struct tsv t;

	if (!load_table(l, "time_limits.tsv", limit_columns, &t))
		return false;
	struct time_limit *rows = NEW_N(l->a, struct time_limit, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct time_limit *r = &rows[i];
		*r = (struct time_limit){
			.code = load_code(&t, i, CODE),
			.rule = tsv_text(&t, i, RULE),
			.process = tsv_text(&t, i, PROCESS),
			.step = tsv_text(&t, i, STEP),
			.cite = load_citation(l, &t, i, LAW),
			.days = (int)tsv_int(&t, i, DAYS, 1, 3660, 0),
			.kind = (enum limit_kind)tsv_choice(&t, i, KIND, limit_kind_words),
			.direction = (enum limit_direction)tsv_choice(&t, i, DIRECTION,
								      limit_direction_words),
			.counted_from = tsv_cell(&t, i, COUNTED_FROM),
			.extension = tsv_cell(&t, i, EXTENSION),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		check_kind(&t, i, r);
		check_act_span(&t, i, &r->cite, r->valid);
		if (r->kind == LIMIT_FIXED_DATE)
			read_fixed_date(&t, i, r);
		for (size_t k = 0; k < i; k++) {
			if (str_eq(rows[k].rule, r->rule) && spans_meet(rows[k].valid, r->valid))
				tsv_fail(&t, i, RULE,
					 "overlaps %.*s on line %zu: end one the day before the "
					 "other begins",
					 STR_ARG(rows[k].code), tsv_line(k));
			if (str_eq(rows[k].code, r->rule))
				tsv_fail(&t, i, RULE, "is the code of line %zu", tsv_line(k));
		}
	}
	l->law->limits.at = rows;
	l->law->limits.n = t.rows;
	return load_end(l, &t);
}
