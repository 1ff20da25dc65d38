#include "modules/inspect/recommendation_steps.h"

#include "modules/inspect/check.h"
#include "office/receiver.h"
#include "office/unit.h"

struct str recommendation_rule(const struct law *l, struct str by, struct date on)
{
	const struct overseer *o = overseer_of(by);
	return o && o->answer && law_rule(l, str_of(o->answer), on) ? str_of(o->answer) : S("");
}

/* --- Sent --- */

enum { CHECKS_SHOWN = 50 };

/* Of this unit, the latest first; the dossiers' titles are public. */
enum err recommendation_check_options(struct tx *tx, const void *subject, enum lang lang,
				      struct choices *out)
{
	const struct dossier *d = subject;
	struct query q = db_query(tx, "SELECT code, title FROM dossier WHERE holder = $1"
				      " AND visibility = $2 AND kind = 'check'"
				      " AND state IN ($3, $4) ORDER BY id DESC LIMIT $5");
	*out = (struct choices){ NEW_N(tx->mem, struct choice, CHECKS_SHOWN + 1), 0 };
	out->at[out->n++] =
		(struct choice){ S("none"), msg_plain(lang, MSG_RECOMMENDATION_NO_CHECK), S("") };
	BIND(&q, d->unit, (int64_t)VISIBLE_PUBLIC, (int64_t)CHECK_HELD, (int64_t)CHECK_REPORTED,
	     (int64_t)CHECKS_SHOWN);
	while (db_next(&q)) {
		struct str code = col_str(&q, 0), title = col_str(&q, 1);
		out->at[out->n++] = (struct choice){
			code, str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(title), STR_ARG(code)),
			S("")
		};
	}
	return q.err;
}

/* Of what was chosen once, though it stands among the latest no longer. */
bool recommendation_check_label(struct tx *tx, const void *subject, enum lang lang,
				struct str value, struct str *out)
{
	struct dossier *d;
	int64_t id;
	(void)subject;
	if (str_eq(value, S("none"))) {
		*out = msg_plain(lang, MSG_RECOMMENDATION_NO_CHECK);
		return true;
	}
	if (dossier_by_code(tx, value, &id) || dossier_load_text(tx, id, &d) ||
	    d->kind != &check_kind || dossier_visibility(d) != VISIBLE_PUBLIC)
		return false;
	*out = str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(dossier_title(d)), STR_ARG(value));
	return true;
}

enum err recommendation_to_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out)
{
	return receiver_options_own(tx, &recommendation_kind,
				    ((const struct dossier *)subject)->unit, lang, out);
}

enum err recommendation_begin(struct tx *tx, const struct dossier *d, void *form)
{
	struct recommendation *x = form;
	struct choices all;
	enum err e = overseer_options(tx, d, LANG_VI, &all);
	if (e)
		return e;
	if (all.n)
		x->by = all.at[0].value;
	x->to_kind = S("government");
	x->check = S("none");
	x->received_on = tx_today(tx);
	return unit_code(tx, d->unit, tx_today(tx), &x->to);
}

enum err recommendation_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct recommendation *x = form;
	struct dossier *check = NULL;
	int64_t id = 0;
	enum err e = receiver_fill(tx, d->kind, &x->to, &x->holder);
	x->parent = 0;
	if (e || !x->check.len || str_eq(x->check, S("none")))
		return e;
	e = dossier_by_code(tx, x->check, &id);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	if ((e = dossier_load_text(tx, id, &check)))
		return e;
	if (check->kind == &check_kind && check->unit == d->unit &&
	    (check->state & (CHECK_HELD | CHECK_REPORTED)))
		x->parent = id;
	return OK;
}

enum err recommendation_check_send(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults)
{
	const struct recommendation *x = form;
	struct dossier *check;
	(void)on;
	if (!x->holder && x->to.len)
		fault_add_msg(faults, "to", MSG_RECOMMENDATION_FAULT_TO);
	if (!x->parent && x->check.len && !str_eq(x->check, S("none")))
		fault_add_msg(faults, "check", MSG_RECOMMENDATION_FAULT_CHECK);
	if (date_is_set(x->answer_by) && date_is_set(x->received_on)) {
		if (recommendation_rule(tx->office->law, x->by, x->received_on).len)
			fault_add_msg(faults, "answer_by", MSG_RECOMMENDATION_FAULT_BY_LAW);
		else if (date_cmp(x->answer_by, x->received_on) <= 0)
			fault_add_msg(faults, "answer_by", MSG_RECOMMENDATION_FAULT_AGREED);
	}
	(void)d;
	if (!x->parent)
		return OK;
	enum err e = dossier_load_text(tx, x->parent, &check);
	if (!e && !str_eq(((const struct check *)check->data)->by, x->by))
		fault_add_msg(faults, "check", MSG_RECOMMENDATION_FAULT_WHOSE);
	return e;
}

/* By the law's number of days, or on the day both agreed on, or by the house's. */
static void owe_answer(struct fold *f, struct date from, struct date agreed)
{
	const struct recommendation *x = f->d->data;
	struct str rule = recommendation_rule(f->law, x->by, from);
	if (rule.len)
		fold_open(f, rule, from, 0, S(""));
	else
		fold_open_house(f, S(RECOMMENDATION_ANSWER), from,
				date_is_set(agreed) ? agreed : date_add(from, RECOMMENDATION_DAYS),
				S(""));
}

/* The one open clock of it: an answer, or what was promised. */
static struct duty *owed(const struct dossier *d)
{
	for (size_t i = d->duties.n; i > 0; i--)
		if (d->duties.at[i - 1].state == DUTY_OPEN)
			return &d->duties.at[i - 1];
	return NULL;
}

void recommendation_apply_send(struct fold *f, const void *form)
{
	const struct recommendation *x = f->d->data;
	const struct overseer *o = overseer_of(x->by);
	(void)form;
	if (!o || !x->holder) {
		fold_fail(f, "nobody asks, or nobody is asked");
		return;
	}
	f->d->holder = x->holder;
	f->d->parent = x->parent;
	fold_figure(f, overseer_key(f->mem, "recommendation.of", o));
	fold_figure(f, str_printf(f->mem, "recommendation.to.%.*s", STR_ARG(x->to_kind)));
	owe_answer(f, x->received_on, x->answer_by);
}

/* --- Answered --- */

enum err recommendation_check_answer(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults)
{
	const struct recommendation *x = form;
	(void)tx, (void)d;
	if (date_is_set(x->promised) && date_cmp(x->promised, on) < 0)
		fault_add_msg(faults, "promised", MSG_RECOMMENDATION_FAULT_PAST);
	return OK;
}

static void answered(struct fold *f)
{
	struct recommendation *x = f->d->data;
	struct duty *y = owed(f->d);
	x->answered_on = f->act->on;
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
	fold_figure(f, overseer_key(f->mem, "recommendation.answered", overseer_of(x->by)));
}

void recommendation_apply_answer(struct fold *f, const void *form)
{
	const struct recommendation *x = f->d->data;
	(void)form;
	answered(f);
	fold_open_house(f, S(RECOMMENDATION_PROMISE), f->act->on, x->promised, S(""));
}

void recommendation_apply_decline(struct fold *f, const void *form)
{
	struct recommendation *x = f->d->data;
	(void)form;
	x->outcome = S("declined");
	answered(f);
}

/* --- Pressed, moved --- */

bool recommendation_press_futile(struct tx *tx, const struct dossier *d)
{
	const struct duty *y = owed(d);
	return !y || !duty_is_overdue(y, tx_today(tx));
}

enum err recommendation_check_press(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	const struct duty *y = owed(d);
	(void)tx, (void)form;
	if (!y || date_cmp(on, y->due) <= 0)
		fault_add_msg(faults, "", MSG_RECOMMENDATION_FAULT_NOT_OVERDUE);
	return OK;
}

void recommendation_apply_press(struct fold *f, const void *form)
{
	struct recommendation *x = f->d->data;
	(void)form;
	x->pressed++;
}

enum err recommendation_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults)
{
	const struct recommendation_reason *x = form;
	const struct duty *y = owed(d);
	(void)tx;
	if (date_is_set(x->until) &&
	    (date_cmp(x->until, on) < 0 || (y && date_cmp(x->until, y->due) <= 0)))
		fault_add_msg(faults, "until", MSG_RECOMMENDATION_FAULT_EARLIER);
	return OK;
}

static void promise(struct fold *f, struct date until)
{
	((struct recommendation *)f->d->data)->promised = until;
	fold_open_house(f, S(RECOMMENDATION_PROMISE), f->act->on, until, S(""));
}

/* In time the term goes on; afterwards it stays missed, and another begins. */
void recommendation_apply_extend(struct fold *f, const void *form)
{
	const struct recommendation_reason *x = form;
	struct duty *y = owed(f->d);
	if (y && date_cmp(f->act->on, y->due) <= 0) {
		((struct recommendation *)f->d->data)->promised = x->until;
		fold_extend(f, y, x->until);
		return;
	}
	if (y)
		fold_leave(f, y, DUTY_EXCUSED);
	promise(f, x->until);
}

/* --- Done, or not --- */

void recommendation_apply_report(struct fold *f, const void *form)
{
	struct duty *y = owed(f->d);
	(void)form;
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

void recommendation_apply_confirm(struct fold *f, const void *form)
{
	const struct recommendation *x = f->d->data;
	(void)form;
	((struct recommendation *)f->d->data)->done_on = f->act->on;
	fold_figure(f, overseer_key(f->mem, "recommendation.done", overseer_of(x->by)));
}

enum err recommendation_check_reject(struct tx *tx, const struct dossier *d, const void *form,
				     struct date on, struct faults *faults)
{
	const struct recommendation_reason *x = form;
	(void)tx, (void)d;
	if (date_is_set(x->until) && date_cmp(x->until, on) <= 0)
		fault_add_msg(faults, "until", MSG_RECOMMENDATION_FAULT_PAST);
	return OK;
}

void recommendation_apply_reject(struct fold *f, const void *form)
{
	promise(f, ((const struct recommendation_reason *)form)->until);
}

/* The same unit is asked once more, on a clock that begins anew. */
void recommendation_apply_insist(struct fold *f, const void *form)
{
	(void)form;
	((struct recommendation *)f->d->data)->promised = NO_DATE;
	owe_answer(f, f->act->on, NO_DATE);
}

void recommendation_apply_leave(struct fold *f, const void *form)
{
	struct duty *y = owed(f->d);
	(void)form;
	if (y)
		fold_leave(f, y, DUTY_EXCUSED);
}
