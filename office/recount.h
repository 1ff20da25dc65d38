/* Counting anew: tallies and rows of figures thrown away and made again from the acts. They are derived
 * from first to last, so nothing is lost; it takes as long as `dinh verify`. */
#pragma once

#include "store/db.h"

/* Does the site count what this program counts? One that an earlier program made does not yet. */
MUST_USE enum err recount_needed(struct tx *tx, bool *out);
/* For those who only read: ERR_CONFLICT with what to do, where it does not. */
MUST_USE enum err recount_refuse(struct tx *tx);
/* In the caller's transaction, which may write: all or nothing. */
MUST_USE enum err recount(struct tx *tx, void (*progress)(int64_t done, int64_t all));
/* A new site counts by this program from its first act on. */
MUST_USE enum err recount_done(struct tx *tx);
