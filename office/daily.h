/* What the calendar has to do: once a day, and at every start, each dossier whose wake_on has come is
 * loaded and its kind looks at the date. Runs of posting days end, periods of plans begin. */
#pragma once

#include "office/dossier.h"

/* One walk over what waits today. Begin with { 0 }, call daily_run in one transaction after another
 * until `more` is false; a new day is a new walk. */
struct daily {
	bool more;       /* something may be left: call again */
	int64_t after;   /* the last dossier visited */
	int64_t visited; /* in all calls so far */
	int64_t failed;  /* of these, left as they were: the next walk tries them again */
	char why[240];   /* the story of the first that failed */
};

/* Visits the next dossiers, at most `limit` (1..1000), each in a savepoint: one that fails stands in
 * nobody's way. Any error returned (ERR_IO, ERR_CORRUPT of the database itself) is the transaction's:
 * end it with that, and walk again from { 0 } later. */
MUST_USE enum err daily_run(struct tx *tx, int limit, struct daily *walk);
