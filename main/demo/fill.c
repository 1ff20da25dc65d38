#include "main/demo/fill.h"

#include "main/demo/photo.h"

enum err demo_step(struct demo *d, struct tx *tx, struct dossier *x, const struct demo_form *f,
		   const struct step_input *in)
{
	struct faults faults = { .a = tx->mem };
	d->acts++;
	return step_take(tx, x, f->step->name, f->at, in, &faults);
}

enum err demo_open(struct demo *d, struct tx *tx, const struct kind *kind, int64_t unit,
		   const struct demo_form *f, const struct step_input *in, struct dossier **out)
{
	struct faults faults = { .a = tx->mem };
	d->acts++;
	return dossier_open(tx, kind, unit, f->step->name, f->at, in, &faults, out);
}

enum err demo_scan(struct demo *d, struct tx *tx, struct str name, struct file_refs *out)
{
	struct rng wall, hand;
	struct str jpeg, why = S("");
	*out = (struct file_refs){ NEW(tx->mem, struct file_ref), 1 };
	demo_stream(d, S("scan"), &wall);
	demo_stream(d, S("scan"), &hand);
	enum err e = demo_photo(tx->mem, &wall, &hand, false, date_year_start(DEMO_YEAR), &jpeg);
	if (!e)
		e = demo_photo_keep(tx->mem, d->home->office.files, jpeg, name, out->at, &why);
	return e ? tx_fail(tx, e, "a scan: %.*s", STR_ARG(why)) : OK;
}

enum err demo_move_begin(struct tx *tx, struct demo_move *m)
{
	const struct step *s = kind_step(m->kind, str_of(m->step));
	enum err e = *m->dossier ? dossier_load(tx, *m->dossier, &m->now) : OK;
	if (e || !(s->from & (m->now ? m->now->state : NEW)) ||
	    (m->now && step_is_futile(tx, m->now, s)))
		return e;
	m->form = demo_form_of(tx, m->kind, m->step);
	return OK;
}

enum err demo_move_end(struct demo *d, struct tx *tx, struct demo_move *m)
{
	if (m->now)
		return demo_step(d, tx, m->now, &m->form, &m->in);
	enum err e = demo_open(d, tx, m->kind, m->unit, &m->form, &m->in, &m->now);
	if (!e)
		*m->dossier = m->now->id;
	return e;
}
