/* The one gate for reading: pages, API, feeds, files, search and exports ask here, and nobody reads
 * content another way. Reading flows down the tree; acting does not. */
#pragma once

#include "office/dossier.h"

/* Loads a dossier for whoever tx->who is. ERR_NOT_FOUND both when there is none and when it may not
 * be known to exist. */
MUST_USE enum err gate_read(struct tx *tx, struct str code, struct dossier **out);
/* The same for a dossier already loaded. */
bool gate_may_read(struct tx *tx, const struct dossier *d);
/* May its content be shown, or only that it exists (a stub)? */
bool gate_may_see_content(struct tx *tx, const struct dossier *d);
/* Units whose internal dossiers the member may read: at or under one of his appointments today. */
bool gate_is_official_of(struct tx *tx, int64_t unit);
