/* The tables that one page or one module looks into: reception, elections, bodies, workplace
 * dialogue, documents, indicators. */
#include "law/load.h"

bool load_receptions(struct load *l)
{
	enum { CODE, LEVEL, POST, LAW, ARTICLE, MIN_DAYS, PER, PLACE, EXTRA, FROM, TO, BASIS };
	static const char *const columns[] = {
		"code",  "level", "post",       "law",      "article", "min_days", "per_unit",
		"place", "extra", "valid_from", "valid_to", "basis",   NULL,
	};
	static const char *const levels[] = {
		"xã", "huyện", "tỉnh", "cơ quan", "đơn vị sự nghiệp", "các cấp", NULL
	};
	static const char *const per[] = { [PER_WEEK] = "week",
					   [PER_MONTH] = "month",
					   [PER_WORKING_DAY] = "working_day",
					   [PER_SCHEDULE] = "schedule",
					   NULL };
	static const char *const needs[] = { [PER_WEEK] = "a number",
					     [PER_MONTH] = "a number",
					     [PER_WORKING_DAY] = "'every'",
					     [PER_SCHEDULE] = "an empty cell" };
	struct tsv t;

	if (!load_table(l, "reception_schedule.tsv", columns, &t))
		return false;
	struct reception_rule *rows = NEW_N(l->a, struct reception_rule, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct reception_rule *r = &rows[i];
		struct str days = tsv_cell(&t, i, MIN_DAYS);
		*r = (struct reception_rule){
			.code = load_code(&t, i, CODE),
			.level = str_of(levels[tsv_choice(&t, i, LEVEL, levels)]),
			.post = tsv_text(&t, i, POST),
			.cite = load_citation(l, &t, i, LAW),
			.per = (enum reception_per)tsv_choice(&t, i, PER, per),
			.place = tsv_cell(&t, i, PLACE),
			.extra = tsv_cell(&t, i, EXTRA),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		bool number = r->per == PER_WEEK || r->per == PER_MONTH;
		if (number)
			r->min_days = (int)tsv_int(&t, i, MIN_DAYS, 1, 31, TSV_NEEDED);
		else if (!str_eq(days, r->per == PER_WORKING_DAY ? S("every") : S("")))
			tsv_fail(&t, i, MIN_DAYS, "'%.*s': per '%s' takes %s", STR_ARG(days),
				 per[r->per], needs[r->per]);
		check_act_span(&t, i, &r->cite, r->valid);
		for (size_t k = 0; k < i; k++)
			if (str_eq(rows[k].level, r->level) && str_eq(rows[k].post, r->post) &&
			    spans_meet(rows[k].valid, r->valid))
				tsv_fail(&t, i, POST, "overlaps %.*s on line %zu",
					 STR_ARG(rows[k].code), tsv_line(k));
	}
	l->law->receptions.at = rows;
	l->law->receptions.n = t.rows;
	return load_end(l, &t);
}

/* The runs of digits of a value. */
static void read_numbers(struct tsv *t, size_t row, int column, struct election_rule *r)
{
	int n = 0;
	bool inside = false;

	for (size_t i = 0; i < r->value.len; i++) {
		char c = r->value.at[i];
		bool digit = c >= '0' && c <= '9';
		if (!digit && c != '/' && c != '-' && c != ':')
			tsv_fail(t, row, column, "'%.*s': numbers with / - : between them",
				 STR_ARG(r->value));
		if (digit && !inside && ++n > ELECTION_NUMBERS) {
			tsv_fail(t, row, column, "holds more than %d numbers", ELECTION_NUMBERS);
			return;
		}
		if (digit && r->numbers[n - 1] < 1000000)
			r->numbers[n - 1] = r->numbers[n - 1] * 10 + (c - '0');
		inside = digit;
	}
	r->number_count = n;
}

bool load_elections(struct load *l)
{
	enum { CODE, TOPIC, LAW, ARTICLE, RULE_VI, RULE_EN, VALUE, UNIT, FROM, TO, BASIS };
	static const char *const columns[] = { "code",       "topic",    "law",   "article",
					       "rule_vi",    "rule_en",  "value", "unit",
					       "valid_from", "valid_to", "basis", NULL };
	static const char *const units[] = {
		"",
		"years",
		"days_before",
		"days_after",
		"days_after_posting",
		"days_max",
		"days",
		"hours_before",
		"clock",
		"voters",
		"persons_min",
		"percent_min",
		"fraction_min",
		"fraction_gt",
		"extra_min",
		"witnesses",
		"fields",
		"gt",
		"lt",
		"le",
		NULL,
	};
	struct tsv t;

	if (!load_table(l, "election_rules.tsv", columns, &t))
		return false;
	struct election_rule *rows = NEW_N(l->a, struct election_rule, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct election_rule *r = &rows[i];
		*r = (struct election_rule){
			.code = load_code(&t, i, CODE),
			.topic = tsv_text(&t, i, TOPIC),
			.cite = load_citation(l, &t, i, LAW),
			.rule_vi = tsv_text(&t, i, RULE_VI),
			.rule_en = tsv_text(&t, i, RULE_EN),
			.value = tsv_cell(&t, i, VALUE),
			.unit = str_of(units[tsv_choice(&t, i, UNIT, units)]),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		read_numbers(&t, i, VALUE, r);
		check_act_span(&t, i, &r->cite, r->valid);
		if (!r->value.len != !r->unit.len)
			tsv_fail(&t, i, UNIT, "a value and its unit go together");
	}
	l->law->elections.at = rows;
	l->law->elections.n = t.rows;
	return load_end(l, &t);
}

bool load_bodies(struct load *l)
{
	enum {
		CODE,
		BODY_VI,
		BODY_EN,
		REGIME,
		LAW,
		ARTICLE,
		MEMBERS,
		DEPUTIES,
		TERM,
		ELECTED_BY,
		RECOGNISED_BY,
		GUIDED_BY,
		INCOMPATIBLE,
		FROM,
		TO,
		BASIS
	};
	static const char *const columns[] = {
		"code",          "body_vi",   "body_en",      "regime",     "law",
		"article",       "members",   "deputies_max", "term",       "elected_by",
		"recognised_by", "guided_by", "incompatible", "valid_from", "valid_to",
		"basis",         NULL,
	};
	struct tsv t;

	if (!load_table(l, "bodies.tsv", columns, &t))
		return false;
	struct body *rows = NEW_N(l->a, struct body, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		rows[i] = (struct body){
			.code = load_code(&t, i, CODE),
			.body_vi = tsv_text(&t, i, BODY_VI),
			.body_en = tsv_text(&t, i, BODY_EN),
			.regime = load_regime(&t, i, REGIME),
			.cite = load_citation(l, &t, i, LAW),
			.members = tsv_text(&t, i, MEMBERS),
			.deputies_max = tsv_cell(&t, i, DEPUTIES),
			.term = tsv_cell(&t, i, TERM),
			.elected_by = tsv_cell(&t, i, ELECTED_BY),
			.recognised_by = tsv_cell(&t, i, RECOGNISED_BY),
			.guided_by = tsv_cell(&t, i, GUIDED_BY),
			.incompatible = tsv_cell(&t, i, INCOMPATIBLE),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		check_act_span(&t, i, &rows[i].cite, rows[i].valid);
	}
	l->law->bodies.at = rows;
	l->law->bodies.n = t.rows;
	return load_end(l, &t);
}

/* Every number of workers falls into exactly one row. */
bool load_headcounts(struct load *l)
{
	enum { CODE, FROM, TO, DELEGATES, DELEGATES_TO, EMPLOYER, LAW, ARTICLE, BASIS };
	static const char *const columns[] = {
		"code",
		"workers_from",
		"workers_to",
		"min_worker_delegates_from",
		"min_worker_delegates_to",
		"min_employer_delegates",
		"law",
		"article",
		"basis",
		NULL,
	};
	struct tsv t;

	if (!load_table(l, "dialogue_headcount.tsv", columns, &t))
		return false;
	struct headcount *rows = NEW_N(l->a, struct headcount, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct headcount *h = &rows[i];
		int next = i ? rows[i - 1].workers_to + 1 : 1;
		*h = (struct headcount){
			.code = load_code(&t, i, CODE),
			.workers_from = (int)tsv_int(&t, i, FROM, 1, 10000000, TSV_NEEDED),
			.workers_to = (int)tsv_int(&t, i, TO, 1, 10000000, 0),
			.worker_delegates = (int)tsv_int(&t, i, DELEGATES, 1, 1000, TSV_NEEDED),
			.worker_delegates_to = (int)tsv_int(&t, i, DELEGATES_TO, 1, 1000, 0),
			.employer_delegates = (int)tsv_int(&t, i, EMPLOYER, 1, 1000, TSV_NEEDED),
			.cite = load_citation(l, &t, i, LAW),
			.basis = load_basis(l, &t, i, BASIS),
		};
		if (h->workers_from != next)
			tsv_fail(&t, i, FROM, "must be %d, where the line above ends", next);
		if ((i + 1 == t.rows) != !h->workers_to ||
		    (h->workers_to && h->workers_to < h->workers_from))
			tsv_fail(&t, i, TO,
				 "is empty in the last row only, and not below the first");
	}
	l->law->headcounts.at = rows;
	l->law->headcounts.n = t.rows;
	return load_end(l, &t);
}

bool load_documents(struct load *l)
{
	enum { CODE, ELEMENT_VI, ELEMENT_EN, RULE, LAW, ARTICLE, BASIS };
	static const char *const columns[] = { "code", "element_vi", "element_en", "rule",
					       "law",  "article",    "basis",      NULL };
	struct tsv t;

	if (!load_table(l, "document_format.tsv", columns, &t))
		return false;
	struct document_element *rows = NEW_N(l->a, struct document_element, t.rows);
	for (size_t i = 0; i < t.rows; i++)
		rows[i] = (struct document_element){
			.code = load_code(&t, i, CODE),
			.element_vi = tsv_text(&t, i, ELEMENT_VI),
			.element_en = tsv_text(&t, i, ELEMENT_EN),
			.rule = tsv_text(&t, i, RULE),
			.cite = load_citation(l, &t, i, LAW),
			.basis = load_basis(l, &t, i, BASIS),
		};
	l->law->documents.at = rows;
	l->law->documents.n = t.rows;
	return load_end(l, &t);
}

bool load_indicators(struct load *l)
{
	enum { CODE, SECTION, TITLE_VI, TITLE_EN, UNIT, MODULE, FREQUENCY, BASIS };
	static const char *const columns[] = { "code",      "section",         "title_vi",
					       "title_en",  "unit_of_measure", "source_module",
					       "frequency", "basis",           NULL };
	static const char *const units[] = { "count",   "percent", "days",  "households",
					     "persons", "visits",  "cases", "letters",
					     "ballots", "points",  "VND",   "m2",
					     "text",    NULL };
	static const char *const frequencies[] = { [EACH_YEAR] = "annual",
						   [EACH_QUARTER] = "quarterly",
						   [EACH_ELECTION] = "per election",
						   NULL };
	struct tsv t;

	if (!load_table(l, "report_indicators.tsv", columns, &t))
		return false;
	struct indicator *rows = NEW_N(l->a, struct indicator, t.rows);
	for (size_t i = 0; i < t.rows; i++)
		rows[i] = (struct indicator){
			.code = load_code(&t, i, CODE),
			.section = tsv_text(&t, i, SECTION),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.unit = str_of(units[tsv_choice(&t, i, UNIT, units)]),
			.source_module = tsv_text(&t, i, MODULE),
			.frequency = (enum frequency)tsv_choice(&t, i, FREQUENCY, frequencies),
			.basis = load_basis(l, &t, i, BASIS),
		};
	l->law->indicators.at = rows;
	l->law->indicators.n = t.rows;
	return load_end(l, &t);
}
