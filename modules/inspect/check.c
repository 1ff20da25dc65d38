/* What is owed before, on and after the day; what was found. */
#include "modules/inspect/check.h"

#include "modules/inspect/check_steps.h"
#include "office/receiver.h"
#include "office/unit.h"

static const struct overseer *of(const struct fold *f)
{
	return overseer_of(((const struct check *)f->d->data)->by);
}

/* --- Planned --- */

enum err check_begin_plan(struct tx *tx, const struct dossier *d, void *form)
{
	struct check *x = form;
	struct choices all;
	enum err e = overseer_options(tx, d, LANG_VI, &all);
	if (!e && all.n)
		x->by = all.at[0].value;
	return e ? e : unit_code(tx, d->unit, tx_today(tx), &x->subject);
}

/* The unit itself first: most of what a board looks at is its own commune's. */
enum err check_subject_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	return receiver_options_own(tx, &check_kind, ((const struct dossier *)subject)->unit, lang,
				    out);
}

enum err check_prepare_plan(struct tx *tx, const struct dossier *d, void *form)
{
	struct check *x = form;
	x->subject_unit = 0;
	return receiver_fill(tx, d->kind, &x->subject, &x->subject_unit);
}

enum err check_check_plan(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults)
{
	const struct check *x = form;
	(void)tx, (void)d;
	if (date_is_set(x->day) && date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_CHECK_FAULT_PAST);
	return OK;
}

static struct duty *open_of(struct fold *f, const char *rule)
{
	return rule ? fold_duty(f, str_of(rule), 0, S("")) : NULL;
}

static void meet(struct fold *f, const char *rule)
{
	struct duty *y = open_of(f, rule);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

/* Whoever is checked owes his report himself, where he is a unit of this site; else nobody here does. */
static void owe_subject_report(struct fold *f)
{
	const struct check *x = f->d->data;
	const struct overseer *o = of(f);
	int64_t holder = f->d->holder;
	if (!o->subject_report || !x->subject_unit || date_is_set(x->subject_on))
		return;
	f->d->holder = x->subject_unit;
	fold_open(f, str_of(o->subject_report), x->day, 0, S(""));
	f->d->holder = holder;
}

void check_apply_plan(struct fold *f, const void *form)
{
	const struct check *x = f->d->data;
	const struct overseer *o = of(f);
	(void)form;
	if (!o) {
		fold_fail(f, "nobody checks");
		return;
	}
	/* Planned anew, by another perhaps: what nobody was told of was not owed. */
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			fold_close(f, &f->d->duties.at[i], DUTY_EXCUSED, f->act->on);
	if (o->notice)
		fold_open(f, str_of(o->notice), x->day, 0, S(""));
}

static void leave_all(struct fold *f)
{
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			fold_leave(f, &f->d->duties.at[i], DUTY_EXCUSED);
}

void check_apply_drop(struct fold *f, const void *form)
{
	(void)form;
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			fold_close(f, &f->d->duties.at[i], DUTY_EXCUSED, f->act->on);
}

/* --- Announced, on another day, called off --- */

/* Too late is told by the clock; after the day there is nothing to announce. */
enum err check_check_announce(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	(void)tx, (void)form;
	if (date_cmp(on, ((const struct check *)d->data)->day) > 0)
		fault_add_msg(faults, "", MSG_CHECK_FAULT_OVER);
	return OK;
}

void check_apply_announce(struct fold *f, const void *form)
{
	struct check *x = f->d->data;
	(void)form;
	x->announced_on = f->act->on;
	meet(f, of(f)->notice);
	fold_open_house(f, S(CHECK_HOLD), f->act->on, x->day, S(""));
	owe_subject_report(f);
}

enum err check_check_postpone(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct check *x = form, *now = d->data;
	(void)tx;
	if (!date_is_set(x->day))
		return OK;
	if (date_cmp(x->day, now->day) == 0)
		fault_add_msg(faults, "day", MSG_CHECK_FAULT_SAME_DAY);
	else if (date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_CHECK_FAULT_PAST);
	return OK;
}

/* The act itself gives notice of the new day, in time for it or late. */
void check_apply_postpone(struct fold *f, const void *form)
{
	const struct check *x = f->d->data;
	const struct overseer *o = of(f);
	struct duty *hold = open_of(f, CHECK_HOLD), *report = open_of(f, o->subject_report);
	(void)form;
	if (report)
		fold_leave(f, report, DUTY_EXCUSED);
	if (hold && date_cmp(f->act->on, hold->due) <= 0) {
		fold_extend(f, hold, x->day);
	} else {
		if (hold)
			fold_leave(f, hold, DUTY_EXCUSED);
		fold_open_house(f, S(CHECK_HOLD), f->act->on, x->day, S(""));
	}
	struct duty *notice = o->notice ? fold_open(f, str_of(o->notice), x->day, 0, S("")) : NULL;
	if (notice)
		fold_close(f, notice, DUTY_MET, f->act->on);
	owe_subject_report(f);
}

void check_apply_cancel(struct fold *f, const void *form)
{
	(void)form;
	leave_all(f);
}

void check_apply_subject_report(struct fold *f, const void *form)
{
	(void)form;
	((struct check *)f->d->data)->subject_on = f->act->on;
	meet(f, of(f)->subject_report);
}

static bool reports_nothing(const struct check *x)
{
	const struct overseer *o = overseer_of(x->by);
	return !o || !o->subject_report || date_is_set(x->subject_on);
}

bool check_subject_report_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return reports_nothing(d->data);
}

enum err check_check_subject_report(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	(void)tx, (void)form, (void)on;
	if (reports_nothing(d->data))
		fault_add_msg(faults, "", MSG_CHECK_FAULT_NO_REPORT);
	return OK;
}

/* --- Held, reported --- */

enum err check_check_hold(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults)
{
	(void)tx, (void)form;
	if (date_cmp(on, ((const struct check *)d->data)->day) < 0)
		fault_add_msg(faults, "happened_on", MSG_CHECK_FAULT_EARLY);
	return OK;
}

bool check_hold_futile(struct tx *tx, const struct dossier *d)
{
	return date_cmp(tx_today(tx), ((const struct check *)d->data)->day) < 0;
}

void check_apply_hold(struct fold *f, const void *form)
{
	const struct overseer *o = of(f);
	(void)form;
	((struct check *)f->d->data)->held_on = f->act->on;
	meet(f, CHECK_HOLD);
	fold_figure_on(f, overseer_key(f->mem, "check.held", o), f->act->on, 0, 1);
	if (o->report)
		fold_open(f, str_of(o->report), f->act->on, 0, S(""));
}

static const struct {
	const char *key;
	size_t at; /* of struct findings */
} counted[] = {
	{ "check.violations", offsetof(struct findings, violations) },
	{ "check.money", offsetof(struct findings, money) },
	{ "check.money_other", offsetof(struct findings, money_other) },
	{ "check.land", offsetof(struct findings, land) },
	{ "check.land_other", offsetof(struct findings, land_other) },
	{ "check.deducted", offsetof(struct findings, deducted) },
};

/* One row for each act: what comes back later is counted when it does. */
static void count_findings(struct fold *f, const struct findings *x)
{
	for (size_t i = 0; i < LENGTH(counted); i++) {
		int64_t n = *(const int64_t *)(const void *)((const char *)x + counted[i].at);
		if (n)
			fold_figure_on(f, overseer_key(f->mem, counted[i].key, of(f)), f->act->on,
				       f->act->no, n);
	}
}

void check_apply_report(struct fold *f, const void *form)
{
	struct check *x = f->d->data;
	struct findings found = { x->violations, x->money,      x->money_other,
				  x->land,       x->land_other, x->deducted };
	(void)form;
	x->reported_on = f->act->on;
	meet(f, of(f)->report);
	count_findings(f, &found);
	if (x->gaps.len)
		fold_figure_on(f, overseer_key(f->mem, "check.gaps", of(f)), f->act->on, 0, 1);
}

enum err check_check_recover(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct check_recover *x = form;
	const struct check *now = d->data;
	(void)tx;
	if (!(x->more_money || x->more_money_other || x->more_land || x->more_land_other ||
	      x->more_deducted))
		fault_add_msg(faults, "", MSG_CHECK_FAULT_NOTHING);
	if (date_cmp(on, now->reported_on) < 0)
		fault_add_msg(faults, "happened_on", MSG_CHECK_FAULT_BEFORE_REPORT);
	return OK;
}

void check_apply_recover(struct fold *f, const void *form)
{
	const struct check_recover *x = form;
	struct check *now = f->d->data;
	struct findings more = { 0,
				 x->more_money,
				 x->more_money_other,
				 x->more_land,
				 x->more_land_other,
				 x->more_deducted };
	now->money += more.money;
	now->money_other += more.money_other;
	now->land += more.land;
	now->land_other += more.land_other;
	now->deducted += more.deducted;
	count_findings(f, &more);
}
