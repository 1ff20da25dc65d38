/* How a log tells that its key changes: entries of its own, which anybody who trusts the key of before
 * can follow to the key of now, years later and without asking us. The key that goes vouches for the
 * one that comes with a signature inside the entry. */
#pragma once

#include "base/date.h"
#include "ledger/note.h"

enum key_change_kind { KEY_ROTATED, KEY_RETIRED };

struct key_change {
	enum key_change_kind kind;
	struct vkey key; /* the one that comes; of KEY_RETIRED, the one that goes */
	struct vkey by;  /* of KEY_ROTATED: the one that vouches for it */
};

/* {"v":1,"act":"key.rotated","on":DAY,"at":INSTANT,"key":VKEY,"by":VKEY,"sig":BASE64}; `secret` is that
 * of `by`. */
void buf_put_key_rotated(struct buf *b, struct instant at, const struct vkey *key,
			 const struct vkey *by, const struct secret_key *secret);
/* {"v":1,"act":"key.retired","on":DAY,"at":INSTANT,"key":VKEY} */
void buf_put_key_retired(struct buf *b, struct instant at, const struct vkey *key);
/* False for every other entry, and for one whose signature is not that of `by`. The keys' names are
 * in `a`. */
MUST_USE bool key_change_read(struct arena *a, struct str entry, struct key_change *out);

/* The keys that follow from one that is trusted, in the order in which they came. */
#define KEY_CHAIN 16
struct key_chain {
	struct vkey at[KEY_CHAIN]; /* when it is full, the oldest makes room */
	size_t n;
};
bool vkey_eq(const struct vkey *x, const struct vkey *y);
/* Takes up what the entry says, when a key of the chain vouches for it; its name is kept in `a`. */
void key_chain_follow(struct key_chain *c, struct arena *a, struct str entry);
