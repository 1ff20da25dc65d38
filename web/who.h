/* Who asks: the member of a session, the holder of a receipt, or a visitor; and may they. */
#pragma once

#include "web/req.h"

/* Sets r->tx.who and r->tx.receipt by what the browser sent; asks in `tx`. Who has still to change a
 * password or to enrol a second factor is a visitor, except where that is done. A session that ended is
 * no error. */
MUST_USE enum err who_load(struct req *r, struct tx *tx);
/* By the route alone; whose dossier it is, the handler asks. */
bool who_may(const struct req *r);
