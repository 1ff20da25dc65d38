/* A citizen who sends a matter to an office through his account: what the site knows of him already, so
 * that he need not type it again, and how much of his may wait at a time. Visitors without an account
 * are slowed down by their address instead (web/throttle.h). */
#pragma once

#include "office/kind.h"

enum { SENDER_OPEN_MOST = 20 };

/* Fills the fields of a form with what the person who is signed in has told this site before, for him to
 * change; nobody is: leaves them. `address` may be NULL. */
MUST_USE enum err sender_fill(struct tx *tx, struct str *name, struct str *address,
			      struct str *contact);

/* Did the person who is signed in send SENDER_OPEN_MOST of this kind that are still in one of `states`?
 * One account cannot bury an office. */
MUST_USE enum err sender_is_full(struct tx *tx, const struct kind *kind, unsigned states,
				 bool *full);
