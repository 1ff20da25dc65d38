/* Dossiers from their acts alone, on a site that came as open files: of what is stored about a
 * dossier, nothing is believed that its acts can say. The site holds rows of carried relations
 * only (office/relations.h). */
#pragma once

#include "office/dossier.h"

/* What stands above which unit, and the days that acts added to the calendar. */
MUST_USE enum err rebuild_ground(struct tx *tx);
/* Makes dossiers, their lines, duties, counts, places in lists and search, and drops uses of
 * files that no act names; the next ones, at most `limit`, after the id `last`, which moves on.
 * ERR_INVALID: acts that give no dossier; the story is the transaction's. */
MUST_USE enum err rebuild_dossiers(struct tx *tx, int64_t limit, int64_t *last, bool *more);
/* Duties get their numbers in the order in which acts opened them, as when they were recorded. */
MUST_USE enum err rebuild_duties(struct tx *tx);
