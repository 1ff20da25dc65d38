/* Checkpoints (C2SP tlog-checkpoint): "this log has so many leaves, and this is their root". */
#pragma once

#include "ledger/note.h"

struct checkpoint {
	struct str origin;
	uint64_t size; /* below 2^62 */
	struct hash root;
};

/* The three lines that are signed. */
void buf_put_checkpoint(struct buf *b, const struct checkpoint *c);
/* A size as checkpoints write it: decimal, no leading zero. */
MUST_USE bool tree_size_parse(struct str s, uint64_t *out);
/* Exactly three lines, no extension, canonical numbers; the empty log has the empty root. Borrows. */
MUST_USE bool checkpoint_parse(struct str text, struct checkpoint *out);
/* A whole signed note, its signature by `k` and its origin (= the key's name) checked. The parsed note
 * goes to `note` unless that is NULL, for those who look at the cosignatures too. */
MUST_USE bool checkpoint_verify(struct arena *a, struct str bytes, const struct vkey *k,
				struct checkpoint *out, struct note *note);
