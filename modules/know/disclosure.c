/* What the tables of the kind cannot say: which forms are owed on a day, when they have all been
 * used, and how runs of posting days begin, break and end. */
#include "modules/know/disclosure.h"

#include "modules/know/plan.h"
#include "office/form.h"
#include "office/step.h"
#include "office/unit.h"
#include "office/unit_edit.h"

/* --- Law --- */

struct str disclosure_rule(struct arena *a, struct str regime, const char *what)
{
	return str_printf(a, "disclosure.%.*s.%s", STR_ARG(regime), what);
}

static struct str regime_word(enum regime regime)
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
	return regime_word(u.regime);
}

static bool form_owed(const struct unit *u, struct str form)
{
	if (str_eq(form, S("WEB")))
		return u->has_web;
	if (str_eq(form, S("TRUYENTHANH")))
		return u->has_loudspeaker;
	return true;
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
	form->regime = regime_word(u.regime);
	form->has_names = form->names.len > 0;
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

/* Those of today's law first; those of a law before or after say whose they are, for papers of their
 * time. */
static enum err matter_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	const struct dossier *d = subject;
	const struct law *law = tx->office->law;
	struct str regime = disclosure_regime(tx, d->unit);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, law->disclosures.n), 0 };
	for (int now = 1; now >= 0; now--)
		for (size_t i = 0; i < law->disclosures.n; i++) {
			const struct disclosure_matter *m = &law->disclosures.at[i];
			if (!str_eq(regime_word(m->regime), regime) ||
			    span_holds(m->valid, tx_today(tx)) != now)
				continue;
			struct str title = lang == LANG_EN ? m->title_en : m->title_vi;
			if (!now)
				title = str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(title),
						   STR_ARG(citation_words(tx->mem, &m->cite,
									  lang == LANG_EN)));
			out->at[out->n++] = (struct choice){ m->code, title };
		}
	return OK;
}

/* --- Forms used, and the duty to publish --- */

struct date disclosure_form_used_on(const struct dossier *d, struct str form)
{
	struct date first = NO_DATE;
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct line *l = &d->lines.at[i];
		struct date on = NO_DATE;
		if (l->kind == &d->kind->lines[LINE_POSTING] && str_eq(form, S("NIEMYET")))
			on = ((const struct posting *)l->data)->from;
		else if (l->kind == &d->kind->lines[LINE_BROADCAST] &&
			 str_eq(form, S("TRUYENTHANH")))
			on = ((const struct broadcast *)l->data)->from;
		else if (l->kind == &d->kind->lines[LINE_FORM] &&
			 str_eq(form, ((const struct form_used *)l->data)->form))
			on = ((const struct form_used *)l->data)->on;
		if (date_is_set(on) && (!date_is_set(first) || date_cmp(on, first) < 0))
			first = on;
	}
	return first;
}

/* Meets the duty once every form owed has been used (or one of them, where one is enough). A matter
 * that owes no form at all is met by the approval. */
static void meet_when_complete(struct fold *f)
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

static void use_form(struct fold *f, struct str code, struct date on)
{
	struct form_used *used = fold_line_add(f, LINE_FORM)->data;
	used->form = code;
	used->on = on;
}

/* The calendar looks in again on the day after the first run that is still going ends. */
static void set_wake(struct fold *f)
{
	struct dossier *d = f->d;
	d->wake_on = NO_DATE;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		struct date next = date_add(y->due, 1);
		if (y->state == DUTY_OPEN && y->minimum &&
		    (!date_is_set(d->wake_on) || date_cmp(next, d->wake_on) < 0))
			d->wake_on = next;
	}
}

/* --- Recording, submitting, approving --- */

static enum err prepare_content(struct tx *tx, const struct dossier *d, void *form)
{
	return fill_facts(tx, d, form);
}

static enum err check_content(struct tx *tx, const struct dossier *d, const void *form,
			      struct faults *faults)
{
	const struct disclosure *x = form;
	const struct disclosure_matter *m = law_matter(tx->office->law, x->matter);
	struct buf b = { .a = tx->mem };
	if (!x->regime.len)
		fault_add_msg(faults, "", MSG_KNOW_FAULT_NO_REGIME);
	if (m && date_is_set(x->issued_on) && !span_holds(m->valid, x->issued_on)) {
		msg_know_fault_matter_dates(&b, faults ? faults->lang : LANG_VI, m->cite.law,
					    x->issued_on);
		fault_add(faults, "matter", buf_str(&b));
	}
	if (!x->body.len && !x->files.n)
		fault_add_msg(faults, "body", MSG_KNOW_FAULT_NO_CONTENT);
	(void)d;
	return OK;
}

static void apply_record(struct fold *f, const void *form)
{
	const struct disclosure *x = form;
	struct duty *old = f->d->duties.n ? &f->d->duties.at[0] : NULL;
	/* An edit may correct matter or day: the clock is then another one. */
	if (old && old->state == DUTY_OPEN &&
	    (!str_eq(old->about, x->matter) || date_cmp(old->from, x->issued_on) != 0)) {
		fold_close(f, old, DUTY_EXCUSED, f->act->on);
		old = NULL;
	}
	if (!old || old->state != DUTY_OPEN)
		fold_open(f, disclosure_rule(f->mem, x->regime, "publish"), x->issued_on, 0,
			  x->matter);
}

struct checklist {
	bool no_secret, names_lawful;
	struct str remark;
};

struct reason {
	struct str reason;
};

/* The approval publishes what was recorded: it carries the content, so that its leaf commits to it. */
static enum err prepare_publish(struct tx *tx, const struct dossier *d, void *form)
{
	struct disclosure *x = form;
	fields_copy(d->kind->fields, d->data, x);
	enum err e = disclosure_names(tx, d, &x->names);
	return e ? e : fill_facts(tx, d, x);
}

static void apply_publish(struct fold *f, const void *form)
{
	const struct disclosure *x = form;
	for (size_t i = 0; i < x->owed.n; i++)
		if (str_eq(x->owed.at[i], S("WEB")))
			use_form(f, S("WEB"), f->act->on);
	meet_when_complete(f);
}

static enum err fulfil_plan(struct tx *tx, struct dossier *d, const struct act *act,
			    const void *form)
{
	(void)form;
	return plan_fulfil(tx, d, act->on);
}

struct correction {
	struct str title, body, number, names;
	struct file_refs files;
	struct str reason;
	bool has_names;
};

static enum err prepare_correction(struct tx *tx, const struct dossier *d, void *form)
{
	struct correction *x = form;
	(void)tx, (void)d;
	x->has_names = x->names.len > 0;
	return OK;
}

struct takedown {
	struct str ground;
	struct str detail;
};

/* --- Forms of publication --- */

struct post_form {
	struct str place;
	struct file_refs files;
};

static enum err place_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out)
{
	const struct dossier *d = subject;
	struct notice_places places;
	(void)lang;
	enum err e = notice_place_list(tx, d->unit, tx_today(tx), &places);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, places.n), 0 };
	for (size_t i = 0; i < places.n; i++)
		out->at[out->n++] = (struct choice){ places.at[i].name, places.at[i].name };
	return OK;
}

static struct line *open_posting(const struct dossier *d, int64_t no)
{
	if (no < 1 || (uint64_t)no > d->lines.n)
		return NULL;
	struct line *l = &d->lines.at[no - 1];
	return l->kind == &d->kind->lines[LINE_POSTING] && l->state == POSTING_HANGS ? l : NULL;
}

static void hang(struct fold *f, struct str place, struct date on, const struct file_refs *photos)
{
	const struct disclosure *x = f->d->data;
	struct line *line = fold_line_add(f, LINE_POSTING);
	struct posting *p = line->data;
	p->place = place;
	p->from = on;
	if (photos)
		p->photos = *photos;
	if (x->posting_days > 0)
		fold_open(f, disclosure_rule(f->mem, x->regime, "posting"), on, line->no, S(""));
}

static enum err check_post(struct tx *tx, const struct dossier *d, const void *form,
			   struct faults *faults)
{
	const struct post_form *x = form;
	(void)tx;
	for (size_t i = 1; i <= d->lines.n; i++) {
		const struct line *l = open_posting(d, (int64_t)i);
		if (l && str_eq(((const struct posting *)l->data)->place, x->place))
			fault_add_msg(faults, "place", MSG_KNOW_FAULT_HANGS_ALREADY);
	}
	return OK;
}

static void apply_post(struct fold *f, const void *form)
{
	const struct post_form *x = form;
	hang(f, x->place, f->act->on, &x->files);
	meet_when_complete(f);
	set_wake(f);
}

struct sheet_form {        /* about one sheet that hangs */
	struct str sheet;  /* the number of its line */
	struct date again; /* torn: the day it was hung anew, if it was */
	struct file_refs files;
};

static int64_t sheet_no(const struct sheet_form *x)
{
	int64_t no;
	return str_int(x->sheet, &no) ? no : 0;
}

static enum err sheet_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, d->lines.n + 1), 0 };
	for (size_t i = 1; i <= d->lines.n; i++) {
		const struct line *l = open_posting(d, (int64_t)i);
		if (!l)
			continue;
		const struct posting *p = l->data;
		out->at[out->n++] = (struct choice){ str_printf(tx->mem, "%zu", i), p->place };
	}
	return OK;
}

static void end_run(struct fold *f, int line, enum duty_state state, struct date on)
{
	const struct disclosure *x = f->d->data;
	struct duty *run = fold_duty(f, disclosure_rule(f->mem, x->regime, "posting"), line, S(""));
	if (run)
		fold_close(f, run, state, on);
}

static enum err check_torn(struct tx *tx, const struct dossier *d, const void *form,
			   struct faults *faults)
{
	const struct sheet_form *x = form;
	const struct line *l = open_posting(d, sheet_no(x));
	const struct posting *p = l ? l->data : NULL;
	(void)tx;
	if (p && date_is_set(x->again) && date_cmp(x->again, p->from) < 0)
		fault_add_msg(faults, "again", MSG_KNOW_FAULT_BEFORE_HUNG);
	return OK;
}

static void apply_torn(struct fold *f, const void *form)
{
	const struct sheet_form *x = form;
	struct line *line = fold_line(f, sheet_no(x));
	if (!line)
		return;
	struct posting *p = line->data;
	struct str place = p->place;
	p->until = f->act->on;
	line->state = POSTING_BROKEN;
	end_run(f, line->no, DUTY_EXCUSED, f->act->on);
	if (date_is_set(x->again))
		hang(f, place, x->again, &x->files);
	set_wake(f);
}

static void apply_seen(struct fold *f, const void *form)
{
	const struct sheet_form *x = form;
	struct line *line = fold_line(f, sheet_no(x));
	if (!line)
		return;
	struct posting *p = line->data;
	p->seen_on = f->act->on;
	if (x->files.n)
		p->photos = x->files;
}

/* A sheet may come down from the day after its last one on. */
static enum err check_taken(struct tx *tx, const struct dossier *d, const void *form,
			    struct faults *faults)
{
	int64_t no = sheet_no(form);
	(void)tx;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->line != no || y->state != DUTY_OPEN || !y->minimum)
			continue;
		struct buf b = { .a = tx->mem };
		msg_know_fault_run_not_over(&b, faults ? faults->lang : LANG_VI, y->due);
		fault_add(faults, "sheet", buf_str(&b));
	}
	return OK;
}

static void apply_taken(struct fold *f, const void *form)
{
	struct line *line = fold_line(f, sheet_no(form));
	if (!line)
		return;
	((struct posting *)line->data)->until = f->act->on;
	line->state = POSTING_DONE;
	set_wake(f);
}

struct run_form {
	struct str sheet;
};

/* By the calendar: the run is complete, whether or not the sheet stays. */
static void apply_run_over(struct fold *f, const void *form)
{
	const struct run_form *x = form;
	int64_t no;
	if (str_int(x->sheet, &no))
		end_run(f, (int)no, DUTY_MET, date_add(f->act->on, -1));
	set_wake(f);
}

struct broadcast_form {
	int64_t days, times;
	struct file_refs files;
};

/* The longest unbroken run of days on air, from the lines. */
static int longest_run(const struct dossier *d)
{
	int best = 0;
	for (size_t i = 0; i < d->lines.n; i++) {
		if (d->lines.at[i].kind != &d->kind->lines[LINE_BROADCAST])
			continue;
		const struct broadcast *b = d->lines.at[i].data;
		struct date end = date_add(b->from, (int)b->days);
		int run = (int)b->days;
		for (size_t j = 0; j < d->lines.n; j++) { /* runs that continue it the next day */
			const struct broadcast *next = d->lines.at[j].data;
			if (d->lines.at[j].kind == d->lines.at[i].kind &&
			    date_cmp(next->from, end) == 0) {
				run += (int)next->days;
				end = date_add(end, (int)next->days);
			}
		}
		if (run > best)
			best = run;
	}
	return best;
}

static void apply_broadcast(struct fold *f, const void *form)
{
	const struct broadcast_form *x = form;
	const struct disclosure *y = f->d->data;
	struct broadcast *b = fold_line_add(f, LINE_BROADCAST)->data;
	*b = (struct broadcast){ f->act->on, x->days, x->times, x->files };
	struct str rule = disclosure_rule(f->mem, y->regime, "broadcast");
	if (y->broadcast_days > 0 && !fold_duty(f, rule, 0, S("run")))
		fold_open(f, rule, f->act->on, 0, S("run"));
	struct duty *run = fold_duty(f, rule, 0, S("run"));
	if (run && longest_run(f->d) >= y->broadcast_days)
		fold_close(f, run, DUTY_MET, date_add(f->act->on, (int)x->days - 1));
	meet_when_complete(f);
	set_wake(f);
}

struct use_form {
	struct str form;
	struct str note;
	struct file_refs files;
};

static enum err form_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	const struct law *law = tx->office->law;
	struct str regime = disclosure_regime(tx, d->unit);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, law->disclosure_forms.n), 0 };
	for (size_t i = 0; i < law->disclosure_forms.n; i++) {
		const struct disclosure_form *x = &law->disclosure_forms.at[i];
		bool ours = false;
		for (unsigned bit = 1; bit <= REGIME_ENTERPRISE; bit <<= 1)
			ours |= (x->regimes & bit) && str_eq(regime_word((enum regime)bit), regime);
		bool own_step = str_eq(x->code, S("NIEMYET")) ||
				str_eq(x->code, S("TRUYENTHANH")) || str_eq(x->code, S("WEB"));
		if (ours && !own_step)
			out->at[out->n++] =
				(struct choice){ x->code,
						 lang == LANG_EN ? x->title_en : x->title_vi };
	}
	return OK;
}

static void apply_use(struct fold *f, const void *form)
{
	const struct use_form *x = form;
	struct form_used *used = fold_line_add(f, LINE_FORM)->data;
	*used = (struct form_used){ x->form, f->act->on, x->note, x->files };
	meet_when_complete(f);
}

static void apply_expire(struct fold *f, const void *form)
{
	(void)form;
	((struct disclosure *)f->d->data)->has_names = false;
}

struct nothing {
	struct str remark;
};

/* --- Tables --- */

#define CONTENT_FIELDS(owner)                                                                  \
	FIELD(owner, title, .min = 5, .max = 300, .label = MSG_KNOW_TITLE),                    \
		FIELD(owner, body, .optional = true, .lines = true, .markdown = true,          \
		      .max = 50000, .label = MSG_KNOW_BODY, .hint = MSG_KNOW_BODY_HINT),       \
		FIELD(owner, number, .optional = true, .max = 60, .label = MSG_KNOW_NUMBER),   \
		FIELD(owner, names, .optional = true, .lines = true, .max = 50000,             \
		      .personal = true, .label = MSG_KNOW_NAMES, .hint = MSG_KNOW_NAMES_HINT), \
		FIELD(owner, files, .optional = true, .label = MSG_KNOW_FILES,                 \
		      .hint = MSG_KNOW_FILES_HINT)

#define FACT_FIELDS                                                                        \
	FIELD(struct disclosure, regime, .optional = true, .hidden = true,                 \
	      .label = MSG_KNOW_REGIME),                                                   \
		FIELD(struct disclosure, owed, .optional = true, .hidden = true,           \
		      .label = MSG_KNOW_OWED),                                             \
		FIELD(struct disclosure, any_form, .optional = true, .hidden = true,       \
		      .label = MSG_KNOW_ANY_FORM),                                         \
		FIELD(struct disclosure, has_names, .optional = true, .hidden = true,      \
		      .label = MSG_KNOW_NAMES),                                            \
		FIELD(struct disclosure, posting_days, .min = -1, .optional = true,        \
		      .hidden = true, .label = MSG_KNOW_POSTING_DAYS),                     \
		FIELD(struct disclosure, broadcast_days, .optional = true, .hidden = true, \
		      .label = MSG_KNOW_BROADCAST_DAYS)

static const struct field fields[] = {
	FIELD(struct disclosure, matter, .label = MSG_KNOW_MATTER, .options = matter_options),
	CONTENT_FIELDS(struct disclosure),
	FIELD(struct disclosure, issuer, .min = 2, .label = MSG_KNOW_ISSUER),
	FIELD(struct disclosure, issued_on, .past = true, .label = MSG_KNOW_ISSUED_ON,
	      .hint = MSG_KNOW_ISSUED_ON_HINT),
	FIELD(struct disclosure, period, .optional = true, .max = 10, .label = MSG_KNOW_PERIOD,
	      .hint = MSG_KNOW_PERIOD_HINT),
	FACT_FIELDS,
	{ 0 },
};

/* As `fields`, but filled by the program: the approval repeats what was recorded. */
static const struct field publish_fields[] = {
	FIELD(struct disclosure, matter, .hidden = true, .label = MSG_KNOW_MATTER),
	FIELD(struct disclosure, title, .max = 300, .hidden = true, .label = MSG_KNOW_TITLE),
	FIELD(struct disclosure, body, .optional = true, .lines = true, .markdown = true,
	      .max = 50000, .hidden = true, .label = MSG_KNOW_BODY),
	FIELD(struct disclosure, number, .optional = true, .hidden = true,
	      .label = MSG_KNOW_NUMBER),
	FIELD(struct disclosure, names, .optional = true, .lines = true, .max = 50000,
	      .personal = true, .hidden = true, .label = MSG_KNOW_NAMES),
	FIELD(struct disclosure, files, .optional = true, .hidden = true, .label = MSG_KNOW_FILES),
	FIELD(struct disclosure, issuer, .hidden = true, .label = MSG_KNOW_ISSUER),
	FIELD(struct disclosure, issued_on, .hidden = true, .label = MSG_KNOW_ISSUED_ON),
	FIELD(struct disclosure, period, .optional = true, .hidden = true,
	      .label = MSG_KNOW_PERIOD),
	FACT_FIELDS,
	{ 0 },
};

static const struct field checklist_fields[] = {
	FIELD(struct checklist, no_secret, .label = MSG_KNOW_NO_SECRET),
	FIELD(struct checklist, names_lawful, .label = MSG_KNOW_NAMES_LAWFUL),
	FIELD(struct checklist, remark, .optional = true, .internal = true, .lines = true,
	      .max = 1000, .label = MSG_KNOW_REMARK),
	{ 0 },
};

static const struct field return_fields[] = {
	FIELD(struct reason, reason, .min = 5, .max = 1000, .lines = true, .internal = true,
	      .label = MSG_KNOW_REASON),
	{ 0 },
};

static const struct field reason_fields[] = {
	FIELD(struct reason, reason, .min = 5, .max = 1000, .lines = true, .label = MSG_KNOW_REASON,
	      .hint = MSG_KNOW_REASON_PUBLIC),
	{ 0 },
};

static const struct field correct_fields[] = {
	CONTENT_FIELDS(struct correction),
	FIELD(struct correction, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_KNOW_CORRECT_REASON, .hint = MSG_KNOW_REASON_PUBLIC),
	FIELD(struct correction, has_names, .optional = true, .hidden = true,
	      .label = MSG_KNOW_NAMES),
	{ 0 },
};

static const struct field_choice grounds[] = {
	{ "secret", MSG_KNOW_GROUND_SECRET },
	{ "personal", MSG_KNOW_GROUND_PERSONAL },
	{ "unlawful", MSG_KNOW_GROUND_UNLAWFUL },
	{ "wrong", MSG_KNOW_GROUND_WRONG },
	{ 0 },
};

static const struct field takedown_fields[] = {
	FIELD(struct takedown, ground, .label = MSG_KNOW_GROUND, .choices = grounds),
	FIELD(struct takedown, detail, .optional = true, .internal = true, .lines = true,
	      .max = 2000, .label = MSG_KNOW_DETAIL),
	{ 0 },
};

static const struct field post_fields[] = {
	FIELD(struct post_form, place, .label = MSG_KNOW_PLACE, .options = place_options,
	      .other = true),
	FIELD(struct post_form, files, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field torn_fields[] = {
	FIELD(struct sheet_form, sheet, .label = MSG_KNOW_SHEET, .options = sheet_options),
	FIELD(struct sheet_form, again, .optional = true, .past = true,
	      .label = MSG_KNOW_HUNG_AGAIN, .hint = MSG_KNOW_HUNG_AGAIN_HINT),
	FIELD(struct sheet_form, files, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field sheet_fields[] = {
	FIELD(struct sheet_form, sheet, .label = MSG_KNOW_SHEET, .options = sheet_options),
	FIELD(struct sheet_form, files, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field run_fields[] = {
	FIELD(struct run_form, sheet, .hidden = true, .label = MSG_KNOW_SHEET),
	{ 0 },
};

static const struct field broadcast_fields[] = {
	FIELD(struct broadcast_form, days, .min = 1, .max = 60, .label = MSG_KNOW_AIR_DAYS),
	FIELD(struct broadcast_form, times, .min = 1, .max = 20, .label = MSG_KNOW_AIR_TIMES),
	FIELD(struct broadcast_form, files, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field use_fields[] = {
	FIELD(struct use_form, form, .label = MSG_KNOW_FORM, .options = form_options),
	FIELD(struct use_form, note, .optional = true, .label = MSG_KNOW_FORM_NOTE),
	FIELD(struct use_form, files, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field nothing_fields[] = {
	FIELD(struct nothing, remark, .optional = true, .hidden = true, .label = MSG_KNOW_REMARK),
	{ 0 },
};

static const struct field posting_line[] = {
	FIELD(struct posting, place, .label = MSG_KNOW_PLACE),
	FIELD(struct posting, from, .label = MSG_KNOW_FROM),
	FIELD(struct posting, until, .label = MSG_KNOW_UNTIL),
	FIELD(struct posting, seen_on, .label = MSG_KNOW_SEEN_ON),
	FIELD(struct posting, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field broadcast_line[] = {
	FIELD(struct broadcast, from, .label = MSG_KNOW_FROM),
	FIELD(struct broadcast, days, .label = MSG_KNOW_AIR_DAYS),
	FIELD(struct broadcast, times, .label = MSG_KNOW_AIR_TIMES),
	FIELD(struct broadcast, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field form_line[] = {
	FIELD(struct form_used, form, .label = MSG_KNOW_FORM, .options = form_options),
	FIELD(struct form_used, on, .label = MSG_KNOW_FROM),
	FIELD(struct form_used, note, .label = MSG_KNOW_FORM_NOTE),
	FIELD(struct form_used, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct line_kind lines[] = {
	[LINE_POSTING] = { "posting", MSG_KNOW_LINE_POSTING, sizeof(struct posting), posting_line },
	[LINE_BROADCAST] = { "broadcast", MSG_KNOW_LINE_BROADCAST, sizeof(struct broadcast),
			     broadcast_line },
	[LINE_FORM] = { "form", MSG_KNOW_LINE_FORM, sizeof(struct form_used), form_line },
	{ 0 },
};

static const struct state states[] = {
	{ DISCLOSURE_RECORDED, "recorded", MSG_KNOW_STATE_RECORDED, TONE_WAIT, VISIBLE_INTERNAL,
	  .waits = true },
	{ DISCLOSURE_SUBMITTED, "submitted", MSG_KNOW_STATE_SUBMITTED, TONE_INFO, VISIBLE_INTERNAL,
	  .waits = true },
	{ DISCLOSURE_PUBLISHED, "published", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ DISCLOSURE_WITHDRAWN, "withdrawn", MSG_KNOW_STATE_WITHDRAWN, TONE_WAIT, VISIBLE_PUBLIC },
	{ DISCLOSURE_TAKEN_DOWN, "taken_down", MSG_KNOW_STATE_TAKEN_DOWN, TONE_LATE, VISIBLE_PUBLIC,
	  .stub = true },
	{ 0 },
};

static const struct step steps[] = {
	{ "record", NEW, DISCLOSURE_RECORDED, CLERK | LEADER, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE,
	  sizeof(struct disclosure), fields, .prepare = prepare_content, .check = check_content,
	  .apply = apply_record },
	{ "edit", DISCLOSURE_RECORDED, 0, CLERK | LEADER, MSG_KNOW_EDIT, MSG_KNOW_EDIT_DONE,
	  sizeof(struct disclosure), fields, .prepare = prepare_content, .check = check_content,
	  .apply = apply_record },
	{ "submit", DISCLOSURE_RECORDED, DISCLOSURE_SUBMITTED, CLERK | LEADER, MSG_KNOW_SUBMIT,
	  MSG_KNOW_SUBMIT_DONE, sizeof(struct checklist), checklist_fields },
	{ "return", DISCLOSURE_SUBMITTED, DISCLOSURE_RECORDED, LEADER, MSG_KNOW_RETURN,
	  MSG_KNOW_RETURN_DONE, sizeof(struct reason), return_fields },
	{ "publish", DISCLOSURE_SUBMITTED, DISCLOSURE_PUBLISHED, LEADER, MSG_KNOW_PUBLISH,
	  MSG_KNOW_PUBLISH_DONE, sizeof(struct disclosure), publish_fields, .is_public = true,
	  .version = true, .prepare = prepare_publish, .apply = apply_publish,
	  .stored = fulfil_plan },
	{ "post", DISCLOSURE_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_POST, MSG_KNOW_POST_DONE,
	  sizeof(struct post_form), post_fields, .is_public = true, .check = check_post,
	  .apply = apply_post },
	{ "torn", DISCLOSURE_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_TORN, MSG_KNOW_TORN_DONE,
	  sizeof(struct sheet_form), torn_fields, .is_public = true, .check = check_torn,
	  .apply = apply_torn },
	{ "seen", DISCLOSURE_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_SEEN, MSG_KNOW_SEEN_DONE,
	  sizeof(struct sheet_form), sheet_fields, .is_public = true, .apply = apply_seen },
	{ "unpost", DISCLOSURE_PUBLISHED | DISCLOSURE_WITHDRAWN, 0, CLERK | LEADER, MSG_KNOW_UNPOST,
	  MSG_KNOW_UNPOST_DONE, sizeof(struct sheet_form), sheet_fields, .is_public = true,
	  .check = check_taken, .apply = apply_taken },
	{ "broadcast", DISCLOSURE_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_BROADCAST,
	  MSG_KNOW_BROADCAST_DONE, sizeof(struct broadcast_form), broadcast_fields,
	  .is_public = true, .apply = apply_broadcast },
	{ "use_form", DISCLOSURE_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_USE_FORM,
	  MSG_KNOW_USE_FORM_DONE, sizeof(struct use_form), use_fields, .is_public = true,
	  .apply = apply_use },
	{ "correct", DISCLOSURE_PUBLISHED, 0, LEADER, MSG_KNOW_CORRECT, MSG_KNOW_CORRECT_DONE,
	  sizeof(struct correction), correct_fields, .is_public = true, .version = true,
	  .prepare = prepare_correction },
	{ "withdraw", DISCLOSURE_PUBLISHED, DISCLOSURE_WITHDRAWN, LEADER, MSG_KNOW_WITHDRAW,
	  MSG_KNOW_WITHDRAW_DONE, sizeof(struct reason), reason_fields, .is_public = true },
	{ "take_down", DISCLOSURE_PUBLISHED | DISCLOSURE_WITHDRAWN, DISCLOSURE_TAKEN_DOWN,
	  CLERK | LEADER, MSG_KNOW_TAKE_DOWN, MSG_KNOW_TAKE_DOWN_DONE, sizeof(struct takedown),
	  takedown_fields, .is_public = true },
	{ "restore", DISCLOSURE_TAKEN_DOWN, DISCLOSURE_PUBLISHED, LEADER, MSG_KNOW_RESTORE,
	  MSG_KNOW_RESTORE_DONE, sizeof(struct reason), reason_fields, .is_public = true },
	{ "run_over", DISCLOSURE_PUBLISHED | DISCLOSURE_WITHDRAWN | DISCLOSURE_TAKEN_DOWN, 0,
	  SYSTEM, MSG_KNOW_RUN_OVER_DONE, MSG_KNOW_RUN_OVER_DONE, sizeof(struct run_form),
	  run_fields, .is_public = true, .follows = true, .apply = apply_run_over },
	{ "expire_names", DISCLOSURE_PUBLISHED | DISCLOSURE_WITHDRAWN | DISCLOSURE_TAKEN_DOWN, 0,
	  SYSTEM, MSG_KNOW_EXPIRE_DONE, MSG_KNOW_EXPIRE_DONE, sizeof(struct nothing),
	  nothing_fields, .erases = true, .follows = true, .apply = apply_expire },
	{ 0 },
};

/* --- The calendar --- */

static bool runs_left(const struct dossier *d)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].minimum && d->duties.at[i].state == DUTY_OPEN)
			return true;
	return false;
}

/* Ends the runs whose last day has passed; when none is left, the names go. */
static enum err wake(struct tx *tx, struct dossier *d)
{
	struct date today = tx_today(tx);
	const struct disclosure *x = d->data;
	struct str posting = disclosure_rule(tx->mem, x->regime, "posting");
	enum err e = OK;
	for (size_t i = 0; !e && i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->state != DUTY_OPEN || !y->minimum || !str_eq(y->rule, posting) ||
		    date_cmp(y->due, today) >= 0)
			continue;
		struct run_form form = { str_printf(tx->mem, "%d", y->line) };
		e = step_follow(tx, d, "run_over", &form, date_add(y->due, 1));
	}
	if (!e && x->has_names && !runs_left(d))
		e = step_follow(tx, d, "expire_names", &(struct nothing){ S("") }, today);
	return e;
}

const struct kind disclosure_kind = {
	.name = "disclosure",
	.code = "CK",
	.slug = "cong-khai",
	.work = "know",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.size = sizeof(struct disclosure),
	.fields = fields,
	.facet = "matter",
	.not_before = "issued_on",
	.states = states,
	.lines = lines,
	.steps = steps,
	.wake = wake,
};

enum err disclosure_names(struct tx *tx, const struct dossier *d, struct str *out)
{
	*out = S("");
	return ((const struct disclosure *)d->data)->has_names
		       ? dossier_personal(tx, d, "names", out)
		       : OK;
}
