/* What programs read of a dossier: one form for the API and for exports. docs/api.md promises
 * its keys. */
#pragma once

#include "office/dossier.h"

/* The members code, kind, unit (its code), state, shown_on and fields, into an open object; that of
 * the fields is left open for what else there is to say, and closed by the caller. `content`: may
 * what it says be shown, or only that it is (gate_may_see_content)? */
void dossier_json(struct buf *b, const struct dossier *d, struct str unit, bool content);
/* The member duties. `about`: what exactly is owed, which is not told of a dossier that may not be
 * read; `owes`: the id of the unit that owes, for readers who know the ids of units. */
void duties_json(struct buf *b, const struct duties *duties, bool about, bool owes);
/* The members no, step, happened_on and recorded_at. */
void act_json(struct buf *b, const struct act *act);
