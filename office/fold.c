/* Pure from end to end: the same acts under the same law and calendar give the same dossier, on the
 * day they are recorded and in every verification after it. */
#include "office/fold.h"

#include "office/sealed.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void fold_fail(struct fold *f, const char *format, ...)
{
	if (f->err)
		return;
	char text[200];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	f->err = ERR_CORRUPT;
	f->why = str_dup(f->mem, str_of(text));
}

/* --- Lines --- */

struct line *fold_line_add(struct fold *f, int kind_index)
{
	struct lines *l = &f->d->lines;
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 4;
		l->at = arena_grow(f->mem, l->at, l->n * sizeof *l->at, cap * sizeof *l->at);
		l->cap = cap;
	}
	struct line *line = &l->at[l->n];
	const struct line_kind *kind = &f->d->kind->lines[kind_index];
	*line = (struct line){
		.no = (int)++l->n,
		.kind = kind,
		.data = arena_get(f->mem, kind->size),
		.changed = true,
	};
	fields_init(kind->fields, line->data);
	return line;
}

struct line *fold_line(struct fold *f, int64_t no)
{
	struct lines *l = &f->d->lines;
	if (no >= 1 && (uint64_t)no <= l->n) {
		l->at[no - 1].changed = true;
		return &l->at[no - 1];
	}
	fold_fail(f, "there is no line %lld", (long long)no);
	return NULL;
}

/* --- Duties --- */

/* The days not counted, each with its reason: the computation, kept with the duty. */
static struct str skipped_days(struct arena *a, const struct due *due)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < due->trace.n; i++) {
		const struct due_day *day = &due->trace.at[i];
		if (day->reason != DUE_SKIPPED && day->reason != DUE_LAST_DAY_OFF)
			continue;
		if (b.len)
			buf_putc(&b, '|');
		buf_put_date(&b, day->date);
		buf_putc(&b, ' ');
		buf_put(&b, day->why);
	}
	return buf_str(&b);
}

static struct duty *duty_add(struct fold *f, struct str rule, struct date from, struct str about)
{
	struct duties *all = &f->d->duties;
	if (all->n == all->cap) {
		size_t cap = all->cap ? all->cap * 2 : 4;
		all->at = arena_grow(f->mem, all->at, all->n * sizeof *all->at,
				     cap * sizeof *all->at);
		all->cap = cap;
	}
	struct duty *duty = &all->at[all->n];
	*duty = (struct duty){
		.no = (int)++all->n,
		.unit = f->d->holder,
		.rule = rule,
		.row = S(""),
		.about = str_some(about),
		.skipped = S(""),
		.from = from,
		.due_before = NO_DATE,
		.met = NO_DATE,
		.extended.from = NO_DATE,
		.extended.row = S(""),
		.opened_by = f->act->no,
		.changed = true,
	};
	return duty;
}

struct duty *fold_open(struct fold *f, struct str rule, struct date from, int line,
		       struct str about)
{
	struct due due;
	const struct time_limit *row = law_rule(f->law, rule, from);
	if (!row)
		return NULL;
	if (!due_compute(f->mem, f->calendar, row, from, &due))
		return NULL;
	struct duty *duty = duty_add(f, rule, from, about);
	duty->line = line;
	duty->row = row->code;
	duty->due = due.due;
	duty->skipped = skipped_days(f->mem, &due);
	duty->minimum = row->direction == LIMIT_MIN;
	duty->unverified = due.unverified;
	fold_count_due(f, duty, 1);
	return duty;
}

struct duty *fold_open_house(struct fold *f, struct str rule, struct date from, struct date due,
			     struct str about)
{
	struct duty *duty = duty_add(f, rule, from, about);
	duty->due = due;
	fold_count_due(f, duty, 1);
	return duty;
}

struct duty *fold_open_row(struct fold *f, struct str rule, struct str row, bool unverified,
			   struct date from, struct date due, struct str about)
{
	struct duty *duty = fold_open_house(f, rule, from, due, about);
	duty->row = row;
	duty->unverified = unverified;
	return duty;
}

struct duty *fold_duty(struct fold *f, struct str rule, int line, struct str about)
{
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *duty = &f->d->duties.at[i];
		if (duty->state == DUTY_OPEN && str_eq(duty->rule, rule) && duty->line == line &&
		    str_eq(duty->about, about))
			return duty;
	}
	return NULL;
}

static const char *const counted[] = {
	[DUTY_MET] = "met",         [DUTY_LATE] = "late",           [DUTY_NIL] = "nil",
	[DUTY_EXCUSED] = "excused", [DUTY_SUSPENDED] = "suspended",
};

static void count_ending(struct fold *f, const struct duty *duty, int64_t n)
{
	fold_count(f, str_printf(f->mem, "%.*s.%s", STR_ARG(duty->rule), counted[duty->state]), n);
}

void fold_close(struct fold *f, struct duty *duty, enum duty_state state, struct date on)
{
	bool late = state == DUTY_MET && !duty->minimum && date_cmp(on, duty->due) > 0;
	fold_count_due(f, duty, -1);
	duty->state = late ? DUTY_LATE : state;
	duty->met = on;
	duty->closed_by = f->act->no;
	duty->changed = true;
	fold_count_due(f, duty, 1);
	count_ending(f, duty, 1);
}

void fold_leave(struct fold *f, struct duty *duty, enum duty_state state)
{
	bool late = !duty->minimum && date_cmp(f->act->on, duty->due) > 0;
	fold_close(f, duty, late ? DUTY_MET : state, f->act->on);
}

/* The one place where a due day changes. */
static void move_due(struct fold *f, struct duty *duty, struct date due, struct str skipped)
{
	fold_count_due(f, duty, -1);
	duty->due_before = duty->due;
	duty->due = due;
	duty->skipped = skipped;
	duty->changed = true;
	fold_count_due(f, duty, 1);
}

void fold_extend(struct fold *f, struct duty *duty, struct date due)
{
	move_due(f, duty, due, S(""));
	duty->extended = (struct duty_extension){ f->act->no, S(""), 0, NO_DATE };
}

/* The term as its extension sets it, or as its own row does. */
static bool term_of(struct fold *f, const struct duty *duty, struct due *out)
{
	const struct duty_extension *x = &duty->extended;
	const struct time_limit *row = x->by           ? law_limit(f->law, x->row)
				       : duty->row.len ? law_rule(f->law, duty->rule, duty->from)
						       : NULL;
	if (!row)
		return false;
	if (!x->by)
		return due_compute(f->mem, f->calendar, row, duty->from, out);
	return due_compute_number(f->mem, f->calendar, row, x->days ? x->days : row->days, x->from,
				  out);
}

bool fold_extend_by(struct fold *f, struct duty *duty, struct str rule, int days, struct date from)
{
	const struct time_limit *row = law_rule(f->law, rule, from);
	struct duty as = *duty;
	struct due due;
	if (!row)
		return false;
	as.extended = (struct duty_extension){ f->act->no, row->code, days, from };
	if (!term_of(f, &as, &due))
		return false;
	move_due(f, duty, due.due, skipped_days(f->mem, &due));
	duty->extended = as.extended;
	return true;
}

struct duty *fold_open_number(struct fold *f, struct str rule, struct date from, int days)
{
	struct duty *duty = fold_open(f, rule, from, 0, S(""));
	if (duty && fold_extend_by(f, duty, rule, days, from))
		duty->due_before = NO_DATE; /* it never had another day */
	return duty;
}

static void follow_calendar(struct fold *f, struct duty *duty)
{
	struct due due;
	if (term_of(f, duty, &due) && date_cmp(due.due, duty->due) != 0)
		move_due(f, duty, due.due, skipped_days(f->mem, &due));
}

void fold_calendar(struct fold *f, const struct calendar *calendar)
{
	struct classes before;
	f->calendar = calendar;
	fold_classes_here(f, &before);
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			follow_calendar(f, &f->d->duties.at[i]);
	fold_classes_moved(f, &before);
}

void fold_reopen(struct fold *f, struct duty *duty)
{
	count_ending(f, duty, -1);
	fold_count_due(f, duty, -1);
	duty->state = DUTY_OPEN;
	duty->met = NO_DATE;
	duty->closed_by = 0;
	duty->changed = true;
	fold_count_due(f, duty, 1);
	follow_calendar(f, duty);
}

/* --- Acts --- */

static void starts_and_meets(struct fold *f, const struct step *s)
{
	if (s->meets) {
		struct duty *duty = fold_duty(f, str_of(s->meets), 0, S(""));
		if (duty)
			fold_close(f, duty, DUTY_MET, f->act->on);
	}
	if (s->starts)
		fold_open(f, str_of(s->starts), f->act->on, 0, S(""));
}

/* What the form says under a name the kind knows replaces what the dossier said. */
static void take_over(struct fold *f, const struct step *s, const struct json *data)
{
	const struct kind *k = f->d->kind;
	for (const struct field *field = k->fields; field && field->type; field++) {
		const struct field *given =
			s->form ? field_find(s->form, str_of(field->name)) : NULL;
		if (!given || given->type != field->type)
			continue;
		const struct field one[] = { *field, { 0 } };
		void *blank = arena_get(f->mem, k->size);
		fields_init(k->fields, blank);
		fields_copy(one, blank, f->d->data);
		fields_read(f->mem, one, data, f->d->data);
	}
}

/* From here on and for good: what was said under a seal does not come out because the matter is called
 * by another name. Whoever sent it through an account comes back by the receipt alone. */
static void seal(struct dossier *d)
{
	if (dossier_state(d)->visibility == VISIBLE_SEALED)
		d->sealed = true;
	if (d->sealed)
		d->author = 0;
}

enum err fold_apply(struct fold *f, const struct act *act)
{
	const struct step *s = act->step;
	struct dossier *d = f->d;
	struct json data;
	struct str why;
	struct classes_seen seen;
	f->act = act;
	if (act->no != d->acts + 1)
		fold_fail(f, "act %d follows act %d", act->no, d->acts);
	if (!(s->from & d->state) || act->from != d->state)
		fold_fail(f, "step %s does not start from state %u", s->name, d->state);
	if (!json_parse(f->mem, act->data, &data, &why))
		fold_fail(f, "act %d is not JSON: %.*s", act->no, STR_ARG(why));
	if (f->err)
		return f->err;
	void *form = arena_get(f->mem, s->size);
	fields_init(s->form, form);
	fields_read(f->mem, s->form, &data, form);
	if (act->to != step_target(s, d, form)) {
		fold_fail(f, "step %s does not lead to state %u", s->name, act->to);
		return f->err;
	}

	fold_classes_before(f, &seen);
	if (d->state == NEW) {
		d->opened_on = act->on;
		d->channel = act->channel;
		d->author = act->appointment ? 0 : act->person;
	}
	d->state = act->to;
	seal(d);
	d->acts = act->no;
	d->changed_at = act->at;
	d->versions += s->version;
	if (!date_is_set(d->shown_on) && dossier_visibility(d) == VISIBLE_PUBLIC)
		d->shown_on = act->on;

	take_over(f, s, &data);
	fold_count(f, str_printf(f->mem, "%s.%s", d->kind->name, s->name), 1);
	starts_and_meets(f, s);
	int64_t holder = d->holder;
	if (s->apply)
		s->apply(f, form);
	if (d->holder != holder)
		d->officer = 0; /* another office gives it to whom it will */
	if (d->sealed && d->holder != holder)
		admissions_end(f);
	if (!f->err)
		fold_classes_after(f, &seen);
	return f->err;
}
