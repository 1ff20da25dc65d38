/* Periods open by the calendar, one act each, so that an expectation nobody answered stands in the
 * log as plainly as an answer. A period's duty is named "matter|period". */
#include "modules/know/plan.h"

#include "base/embed.h"
#include "base/tsv.h"
#include "modules/know/disclosure.h"
#include "modules/know/quarterly_list.h"
#include "office/form.h"
#include "office/list.h"
#include "office/redaction.h"
#include "office/step.h"

#include <inttypes.h>

#define HOUSE "house.disclosure." /* and how often */

static struct str about_of(struct arena *a, struct str matter, struct str period)
{
	return str_printf(a, "%.*s|%.*s", STR_ARG(matter), STR_ARG(period));
}

/* --- Issuing and editing --- */

static struct str house_frequency(struct tx *tx, struct str matter)
{
	static const char *const columns[] = { "matter", "every", NULL };
	const struct embedded *file = embedded_find("house/disclosure_plan.tsv");
	struct tsv t;
	if (!file || tsv_parse(tx->mem, S("disclosure_plan.tsv"),
			       (struct str){ (const char *)file->at, file->len }, columns, &t))
		return S("none");
	for (size_t i = 0; i < t.rows; i++)
		if (str_eq(tsv_cell(&t, i, 0), matter))
			return tsv_cell(&t, i, 1);
	return S("none");
}

static enum regime regime_of(struct str word)
{
	return str_eq(word, S("commune"))      ? REGIME_COMMUNE
	       : str_eq(word, S("agency"))     ? REGIME_AGENCY
	       : str_eq(word, S("enterprise")) ? REGIME_ENTERPRISE
					       : (enum regime)0;
}

/* The matters in force at the beginning of the year and those that come into force during it. */
static enum err prepare_issue(struct tx *tx, const struct dossier *d, void *form)
{
	struct plan *x = form;
	int year;
	x->regime = disclosure_regime(tx, d->unit);
	if (!plan_year(x->year, &year))
		return OK;
	struct date from = date_year_start(year), to = date_add(date_year_start(year + 1), -1);
	const struct law *law = tx->office->law;
	x->items = (struct strs){ NEW_N(tx->mem, struct str, law->disclosures.n), 0 };
	for (size_t i = 0; i < law->disclosures.n; i++) {
		const struct disclosure_matter *m = &law->disclosures.at[i];
		bool ours = m->regime == regime_of(x->regime) && m->deadline_kind != LIMIT_NONE;
		if (!ours || date_cmp(m->valid.from, to) > 0 ||
		    (date_is_set(m->valid.to) && date_cmp(m->valid.to, from) < 0))
			continue;
		struct str every = house_frequency(tx, m->code);
		x->items.at[x->items.n++] =
			str_printf(tx->mem, "%.*s=%.*s", STR_ARG(m->code), STR_ARG(every));
	}
	return OK;
}

static enum err check_issue(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	(void)on;
	const struct plan *x = form;
	struct dossier *other;
	int year;
	if (!plan_year(x->year, &year)) {
		fault_add_msg(faults, "year", MSG_KNOW_FAULT_YEAR);
		return OK;
	}
	if (!x->items.n)
		fault_add_msg(faults, "year", MSG_KNOW_FAULT_NO_LAW);
	enum err e = plan_find(tx, d->unit, year, &other);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (!e)
		fault_add_msg(faults, "year", MSG_KNOW_FAULT_PLAN_EXISTS);
	return e;
}

static void apply_issue(struct fold *f, const void *form)
{
	const struct plan *x = form;
	for (size_t i = 0; i < x->items.n; i++) {
		struct str rest = x->items.at[i], matter = S(""), every = S("");
		if (!str_next(&rest, '=', &matter) || !str_next(&rest, '=', &every))
			continue;
		struct plan_item *item = fold_line_add(f, 0)->data;
		*item = (struct plan_item){ matter, every };
	}
	int year;
	if (plan_year(x->year, &year))
		f->d->wake_on = date_year_start(year);
}

struct item_form {
	struct str matter, every;
};

static enum err item_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, d->lines.n), 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct plan_item *item = d->lines.at[i].data;
		const struct disclosure_matter *m = law_matter(tx->office->law, item->matter);
		struct str title = !m ? item->matter : lang == LANG_EN ? m->title_en : m->title_vi;
		out->at[out->n++] = (struct choice){ item->matter, title };
	}
	return OK;
}

static void apply_item(struct fold *f, const void *form)
{
	const struct item_form *x = form;
	for (size_t i = 0; i < f->d->lines.n; i++) {
		struct plan_item *item = f->d->lines.at[i].data;
		if (!str_eq(item->matter, x->matter))
			continue;
		item->every = x->every;
		f->d->lines.at[i].changed = true;
	}
}

/* --- Periods by the calendar --- */

struct period_form {
	struct str matter, every, period;
	struct date from, due;
};

static struct str rule_of(struct arena *a, struct str every)
{
	return str_printf(a, HOUSE "%.*s", STR_ARG(every));
}

static void apply_open(struct fold *f, const void *form)
{
	const struct period_form *x = form;
	struct plan *p = f->d->data;
	struct str list = S(QUARTERLY_LIST);
	if (x->matter.len)
		fold_open_house(f, rule_of(f->mem, x->every), x->from, x->due,
				about_of(f->mem, x->matter, x->period));
	else if (str_eq(p->regime, S("commune")))
		fold_open(f, list, x->from, 0, x->period);
	p->opened = x->from.days;
}

/* A visit opens and ends what begins and ends on its day; then the plan sleeps until the next month, or
 * the next change of law, up to the end of its year. */
struct visit_form {
	struct date next;
};

static void apply_visit(struct fold *f, const void *form)
{
	const struct visit_form *x = form;
	f->d->wake_on = x->next;
}

static enum err fulfil_by_earlier(struct tx *tx, struct dossier *plan, struct str matter,
				  const struct period *p);

static enum err open_one(struct tx *tx, struct dossier *d, struct str matter, struct str every,
			 const struct period *p)
{
	struct period_form form = { matter, every, p->name, p->from, p->to };
	enum err e = step_follow(tx, d, "open_period", &form, p->from);
	bool late = matter.len && date_cmp(p->from, tx_today(tx)) < 0;
	return e || !late ? e : fulfil_by_earlier(tx, d, matter, p);
}

/* The part of a period in which the matter is in force: a yearly matter of a law that takes effect in
 * July is expected from July on. False: in no day of it. */
static bool narrow(struct span in_force, struct period *p)
{
	if (date_cmp(p->from, in_force.from) < 0) /* NO_DATE is before every day */
		p->from = in_force.from;
	if (date_is_set(in_force.to) && date_cmp(in_force.to, p->to) < 0)
		p->to = in_force.to;
	return date_cmp(p->from, p->to) <= 0;
}

static enum err open_day(struct tx *tx, struct dossier *d, struct date day)
{
	const struct plan *plan = d->data;
	struct period p;
	enum err e = OK;
	for (size_t i = 0; !e && i < d->lines.n; i++) {
		const struct plan_item item = *(const struct plan_item *)d->lines.at[i].data;
		const struct disclosure_matter *m = law_matter(tx->office->law, item.matter);
		if (m && period_of(tx->mem, item.every, day, &p) && narrow(m->valid, &p) &&
		    date_cmp(p.from, day) == 0)
			e = open_one(tx, d, item.matter, item.every, &p);
	}
	bool quarter = period_of(tx->mem, S("quarter"), day, &p) && date_cmp(p.from, day) == 0;
	if (!e && quarter && str_eq(plan->regime, S("commune")) &&
	    law_rule(tx->office->law, S(QUARTERLY_LIST), day))
		e = open_one(tx, d, S(""), S("quarter"), &p);
	return e;
}

struct lapse_form {
	struct str about;
};

/* What nobody answered while the matter was in force, though its period goes on: nobody can answer it
 * any more, and the law that follows has matters of its own. A period that ended with the matter, as a
 * quarter does, stays owed. */
static enum err lapse_day(struct tx *tx, struct dossier *d, struct date day)
{
	enum err e = OK;
	for (size_t i = 0; !e && i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		struct str rest = y->about, matter = S(""), every = y->rule;
		struct period p;
		if (y->state != DUTY_OPEN || !str_starts(every, S(HOUSE)) ||
		    !str_next(&rest, '|', &matter))
			continue;
		const struct disclosure_matter *m = law_matter(tx->office->law, matter);
		if (m && date_is_set(m->valid.to) && date_cmp(m->valid.to, day) < 0 &&
		    period_of(tx->mem, str_from(every, sizeof HOUSE - 1), y->from, &p) &&
		    date_cmp(day, p.to) <= 0)
			e = step_follow(tx, d, "lapse", &(struct lapse_form){ y->about }, day);
	}
	return e;
}

static void sooner(struct date day, struct date after, struct date *next)
{
	if (date_is_set(day) && date_cmp(day, after) > 0 && date_cmp(day, *next) < 0)
		*next = day;
}

static struct date next_visit(struct tx *tx, const struct dossier *d, struct date day)
{
	struct date next = date_add(date_month_end(day), 1);
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct plan_item *item = d->lines.at[i].data;
		const struct disclosure_matter *m = law_matter(tx->office->law, item->matter);
		if (m)
			sooner(m->valid.from, day, &next);
		if (m && date_is_set(m->valid.to))
			sooner(date_add(m->valid.to, 1), day, &next);
	}
	return next;
}

static enum err wake(struct tx *tx, struct dossier *d)
{
	int year;
	struct date today = tx_today(tx);
	if (!plan_year(((const struct plan *)d->data)->year, &year))
		return tx_fail(tx, ERR_CORRUPT, "plan %.*s has no year", STR_ARG(d->code));
	struct date next_year = date_year_start(year + 1);
	while (date_is_set(d->wake_on) && date_cmp(d->wake_on, today) <= 0) {
		struct date day = d->wake_on, next = next_visit(tx, d, day);
		enum err e = lapse_day(tx, d, day);
		if (!e)
			e = open_day(tx, d, day);
		struct visit_form visit = { date_cmp(next, next_year) < 0 ? next : NO_DATE };
		if (e || (e = step_follow(tx, d, "visit", &visit, day)))
			return e;
	}
	return OK;
}

/* --- Ending an expectation --- */

struct fulfil_form {
	struct str about, code;
};

static struct duty *expectation(const struct dossier *d, struct str about)
{
	for (size_t i = 0; i < d->duties.n; i++) {
		struct duty *y = &d->duties.at[i];
		if (y->state == DUTY_OPEN && str_eq(y->about, about) &&
		    str_starts(y->rule, S(HOUSE)))
			return y;
	}
	return NULL;
}

static void apply_fulfil(struct fold *f, const void *form)
{
	struct duty *y = expectation(f->d, ((const struct fulfil_form *)form)->about);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

static void apply_lapse(struct fold *f, const void *form)
{
	struct duty *y = expectation(f->d, ((const struct lapse_form *)form)->about);
	if (y)
		fold_close(f, y, DUTY_EXCUSED, f->act->on);
}

struct nil_form {
	struct str about, reason;
};

static enum err nil_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	const struct dossier *d = subject;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, d->duties.n), 0 };
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (!expectation(d, y->about) || y->state != DUTY_OPEN)
			continue;
		struct str rest = y->about, code = S(""), period = S("");
		bool both = str_next(&rest, '|', &code) && str_next(&rest, '|', &period);
		const struct disclosure_matter *m = law_matter(tx->office->law, code);
		struct str title = !m ? code : lang == LANG_EN ? m->title_en : m->title_vi;
		out->at[out->n++] = (struct choice){
			y->about, both ? str_printf(tx->mem, "%.*s, %.*s", STR_ARG(title),
						    STR_ARG(period_words(tx->mem, lang, period)))
				       : y->about
		};
	}
	return OK;
}

static void apply_nil(struct fold *f, const void *form)
{
	struct duty *y = expectation(f->d, ((const struct nil_form *)form)->about);
	if (y)
		fold_close(f, y, DUTY_NIL, f->act->on);
}

/* --- Tables --- */

static const struct field_choice everies[] = {
	{ "month", MSG_KNOW_EVERY_MONTH }, { "quarter", MSG_KNOW_EVERY_QUARTER },
	{ "half", MSG_KNOW_EVERY_HALF },   { "year", MSG_KNOW_EVERY_YEAR },
	{ "none", MSG_KNOW_EVERY_NONE },   { 0 },
};

static const struct field fields[] = {
	FIELD(struct plan, title, .min = 5, .label = MSG_KNOW_PLAN_TITLE),
	FIELD(struct plan, year, .min = 4, .max = 4, .label = MSG_KNOW_PLAN_YEAR),
	FIELD(struct plan, regime, .optional = true, .hidden = true, .label = MSG_KNOW_REGIME),
	FIELD(struct plan, items, .optional = true, .hidden = true, .max = 100,
	      .label = MSG_KNOW_PLAN_ITEMS),
	FIELD(struct plan, opened, .optional = true, .hidden = true, .label = MSG_KNOW_FROM),
	{ 0 },
};

static const struct field item_fields[] = {
	FIELD(struct item_form, matter, .label = MSG_KNOW_MATTER, .options = item_options),
	FIELD(struct item_form, every, .label = MSG_KNOW_EVERY, .choices = everies),
	{ 0 },
};

static const struct field period_fields[] = {
	FIELD(struct period_form, matter, .optional = true, .hidden = true,
	      .label = MSG_KNOW_MATTER),
	FIELD(struct period_form, every, .hidden = true, .label = MSG_KNOW_EVERY),
	FIELD(struct period_form, period, .hidden = true, .label = MSG_KNOW_PERIOD),
	FIELD(struct period_form, from, .hidden = true, .label = MSG_KNOW_FROM),
	FIELD(struct period_form, due, .hidden = true, .label = MSG_KNOW_UNTIL),
	{ 0 },
};

static const struct field visit_fields[] = {
	FIELD(struct visit_form, next, .optional = true, .hidden = true, .label = MSG_KNOW_FROM),
	{ 0 },
};

static const struct field fulfil_fields[] = {
	FIELD(struct fulfil_form, about, .hidden = true, .label = MSG_KNOW_ABOUT),
	FIELD(struct fulfil_form, code, .hidden = true, .label = MSG_KNOW_CODE),
	{ 0 },
};

static const struct field lapse_fields[] = {
	FIELD(struct lapse_form, about, .hidden = true, .label = MSG_KNOW_ABOUT),
	{ 0 },
};

static const struct field nil_fields[] = {
	FIELD(struct nil_form, about, .label = MSG_KNOW_ABOUT, .options = nil_options),
	FIELD(struct nil_form, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_KNOW_NIL_REASON, .hint = MSG_EDITORIAL_REASON_PUBLIC),
	{ 0 },
};

static const struct field list_fields[] = {
	FIELD(struct quarterly_list, quarter, .label = MSG_KNOW_QUARTER,
	      .options = quarterly_list_options),
	FIELD(struct quarterly_list, entries, .optional = true, .hidden = true, .max = 200,
	      .label = MSG_KNOW_LIST_ITEMS),
	{ 0 },
};

static const struct field item_line[] = {
	FIELD(struct plan_item, matter, .label = MSG_KNOW_MATTER, .options = item_options),
	FIELD(struct plan_item, every, .label = MSG_KNOW_EVERY, .choices = everies),
	{ 0 },
};

static const struct line_kind lines[] = {
	{ "item", MSG_KNOW_PLAN_ITEMS, sizeof(struct plan_item), item_line },
	{ 0 },
};

static const struct state states[] = {
	{ PLAN_IN_FORCE, "in_force", MSG_KNOW_PLAN_IN_FORCE, TONE_INFO, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "issue", NEW, PLAN_IN_FORCE, LEADER, MSG_KNOW_ISSUE, MSG_KNOW_ISSUE_DONE,
	  sizeof(struct plan), fields, .is_public = true, .version = true, .prepare = prepare_issue,
	  .check = check_issue, .apply = apply_issue },
	{ "set_item", PLAN_IN_FORCE, 0, LEADER, MSG_KNOW_SET_ITEM, MSG_KNOW_SET_ITEM_DONE,
	  sizeof(struct item_form), item_fields, .is_public = true, .apply = apply_item },
	{ "nil", PLAN_IN_FORCE, 0, LEADER, MSG_KNOW_NIL, MSG_KNOW_NIL_DONE, sizeof(struct nil_form),
	  nil_fields, .is_public = true, .apply = apply_nil },
	{ "list", PLAN_IN_FORCE, 0, CLERK | LEADER, MSG_KNOW_LIST, MSG_KNOW_LIST_DONE,
	  sizeof(struct quarterly_list), list_fields, .is_public = true,
	  .prepare = quarterly_list_prepare, .apply = quarterly_list_apply },
	{ "open_period", PLAN_IN_FORCE, 0, SYSTEM, MSG_KNOW_OPEN_DONE, MSG_KNOW_OPEN_DONE,
	  sizeof(struct period_form), period_fields, .is_public = true, .follows = true,
	  .apply = apply_open },
	{ "lapse", PLAN_IN_FORCE, 0, SYSTEM, MSG_KNOW_LAPSE_DONE, MSG_KNOW_LAPSE_DONE,
	  sizeof(struct lapse_form), lapse_fields, .is_public = true, .follows = true,
	  .apply = apply_lapse },
	{ "visit", PLAN_IN_FORCE, 0, SYSTEM, MSG_KNOW_VISIT_DONE, MSG_KNOW_VISIT_DONE,
	  sizeof(struct visit_form), visit_fields, .follows = true, .apply = apply_visit },
	{ "fulfil", PLAN_IN_FORCE, 0, SYSTEM, MSG_KNOW_FULFIL_DONE, MSG_KNOW_FULFIL_DONE,
	  sizeof(struct fulfil_form), fulfil_fields, .is_public = true, .follows = true,
	  .apply = apply_fulfil },
	REDACTION_TEXT_STEP(PLAN_IN_FORCE, LEADER),
	{ 0 },
};

const struct kind plan_kind = {
	.name = "plan",
	.code = "KH",
	.slug = "ke-hoach-cong-khai",
	.work = "know",
	.title = MSG_KNOW_PLAN,
	.titles = MSG_KNOW_PLANS,
	.size = sizeof(struct plan),
	.fields = fields,
	.many_duties = true,
	.facet = "year",
	.states = states,
	.lines = lines,
	.steps = steps,
	.indicators = plan_indicators,
	.wake = wake,
};

/* --- For other dossiers --- */

enum err plan_find(struct tx *tx, int64_t unit, int year, struct dossier **out)
{
	return dossier_kept(tx, &plan_kind, unit, str_printf(tx->mem, "%04d", year), out);
}

/* The open expectation that a disclosure answers: of the period it names, else of the one in which
 * its document was issued, whatever the frequency was then. */
static struct duty *answered_by(struct arena *a, const struct dossier *plan,
				const struct disclosure *x)
{
	if (x->period.len)
		return expectation(plan, about_of(a, x->matter, x->period));
	for (size_t i = 0; i < plan->duties.n; i++) {
		struct duty *y = &plan->duties.at[i];
		if (y->state == DUTY_OPEN && str_starts(y->rule, S(HOUSE)) &&
		    str_starts(y->about, about_of(a, x->matter, S(""))) &&
		    date_cmp(y->from, x->issued_on) <= 0 && date_cmp(x->issued_on, y->due) <= 0)
			return y;
	}
	return NULL;
}

enum err plan_fulfil(struct tx *tx, const struct dossier *disclosure, struct date on)
{
	const struct disclosure *x = disclosure->data;
	struct dossier *plan;
	int year = date_ymd(x->issued_on).year;
	if (x->period.len && !plan_year(str_cut(x->period, 4), &year))
		return OK;
	enum err e = plan_find(tx, disclosure->unit, year, &plan);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	const struct duty *y = answered_by(tx->mem, plan, x);
	if (!y)
		return OK;
	struct fulfil_form form = { y->about, disclosure->code };
	return step_follow(tx, plan, "fulfil", &form, on);
}

/* A plan issued late expects what may have been disclosed already: the first such answers it. */
static enum err fulfil_by_earlier(struct tx *tx, struct dossier *plan, struct str matter,
				  const struct period *p)
{
	struct list_filter f = { .kind = &disclosure_kind,
				 .under = plan->unit,
				 .facet = matter,
				 .from = p->from,
				 .to = NO_DATE,
				 .after_on = NO_DATE,
				 .limit = 200 };
	struct list_rows rows;
	struct str about = about_of(tx->mem, matter, p->name);
	enum err e = list_dossiers(tx, &f, &rows);
	for (size_t i = e ? 0 : rows.n; i > 0; i--) {
		struct dossier *d;
		if (rows.at[i - 1].unit != plan->unit)
			continue;
		if ((e = dossier_load(tx, rows.at[i - 1].id, &d)))
			return e;
		const struct duty *y = answered_by(tx->mem, plan, d->data);
		struct fulfil_form form = { about, d->code };
		if (y && str_eq(y->about, about))
			return step_follow(tx, plan, "fulfil", &form, d->shown_on);
	}
	return e;
}
