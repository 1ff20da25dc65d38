/* Recognition, the term and its quarters, and the end. Who sits in it is board_members.c. */
#include "modules/inspect/board_steps.h"

#include "office/step.h"
#include "office/unit.h"

const struct body *board_body(const struct law *l, const struct people_board *x, struct date on)
{
	const struct overseer *o = overseer_of(x->by);
	return o && o->bodies[0] ? law_body(l, o->bodies, on) : NULL;
}

/* Two years from 10 March end on 9 March. */
struct date board_last_day(const struct body_numbers *x, struct date from)
{
	if (x->term != BODY_TERM_YEARS || !date_is_set(from))
		return NO_DATE;
	return date_add(date_add_months(from, 12 * x->term_years), -1);
}

struct str board_cited(struct tx *tx, const struct body *b, enum lang lang)
{
	return citation_words(tx->mem, &b->cite, lang == LANG_EN);
}

struct str board_key(struct fold *f, const char *what)
{
	const struct people_board *x = f->d->data;
	return str_printf(f->mem, "%s.%.*s", what, STR_ARG(x->by));
}

/* --- Recognised --- */

/* How many sit is counted once a year for each unit: a term that follows another in the same year is not a
 * second board. Every project is one of its own. */
static enum err is_first(struct tx *tx, const struct dossier *d, struct str by, struct date on,
			 bool *out)
{
	*out = true;
	if (str_eq(by, S("cisb")))
		return OK;
	struct query q = db_query(tx, "SELECT 1 FROM figure WHERE unit = $1 AND figure_key = $2"
				      " AND counted_on >= $3 AND counted_on <= $4 AND n > 0"
				      " AND dossier <> $5 LIMIT 1");
	int year = date_ymd(on).year;
	BIND(&q, d->unit, str_printf(tx->mem, "board.sits.%.*s", STR_ARG(by)),
	     date_year_start(year), date_add(date_year_start(year + 1), -1), d->id);
	enum err e = db_one(&q);
	*out = e == ERR_NOT_FOUND;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err board_begin_recognise(struct tx *tx, const struct dossier *d, void *form)
{
	struct people_board *x = form;
	const struct body *body = board_body(tx->office->law, d->data, tx_today(tx));
	x->term_from = tx_today(tx);
	if (body) {
		struct body_numbers limits = body_numbers(body);
		x->term_to = board_last_day(&limits, x->term_from);
	}
	return OK;
}

/* The day is not known here, but a year's first board is: what is recorded late was late by days. */
enum err board_prepare_recognise(struct tx *tx, const struct dossier *d, void *form)
{
	struct people_board *x = form;
	struct date on = date_is_set(x->term_from) ? x->term_from : tx_today(tx);
	return is_first(tx, d, ((const struct people_board *)d->data)->by, on, &x->first_in_year);
}

static bool is_of_project(const struct people_board *x)
{
	return str_eq(x->by, S("cisb"));
}

enum err board_check_recognise(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct people_board *x = form, *now = d->data;
	const struct body *body = board_body(tx->office->law, now, on);
	struct buf b = { .a = tx->mem };
	if (is_of_project(now))
		return OK;
	if (!date_is_set(x->term_to)) {
		fault_add_msg(faults, "term_to", MSG_BOARD_FAULT_TERM);
		return OK;
	}
	if (date_is_set(x->term_from) && date_cmp(x->term_to, x->term_from) <= 0)
		fault_add_msg(faults, "term_to", MSG_BOARD_FAULT_TERM_ORDER);
	if (!body || body->basis.unverified)
		return OK;
	struct body_numbers limits = body_numbers(body);
	struct date last = board_last_day(&limits, x->term_from);
	if (date_is_set(last) && date_cmp(x->term_to, last) > 0) {
		msg_board_fault_term_long(&b, faults->lang, limits.term_years, last,
					  board_cited(tx, body, faults->lang));
		fault_add(faults, "term_to", buf_str(&b));
	}
	return OK;
}

static void count_sitting(struct fold *f, bool first)
{
	if (first)
		fold_figure_on(f, board_key(f, "board.sits"), f->act->on, 0, 1);
	for (size_t i = 0; i < f->d->lines.n; i++) {
		const struct board_member *m = board_member(f->d, &f->d->lines.at[i]);
		if (m && board_member_sits(m, f->act->on))
			fold_figure_on(f, board_key(f, "board.members"), f->act->on,
				       f->d->lines.at[i].no, 1);
	}
}

/* "2026-Q3" */
static struct str quarter_of(struct arena *a, struct date day)
{
	struct ymd at = date_ymd(day);
	return str_printf(a, "%d-Q%d", at.year, (at.month + 2) / 3);
}

/* What the quarter of that day owes; when the calendar is next needed. */
static void begin_period(struct fold *f, struct date day)
{
	const struct overseer *o = overseer_of(((const struct people_board *)f->d->data)->by);
	if (o && o->periodic)
		fold_open(f, str_of(o->periodic), day, 0, quarter_of(f->mem, day));
	f->d->wake_on = o && o->periodic ? date_add(date_quarter_end(day), 1)
					 : date_year_start(date_ymd(day).year + 1);
}

static void meet(struct fold *f, const char *rule)
{
	struct duty *y = rule ? fold_duty(f, str_of(rule), 0, S("")) : NULL;
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

void board_apply_recognise(struct fold *f, const void *form)
{
	struct people_board *x = f->d->data;
	const struct overseer *o = overseer_of(x->by);
	(void)form;
	meet(f, o ? o->recognise : NULL);
	for (size_t i = 0; i < f->d->lines.n; i++) {
		struct line *l = fold_line(f, f->d->lines.at[i].no);
		if (l && l->kind == &f->d->kind->lines[LINE_MEMBER])
			((struct board_member *)l->data)->from = f->act->on;
	}
	if (is_of_project(x))
		x->term_to = NO_DATE;
	else
		fold_open_house(f, S(BOARD_TERM), f->act->on, x->term_to, S(""));
	count_sitting(f, x->first_in_year);
	begin_period(f, f->act->on);
}

void board_apply_refuse(struct fold *f, const void *form)
{
	const struct overseer *o = overseer_of(((const struct people_board *)f->d->data)->by);
	(void)form;
	meet(f, o ? o->recognise : NULL);
}

/* --- What it plans and reports --- */

static void write_paper(struct fold *f, int kind, const struct board_write *x)
{
	struct board_paper *p = fold_line_add(f, kind)->data;
	*p = (struct board_paper){ x->period, x->text, x->files, f->act->on };
}

void board_apply_plan(struct fold *f, const void *form)
{
	write_paper(f, LINE_PLAN, form);
}

static bool is_report(const struct dossier *d, const struct duty *y)
{
	const struct overseer *o = overseer_of(((const struct people_board *)d->data)->by);
	return o && o->periodic && y->state == DUTY_OPEN && str_eq(y->rule, str_of(o->periodic));
}

enum err board_period_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->duties.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->duties.n; i++)
		if (is_report(d, &d->duties.at[i]))
			out->at[out->n++] = (struct choice){ d->duties.at[i].about,
							     d->duties.at[i].about, S("") };
	return OK;
}

bool board_report_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	for (size_t i = 0; i < d->duties.n; i++)
		if (is_report(d, &d->duties.at[i]))
			return false;
	return true;
}

void board_apply_report(struct fold *f, const void *form)
{
	const struct board_write *x = form;
	write_paper(f, LINE_REPORT, x);
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (is_report(f->d, &f->d->duties.at[i]) &&
		    str_eq(f->d->duties.at[i].about, x->period))
			fold_close(f, &f->d->duties.at[i], DUTY_MET, f->act->on);
}

/* --- By the calendar, and its end --- */

void board_apply_turn(struct fold *f, const void *form)
{
	const struct board_turn *x = form;
	struct date on = f->act->on;
	if (x->over) {
		f->d->wake_on = NO_DATE;
		return;
	}
	if (date_cmp(on, date_year_start(date_ymd(on).year)) == 0)
		count_sitting(f, x->first_in_year);
	begin_period(f, on);
}

enum err board_wake(struct tx *tx, struct dossier *d)
{
	enum err e = OK;
	while (!e && date_is_set(d->wake_on) && date_cmp(d->wake_on, tx_today(tx)) <= 0) {
		struct date day = d->wake_on;
		struct board_turn form = { 0 };
		struct unit u;
		if ((e = unit_find(tx, d->unit, day, &u)) ||
		    (e = is_first(tx, d, ((const struct people_board *)d->data)->by, day,
				  &form.first_in_year)))
			return e;
		form.over = !u.in_force;
		e = step_follow(tx, d, "turn", &form, day);
	}
	return e;
}

/* What it still owed it owes no longer, but what was late stays late. */
void board_apply_end(struct fold *f, const void *form)
{
	(void)form;
	((struct people_board *)f->d->data)->ended_on = f->act->on;
	f->d->wake_on = NO_DATE;
	meet(f, BOARD_TERM);
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			fold_leave(f, &f->d->duties.at[i], DUTY_EXCUSED);
	for (size_t i = 0; i < f->d->lines.n; i++) {
		const struct board_member *m = board_member(f->d, &f->d->lines.at[i]);
		if (m && !date_is_set(m->to))
			((struct board_member *)fold_line(f, f->d->lines.at[i].no)->data)->to =
				f->act->on;
	}
}
