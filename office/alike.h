/* Is it the same matter again? By the words of two titles: Vietnamese words are mostly two syllables, so
 * two syllables side by side are compared, without regard to case and diacritics. A hint for people, who
 * decide; nothing else rests on it. */
#pragma once

#include "office/list.h"

enum { ALIKE_LEAST = 40 }; /* from here on worth showing */

/* How much of the shorter title stands in the other, in hundredths. */
int alike(struct arena *a, struct str x, struct str y);

/* Public matters at and under a unit whose titles are alike, the most alike first, at most `most`. */
MUST_USE enum err alike_public(struct tx *tx, int64_t under, struct str title, size_t most,
			       struct list_rows *out);
/* The open matters of a kind that tx->who sent himself and may read; `states`: which count as open. */
MUST_USE enum err alike_own(struct tx *tx, const struct kind *kind, unsigned states,
			    struct str title, size_t most, struct list_rows *out);
