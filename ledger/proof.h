/* Receipts (C2SP tlog-proof): everything a person needs to show, years later and without us, that an
 * entry stood in the log. */
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

struct proof {
	struct str extra; /* at == NULL when there is none; not authenticated by anything */
	uint64_t index;
	struct tree_path path;
	struct str checkpoint; /* the whole signed note */
};

void buf_put_proof(struct buf *b, const struct proof *p);
/* False when the bytes are no proof; says nothing about its truth. `extra` is in `a`, the checkpoint
 * borrowed. */
MUST_USE bool proof_parse(struct arena *a, struct str bytes, struct proof *out);
/* Does the proof show that `entry` (its exact bytes) stands in the log whose key is `k`? `c`, unless
 * NULL, becomes the checkpoint it stands under. */
MUST_USE bool proof_verify(struct arena *a, const struct proof *p, struct str entry,
			   const struct vkey *k, struct checkpoint *c);
/* The same for those who hold the leaf hash only. */
MUST_USE bool proof_verify_leaf(struct arena *a, const struct proof *p, const struct hash *leaf,
				const struct vkey *k, struct checkpoint *c);
