/* The public log of this site: acts queue their leaves, a sequencer gives them indexes, a signer
 * publishes. No two roots are ever signed for one size, and never a smaller size than before; what
 * guards this is a copy of the last signed checkpoint outside the database.
 *
 *     tx (the act)        log_queue
 *     tx (the sequencer)  log_sequence          may be the same commit
 *     then, outside it    log_sign              signs what is committed, writes the file, publishes
 */
#pragma once

#include "ledger/note.h"
#include "ledger/tile.h"
#include "store/db.h"

/* --- In the transaction of an act --- */

/* Queues a leaf: at most ENTRY_MAX bytes (else ERR_INVALID). `leaf` is its lasting id. */
MUST_USE enum err log_queue(struct tx *tx, struct str entry, int64_t *leaf, struct hash *hash);

/* --- The sequencer: one at a time over all processes, which the database enforces --- */

/* Gives the longest-waiting leaves, at most `limit`, the next indexes; `given` says how many there
 * were. ERR_CONFLICT when another sequencer was at work: roll back and try again. Costs O(log size)
 * for each leaf and one tile for each call. Never while log_fault is set. */
MUST_USE enum err log_sequence(struct tx *tx, int64_t limit, int64_t *given);

/* Does any leaf wait for its index? */
MUST_USE enum err log_waits(struct tx *tx, bool *out);

struct log_head {
	uint64_t size;
	struct hash root;
};
/* What the database holds now. ERR_NOT_FOUND before log_init. */
MUST_USE enum err log_head(struct tx *tx, struct log_head *out);
MUST_USE enum err log_origin(struct tx *tx, struct str *out);

/* --- Making a log --- */

/* DIR/log.key, mode 0600, with a new key drawn from `rng` (a seeded one is refused with ERR_DENIED).
 * ERR_CONFLICT when the file exists, ERR_INVALID when the origin can be no key name, ERR_IO. `vkey` is
 * the public side. */
MUST_USE enum err log_key_make(struct str dir, struct str origin, struct rng *rng, struct arena *a,
			       struct str *vkey, struct str *why);
/* The empty log of that name. ERR_CONFLICT when there is one already, ERR_INVALID for a bad name. */
MUST_USE enum err log_init(struct tx *tx, struct str origin, struct str vkey);

/* A log that came from elsewhere: its keys and its leaves are stored, with their indexes as far
 * as `size`; tree and tiles are computed from them, at most `limit` leaves a transaction, until
 * `more` is false. ERR_CONFLICT when there is a log; ERR_INVALID, with the story in the
 * transaction: an index is missing, or a leaf is not of its hash. */
MUST_USE enum err log_rebuild_begin(struct tx *tx, struct str origin, int64_t size);
MUST_USE enum err log_rebuild(struct tx *tx, int64_t limit, bool *more);

/* --- Changing keys: name and origin stay, both keys sign while both are recorded --- */

/* Begins a change, in one transaction: a second key in DIR/log.key, recorded beside the first, and an
 * entry key.rotated in which the first vouches for it. It signs after the commit, when the log is opened
 * or log_reload has run. Broken off anywhere, the old key alone signs, and the next call takes up the key that
 * is in the file already. ERR_CONFLICT while a change is under way; the refusals of log_open. */
MUST_USE enum err log_key_rotate(struct tx *tx, struct str dir, struct str *vkey, struct str *why);
/* Ends it: the older key signs no more, as an entry key.retired says; `vkey` is that key. Its secret stays in
 * the file until the next change, for databases restored from before. ERR_CONFLICT when there is one
 * key only. */
MUST_USE enum err log_key_rotate_end(struct tx *tx, struct str *vkey);

/* The steps of these two. Adds a key to DIR/log.key, leaving out the lines of those `retired`. */
MUST_USE enum err log_key_add(struct str dir, struct str origin, struct strs retired,
			      struct rng *rng, struct arena *a, struct str *vkey, struct str *why);
MUST_USE enum err log_key_record(struct tx *tx, struct str vkey);
/* ERR_CONFLICT for the last one. */
MUST_USE enum err log_key_retire(struct tx *tx, struct str vkey);

/* --- Signing and publishing --- */

struct log; /* keys, files, what was signed last; shared by all threads */

/* Why nothing may be signed, and so nothing may be written, until an administrator has acted. */
enum log_fault {
	LOG_FINE = 0,
	LOG_FILE_MISSING,    /* leaves, but no checkpoint file: log_accept, or put the file back */
	LOG_FILE_UNREADABLE, /* the file is no checkpoint of ours: put the right one back */
	LOG_FILE_AHEAD,      /* the database is older than what was published, by a file of ours or
			      * by what a witness saw: log_supply */
	LOG_FILE_DISAGREES,  /* another history was published: only a new log can follow */
	LOG_STORED_BROKEN, /* the stored tiles do not give the stored root: `dinh verify` says where */
};

/* Opens the log of a data directory for signing: reads DIR/log.key (refused unless it is a regular
 * file, ours, closed to others, and its keys are those recorded here), compares DIR/checkpoint and, if
 * `second` is not empty, the copy at that path with the database, and signs what was committed and not
 * yet signed. Open it once right after log_init: a log that has leaves and never had a checkpoint file
 * cannot be told from one that lost it. OK with log_fault set when they do not agree. Errors: ERR_NOT_FOUND no key file or no
 * log, ERR_DENIED the key file is refused, ERR_IO, ERR_CORRUPT; `why` says what to do. */
MUST_USE enum err log_open(struct tx *tx, struct str dir, struct str second, struct log **out,
			   struct str *why);
/* The same, comparing also what others say they saw of this log, before anything is signed. Only what this
 * log signed counts; what speaks against the database is kept in DIR/checkpoint.witness and held against it at
 * every later start. */
struct log_seen {
	struct str from; /* who says so, for the operator */
	struct str note;
};
MUST_USE enum err log_open_seen(struct tx *tx, struct str dir, struct str second,
				const struct log_seen *seen, size_t n, struct log **out,
				struct str *why);
void log_close(struct log *log); /* wipes the keys; accepts NULL */

enum log_fault log_fault(struct log *log);
/* The same as a sentence for the operator, "" when fine. */
struct str log_fault_text(struct log *log, struct arena *a);

/* Signs what `tx` (a read transaction begun after the commit) sees, if it is more than was signed
 * before; checks first that stored tiles give both the old root and the new one. Writes the checkpoint
 * file and the second copy durably, and only then publishes. ERR_IO: nothing was published, try again;
 * ERR_CORRUPT: log_fault is set now. */
MUST_USE enum err log_sign(struct log *log, struct tx *tx);
/* Reads keys again after a change of them was committed, and signs the same size anew. */
MUST_USE enum err log_reload(struct log *log, struct tx *tx, struct str *why);
/* LOG_FILE_MISSING only: the administrator's word that nothing newer was ever published. */
MUST_USE enum err log_accept(struct log *log, struct tx *tx);

struct log_published {
	uint64_t size;
	struct hash root;
	struct str note; /* the checkpoint as served */
};

/* --- Witnesses: who else has seen what was signed --- */

/* From now on what is signed waits to be published by log_publish; with false it is published at once
 * again, and so is what waits. */
void log_hold(struct log *log, bool hold);
/* The newest that was signed; `waiting`: it is not published yet. ERR_NOT_FOUND. */
MUST_USE enum err log_signed(struct log *log, struct arena *a, struct log_published *out,
			     bool *waiting);
/* Publishes what log_signed gave, now or before, with the lines of witnesses, which the caller has
 * verified; never a smaller size than is published already. The same again with other lines renews it. */
void log_publish(struct log *log, const struct log_published *c, struct str lines);
/* A witness shows what it saw of us. `accuses`: the log did sign it and the database is older, or another:
 * log_fault is set now. */
MUST_USE enum err log_confront(struct log *log, struct tx *tx, const struct log_seen *seen,
			       bool *accuses);

#define LOG_WITNESSES 32
struct log_witness {
	struct vkey key;     /* its name outlives the log */
	bool answers;        /* when it was last asked */
	uint64_t size;       /* of the newest it cosigned */
	struct instant seen; /* when, by its own clock; 0: never */
};
struct log_witnesses {
	struct log_witness *at;
	size_t n;
};
/* How the witnesses stand, for those who ask: at most LOG_WITNESSES. */
void log_witnesses_set(struct log *log, const struct log_witness *list, size_t n);
struct log_witnesses log_witnesses(struct log *log, struct arena *a);

/* --- Reading --- */

/* The newest published checkpoint, copied into `a`. ERR_NOT_FOUND when there is none. */
MUST_USE enum err log_checkpoint(struct log *log, struct arena *a, struct log_published *out);
/* The verifier's keys, each one line without its newline, the newest first: two while they change. */
struct strs log_vkeys(struct log *log, struct arena *a);
struct str log_vkey(struct log *log, struct arena *a); /* the first of them */

/* The body of <prefix>/tile/<path>: "0/000", "entries/x001/234.p/5". ERR_NOT_FOUND for what is no tile
 * or reaches beyond the published checkpoint. `entries`: the body is a bundle (compressible). */
MUST_USE enum err log_tile(struct log *log, struct tx *tx, struct str path, struct str *out,
			   bool *entries);

struct log_leaf {
	int64_t id;
	int64_t index; /* -1 while queued */
	struct hash hash;
	struct str entry;
};
struct log_leaves {
	struct log_leaf *at;
	size_t n;
};
MUST_USE enum err log_leaf_find(struct tx *tx, int64_t id, struct log_leaf *out);
/* ERR_NOT_FOUND. Equal entries have equal hashes: the first of them. */
MUST_USE enum err log_leaf_by_hash(struct tx *tx, const struct hash *h, struct log_leaf *out);
/* By the check value printed on paper, as typed. ERR_INVALID when it is none; ERR_CONFLICT when two
 * different leaves begin alike (nobody has found such a pair). */
MUST_USE enum err log_leaf_by_check_value(struct tx *tx, struct str typed, struct log_leaf *out);
/* Leaves by index, from `first`, at most `limit`. */
MUST_USE enum err log_entries(struct tx *tx, uint64_t first, int64_t limit, struct log_leaves *out);

/* The .tlog-proof of a leaf under the newest published checkpoint; `extra` with at == NULL for none.
 * ERR_BUSY while the leaf waits for its index or its signature. */
MUST_USE enum err log_receipt(struct log *log, struct tx *tx, int64_t leaf, struct str extra,
			      struct str *out);

/* --- Inside the room --- */

/* Stored tiles as a tree_reader; keeps the last tile of each level. */
struct log_tiles {
	struct tx *tx;
	uint64_t n[TREE_LEVELS];
	struct str at[TREE_LEVELS];
};
struct tree_reader log_reader(struct log_tiles *tiles, struct tx *tx);
/* The bytes of a tile in the database, whatever was published. */
MUST_USE enum err log_tile_stored(struct tx *tx, const struct tile *t, struct str *out);

/* The newest of the last few published checkpoints that is no larger than `size`: a request whose
 * snapshot is older than the last signature still gets a proof. */
MUST_USE enum err log_checkpoint_within(struct log *log, uint64_t size, struct arena *a,
					struct log_published *out);

/* Appending to the stored tree: log_sequence and log_supply. */
struct log_append {
	struct tx *tx;
	struct log_head before;
	struct tree_edge edge;
	struct buf tiles[TREE_LEVELS]; /* the last tile of each level */
	bool loaded[TREE_LEVELS], dirty[TREE_LEVELS];
};
MUST_USE enum err log_append_begin(struct tx *tx, struct log_append *out);
/* The leaf with that id becomes the next one. */
MUST_USE enum err log_append_leaf(struct log_append *p, int64_t id, const struct hash *h);
/* The same for a leaf that is stored with its index already. */
MUST_USE enum err log_append_hash(struct log_append *p, const struct hash *h);
MUST_USE enum err log_append_end(struct log_append *p);
