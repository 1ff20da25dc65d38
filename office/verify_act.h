/* Inside office/: what an act's row, its contents and its leaf in the public log say of each other.
 * The row is what the fold reads, the leaf is what nobody can change: between them stand the sealed
 * bytes, to which the leaf commits and which repeat the row. */
#pragma once

#include "office/dossier.h"

struct act_verdict {
	bool erased;        /* by an act of the same dossier, as the law asks */
	bool redacted;      /* its public bytes are sealed by an act that hides what they say */
	struct str problem; /* a sentence; empty: everything agrees */
	struct strs files;  /* it gave, by SHA-256; of an erased one what its row still says */
};
/* acts->at[i] of the dossier. Uses tx->mem freely. */
MUST_USE enum err verify_act(struct tx *tx, const struct dossier *d, const struct acts *acts,
			     size_t i, struct act_verdict *out);

/* Leaves of acts that are not there any more, or that several acts call theirs: for each, `found` is
 * called with a sentence. */
MUST_USE enum err verify_leaves(struct tx *tx, void (*found)(void *context, struct str problem),
				void *context);
