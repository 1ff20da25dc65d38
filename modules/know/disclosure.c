/* What the tables of the kind cannot say of content: which law holds, which forms are owed on a day,
 * when they have all been used, what an approval publishes. */
#include "modules/know/disclosure_steps.h"

#include "modules/know/plan.h"
#include "office/step.h"
#include "office/unit.h"

/* --- Law --- */

struct str disclosure_rule(struct arena *a, struct str regime, const char *what)
{
	return str_printf(a, "disclosure.%.*s.%s", STR_ARG(regime), what);
}

struct str disclosure_regime_word(enum regime regime)
{
	return regime == REGIME_COMMUNE      ? S("commune")
	       : regime == REGIME_AGENCY     ? S("agency")
	       : regime == REGIME_ENTERPRISE ? S("enterprise")
					     : S("");
}

struct str disclosure_regime(struct tx *tx, int64_t unit)
{
	struct unit u;
	if (unit_find(tx, unit, tx_today(tx), &u))
		return S("");
	return disclosure_regime_word(u.regime);
}

static bool form_owed(const struct unit *u, struct str form)
{
	if (str_eq(form, S("WEB")))
		return u->has_web;
	if (str_eq(form, S("TRUYENTHANH")))
		return u->has_loudspeaker;
	return true;
}

/* A version without names does not take back those of an earlier one, which can be read until they are
 * erased. */
static bool names_left(const struct dossier *d, struct str names, const struct file_refs *files)
{
	return names.len || files->n || ((const struct disclosure *)d->data)->has_names;
}

/* The facts of the matter and of the unit on the day of the document. */
static enum err fill_facts(struct tx *tx, const struct dossier *d, struct disclosure *form)
{
	const struct law *law = tx->office->law;
	const struct disclosure_matter *m = law_matter(law, form->matter);
	struct unit u;
	enum err e = unit_find(tx, d->unit,
			       date_is_set(form->issued_on) ? form->issued_on : tx_today(tx), &u);
	if (e)
		return e;
	form->regime = disclosure_regime_word(u.regime);
	form->has_names = names_left(d, form->names, &form->name_files);
	if (!m)
		return OK;
	form->any_form = m->any_form;
	form->posting_days = m->min_posting_days;
	form->broadcast_days = u.has_loudspeaker ? m->min_broadcast_days : 0;
	form->owed = (struct strs){ NEW_N(tx->mem, struct str, law->disclosure_forms.n), 0 };
	for (size_t i = 0; i < law->disclosure_forms.n; i++) {
		struct str code = law->disclosure_forms.at[i].code;
		if ((m->forms >> i & 1) && form_owed(&u, code))
			form->owed.at[form->owed.n++] = code;
	}
	return OK;
}

/* What is of a law before or after says so, for papers of its time. */
static struct str matter_label(struct tx *tx, enum lang lang, const struct disclosure_matter *m)
{
	struct str title = lang == LANG_EN ? m->title_en : m->title_vi;
	if (span_holds(m->valid, tx_today(tx)))
		return title;
	return str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(title),
			  STR_ARG(citation_words(tx->mem, &m->cite, lang == LANG_EN)));
}

/* Those of today's law first. */
enum err disclosure_matter_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out)
{
	const struct dossier *d = subject;
	const struct law *law = tx->office->law;
	struct str regime = disclosure_regime(tx, d->unit);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, law->disclosures.n), 0 };
	for (int now = 1; now >= 0; now--)
		for (size_t i = 0; i < law->disclosures.n; i++) {
			const struct disclosure_matter *m = &law->disclosures.at[i];
			if (!str_eq(disclosure_regime_word(m->regime), regime) ||
			    span_holds(m->valid, tx_today(tx)) != now)
				continue;
			out->at[out->n++] = (struct choice){ m->code, matter_label(tx, lang, m) };
		}
	return OK;
}

bool disclosure_matter_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
			     struct str *out)
{
	const struct dossier *d = subject;
	const struct disclosure_matter *m = law_matter(tx->office->law, value);
	if (!m || !str_eq(disclosure_regime_word(m->regime), disclosure_regime(tx, d->unit)))
		return false;
	*out = matter_label(tx, lang, m);
	return true;
}

/* --- Forms used, and the duty to publish --- */

/* The form that a line is a use of, and since when. */
static struct str form_of(const struct dossier *d, const struct line *l, struct date *on)
{
	const struct form_used *used = l->data;
	if (l->kind == &d->kind->lines[LINE_POSTING]) {
		*on = ((const struct posting *)l->data)->from;
		return S("NIEMYET");
	}
	if (l->kind == &d->kind->lines[LINE_BROADCAST]) {
		*on = ((const struct broadcast *)l->data)->from;
		return S("TRUYENTHANH");
	}
	*on = used->on;
	return used->form;
}

static struct date earlier(struct date a, struct date b)
{
	bool first = date_is_set(a) && (!date_is_set(b) || date_cmp(a, b) < 0);
	return first ? a : b;
}

struct date disclosure_form_used_on(const struct dossier *d, struct str form)
{
	struct date first = NO_DATE, on;
	for (size_t i = 0; i < d->lines.n; i++)
		if (str_eq(form_of(d, &d->lines.at[i], &on), form))
			first = earlier(on, first);
	return first;
}

/* Reports tell three forms and the web apart; everything else the law names is "other". */
static struct str figure_of(struct str form)
{
	return str_eq(form, S("NIEMYET"))       ? S(FIGURE_POSTING)
	       : str_eq(form, S("TRUYENTHANH")) ? S(FIGURE_BROADCAST)
	       : str_eq(form, S("TRUONGTHON"))  ? S(FIGURE_HEADS)
	       : str_eq(form, S("WEB"))         ? S(FIGURE_WEB)
						: S(FIGURE_OTHER);
}

/* Counted once for each disclosure, on the day of the first use; one that is entered later and was
 * earlier takes the place of what was counted. */
void disclosure_count_use(struct fold *f, struct str form, struct date on)
{
	struct str key = figure_of(form);
	struct date first = NO_DATE, used;
	for (size_t i = 0; i < f->d->lines.n; i++)
		if (str_eq(figure_of(form_of(f->d, &f->d->lines.at[i], &used)), key))
			first = earlier(used, first);
	if (date_is_set(first) && date_cmp(first, on) <= 0)
		return;
	fold_figure_on(f, key, first, 0, -1);
	fold_figure_on(f, key, on, 0, 1);
}

/* Meets the duty once every form owed has been used (or one of them, where one is enough). A matter
 * that owes no form at all is met by the approval. */
void disclosure_meet_when_complete(struct fold *f)
{
	const struct disclosure *x = f->d->data;
	struct str rule = disclosure_rule(f->mem, x->regime, "publish");
	struct duty *duty = fold_duty(f, rule, 0, x->matter);
	struct date first = NO_DATE, last = NO_DATE;
	size_t used = 0;
	if (!duty || !date_is_set(f->d->shown_on))
		return;
	for (size_t i = 0; i < x->owed.n; i++) {
		struct date on = disclosure_form_used_on(f->d, x->owed.at[i]);
		if (!date_is_set(on))
			continue;
		used++;
		if (!date_is_set(first) || date_cmp(on, first) < 0)
			first = on;
		if (!date_is_set(last) || date_cmp(on, last) > 0)
			last = on;
	}
	if (!x->owed.n)
		fold_close(f, duty, DUTY_MET, f->d->shown_on);
	else if (x->any_form && used)
		fold_close(f, duty, DUTY_MET, first);
	else if (used == x->owed.n)
		fold_close(f, duty, DUTY_MET, last);
}

void disclosure_use_form(struct fold *f, struct str code, struct date on)
{
	disclosure_count_use(f, code, on);
	struct form_used *used = fold_line_add(f, LINE_FORM)->data;
	used->form = code;
	used->on = on;
}

bool disclosure_is_posting_run(const struct duty *y)
{
	return y->minimum && y->line;
}

static bool runs_left(const struct dossier *d)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (disclosure_is_posting_run(&d->duties.at[i]) &&
		    d->duties.at[i].state == DUTY_OPEN)
			return true;
	return false;
}

/* The last day on which names may be shown: that of the last run there was, broken ones included,
 * because a torn sheet may be hung anew until then; where nothing was ever hung, as many days from
 * the approval. NO_DATE: the posting has no end. */
static struct date names_until(const struct dossier *d)
{
	const struct disclosure *x = d->data;
	struct date until = NO_DATE;
	if (x->posting_days <= 0 || !date_is_set(d->shown_on))
		return NO_DATE;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (disclosure_is_posting_run(y) &&
		    (!date_is_set(until) || date_cmp(y->due, until) > 0))
			until = y->due;
	}
	return date_is_set(until) ? until : date_add(d->shown_on, (int)x->posting_days);
}

/* The calendar looks in again on the day after the first run that is still going ends; where none
 * is, on the day after names may no longer be shown. */
void disclosure_set_wake(struct fold *f)
{
	struct dossier *d = f->d;
	struct date last = NO_DATE;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (disclosure_is_posting_run(y) && y->state == DUTY_OPEN &&
		    (!date_is_set(last) || date_cmp(y->due, last) < 0))
			last = y->due;
	}
	if (!date_is_set(last) && ((const struct disclosure *)d->data)->has_names)
		last = names_until(d);
	d->wake_on = date_is_set(last) ? date_add(last, 1) : NO_DATE;
}

/* --- Recording, submitting, approving --- */

enum err disclosure_prepare_content(struct tx *tx, const struct dossier *d, void *form)
{
	return fill_facts(tx, d, form);
}

enum err disclosure_check_content(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct disclosure *x = form;
	const struct disclosure_matter *m = law_matter(tx->office->law, x->matter);
	struct buf b = { .a = tx->mem };
	if (!x->regime.len)
		fault_add_msg(faults, "", MSG_KNOW_FAULT_NO_REGIME);
	if (m && date_is_set(x->issued_on) && !span_holds(m->valid, x->issued_on)) {
		msg_know_fault_matter_dates(
			&b, faults ? faults->lang : LANG_VI,
			citation_words(tx->mem, &m->cite, faults && faults->lang == LANG_EN),
			x->issued_on);
		fault_add(faults, "matter", buf_str(&b));
	}
	editorial_check_content(x->body, x->files.n ? &x->files : &x->name_files, faults);
	(void)d, (void)on;
	return OK;
}

void disclosure_apply_record(struct fold *f, const void *form)
{
	const struct disclosure *x = form;
	struct str rule = disclosure_rule(f->mem, x->regime, "publish");
	/* An edit may correct matter or day: the clock is then another one. */
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *old = &f->d->duties.at[i];
		bool same = str_eq(old->rule, rule) && str_eq(old->about, x->matter) &&
			    date_cmp(old->from, x->issued_on) == 0;
		if (old->state != DUTY_OPEN)
			continue;
		if (same)
			return;
		fold_close(f, old, DUTY_EXCUSED, f->act->on);
	}
	fold_open(f, rule, x->issued_on, 0, x->matter);
}

/* The approval publishes what was recorded: it carries the content, so that its leaf commits to it. */
enum err disclosure_prepare_publish(struct tx *tx, const struct dossier *d, void *form)
{
	enum err e = editorial_prepare_publish(tx, d, form);
	return e ? e : fill_facts(tx, d, form);
}

void disclosure_apply_publish(struct fold *f, const void *form)
{
	const struct disclosure *x = form;
	for (size_t i = 0; i < x->owed.n; i++)
		if (str_eq(x->owed.at[i], S("WEB")))
			disclosure_use_form(f, S("WEB"), f->act->on);
	disclosure_meet_when_complete(f);
	disclosure_set_wake(f);
}

enum err disclosure_fulfil_plan(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	(void)form;
	return plan_fulfil(tx, d, act->on);
}

enum err disclosure_prepare_correction(struct tx *tx, const struct dossier *d, void *form)
{
	struct correction *x = form;
	(void)tx;
	x->has_names = names_left(d, x->names, &x->name_files);
	return OK;
}

void disclosure_apply_correct(struct fold *f, const void *form)
{
	(void)form;
	disclosure_set_wake(f);
}

/* --- The calendar --- */

/* Ends the runs whose last day has passed; when none is left, the names go on their day. */
enum err disclosure_wake(struct tx *tx, struct dossier *d)
{
	struct date today = tx_today(tx);
	const struct disclosure *x = d->data;
	enum err e = OK;
	for (size_t i = 0; !e && i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->state != DUTY_OPEN || !disclosure_is_posting_run(y) ||
		    date_cmp(y->due, today) >= 0)
			continue;
		struct run_form form = { str_printf(tx->mem, "%d", y->line) };
		e = step_follow(tx, d, "run_over", &form, date_add(y->due, 1));
	}
	struct date until = names_until(d);
	if (!e && x->has_names && !runs_left(d) && date_is_set(until) && date_cmp(until, today) < 0)
		e = step_follow(tx, d, "expire_names", &(struct nothing){ S("") }, today);
	return e;
}

enum err disclosure_names(struct tx *tx, const struct dossier *d, struct str *out)
{
	struct disclosure personal = { .names = S("") };
	enum err e = ((const struct disclosure *)d->data)->has_names
			     ? dossier_personal(tx, d, d->kind->fields, &personal)
			     : OK;
	*out = personal.names;
	return e;
}
