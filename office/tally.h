/* Counts per unit, month and key, kept in the same transaction as the acts they count. */
#pragma once

#include "office/fold.h"

/* Writes what a fold has counted since it began: tallies, and the rows of figures. The dossier is
 * stored by then. */
MUST_USE enum err tally_add(struct tx *tx, const struct fold *f);
/* The sum of a key at and under a unit over months [from, to], as 202001. */
MUST_USE enum err tally_sum(struct tx *tx, int64_t under, struct str key, int from, int to,
			    int64_t *out);
