/* Taking a step: the only way a dossier changes. In one transaction it checks the right, the form
 * and the state, stores the act with its contents, applies it (office/fold.h), writes what changed
 * of dossier, lines, duties and tallies, and queues the leaf of the public log. */
#pragma once

#include "office/dossier.h"
#include "office/form.h"

/* What surrounds the form of a step. */
struct step_input {
	struct date on; /* the day it took effect; NO_DATE: today */
	enum channel channel;
	struct str token; /* one-time, unique: a retry finds the first result; empty: none */
	bool reveals; /* what the form says is public again, though it was hidden (office/redaction.h) */
};

/* Opens a dossier at a unit by taking a first step. `form` is the step's struct. On success `out`
 * is stored, has its code, and is what the act made of it.
 * ERR_INVALID: `faults` says what is wrong (faults may be NULL for callers that cannot show them):
 * the form, or a unit at which no such dossier is opened;
 * ERR_DENIED: no appointment in force today allows it, and it is not for citizens; ERR_CONFLICT never, for a new dossier.
 * A token used before: OK with `out` the dossier of that time. */
MUST_USE enum err dossier_open(struct tx *tx, const struct kind *kind, int64_t unit,
			       const char *step, void *form, const struct step_input *in,
			       struct faults *faults, struct dossier **out);

/* Takes a step on a loaded dossier, which then is what the act made of it.
 * ERR_CONFLICT: the step does not start from the state in which the dossier stands now, or is futile and its
 * check does not say why. */
MUST_USE enum err step_take(struct tx *tx, struct dossier *d, const char *step, void *form,
			    const struct step_input *in, struct faults *faults);

/* Would it be refused whatever its form said? A page does not offer such a step; who asks for it all the
 * same is told why. */
bool step_is_futile(struct tx *tx, const struct dossier *d, const struct step *s);
/* The steps that a page offers: allowed, and not futile. */
bool step_is_offered(struct tx *tx, const struct dossier *d, const struct step *s);

/* May tx->who take it, as things stand? The same question step_take asks. `by` (may be NULL): the
 * appointment that gives the right, untouched when there is none: a citizen acts as himself. */
bool step_allowed(const struct tx *tx, const struct dossier *d, const struct step *s,
		  const struct appointment **by);
/* The right alone, in whatever state the dossier stands. */
bool step_rightful(const struct tx *tx, const struct dossier *d, const struct step *s,
		   const struct appointment **by);

/* The dossier on which tx->who himself took this step with this token; 0: none. A form sent again by
 * somebody who may no longer see what became of it. */
MUST_USE enum err step_taken_before(struct tx *tx, struct str token, struct str step,
				    int64_t *dossier);
/* The dossier that was opened or changed with this token, whoever did it; 0: none. */
MUST_USE enum err step_dossier_of(struct tx *tx, struct str token, int64_t *dossier);
/* The same, of a form by which somebody who holds no office opened one. */
MUST_USE enum err step_opened_by(struct tx *tx, struct str token, int64_t *dossier);
/* A zeroed form for a step, with every date not set. */
void *step_form(struct arena *a, const struct step *s);
/* As the program itself, in the wake of another act or by the calendar: `follows` steps only. */
MUST_USE enum err step_follow(struct tx *tx, struct dossier *d, const char *step, void *form,
			      struct date on);
/* The same for a step that opens a dossier, whoever tx->who is. */
MUST_USE enum err step_follow_open(struct tx *tx, const struct kind *kind, int64_t unit,
				   const char *step, void *form, struct date on,
				   struct dossier **out);
