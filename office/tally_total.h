/* Counts of many dossiers added up in memory: for verifying and for exports, which fold them all
 * again. Grows with the number of different counts, not with what was counted. */
#pragma once

#include "office/fold.h"

struct tally_total {
	struct arena *a;
	struct tally_deltas sums; /* sorted by unit, key and month once settled */
	struct str *keys;         /* each different key once: a table by hash */
	size_t key_n, key_cap;
};

void tally_total_add(struct tally_total *t, const struct tally_deltas *from);
/* Sorted, each unit, key and month once, and none that comes to nothing. */
void tally_total_settle(struct tally_total *t);
/* The order of a settled total. */
int tally_order(const struct tally_delta *a, const struct tally_delta *b);
