/* What was last done to a site by a command beside the server, so that the server can show it to
 * whoever watches: one line in a file of the data directory, its time by the system's clock. A hint
 * and no more: whoever can write there can write anything. */
#pragma once

#include "base/date.h"

enum stamp { STAMP_BACKUP, STAMP_VERIFY, STAMPS };
const char *stamp_file(enum stamp s); /* "last-backup" */

/* Best effort: a directory that cannot be written to has other worries. */
void stamp_put(struct arena *a, struct str dir, enum stamp s, struct instant at, bool fine);
/* False: never done, or unreadable. */
MUST_USE bool stamp_read(struct arena *a, struct str dir, enum stamp s, struct instant *at,
			 bool *fine);
