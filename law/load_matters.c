/* What has to be disclosed, decided and put to opinion. */
#include "law/load.h"

static bool load_forms(struct load *l)
{
	enum { CODE, REGIME, LAW, ARTICLE, TITLE_VI, TITLE_EN, BASIS };
	static const char *const columns[] = { "code",     "regime",   "law",   "article",
					       "title_vi", "title_en", "basis", NULL };
	struct tsv t;

	if (!load_table(l, "disclosure_forms.tsv", columns, &t))
		return false;
	struct disclosure_form *rows = NEW_N(l->a, struct disclosure_form, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		rows[i] = (struct disclosure_form){
			.code = load_code(&t, i, CODE),
			.regimes = tsv_choices(&t, i, REGIME, regime_words),
			.cite = load_citation(l, &t, i, LAW),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.basis = load_basis(l, &t, i, BASIS),
		};
		if (!rows[i].regimes)
			tsv_fail(&t, i, REGIME, "is empty: name at least one regime");
		if (i == 32)
			tsv_fail(&t, i, TSV_ROW, "is one form too many: 32 fit into a matter");
	}
	l->law->disclosure_forms.at = rows;
	l->law->disclosure_forms.n = t.rows;
	return load_end(l, &t);
}

/* Codes joined by bars, each a form of that regime. */
static uint32_t read_forms(struct load *l, struct tsv *t, size_t row, int column,
			   enum regime regime)
{
	struct str rest = tsv_cell(t, row, (size_t)column), code;
	uint32_t bits = 0;

	if (!rest.len)
		return 0;
	while (str_next(&rest, '|', &code)) {
		uint32_t bit = law_form_bit(l->law, code);
		size_t i = 0;
		if (!bit) {
			tsv_fail(t, row, column, "'%.*s' is not in disclosure_forms.tsv",
				 STR_ARG(code));
			return bits;
		}
		if (bits & bit)
			tsv_fail(t, row, column, "'%.*s' is there twice: remove one",
				 STR_ARG(code));
		while (bit >> i != 1)
			i++;
		if (!(l->law->disclosure_forms.at[i].regimes & regime))
			tsv_fail(t, row, column, "'%.*s' is not a form of this regime",
				 STR_ARG(code));
		bits |= bit;
	}
	return bits;
}

bool load_disclosure(struct load *l)
{
	enum {
		CODE,
		REGIME,
		LAW,
		ARTICLE,
		TITLE_VI,
		TITLE_EN,
		DEADLINE,
		DEADLINE_KIND,
		POSTING,
		FORMS,
		FORMS_OP,
		BROADCAST,
		FROM,
		TO,
		BASIS
	};
	static const char *const columns[] = {
		"code",
		"regime",
		"law",
		"article",
		"title_vi",
		"title_en",
		"deadline_days",
		"deadline_kind",
		"min_posting_days",
		"forms",
		"forms_op",
		"min_broadcast_days",
		"valid_from",
		"valid_to",
		"basis",
		NULL,
	};
	static const char *const ops[] = { "all", "any", NULL };
	struct tsv t;

	if (!load_forms(l) || !load_table(l, "disclosure_matters.tsv", columns, &t))
		return false;
	struct disclosure_matter *rows = NEW_N(l->a, struct disclosure_matter, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct disclosure_matter *m = &rows[i];
		*m = (struct disclosure_matter){
			.code = load_code(&t, i, CODE),
			.regime = load_regime(&t, i, REGIME),
			.cite = load_citation(l, &t, i, LAW),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.min_posting_days = (int)tsv_int(&t, i, POSTING, -1, 3660, 0),
			.any_form = tsv_choice(&t, i, FORMS_OP, ops) == 1,
			.min_broadcast_days = (int)tsv_int(&t, i, BROADCAST, 1, 366, 0),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		load_days(&t, i, DEADLINE, &m->deadline_days, &m->deadline_kind);
		m->forms = read_forms(l, &t, i, FORMS, m->regime);
		check_act_span(&t, i, &m->cite, m->valid);
		if (m->min_posting_days == 0 && tsv_cell(&t, i, POSTING).len)
			tsv_fail(&t, i, POSTING, "0 says nothing: leave it empty, or -1 for ever");
		if (!m->forms && !m->any_form)
			tsv_fail(&t, i, FORMS, "is empty: 'all' of no form owes nothing");
	}
	l->law->disclosures.at = rows;
	l->law->disclosures.n = t.rows;
	return load_end(l, &t);
}

static struct threshold read_threshold(struct tsv *t, size_t row, int column)
{
	static const char *const ops[] = {
		[THRESHOLD_NONE] = "", [THRESHOLD_GE] = "ge", [THRESHOLD_GT] = "gt", NULL
	};
	struct threshold h = {
		.op = (enum threshold_op)tsv_choice(t, row, column, ops),
		.num = (int)tsv_int(t, row, column + 1, 1, 1000, 0),
		.den = (int)tsv_int(t, row, column + 2, 1, 1000, 0),
	};
	if ((h.op == THRESHOLD_NONE) != !h.num || !h.num != !h.den || h.num > h.den ||
	    (h.op == THRESHOLD_GT && h.num == h.den && h.num))
		tsv_fail(t, row, column, "op, num and den make no share: e.g. ge 2 3");
	return h;
}

bool load_decisions(struct load *l)
{
	enum {
		CODE,
		REGIME,
		LAW,
		ARTICLE,
		TITLE_VI,
		TITLE_EN,
		SCOPE,
		FORMS,
		OP,
		NUM,
		DEN,
		BASE,
		EFFECTIVE,
		RECOGNISED_BY,
		RECOGNISE,
		RECOGNISE_KIND,
		FROM,
		TO,
		BASIS
	};
	static const char *const columns[] = {
		"code",
		"regime",
		"law",
		"article",
		"title_vi",
		"title_en",
		"scope",
		"forms_allowed",
		"threshold_op",
		"threshold_num",
		"threshold_den",
		"threshold_base",
		"effective_when",
		"recognised_by",
		"recognise_days",
		"recognise_kind",
		"valid_from",
		"valid_to",
		"basis",
		NULL,
	};
	static const char *const scopes[] = {
		"village", "commune", "agency", "enterprise", "village or commune", NULL
	};
	static const char *const forms[] = { "HOP",         "PHIEU",   "PHIEU_SAU_HOP",
					     "TRUCTUYEN",   "HOINGHI", "PHIEU_BATKHAKHANG",
					     "LUATLAODONG", NULL };
	struct tsv t;

	if (!load_table(l, "decision_matters.tsv", columns, &t))
		return false;
	struct decision_matter *rows = NEW_N(l->a, struct decision_matter, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct decision_matter *m = &rows[i];
		*m = (struct decision_matter){
			.code = load_code(&t, i, CODE),
			.regime = load_regime(&t, i, REGIME),
			.cite = load_citation(l, &t, i, LAW),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.scope = str_of(scopes[tsv_choice(&t, i, SCOPE, scopes)]),
			.forms = tsv_choices(&t, i, FORMS, forms),
			.threshold = read_threshold(&t, i, OP),
			.threshold_base = tsv_cell(&t, i, BASE),
			.effective_when = tsv_text(&t, i, EFFECTIVE),
			.recognised_by = tsv_cell(&t, i, RECOGNISED_BY),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		load_days(&t, i, RECOGNISE, &m->recognise_days, &m->recognise_kind);
		check_act_span(&t, i, &m->cite, m->valid);
		if (!m->forms)
			tsv_fail(&t, i, FORMS, "is empty: name at least one form");
		if (m->threshold.op != THRESHOLD_NONE && !m->threshold_base.len)
			tsv_fail(&t, i, BASE, "is empty: a share of what?");
		if (m->recognise_days && !m->recognised_by.len)
			tsv_fail(&t, i, RECOGNISED_BY, "is empty, yet there is a limit for it");
	}
	l->law->decisions.at = rows;
	l->law->decisions.n = t.rows;
	return load_end(l, &t);
}

bool load_opinions(struct load *l)
{
	enum {
		CODE,
		REGIME,
		LAW,
		ARTICLE,
		TITLE_VI,
		TITLE_EN,
		DECIDER,
		MIN_DAYS,
		DAYS_KIND,
		COUNTED_FROM,
		FORMS,
		FROM,
		TO,
		BASIS
	};
	static const char *const columns[] = {
		"code",     "regime",     "law",      "article",   "title_vi",
		"title_en", "decider",    "min_days", "days_kind", "counted_from",
		"forms",    "valid_from", "valid_to", "basis",     NULL,
	};
	static const char *const forms[] = { "DOITHOAI", "HOP",     "PHIEU",    "HOMTHU",
					     "CTMT",     "WEB",     "MXH",      "DOITHOAI_DOITUONG",
					     "TRUCTIEP", "HOINGHI", "CONGDOAN", "DAIDIEN",
					     "GOPY",     NULL };
	struct tsv t;

	if (!load_table(l, "opinion_matters.tsv", columns, &t))
		return false;
	struct opinion_matter *rows = NEW_N(l->a, struct opinion_matter, t.rows);
	for (size_t i = 0; i < t.rows; i++) {
		struct opinion_matter *m = &rows[i];
		*m = (struct opinion_matter){
			.code = load_code(&t, i, CODE),
			.regime = load_regime(&t, i, REGIME),
			.cite = load_citation(l, &t, i, LAW),
			.title_vi = tsv_text(&t, i, TITLE_VI),
			.title_en = tsv_text(&t, i, TITLE_EN),
			.decider = tsv_text(&t, i, DECIDER),
			.counted_from = tsv_cell(&t, i, COUNTED_FROM),
			.forms = tsv_choices(&t, i, FORMS, forms),
			.valid = load_span(&t, i, FROM),
			.basis = load_basis(l, &t, i, BASIS),
		};
		load_days(&t, i, MIN_DAYS, &m->min_days, &m->days_kind);
		check_act_span(&t, i, &m->cite, m->valid);
		if (!m->forms)
			tsv_fail(&t, i, FORMS, "is empty: name at least one form");
		if (m->min_days && !m->counted_from.len)
			tsv_fail(&t, i, COUNTED_FROM, "is empty: days counted from what?");
	}
	l->law->opinions.at = rows;
	l->law->opinions.n = t.rows;
	return load_end(l, &t);
}
