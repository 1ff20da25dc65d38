/* Periods open by the calendar, one act each, as those of a disclosure plan do; but a register has no last
 * year. While no law asks for dialogues it sleeps until one does. */
#include "modules/discuss/dialogue_register.h"

#include "office/form.h"
#include "office/redaction.h"
#include "office/step.h"
#include "office/unit.h"

struct period_form { /* begin, open_period */
	struct str title, regime, period;
	struct date from; /* counted from; NO_DATE: no law asks */
	struct date next; /* when the next begins; NO_DATE: not known */
};
struct meet_form { /* fulfil */
	struct str about, code;
};
struct explain_form { /* explain */
	struct str about, reason;
};
struct list_form { /* delegates */
	int64_t delegates;
	struct file_refs evidence;
};

static struct str rule_of(struct str regime)
{
	return str_eq(regime, S("commune")) ? S(DIALOGUE_YEARLY) : S(WORKPLACE_PERIODIC);
}

/* --- Periods --- */

static void sooner(struct date day, struct date after, struct date *next)
{
	if (date_is_set(day) && date_cmp(day, after) > 0 &&
	    (!date_is_set(*next) || date_cmp(day, *next) < 0))
		*next = day;
}

/* The period that holds the day, and when the next begins. A year may begin with its law in July. Three
 * months are counted from the day before the quarter, which ends them a day early in the last one. */
static void period_at(struct tx *tx, struct str regime, struct date day, struct period_form *x)
{
	const struct law *law = tx->office->law;
	const struct time_limit *row = law_rule(law, rule_of(regime), day);
	int year = date_ymd(day).year;
	x->from = x->next = NO_DATE;
	x->period = S("");
	if (!row) {
		const struct time_limit *after = law_rule_gap(law, rule_of(regime), day).next;
		x->next = after ? after->valid.from : NO_DATE;
	} else if (row->kind == LIMIT_YEARLY) {
		x->period = str_printf(tx->mem, "%d", year);
		x->from = date_year_start(year);
		if (date_cmp(x->from, row->valid.from) < 0)
			x->from = row->valid.from;
		x->next = date_year_start(year + 1);
	} else {
		x->period = str_printf(tx->mem, "%d-Q%d", year, (date_ymd(day).month + 2) / 3);
		x->from = date_add(date_quarter_start(day), -1);
		x->next = date_add(date_quarter_end(day), 1);
	}
	if (row && date_is_set(row->valid.to))
		sooner(date_add(row->valid.to, 1), day, &x->next);
}

struct str register_period_words(struct arena *a, enum lang lang, struct str period)
{
	struct buf b = { .a = a };
	struct str year = str_cut(period, 4);
	int64_t n;
	if (!str_int(year, &n))
		return period;
	if (period.len == 7)
		msg_register_quarter(&b, lang, str_from(period, 6), n);
	else
		msg_register_year(&b, lang, n);
	return buf_str(&b);
}

static void apply_period(struct fold *f, const void *form)
{
	const struct period_form *x = form;
	const struct dialogue_register *now = f->d->data;
	if (date_is_set(x->from))
		fold_open(f, rule_of(now->regime), x->from, 0, x->period);
	f->d->wake_on = x->next;
}

static enum err regime_of(struct tx *tx, int64_t unit, struct str *out)
{
	struct unit u;
	enum err e = unit_find(tx, unit, tx_today(tx), &u);
	*out = e ? S("") : u.level == LEVEL_COMMUNE ? S("commune") : S("enterprise");
	return e;
}

static void begin_at(struct tx *tx, struct str regime, struct date on, struct period_form *x)
{
	bool commune = str_eq(regime, S("commune"));
	x->regime = regime;
	x->title =
		msg_plain(LANG_VI, commune ? MSG_REGISTER_OF_COMMUNE : MSG_REGISTER_OF_ENTERPRISE);
	period_at(tx, regime, on, x);
}

static enum err prepare_begin(struct tx *tx, const struct dossier *d, void *form)
{
	struct period_form *x = form;
	struct str regime;
	if (x->regime.len) /* begun by a dialogue */
		return OK;
	enum err e = regime_of(tx, d->unit, &regime);
	if (!e)
		begin_at(tx, regime, tx_today(tx), x);
	return e;
}

static enum err check_begin(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	struct dossier *other;
	(void)form, (void)on;
	enum err e = register_find(tx, d->unit, &other);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (!e)
		fault_add_msg(faults, "", MSG_REGISTER_FAULT_KEPT);
	return e;
}

static enum err wake(struct tx *tx, struct dossier *d)
{
	const struct dialogue_register *now = d->data;
	struct date today = tx_today(tx);
	enum err e = OK;
	while (!e && date_is_set(d->wake_on) && date_cmp(d->wake_on, today) <= 0) {
		struct date day = d->wake_on;
		struct period_form x = { .title = now->title, .regime = now->regime };
		period_at(tx, now->regime, day, &x);
		e = step_follow(tx, d, "open_period", &x, day);
	}
	return e;
}

/* --- Met, explained --- */

static struct duty *owed(const struct dossier *d, struct str about)
{
	for (size_t i = 0; i < d->duties.n; i++) {
		struct duty *y = &d->duties.at[i];
		if (y->state == DUTY_OPEN && about.len && str_eq(y->about, about))
			return y;
	}
	return NULL;
}

static void apply_fulfil(struct fold *f, const void *form)
{
	struct duty *y = owed(f->d, ((const struct meet_form *)form)->about);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

static enum err missed_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	const struct dossier *d = subject;
	*out = (struct choices){ arena_get_n(tx->mem, d->duties.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->about.len && duty_is_overdue(y, tx_today(tx)))
			out->at[out->n++] =
				(struct choice){ y->about,
						 register_period_words(tx->mem, lang, y->about) };
	}
	return OK;
}

static bool nothing_missed(struct tx *tx, const struct dossier *d)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].about.len && duty_is_overdue(&d->duties.at[i], tx_today(tx)))
			return false;
	return true;
}

static enum err check_explain(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct duty *y = owed(d, ((const struct explain_form *)form)->about);
	(void)tx;
	if (y && date_cmp(on, y->due) <= 0)
		fault_add_msg(faults, "happened_on", MSG_REGISTER_FAULT_NOT_OVER);
	return OK;
}

/* Only after its day, so it counts as missed. */
static void apply_explain(struct fold *f, const void *form)
{
	struct duty *y = owed(f->d, ((const struct explain_form *)form)->about);
	if (y)
		fold_leave(f, y, DUTY_EXCUSED);
}

/* --- The list of delegates of an enterprise --- */

static bool is_of_commune(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return str_eq(((const struct dialogue_register *)d->data)->regime, S("commune"));
}

static enum err check_delegates(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (is_of_commune(tx, d))
		fault_add_msg(faults, "", MSG_REGISTER_FAULT_COMMUNE);
	return OK;
}

static void apply_delegates(struct fold *f, const void *form)
{
	struct duty *before = fold_duty(f, S(WORKPLACE_DELEGATES), 0, S(""));
	(void)form;
	((struct dialogue_register *)f->d->data)->elected_on = f->act->on;
	if (before)
		fold_close(f, before, DUTY_MET, f->act->on);
	fold_open(f, S(WORKPLACE_DELEGATES), f->act->on, 0, S(""));
}

/* --- Tables --- */

static const struct field_choice regimes[] = {
	{ "commune", MSG_REGISTER_COMMUNE },
	{ "enterprise", MSG_REGISTER_ENTERPRISE },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct dialogue_register, title, .label = MSG_REGISTER_TITLE),
	FIELD(struct dialogue_register, regime, .choices = regimes, .label = MSG_REGISTER_REGIME),
	FIELD(struct dialogue_register, delegates, .label = MSG_WORKPLACE_DELEGATES),
	FIELD(struct dialogue_register, elected_on, .label = MSG_REGISTER_ELECTED_ON),
	{ 0 },
};

#define PERIOD                                                                                   \
	FIELD(struct period_form, title, .hidden = true, .label = MSG_REGISTER_TITLE),           \
		FIELD(struct period_form, regime, .hidden = true, .label = MSG_REGISTER_REGIME), \
		FIELD(struct period_form, period, .optional = true, .hidden = true,              \
		      .label = MSG_REGISTER_PERIOD),                                             \
		FIELD(struct period_form, from, .optional = true, .hidden = true,                \
		      .label = MSG_REGISTER_FROM),                                               \
		FIELD(struct period_form, next, .optional = true, .hidden = true,                \
		      .label = MSG_REGISTER_NEXT)

static const struct field period_fields[] = { PERIOD, { 0 } };

static const struct field meet_fields[] = {
	FIELD(struct meet_form, about, .hidden = true, .label = MSG_REGISTER_PERIOD),
	FIELD(struct meet_form, code, .hidden = true, .label = MSG_DIALOGUE_KIND),
	{ 0 },
};

static const struct field explain_fields[] = {
	FIELD(struct explain_form, about, .label = MSG_REGISTER_PERIOD, .options = missed_options),
	FIELD(struct explain_form, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	{ 0 },
};

static const struct field list_fields[] = {
	FIELD(struct list_form, delegates, .min = 1, .max = 1000, .label = MSG_WORKPLACE_DELEGATES),
	FIELD(struct list_form, evidence, .optional = true, .internal = true,
	      .label = MSG_REGISTER_LIST),
	{ 0 },
};

static const struct state states[] = {
	{ REGISTER_KEPT, "kept", MSG_REGISTER_STATE_KEPT, TONE_INFO, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "begin", NEW, REGISTER_KEPT, LEADER, MSG_REGISTER_BEGIN, MSG_REGISTER_BEGIN_DONE,
	  sizeof(struct period_form), period_fields, .is_public = true, .prepare = prepare_begin,
	  .check = check_begin, .apply = apply_period },
	{ "begin_with", NEW, REGISTER_KEPT, SYSTEM, MSG_REGISTER_BEGIN_DONE,
	  MSG_REGISTER_BEGIN_DONE, sizeof(struct period_form), period_fields, .is_public = true,
	  .follows = true, .apply = apply_period },
	{ "open_period", REGISTER_KEPT, 0, SYSTEM, MSG_REGISTER_OPEN_DONE, MSG_REGISTER_OPEN_DONE,
	  sizeof(struct period_form), period_fields, .is_public = true, .follows = true,
	  .apply = apply_period },
	{ "fulfil", REGISTER_KEPT, 0, SYSTEM, MSG_REGISTER_FULFIL_DONE, MSG_REGISTER_FULFIL_DONE,
	  sizeof(struct meet_form), meet_fields, .is_public = true, .follows = true,
	  .apply = apply_fulfil },
	{ "explain", REGISTER_KEPT, 0, LEADER, MSG_REGISTER_EXPLAIN, MSG_REGISTER_EXPLAIN_DONE,
	  sizeof(struct explain_form), explain_fields, .is_public = true, .check = check_explain,
	  .futile = nothing_missed, .apply = apply_explain },
	{ "delegates", REGISTER_KEPT, 0, CLERK | LEADER, MSG_REGISTER_DELEGATES,
	  MSG_REGISTER_DELEGATES_DONE, sizeof(struct list_form), list_fields, .is_public = true,
	  .check = check_delegates, .futile = is_of_commune, .apply = apply_delegates },
	REDACTION_TEXT_STEP(REGISTER_KEPT, LEADER),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "DO-02", MEASURE_ALL, .means = MSG_REGISTER_DO02_MEANS,
	  .parts = { { COUNT_DUTIES, DIALOGUE_YEARLY, MSG_REGISTER_COMMUNE } } },
	{ "DN-03", MEASURE_ALL, .means = MSG_REGISTER_DN03_MEANS,
	  .parts = { { COUNT_DUTIES, WORKPLACE_PERIODIC, MSG_REGISTER_ENTERPRISE } } },
	{ 0 },
};

const struct kind register_kind = {
	.name = "dialogue_register",
	.code = "SD",
	.slug = "so-doi-thoai",
	.work = "discuss",
	.title = MSG_REGISTER_KIND,
	.titles = MSG_REGISTER_KINDS,
	.mute = true,
	.many_duties = true,
	.levels = 1u << LEVEL_COMMUNE | 1u << LEVEL_ENTERPRISE,
	.size = sizeof(struct dialogue_register),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
	.wake = wake,
};

/* --- For dialogues --- */

enum err register_find(struct tx *tx, int64_t unit, struct dossier **out)
{
	return dossier_kept(tx, &register_kind, unit, S(""), out);
}

enum err register_ensure(struct tx *tx, int64_t unit, struct date on)
{
	struct dossier *d;
	struct unit u;
	struct period_form x = { .from = NO_DATE };
	enum err e = register_find(tx, unit, &d);
	if (e != ERR_NOT_FOUND)
		return e;
	if ((e = unit_find(tx, unit, tx_today(tx), &u)) ||
	    !kind_lives_at(&register_kind, (int)u.level))
		return e;
	begin_at(tx, u.level == LEVEL_COMMUNE ? S("commune") : S("enterprise"), on, &x);
	return step_follow_open(tx, &register_kind, unit, "begin_with", &x, on, &d);
}

enum err register_fulfil(struct tx *tx, const struct dossier *dialogue, struct date on)
{
	struct dossier *d;
	enum err e = register_find(tx, dialogue->unit, &d);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct period_form x = { .from = NO_DATE };
	period_at(tx, ((const struct dialogue_register *)d->data)->regime, on, &x);
	struct meet_form meets = { x.period, dialogue->code };
	return owed(d, x.period) ? step_follow(tx, d, "fulfil", &meets, on) : OK;
}
