/* What changed between two versions of a text: for the page that compares a draft with what was
 * decided, or an old disclosure with the one that replaces it. */
#pragma once

#include "base/str.h"

enum diff_what { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

struct diff_piece {
	enum diff_what what;
	struct str text; /* borrowed from one of the two texts; never empty */
};

struct diff {
	struct diff_piece *at;
	size_t n;
};

/* Lines first, then words inside lines that changed. The same and removed pieces, in order, are
 * exactly `before`; the same and added pieces are exactly `after`; no two neighbours are of the same
 * sort, and what was removed stands before what came instead. Texts too large or too different to
 * compare in a fraction of a second give one removed and one added piece (see the limits in diff.c). */
void diff_texts(struct arena *a, struct str before, struct str after, struct diff *out);
