/* What the statistics count is a dossier's standing, not its steps: before and after each act the kind says
 * to which classes the dossier belongs, and the difference is counted on the day of the act. So no step
 * has to remember what it ends, and a correction takes out exactly what was counted. */
#include "office/fold.h"

void fold_class_sum(struct classes *c, struct str key, int64_t item, int64_t n)
{
	if (n && c->n < CLASSES_MOST)
		c->at[c->n++] = (struct class){ key, item, n };
}

void fold_class(struct classes *c, struct str key, int64_t item)
{
	fold_class_sum(c, key, item, 1);
}

void fold_classes_before(struct fold *f, struct classes_seen *out)
{
	const struct dossier *d = f->d;
	out->here.n = out->left.n = 0;
	out->holder = d->holder;
	if (!d->kind->classes || d->state == NEW)
		return;
	d->kind->classes(f, false, &out->here);
	d->kind->classes(f, true, &out->left);
}

static bool holds(const struct classes *c, const struct class *one)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].item == one->item && c->at[i].n == one->n &&
		    str_eq(c->at[i].key, one->key))
			return true;
	return false;
}

static void count_difference(struct fold *f, int64_t unit, const struct classes *from,
			     const struct classes *to)
{
	for (size_t i = 0; i < from->n; i++)
		if (!holds(to, &from->at[i]))
			fold_figure_at(f, unit, from->at[i].key, f->act->on, from->at[i].item,
				       -from->at[i].n);
	for (size_t i = 0; i < to->n; i++)
		if (!holds(from, &to->at[i]))
			fold_figure_at(f, unit, to->at[i].key, f->act->on, to->at[i].item,
				       to->at[i].n);
}

void fold_classes_after(struct fold *f, const struct classes_seen *seen)
{
	static const struct classes none;
	const struct dossier *d = f->d;
	struct classes now = { .n = 0 };
	if (!d->kind->classes)
		return;
	bool moved = d->holder != seen->holder;
	d->kind->classes(f, false, &now);
	if (moved)
		count_difference(f, seen->holder, &seen->here, &seen->left);
	count_difference(f, d->holder, moved ? &none : &seen->here, &now);
}
