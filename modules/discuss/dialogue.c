/* The meeting: its day, what is owed before and after it, and what follows elsewhere. */
#include "modules/discuss/dialogue_steps.h"

#include "law/due.h"
#include "modules/discuss/dialogue_register.h"
#include "modules/discuss/question.h"
#include "office/happening.h"
#include "office/step.h"

static bool is_commune(const struct dossier *d)
{
	return d->kind == &dialogue_kind;
}

/* By which rule those who are to come are told, and of what. */
static struct str notice_rule(const struct dossier *d)
{
	return is_commune(d) ? S(DIALOGUE_NOTICE) : S(DIALOGUE_CONTENT);
}

bool dialogue_takes_questions(const struct dossier *d, struct date today)
{
	return is_commune(d) && d->state == DIALOGUE_ANNOUNCED &&
	       date_cmp(today, ((const struct dialogue *)d->data)->day) <= 0;
}

enum err dialogue_unanswered(struct tx *tx, const struct dossier *d, int64_t *out)
{
	int64_t letters = 0, lines = 0;
	for (size_t i = 0; i < d->lines.n; i++)
		lines += d->lines.at[i].kind == &dialogue_lines[LINE_QUESTION] &&
			 !((const struct dialogue_question *)d->lines.at[i].data)->answer.len;
	enum err e = is_commune(d) ? question_count_open(tx, d->id, &letters) : OK;
	*out = lines + letters;
	return e;
}

/* --- Planned --- */

enum err dialogue_check_plan(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct dialogue *x = form;
	(void)tx, (void)d;
	if (date_is_set(x->day) && date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_DIALOGUE_FAULT_DAY_PAST);
	return OK;
}

/* Nobody was told of the day before, so nothing was owed for it. */
void dialogue_apply_plan(struct fold *f, const void *form)
{
	const struct dialogue *x = f->d->data;
	struct duty *y = fold_duty(f, notice_rule(f->d), 0, S(""));
	(void)form;
	if (y && date_cmp(y->from, x->day) == 0)
		return;
	if (y)
		fold_close(f, y, DUTY_EXCUSED, f->act->on);
	fold_open(f, notice_rule(f->d), x->day, 0, S(""));
}

/* Whoever holds dialogues is asked every year whether he did. */
enum err dialogue_stored_plan(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	(void)form;
	return register_ensure(tx, d->unit, act->on);
}

void dialogue_apply_drop(struct fold *f, const void *form)
{
	struct duty *y = fold_duty(f, notice_rule(f->d), 0, S(""));
	((struct dialogue *)f->d->data)->reason = ((const struct dialogue_reason *)form)->reason;
	if (y)
		fold_close(f, y, DUTY_EXCUSED, f->act->on);
}

/* --- Announced, postponed, cancelled --- */

/* Late is told by the clock; after the day there is nothing to announce. */
enum err dialogue_check_announce(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	(void)tx, (void)form;
	if (date_cmp(on, ((const struct dialogue *)d->data)->day) > 0)
		fault_add_msg(faults, "", MSG_DIALOGUE_FAULT_DAY_OVER);
	return OK;
}

void dialogue_apply_announce(struct fold *f, const void *form)
{
	struct dialogue *x = f->d->data;
	(void)form;
	x->announced_on = f->act->on;
	fold_open_house(f, S(DIALOGUE_HOLD), f->act->on, x->day, S(""));
}

enum err dialogue_check_postpone(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct dialogue *x = form, *now = d->data;
	(void)tx;
	if (!date_is_set(x->day))
		return OK;
	if (date_cmp(x->day, now->day) == 0)
		fault_add_msg(faults, "day", MSG_DIALOGUE_FAULT_SAME_DAY);
	else if (date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_DIALOGUE_FAULT_DAY_PAST);
	return OK;
}

/* The act itself tells of the new day: it is on time, or late, for that one. A day that went by without a
 * meeting or a word of it stays missed. */
void dialogue_apply_postpone(struct fold *f, const void *form)
{
	const struct dialogue *x = f->d->data;
	struct duty *hold = fold_duty(f, S(DIALOGUE_HOLD), 0, S(""));
	(void)form;
	if (hold && date_cmp(f->act->on, hold->due) <= 0) {
		fold_extend(f, hold, x->day);
	} else {
		if (hold)
			fold_leave(f, hold, DUTY_EXCUSED);
		fold_open_house(f, S(DIALOGUE_HOLD), f->act->on, x->day, S(""));
	}
	struct duty *notice = fold_open(f, notice_rule(f->d), x->day, 0, S(""));
	if (notice)
		fold_close(f, notice, DUTY_MET, f->act->on);
}

enum err dialogue_stored_postpone(struct tx *tx, struct dossier *d, const struct act *act,
				  const void *form)
{
	const struct dialogue *x = d->data;
	(void)form;
	return is_commune(d) ? question_move_all(tx, d->id, x->day, act->on) : OK;
}

void dialogue_apply_cancel(struct fold *f, const void *form)
{
	struct duty *hold = fold_duty(f, S(DIALOGUE_HOLD), 0, S(""));
	(void)form;
	if (hold)
		fold_leave(f, hold, DUTY_EXCUSED);
}

/* --- Held, published --- */

/* People were told of one day. */
enum err dialogue_check_hold(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct dialogue *x = form, *now = d->data;
	struct buf b = { .a = tx->mem };
	dialogue_check_nobody(tx, x->minutes, "minutes", faults);
	if (date_cmp(on, now->day) == 0)
		return OK;
	msg_dialogue_fault_other_day(&b, faults ? faults->lang : LANG_VI, now->day);
	fault_add(faults, "happened_on", buf_str(&b));
	return OK;
}

static void owe_conclusions(struct fold *f)
{
	struct due due;
	if (due_compute_days(NULL, f->calendar, LIMIT_WORKING, LIMIT_MAX, DIALOGUE_PUBLISH_DAYS,
			     f->act->on, &due))
		fold_open_house(f, S(DIALOGUE_PUBLISH), f->act->on, due.due, S(""));
}

void dialogue_apply_hold(struct fold *f, const void *form)
{
	struct duty *hold = fold_duty(f, S(DIALOGUE_HOLD), 0, S(""));
	(void)form;
	((struct dialogue *)f->d->data)->held_on = f->act->on;
	if (hold)
		fold_close(f, hold, DUTY_MET, f->act->on);
	if (!is_commune(f->d))
		return;
	fold_figure(f, S(DIALOGUE_HELD));
	owe_conclusions(f);
}

/* Of workplaces only the periodic one: what was asked for, or what an event brought about, is beside it. */
enum err dialogue_stored_hold(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	const struct dialogue *x = d->data;
	(void)form;
	bool counts = is_commune(d) || str_eq(x->basis, S("periodic"));
	return counts ? register_fulfil(tx, d, act->on) : OK;
}

enum err dialogue_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct dialogue_publish *x = form;
	struct buf b = { .a = tx->mem };
	int64_t left = 0;
	(void)on;
	dialogue_check_nobody(tx, x->conclusions, "conclusions", faults);
	enum err e = dialogue_unanswered(tx, d, &left);
	if (e || !left)
		return e;
	msg_dialogue_fault_unanswered(&b, faults ? faults->lang : LANG_VI, left);
	fault_add(faults, "", buf_str(&b));
	return OK;
}

/* --- In calendars --- */

/* Their hour is written in words. */
bool dialogue_happens(const struct dossier *d, struct happening *out)
{
	const struct dialogue *x = d->data;
	struct arena *a = arena_new(0);
	*out = (struct happening){ .day = x->day,
				   .from = happening_hour(a, x->hour),
				   .to = -1,
				   .place = x->place,
				   .off = d->state == DIALOGUE_CANCELLED };
	arena_free(a);
	return true;
}
