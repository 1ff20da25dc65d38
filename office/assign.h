/* Whose work a dossier is: a step that any kind may have, by the row ASSIGN_STEP in its table. Whoever may
 * act at the unit still may; what changes is who is asked first, in the queue and in the workload
 * (office/work.h). A dossier that goes to another unit is nobody's there. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

struct assignment {
	struct str officer; /* the number of a person; "none" */
	struct str note;
	int64_t person; /* filled by the program */
};

extern const struct field assignment_fields[];

enum err assign_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err assign_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
		      struct faults *faults);
void assign_apply(struct fold *f, const void *form);

/* What an act of that step said; false: it is of another step. */
bool assign_of_act(struct arena *a, const struct act *act, struct assignment *out);
/* The act by which it was given to who has it now; NULL: nobody has it. */
const struct act *assign_last(const struct dossier *d, const struct acts *acts);

/* clang-format off */
#define ASSIGN_STEP(states)                                                                \
	{                                                                                  \
		"assign", states, 0, CLERK | LEADER, MSG_OFFICE_ASSIGN, MSG_OFFICE_ASSIGN_DONE, \
		sizeof(struct assignment), assignment_fields, .prepare = assign_prepare,   \
		.check = assign_check, .apply = assign_apply                               \
	}
/* clang-format on */

/* Who may be given work of this field (`work.at` NULL: of any) at a unit: its clerks and leaders of today,
 * each once. */
struct officer {
	int64_t person;
	struct str name;
	enum role role;
};
struct officers {
	struct officer *at;
	size_t n;
};
MUST_USE enum err officer_list(struct tx *tx, int64_t unit, struct str work, struct officers *out);
