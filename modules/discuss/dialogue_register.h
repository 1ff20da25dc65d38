/* The register of dialogue (sổ theo dõi đối thoại định kỳ): one a unit, in which each year, or what the law
 * names instead, begins by the calendar with the duty to hold one. So a year without a dialogue stands in
 * the list of what is overdue, whether anybody planned one or not.
 *
 * A leader begins it, or the first dialogue that is planned does. Law 10/2022 art. 32.1 for communes, since
 * 2023-07-01; Labour Code 45/2019 art. 63 for enterprises, every year since 2021, every three months before.
 * A dialogue counts for the period in which it was held. A period that is over is never met: the leader
 * explains it in public, which takes it from the list and leaves it among the missed.
 *
 * Of an enterprise it also says when the delegates were elected, and is owed a new list two years later. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind register_kind;

#define DIALOGUE_YEARLY "dialogue.commune.yearly"
#define WORKPLACE_PERIODIC "dialogue.workplace.periodic"
#define WORKPLACE_DELEGATES "dialogue.workplace.delegates"

enum { REGISTER_KEPT = 2 };

struct dialogue_register {
	struct str title;
	struct str regime; /* "commune", "enterprise" */
	int64_t delegates; /* of those who work, by the last list */
	struct date elected_on;
};

/* "2026", "2020-Q3" in words. */
struct str register_period_words(struct arena *a, enum lang lang, struct str period);

/* Of the unit; ERR_NOT_FOUND: none is kept. */
MUST_USE enum err register_find(struct tx *tx, int64_t unit, struct dossier **out);
/* Begins it on that day where the unit keeps none and the law asks for dialogues there. */
MUST_USE enum err register_ensure(struct tx *tx, int64_t unit, struct date on);
/* A dialogue was held: the period of that day is met, if it still is owed. */
MUST_USE enum err register_fulfil(struct tx *tx, const struct dossier *dialogue, struct date on);
