/* Inside office/: the figures of every review counted again by another way, from folded dossiers and not
 * from tallies, one dossier after the other and then unit by unit up the tree. */
#pragma once

#include "office/fold.h"

struct review;

/* Lives in `keep`, with the memory of the tally table. */
struct review *review_new(struct arena *keep, const struct office *o, struct date today);
/* What this dossier, folded anew, adds to the figures. */
void review_add(struct review *r, const struct dossier *d, const struct fold *f);

struct review_verdict {
	int64_t checked, different;
	void (*found)(void *of, struct str problem); /* a sentence for each difference */
	void *of;
};
/* Every indicator of every unit and year in which anything was counted, against office/report.h. */
MUST_USE enum err review_compare(struct review *r, struct tx *tx, struct review_verdict *out);
