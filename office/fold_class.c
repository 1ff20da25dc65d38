/* What the statistics count is a dossier's standing, not its steps: before and after each act the kind says
 * to which classes the dossier belongs, and the difference is counted on the day of the act. So no step
 * has to remember what it ends, and a correction takes out exactly what was counted. */
#include "office/fold.h"

static void put(struct classes *c, struct class one)
{
	if (one.n && c->n < CLASSES_MOST)
		c->at[c->n++] = one;
}

void fold_class_sum(struct classes *c, struct str key, int64_t item, int64_t n)
{
	put(c, (struct class){ key, item, n, NO_DATE });
}

void fold_class(struct classes *c, struct str key, int64_t item)
{
	fold_class_sum(c, key, item, 1);
}

void fold_class_from(struct classes *c, struct str key, int64_t item, struct date from)
{
	put(c, (struct class){ key, item, 1, from });
}

void fold_classes_here(struct fold *f, struct classes *out)
{
	out->n = 0;
	if (f->d->kind->classes && f->d->state != NEW)
		f->d->kind->classes(f, false, out);
}

void fold_classes_before(struct fold *f, struct classes_seen *out)
{
	const struct dossier *d = f->d;
	out->left.n = 0;
	out->holder = d->holder;
	fold_classes_here(f, &out->here);
	if (d->kind->classes && d->state != NEW)
		d->kind->classes(f, true, &out->left);
}

static bool is_same(const struct class *one, const struct class *other)
{
	return one->item == other->item && one->n == other->n && str_eq(one->key, other->key) &&
	       date_cmp(one->from, other->from) == 0;
}

static bool holds(const struct classes *c, const struct class *one)
{
	for (size_t i = 0; i < c->n; i++)
		if (is_same(&c->at[i], one))
			return true;
	return false;
}

/* On the day of the act; of what a clock begins later, on that day. */
static void count(struct fold *f, int64_t unit, const struct class *c, struct date on, int64_t n)
{
	bool later = date_is_set(c->from) && (!date_is_set(on) || date_cmp(c->from, on) > 0);
	fold_figure_at(f, unit, c->key, later ? c->from : on, c->item, n);
}

/* `on`: the day of the act; NO_DATE: there is none. */
static void count_difference(struct fold *f, int64_t unit, const struct classes *from,
			     const struct classes *to, struct date on)
{
	for (size_t i = 0; i < from->n; i++)
		if (!holds(to, &from->at[i]))
			count(f, unit, &from->at[i], on, -from->at[i].n);
	for (size_t i = 0; i < to->n; i++)
		if (!holds(from, &to->at[i]))
			count(f, unit, &to->at[i], on, to->at[i].n);
}

void fold_classes_after(struct fold *f, const struct classes_seen *seen)
{
	static const struct classes none;
	const struct dossier *d = f->d;
	struct classes now;
	if (!d->kind->classes)
		return;
	bool moved = d->holder != seen->holder;
	fold_classes_here(f, &now);
	if (moved)
		count_difference(f, seen->holder, &seen->here, &seen->left, f->act->on);
	count_difference(f, d->holder, moved ? &none : &seen->here, &now, f->act->on);
}

void fold_classes_moved(struct fold *f, const struct classes *before)
{
	struct classes now;
	fold_classes_here(f, &now);
	count_difference(f, f->d->holder, before, &now, NO_DATE);
}
