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

/* --- Who sits in it --- */

struct counted {
	int members, heads, deputies, residents;
};

static void count_member(struct arena *a, const struct board_member *m, struct counted *c)
{
	c->members++;
	c->heads += str_eq(m->role, S("head"));
	c->deputies += str_eq(m->role, S("deputy"));
	c->residents += board_is_resident(a, m);
}

static struct str cited(struct tx *tx, const struct body *b, enum lang lang)
{
	return citation_words(tx->mem, &b->cite, lang == LANG_EN);
}

/* So many at least, so many at most; 0: as many as they like. */
static enum err bounds_of(struct tx *tx, const struct dossier *d, const struct body_numbers *x,
			  int *least, int *most)
{
	int64_t levels[LEVELS];
	*least = x->members_min;
	*most = x->more ? 0 : x->members_max;
	if (!x->by_villages)
		return OK;
	enum err e = unit_count(tx, d->unit, tx_today(tx), levels);
	int villages = e ? 0 : (int)levels[LEVEL_VILLAGE];
	if (villages && villages < x->few) {
		*least = 1;
		*most = x->few;
	} else if (villages) {
		*least = villages;
	}
	return e;
}

static enum err check_numbers(struct tx *tx, const struct dossier *d, const struct body *body,
			      const struct counted *c, const char *field, struct faults *faults)
{
	struct body_numbers x = body_numbers(body);
	struct buf b = { .a = tx->mem };
	int least, most, deputies = body_deputies(&x, c->members);
	enum err e = bounds_of(tx, d, &x, &least, &most);
	if (e)
		return e;
	if (c->members < least)
		msg_board_fault_few(&b, faults->lang, c->members, least,
				    cited(tx, body, faults->lang));
	else if (most && c->members > most)
		msg_board_fault_many(&b, faults->lang, c->members, most,
				     cited(tx, body, faults->lang));
	else if (deputies >= 0 && c->deputies > deputies)
		msg_board_fault_deputies(&b, faults->lang, c->deputies, c->members, deputies,
					 cited(tx, body, faults->lang));
	else if (x.residents_max && c->residents > x.residents_max)
		msg_board_fault_residents(&b, faults->lang, c->residents, x.residents_max,
					  cited(tx, body, faults->lang));
	if (b.len)
		fault_add(faults, field, buf_str(&b));
	return OK;
}

/* "none if 7 staff or fewer" */
static enum err check_staff(struct tx *tx, const struct dossier *d, const struct body *body,
			    struct faults *faults)
{
	struct body_numbers x = body_numbers(body);
	struct buf b = { .a = tx->mem };
	struct unit u;
	enum err e = x.nobody_to ? unit_find(tx, d->unit, tx_today(tx), &u) : OK;
	if (e || !x.nobody_to || !u.head_count || u.head_count > x.nobody_to)
		return e;
	msg_board_fault_staff(&b, faults->lang, u.head_count, cited(tx, body, faults->lang));
	fault_add(faults, "by", buf_str(&b));
	return OK;
}

static enum err first_kind(struct tx *tx, const struct dossier *d, struct str *by)
{
	struct choices all;
	enum err e = board_options(tx, d, LANG_VI, &all);
	if (!e && all.n)
		*by = all.at[0].value;
	return e;
}

enum err board_begin_elect(struct tx *tx, const struct dossier *d, void *form)
{
	return first_kind(tx, d, &((struct people_board *)form)->by);
}

enum err board_check_elect(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct people_board *x = form;
	struct board_member *all = NEW_N(tx->mem, struct board_member, BOARD_MEMBERS_MOST);
	struct counted c = { 0 };
	struct buf b = { .a = tx->mem };
	size_t n;
	int line;
	const struct body *body = board_body(tx->office->law, x, on);
	if (str_eq(x->by, S("cisb")) && !x->project.len)
		fault_add_msg(faults, "project", MSG_BOARD_FAULT_PROJECT);
	if (!board_read_members(tx->mem, x->members, all, BOARD_MEMBERS_MOST, &n, &line)) {
		msg_board_fault_line(&b, faults->lang, line);
		fault_add(faults, "members", buf_str(&b));
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		count_member(tx->mem, &all[i], &c);
	if (x->members.len && c.heads != 1)
		fault_add_msg(faults, "members", MSG_BOARD_FAULT_HEAD);
	if (!x->members.len || !body || body->basis.unverified)
		return OK;
	enum err e = check_staff(tx, d, body, faults);
	return e ? e : check_numbers(tx, d, body, &c, "members", faults);
}

static struct line *add_member(struct fold *f, const struct board_member *m)
{
	struct line *l = fold_line_add(f, LINE_MEMBER);
	*(struct board_member *)l->data = *m;
	fold_figure_on(f, S(BOARD_ELECTED), f->act->on, l->no, 1);
	return l;
}

void board_apply_elect(struct fold *f, const void *form)
{
	const struct people_board *x = form;
	struct people_board *now = f->d->data;
	const struct overseer *o = overseer_of(x->by);
	struct board_member *all = NEW_N(f->mem, struct board_member, BOARD_MEMBERS_MOST);
	size_t n;
	int line;
	if (!o || !board_read_members(f->mem, x->members, all, BOARD_MEMBERS_MOST, &n, &line)) {
		fold_fail(f, "no board can be read");
		return;
	}
	now->elected_on = f->act->on;
	for (size_t i = 0; i < n; i++)
		add_member(f, &all[i]);
	if (o->recognise)
		fold_open(f, str_of(o->recognise), f->act->on, 0, S(""));
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
					  cited(tx, body, faults->lang));
		fault_add(faults, "term_to", buf_str(&b));
	}
	return OK;
}

static struct str of_kind(struct fold *f, const char *what)
{
	const struct people_board *x = f->d->data;
	return str_printf(f->mem, "%s.%.*s", what, STR_ARG(x->by));
}

static void count_sitting(struct fold *f, bool first)
{
	if (first)
		fold_figure_on(f, of_kind(f, "board.sits"), f->act->on, 0, 1);
	for (size_t i = 0; i < f->d->lines.n; i++) {
		const struct board_member *m = board_member(f->d, &f->d->lines.at[i]);
		if (m && board_member_sits(m, f->act->on))
			fold_figure_on(f, of_kind(f, "board.members"), f->act->on,
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

/* --- Added, released --- */

static struct counted count_now(struct tx *tx, const struct dossier *d, struct date on)
{
	struct counted c = { 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		if (m && board_member_sits(m, on))
			count_member(tx->mem, m, &c);
	}
	return c;
}

static struct board_member added(const struct board_add *x, struct date from)
{
	return (struct board_member){ x->name, x->role, x->represents, from, NO_DATE, S("") };
}

enum err board_check_add(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			 struct faults *faults)
{
	struct board_member m = added(form, on);
	const struct body *body = board_body(tx->office->law, d->data, on);
	struct counted c = count_now(tx, d, on);
	struct buf b = { .a = tx->mem };
	count_member(tx->mem, &m, &c);
	if (c.heads > 1)
		fault_add_msg(faults, "role", MSG_BOARD_FAULT_HEAD);
	if (!body || body->basis.unverified)
		return OK;
	struct body_numbers x = body_numbers(body);
	int least, most, deputies = body_deputies(&x, c.members);
	enum err e = bounds_of(tx, d, &x, &least, &most);
	if (most && c.members > most)
		msg_board_fault_many(&b, faults->lang, c.members, most,
				     cited(tx, body, faults->lang));
	else if (deputies >= 0 && c.deputies > deputies && str_eq(m.role, S("deputy")))
		msg_board_fault_deputies(&b, faults->lang, c.deputies, c.members, deputies,
					 cited(tx, body, faults->lang));
	if (b.len)
		fault_add(faults, "role", buf_str(&b));
	return e;
}

static struct duty *vacancy(struct fold *f)
{
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *y = &f->d->duties.at[i];
		if (y->state == DUTY_OPEN && str_eq(y->rule, S(BOARD_REFILL)))
			return y;
	}
	return NULL;
}

void board_apply_add(struct fold *f, const void *form)
{
	struct board_member m = added(form, f->act->on);
	struct duty *y = vacancy(f);
	struct line *l = add_member(f, &m);
	fold_figure_on(f, of_kind(f, "board.members"), f->act->on, l->no, 1);
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

enum err board_member_options(struct tx *tx, const void *subject, enum lang lang,
			      struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->lines.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct board_member *m = board_member(d, &d->lines.at[i]);
		if (m && !date_is_set(m->to))
			out->at[out->n++] = (struct choice){
				str_printf(tx->mem, "%d", d->lines.at[i].no),
				str_printf(tx->mem, "%.*s (%.*s)", STR_ARG(m->name),
					   STR_ARG(m->represents)),
				S(""),
			};
	}
	return OK;
}

enum err board_check_release(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	int64_t no;
	(void)tx;
	if (!str_int(((const struct board_release *)form)->member, &no) || no < 1 ||
	    (uint64_t)no > d->lines.n)
		return OK;
	const struct board_member *m = board_member(d, &d->lines.at[no - 1]);
	if (m && date_cmp(on, m->from) < 0)
		fault_add_msg(faults, "happened_on", MSG_BOARD_FAULT_BEFORE);
	return OK;
}

/* Of an investment supervision board the law fills no seat: it ends with its project. */
static void owe_refill(struct fold *f, int line)
{
	const struct people_board *x = f->d->data;
	struct date on = f->act->on;
	if (!date_is_set(x->term_to) ||
	    date_cmp(date_add_months(on, BOARD_REFILL_MONTHS), date_add(x->term_to, 1)) > 0)
		return;
	fold_open_house(f, S(BOARD_REFILL), on, date_add(on, BOARD_REFILL_DAYS),
			str_printf(f->mem, "%d", line));
}

void board_apply_release(struct fold *f, const void *form)
{
	const struct board_release *x = form;
	int64_t no;
	struct line *l = str_int(x->member, &no) ? fold_line(f, no) : NULL;
	if (!l || l->kind != &f->d->kind->lines[LINE_MEMBER])
		return;
	struct board_member *m = l->data;
	m->to = f->act->on;
	m->reason = x->reason;
	fold_figure_on(f, S(BOARD_RELEASED), f->act->on, l->no, 1);
	owe_refill(f, l->no);
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
