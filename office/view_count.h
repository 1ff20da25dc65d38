/* How often a dossier's page was looked at. Counted in memory (web/views.h) and added here in batches. */
#pragma once

#include "store/db.h"

MUST_USE enum err view_count_add(struct tx *tx, int64_t dossier, int64_t n);
MUST_USE enum err view_count_of(struct tx *tx, int64_t dossier, int64_t *out); /* 0: none yet */
