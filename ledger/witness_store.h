/* A witness at work: what it has seen of each log, and what it answers. Check and set are one
 * transaction, which is on disk before the answer is sent. */
#pragma once

#include "ledger/log_files.h"
#include "ledger/witness.h"
#include "store/migrate.h"

/* The schema of a witness's own database. */
void witness_migrations(struct arena *a, struct migrations *out);

/* --- Whom it knows --- */

/* From now on checkpoints of that log, signed by that key, are witnessed. ERR_INVALID: no key of a log;
 * ERR_CONFLICT: it is known already. */
MUST_USE enum err witness_add(struct tx *tx, struct str vkey);
/* Its signature counts no more; what was seen of the log stays. ERR_NOT_FOUND. */
MUST_USE enum err witness_remove(struct tx *tx, struct str vkey);

struct witness_known {
	struct str origin, vkey;
	uint64_t size;
	struct instant seen_at; /* 0: never */
	int64_t forks;          /* checkpoints kept as evidence against it */
};
struct witness_knowns {
	struct witness_known *at; /* a row for each key whose signature counts, by origin */
	size_t n;
};
/* At most `limit`, after that (origin, vkey) unless they are empty. */
MUST_USE enum err witness_list(struct tx *tx, struct str origin, struct str vkey, int64_t limit,
			       struct witness_knowns *out);

/* --- What it answers --- */

enum witness_verdict {
	WITNESS_COSIGNED = 200,
	WITNESS_MALFORMED = 400,
	WITNESS_NOT_SIGNED = 403, /* by no key that counts for the log */
	WITNESS_UNKNOWN = 404,    /* no such log here */
	WITNESS_OTHER_SIZE =
		409,           /* not what was last cosigned; also: another root of the same size */
	WITNESS_REFUSED = 422, /* the proof does not hold */
};
struct witness_answer {
	enum witness_verdict verdict;
	struct str type, body;
	struct str origin; /* of the log, when one is known */
	bool fork;         /* its own key signed what contradicts what it signed before */
};
/* OK with an answer, whatever it is: commit, then send it. */
MUST_USE enum err witness_add_checkpoint(struct tx *tx, const struct log_key *key, struct str body,
					 struct witness_answer *out);
/* The last checkpoint cosigned of the log whose origin has that hash, in 64 hex digits. ERR_NOT_FOUND. */
MUST_USE enum err witness_checkpoint(struct tx *tx, struct str hex, struct str *note);
