/* What the log says to a leaf or a receipt: computing and comparing, no words. */
#pragma once

#include "ledger/proof.h"
#include "office/record.h"
#include "web/req.h"

enum standing {
	STANDING_SIGNED, /* in the tree under the newest signature */
	STANDING_QUEUED, /* taken, without an index or a signature yet */
	STANDING_BROKEN, /* the stored log contradicts itself here */
};

/* What a leaf says by itself: all there is of a private one is its day. */
struct leaf_words {
	bool is_private;
	struct str act, code, unit; /* "" where the leaf does not say */
	struct date on;             /* the day it took effect; of a private one the day recorded */
	struct instant at;
	bool commits; /* `pub` is set */
	struct hash pub;
};
/* false: the entry is none of this program's. */
MUST_USE bool leaf_read(struct arena *a, struct str entry, struct leaf_words *out);

struct standing_at {
	enum standing is;
	struct log_published under; /* size 0: nothing was signed yet */
};
MUST_USE enum err leaf_standing(struct req *r, const struct log_leaf *leaf,
				struct standing_at *out);

enum receipt_verdict {
	RECEIPT_HOLDS,
	RECEIPT_OTHER_LOG, /* of a log of another name */
	RECEIPT_SIGNATURE, /* our name, and no signature of ours */
	RECEIPT_AHEAD,     /* signed by us for more than we have: entries were lost here */
	RECEIPT_FORKED,    /* signed by us for another history than the one stored */
	RECEIPT_ALTERED,   /* its own numbers do not fit together: copied wrongly, or changed */
};
struct receipt_answer {
	enum receipt_verdict verdict;
	struct checkpoint under; /* what the receipt stands under, when it could be read */
	struct log_leaf leaf;    /* RECEIPT_HOLDS: the entry it proves */
	struct cosigned {
		struct str name;
		struct instant at;
	} * cosigned; /* witnesses of this site whose lines on it verify */
	size_t cosigned_n;
	struct strs others; /* names of other signatures on it; not checked */
};
MUST_USE enum err receipt_check(struct req *r, const struct proof *p, struct receipt_answer *out);
