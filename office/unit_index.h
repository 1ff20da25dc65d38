/* Inside office/: how the ancestor index is computed. A unit's rows are those of what lies above it,
 * cut to the days for which it lies there; nobody else needs this. */
#pragma once

#include "store/db.h"

/* The open ends as the database spells them, and back to NO_DATE. */
struct date days_first(void);               /* UNIT_FIRST_DAY */
struct date days_last(void);                /* UNIT_LAST_DAY */
struct date days_start(struct date stored); /* NO_DATE for UNIT_FIRST_DAY */
struct date days_end(struct date stored);   /* NO_DATE for UNIT_LAST_DAY */

enum { WAY_TREE, WAY_HEIR, WAY_OTHER };

struct above {
	int64_t ancestor;
	struct date from, to; /* inclusive, never NO_DATE */
	int depth, way;
};
struct aboves {
	struct arena *a;
	struct above *at;
	size_t n, cap;
};

/* The unit itself: in the tree until its last day, its own heir's business afterwards. */
void aboves_self(struct aboves *rows, int64_t unit, struct date first, struct date last);
/* What lies above `parent` is, between two days, above the unit as well; by no better a `way`. */
void aboves_under(struct aboves *rows, const struct aboves *parent, struct date from,
		  struct date to, int way);
/* For each ancestor disjoint days: the best way wins, then the shortest. */
void aboves_settle(struct aboves *rows);

MUST_USE enum err aboves_store(struct tx *tx, int64_t unit, const struct aboves *rows);
MUST_USE enum err aboves_load(struct tx *tx, int64_t unit, struct aboves *out);

/* Computes the unit's rows anew from its versions and successors, then those of everything whose
 * rows depend on it. For single changes; loading a whole tree computes in memory. */
MUST_USE enum err unit_reindex(struct tx *tx, int64_t unit);
/* All rows of a tree that came without them. ERR_CORRUPT: a unit lies beneath itself. */
MUST_USE enum err unit_reindex_all(struct tx *tx);
