#include "modules/inspect/programme.h"

#include "office/redaction.h"
#include "office/step.h"
#include "office/unit.h"

/* --- Years --- */

/* In a year the plan of the next is owed. */
static void begin_year(struct fold *f, struct date day)
{
	int year = date_ymd(day).year;
	fold_open(f, S(PROGRAMME_PLAN), day, 0, str_printf(f->mem, "%d", year + 1));
	f->d->wake_on = date_year_start(year + 1);
}

static void apply_begin(struct fold *f, const void *form)
{
	(void)form;
	begin_year(f, f->act->on);
}

static enum err begin(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct programme *)form)->title = msg_plain(LANG_VI, MSG_PROGRAMME_KIND);
	return OK;
}

static enum err check_begin(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	struct dossier *other;
	(void)form, (void)on;
	enum err e = dossier_kept(tx, &programme_kind, d->unit, S(""), &other);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (!e)
		fault_add_msg(faults, "", MSG_PROGRAMME_FAULT_KEPT);
	return e;
}

struct turn_form {
	bool over; /* the unit has ended */
};

static void apply_turn(struct fold *f, const void *form)
{
	if (((const struct turn_form *)form)->over)
		f->d->wake_on = NO_DATE;
	else
		begin_year(f, f->act->on);
}

static enum err wake(struct tx *tx, struct dossier *d)
{
	enum err e = OK;
	while (!e && date_is_set(d->wake_on) && date_cmp(d->wake_on, tx_today(tx)) <= 0) {
		struct date day = d->wake_on;
		struct unit u;
		if ((e = unit_find(tx, d->unit, day, &u)))
			return e;
		e = step_follow(tx, d, "turn", &(struct turn_form){ !u.in_force }, day);
	}
	return e;
}

/* --- Plans --- */

static enum err year_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->duties.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN)
			out->at[out->n++] = (struct choice){ d->duties.at[i].about,
							     d->duties.at[i].about, S("") };
	return OK;
}

static bool nothing_owed(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN)
			return false;
	return true;
}

static void apply_issue(struct fold *f, const void *form)
{
	const struct programme_issue *x = form;
	struct duty *y = fold_duty(f, S(PROGRAMME_PLAN), 0, x->year);
	struct programme_plan *plan = fold_line_add(f, 0)->data;
	*plan = (struct programme_plan){ x->year, x->text, x->files, f->act->on };
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

/* --- Tables --- */

static const struct field fields[] = {
	FIELD(struct programme, title, .min = 5, .max = 200, .label = MSG_PROGRAMME_TITLE),
	{ 0 },
};

static const struct field plan_fields[] = {
	FIELD(struct programme_plan, year, .label = MSG_PROGRAMME_YEAR),
	FIELD(struct programme_plan, text, .lines = true, .max = 10000,
	      .label = MSG_PROGRAMME_TEXT),
	FIELD(struct programme_plan, files, .label = MSG_BOARD_FILES),
	FIELD(struct programme_plan, on, .label = MSG_PROGRAMME_ON),
	{ 0 },
};

static const struct line_kind lines[] = {
	{ "plan", MSG_PROGRAMME_PLANS, sizeof(struct programme_plan), plan_fields },
	{ 0 },
};

static const struct field issue_fields[] = {
	FIELD(struct programme_issue, year, .options = year_options, .label = MSG_PROGRAMME_YEAR),
	FIELD(struct programme_issue, text, .min = 20, .max = 10000, .lines = true,
	      .label = MSG_PROGRAMME_TEXT, .hint = MSG_PROGRAMME_TEXT_HINT),
	FIELD(struct programme_issue, files, .optional = true, .label = MSG_BOARD_FILES),
	{ 0 },
};

static const struct field turn_fields[] = {
	FIELD(struct turn_form, over, .optional = true, .hidden = true, .label = MSG_BOARD_OVER),
	{ 0 },
};

static const struct state states[] = {
	{ PROGRAMME_KEPT, "kept", MSG_PROGRAMME_STATE_KEPT, TONE_INFO, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "begin", NEW, PROGRAMME_KEPT, FRONT | INSPECTOR, MSG_PROGRAMME_BEGIN,
	  MSG_PROGRAMME_BEGIN_DONE, sizeof(struct programme), fields, .is_public = true,
	  .begin = begin, .check = check_begin, .apply = apply_begin },
	{ "issue", PROGRAMME_KEPT, 0, FRONT | INSPECTOR, MSG_PROGRAMME_ISSUE,
	  MSG_PROGRAMME_ISSUE_DONE, sizeof(struct programme_issue), issue_fields, .is_public = true,
	  .futile = nothing_owed, .apply = apply_issue },
	{ "turn", PROGRAMME_KEPT, 0, SYSTEM, MSG_PROGRAMME_TURN_DONE, MSG_PROGRAMME_TURN_DONE,
	  sizeof(struct turn_form), turn_fields, .is_public = true, .follows = true,
	  .apply = apply_turn },
	REDACTION_STEPS_AT_HOME(PROGRAMME_KEPT, FRONT | INSPECTOR),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.programme.plan", MEASURE_ALL, MSG_PROGRAMME_INDICATOR,
	  .means = MSG_PROGRAMME_MEANS,
	  .parts = { { COUNT_DUTIES, PROGRAMME_PLAN, MSG_OVERSEER_FRONT } } },
	{ 0 },
};

const struct kind programme_kind = {
	.name = "programme",
	.code = "PG",
	.slug = "chuong-trinh-giam-sat",
	.work = "inspect",
	.title = MSG_PROGRAMME_KIND,
	.titles = MSG_PROGRAMME_KINDS,
	.many_duties = true,
	.mute = true,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE,
	.size = sizeof(struct programme),
	.fields = fields,
	.states = states,
	.lines = lines,
	.steps = steps,
	.indicators = indicators,
	.wake = wake,
};
