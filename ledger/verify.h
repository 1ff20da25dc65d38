/* Verifying: everything recomputed from the entries alone. The same work for our own database and, over
 * the network, for a stranger who trusts nothing but a key and what he remembers. */
#pragma once

#include "ledger/key_change.h"
#include "ledger/log.h"

/* Where the bytes of a log come from. */
struct log_source {
	/* <prefix>/<path>: "checkpoint", "vkey", "tile/0/000", "tile/entries/000.p/5"; at most `max`
	 * bytes, in `a`. ERR_NOT_FOUND when there is nothing by that name, ERR_IO with a reason in
	 * `why` when it could not be asked; ERR_CORRUPT for more than `max`. */
	enum err (*fetch)(void *self, struct str path, size_t max, struct arena *a, struct str *out,
			  struct str *why);
	/* How far it is, now and then; NULL for nobody who waits. */
	void (*progress)(void *self, uint64_t done, uint64_t size);
	void *self;
};

#define LOG_PROBLEMS 20

struct log_report {
	struct arena *a; /* holds the texts below; set by the caller */
	struct str origin;
	uint64_t size;                     /* entries seen and recomputed */
	struct hash root;                  /* of these */
	uint64_t queued;                   /* leaves without an index; our own log only */
	uint64_t count;                    /* of problems; the log is in order when it is zero */
	struct str problems[LOG_PROBLEMS]; /* the first of them, a sentence each */
	bool first_seen;                   /* a stranger's: the key was taken on trust this time */
	struct str vkey;                   /* a stranger's: the key it was verified with */
	struct str note;        /* a stranger's: the checkpoint, when a trusted key signed it */
	struct str vkey_before; /* a stranger's: the one that was trusted, when the log has since
				 * changed its key; else empty */
};

/* Our own log: entries, leaf hashes, tiles, right edge, root, indexes, and the checkpoint file's bytes if
 * `checkpoint` is not empty. OK when it could be examined, whatever the report says; ERR_IO and
 * ERR_NOT_FOUND (there is no log) otherwise. */
MUST_USE enum err log_verify(struct tx *tx, struct str checkpoint, struct log_report *out);

/* A stranger's verifier. `vkey`: the trusted key, or empty to use the remembered one, or, with nothing
 * remembered, the one served (first_seen). `state`: what the last run left, or empty. Checks the
 * signature, that the log has not shrunk and still contains the remembered tree, and fetches and recomputes every
 * tile and bundle. A key that the trusted one vouches for in the log, or that one for the next, is
 * trusted too, and remembered from then on. `next` is the state to keep; equal to `state` when there were problems. OK when the log
 * could be examined; ERR_INVALID for a bad key or state; errors of the source; `why` for each. */
MUST_USE enum err log_watch(const struct log_source *from, struct str vkey, struct str state,
			    struct log_report *out, struct str *next, struct str *why);

/* Recovery from LOG_FILE_AHEAD: takes the entries that the database lost from a mirror (any server that
 * kept bundles), under `checkpoint`, the one we signed. Queued leaves that are among them take their
 * old place, and changes of keys are recorded again. ERR_CORRUPT when the result is not the signed root: roll back. ERR_INVALID when the
 * checkpoint is not ours or not ahead. After the commit open the log again. */
MUST_USE enum err log_supply(struct tx *tx, const struct log_source *from, struct str checkpoint,
			     int64_t *supplied);

/* Signed by a key this log recorded, now or before? */
MUST_USE enum err log_checkpoint_ours(struct tx *tx, struct str bytes, struct log_published *out,
				      bool *ours);

/* --- Inside the room --- */

void log_problem(struct log_report *r, const char *format, ...) PRINTF(2, 3);

/* A root the log once had: found while recomputing. */
struct log_mark {
	uint64_t size;
	struct hash root;
	bool reached;
};
/* Recomputes a log of that size from its bundles and compares every tile. `edge` ends as the tree that
 * was seen; it is smaller than `size` when a bundle was missing or malformed (a problem, too). `mark` and
 * `chain` (keys to be followed; names kept in out->a) may be NULL. */
MUST_USE enum err log_audit(const struct log_source *from, uint64_t size, struct log_mark *mark,
			    struct key_chain *chain, struct tree_edge *edge, struct log_report *out,
			    struct str *why);
MUST_USE enum err log_fetch_tile(const struct log_source *from, const struct tile *t,
				 struct arena *a, struct str *out, struct str *why);
