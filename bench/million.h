/* Who discloses in bench_million, and in what words. */
#pragma once

#include "modules/know/disclosure.h"
#include "office/unit.h"

struct mill_unit {
	int64_t id;
	struct str code, title, place;
	struct appointment clerk, leader;
	size_t matters;
	const struct disclosure
		*facts; /* a form for each matter, as the step's `prepare` fills it */
};

struct mill_days {
	struct date first, end; /* end: of what the site is told */
};

struct mill_units {
	struct mill_unit *schools, *communes;
	size_t school_n, commune_n;
	int shares; /* of which one is the communes' */
	struct mill_days days;
};

/* Adds the schools and who is missing in the communes, in a transaction that may write; what is found lives in tx->mem. */
MUST_USE enum err mill_settle(struct tx *tx, int64_t root, struct mill_units *out);

/* Title, text and number of a document of that day. */
void mill_words(struct arena *a, struct rng *rng, const struct mill_unit *u, struct date day,
		struct disclosure *out);
