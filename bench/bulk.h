/* Rows of a site that was just made, sent to PostgreSQL as fast as it takes them: what the program inserts
 * one by one arrives through COPY, a connection a table, into tables without indexes. The program's own
 * statements stay what they are; an engine in front of PostgreSQL's picks their values up. */
#pragma once

#include "store/db.h"

struct bulk;

/* From now on what `db`, a PostgreSQL at `where`, inserts into the tables of dossiers goes that way: nothing of
 * it is seen by queries before the end. Their indexes and keys are gone meanwhile. ERR_CONFLICT: there are
 * dossiers already. `why` says what the server says. */
MUST_USE enum err bulk_begin(struct db *db, struct str where, struct arena *a, struct bulk **out,
			     struct str *why);
/* The rows are committed, indexes and keys made, statistics gathered. `db` may only read from now on, and is
 * closed before the arena goes. */
MUST_USE enum err bulk_end(struct bulk *b, struct str *why);
