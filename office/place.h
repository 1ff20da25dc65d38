/* Writing the difference that an act made: the dossier's row, its changed lines and duties, its
 * places in the lists of every unit above it, and its words in the search. For office/step.c and
 * the calendar only; and for a change of the tree. */
#pragma once

#include "office/dossier.h"

MUST_USE enum err place_dossier_insert(struct tx *tx, struct dossier *d);
/* ERR_CONFLICT when the stored dossier is not the one the act was applied to. */
MUST_USE enum err place_dossier_update(struct tx *tx, const struct dossier *d);
/* How lists show a dossier; zeroed, with an empty facet, before it is stored. */
struct placed {
	bool is_public;
	struct str facet;
	int timing; /* as the column of dossier_under */
};
struct placed place_of(const struct dossier *d);
/* Lines and duties marked as changed, lists and search; `was` is how lists show it so far. */
MUST_USE enum err place_changes(struct tx *tx, struct dossier *d, const struct placed *was);

/* What lies above a unit has changed: the lists of what lies above it now hold its public dossiers. */
MUST_USE enum err place_unit(struct tx *tx, int64_t unit);

/* The columns of the row and of a line as they are stored, for comparison by verify. */
struct str place_data(struct arena *a, const struct field *table, const void *data);

/* Do the row's derived columns and its places in lists follow from the dossier as loaded? */
MUST_USE enum err place_matches(struct tx *tx, const struct dossier *d, bool *out);
