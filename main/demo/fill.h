/* Forms by the names of their fields, as pages fill them. A name the step does not know ends the program:
 * the simulation is then written for other steps. */
#pragma once

#include "main/demo/demo.h"
#include "office/step.h"

#include <stdlib.h>

struct demo_form {
	const struct step *step;
	void *at;
};

static inline struct demo_form demo_form_of(struct tx *tx, const struct kind *kind,
					    const char *step)
{
	const struct step *s = kind_step(kind, str_of(step));
	if (!s)
		abort();
	return (struct demo_form){ s, step_form(tx->mem, s) };
}

static inline const struct field *demo_field(const struct demo_form *f, const char *name)
{
	const struct field *field = field_find(f->step->form, str_of(name));
	if (!field)
		abort();
	return field;
}

static inline void demo_text(struct demo_form *f, const char *name, struct str value)
{
	*field_str(demo_field(f, name), f->at) = value;
}

static inline void demo_date(struct demo_form *f, const char *name, struct date value)
{
	*field_date(demo_field(f, name), f->at) = value;
}

static inline void demo_number(struct demo_form *f, const char *name, int64_t value)
{
	*field_int(demo_field(f, name), f->at) = value;
}

static inline void demo_tick(struct demo_form *f, const char *name)
{
	*field_bool(demo_field(f, name), f->at) = true;
}

static inline void demo_files(struct demo_form *f, const char *name, struct file_refs value)
{
	*field_files(demo_field(f, name), f->at) = value;
}

static inline void demo_one(struct arena *a, struct demo_form *f, const char *name,
			    struct str value)
{
	struct strs one = { NEW(a, struct str), 1 };
	*one.at = value;
	*field_list(demo_field(f, name), f->at) = one;
}

/* A scan of a paper: the same drawing for all, so that it is kept once. */
MUST_USE enum err demo_scan(struct demo *d, struct tx *tx, struct str name, struct file_refs *out);

/* The step of a filled form, counted as an act: on a dossier that stands, or to open one of a unit. */
MUST_USE enum err demo_step(struct demo *d, struct tx *tx, struct dossier *x,
			    const struct demo_form *f, const struct step_input *in);
MUST_USE enum err demo_open(struct demo *d, struct tx *tx, const struct kind *kind, int64_t unit,
			    const struct demo_form *f, const struct step_input *in,
			    struct dossier **out);

/* The step that an entry of the diary takes of a matter: begun, its form filled, ended. */
struct demo_move {
	const struct kind *kind;
	const char *step;
	int64_t unit;     /* where it is opened */
	int64_t *dossier; /* 0: not opened yet */
	struct step_input in;
	/* By demo_move_begin. */
	struct dossier *now;   /* NULL: this opens it */
	struct demo_form form; /* its step NULL: the moment has passed, or never came */
};
MUST_USE enum err demo_move_begin(struct tx *tx, struct demo_move *m);
MUST_USE enum err demo_move_end(struct demo *d, struct tx *tx, struct demo_move *m);
