/* The witness protocol (C2SP tlog-witness) as text: what a log asks of a witness. */
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

#define WITNESS_BODY 65536 /* bytes of a request at most; an answer is smaller */
#define WITNESS_PROOF 63   /* hashes of a request at most */
#define WITNESS_SIZE_TYPE "text/x.tlog.size"

/* "This is our log now; you have seen its first `old` entries, and they are still its beginning." */
struct add_checkpoint {
	uint64_t old; /* 0: you have seen nothing yet */
	struct tree_path proof;
	struct str checkpoint; /* the whole signed note */
};

void buf_put_add_checkpoint(struct buf *b, const struct add_checkpoint *r);
/* False for what is no request, also for one with a proof from nothing. Says nothing about signatures
 * and proof. Borrows. */
MUST_USE bool add_checkpoint_parse(struct str body, struct add_checkpoint *out);

/* "123\n", the body of a 409: the size that the witness has seen. */
MUST_USE bool witness_size_parse(struct str body, uint64_t *out);

/* Where a witness shows what it has seen of a log: "<64 hex digits>/checkpoint". */
struct str witness_log_path(struct arena *a, struct str origin);
