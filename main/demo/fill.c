#include "main/demo/fill.h"

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
