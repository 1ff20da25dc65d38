/* What acts add to the counts. One act often takes out of a month and puts into the same; what comes to
 * nothing is never written. */
#include "office/fold.h"

static int month_of(struct date day)
{
	struct ymd c = date_ymd(day);
	return c.year * 100 + c.month;
}

/* Reviews of whole years read these: one row instead of twelve. */
static bool is_read(const struct fold *f, struct str key)
{
	const struct kind *k = f->d->kind;
	for (const struct measure *m = k->indicators; m && m->code; m++)
		for (int i = 0; i < MEASURE_PARTS && m->parts[i].from; i++)
			if (measure_part_reads(k, &m->parts[i], key))
				return true;
	return false;
}

static void tally_put(struct fold *f, int64_t unit, int month, struct str key, int64_t n)
{
	struct tally_deltas *t = &f->tally;
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].unit == unit && t->at[i].month == month && str_eq(t->at[i].key, key)) {
			t->at[i].n += n;
			return;
		}
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 8;
		t->at = arena_grow(f->mem, t->at, t->n * sizeof *t->at, cap * sizeof *t->at);
		t->cap = cap;
	}
	t->at[t->n++] = (struct tally_delta){ unit, month, key, n, is_read(f, key) };
}

void fold_count(struct fold *f, struct str key, int64_t n)
{
	tally_put(f, f->d->unit, month_of(f->act->on), key, n);
}

void fold_count_due(struct fold *f, const struct duty *duty, int64_t n)
{
	static const char *const outcomes[] = {
		[DUTY_OPEN] = NULL, [DUTY_MET] = "met",    [DUTY_LATE] = "late",
		[DUTY_NIL] = "nil", [DUTY_EXCUSED] = NULL, [DUTY_SUSPENDED] = NULL,
	};
	bool ended = duty->state == DUTY_EXCUSED || duty->state == DUTY_SUSPENDED;
	if (ended && !duty->minimum)
		return;
	int month = month_of(duty->due);
	tally_put(f, duty->unit, month, str_printf(f->mem, "%.*s.due", STR_ARG(duty->rule)), n);
	if (outcomes[duty->state])
		tally_put(f, duty->unit, month,
			  str_printf(f->mem, "%.*s.due.%s", STR_ARG(duty->rule),
				     outcomes[duty->state]),
			  n);
}

void fold_figure_at(struct fold *f, int64_t unit, struct str key, struct date on, int64_t item,
		    int64_t n)
{
	struct figure_deltas *t = &f->figures;
	if (!date_is_set(on))
		return;
	tally_put(f, unit, month_of(on), key, n);
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].unit == unit && t->at[i].item == item &&
		    date_cmp(t->at[i].on, on) == 0 && str_eq(t->at[i].key, key)) {
			t->at[i].n += n;
			return;
		}
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 4;
		t->at = arena_grow(f->mem, t->at, t->n * sizeof *t->at, cap * sizeof *t->at);
		t->cap = cap;
	}
	t->at[t->n++] = (struct figure_delta){ unit, key, on, item, n };
}

void fold_figure_on(struct fold *f, struct str key, struct date on, int64_t item, int64_t n)
{
	fold_figure_at(f, f->d->unit, key, on, item, n);
}

void fold_figure(struct fold *f, struct str key)
{
	fold_figure_on(f, key, f->act->on, f->act->no, 1);
}
