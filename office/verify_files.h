/* Inside verification: the files of dossiers are those their acts gave, less those that were erased,
 * and their bytes on disk are those of their hashes. */
#pragma once

#include "office/dossier.h"

/* What a dossier uses, against what its acts gave, by SHA-256; `problem` is empty when they agree. Once
 * something of it was `erased`, a file that is missing proves nothing: what gave it may be gone too. */
MUST_USE enum err verify_file_uses(struct tx *tx, const struct dossier *d, const struct strs *given,
				   bool erased, struct str *problem);

/* Reads the files that have a row, after `last` ("" first), at most `limit`, and leaves in it where to
 * go on; "" at the end. `found` hears of each that is missing or damaged. Needs tx->office->files. */
MUST_USE enum err verify_file_bytes(struct tx *tx, int64_t limit, struct str *last,
				    int64_t *checked,
				    void (*found)(void *context, struct str problem),
				    void *context);
