/* Whom a document asks to act: units beneath its own, by groups ("all communes", "the communes of a
 * district") and one by one, by code or by name. Bounded, because one act opens them all. */
#pragma once

#include "office/form.h"
#include "office/unit.h"

enum { TARGETS_MOST = 400, NAMES_MOST = 200 };

/* Pure: the names of a text, one a line or parted by ';', without blanks around them, each once; at
 * most NAMES_MOST, and `more` says whether there were others. Borrowed from the text. */
struct strs targets_read(struct arena *a, struct str text, bool *more);

/* The groups a unit can name, with how many units each holds today. `subject` is the dossier. */
enum err targets_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out);
/* How many of each group have nobody who could take a task. */
enum err targets_notes(struct tx *tx, const void *subject, enum lang lang, struct choices *options);

/* The ids of the units that groups and names mean today, as decimal texts in the order of the tree,
 * each once. `wrong` is the first name that means none of them or several, else empty; `many`: more
 * than TARGETS_MOST. */
MUST_USE enum err targets_find(struct tx *tx, int64_t unit, const struct strs *groups,
			       struct str names, struct strs *out, struct str *wrong, bool *many);
