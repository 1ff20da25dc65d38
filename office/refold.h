/* Folding again: a stored dossier from its first act on, with the calendar as it was known between its
 * acts. For `dinh verify`, which compares, and for counting anew (office/recount.h). */
#pragma once

#include "office/added_day.h"

/* The dossier as its acts make it, and what they counted, in `mem`. ERR_CORRUPT: an act cannot follow
 * the one before; out->why says how. */
MUST_USE enum err refold(struct tx *tx, const struct calendar_history *calendars,
			 const struct dossier *stored, const struct acts *acts, struct arena *mem,
			 struct fold *out);

/* Calls `each` for every dossier, in the order in which they were made. Meanwhile tx->mem is an arena
 * that is emptied after each; `progress` (or NULL) hears now and then how many are done. */
MUST_USE enum err refold_each(struct tx *tx, enum err (*each)(void *of, struct tx *tx, int64_t id),
			      void *of, void (*progress)(int64_t done, int64_t all));
