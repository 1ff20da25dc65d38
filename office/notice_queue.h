/* What waits to be sent, for the thread that sends. Several servers of a site share it: one claims a row for
 * a while, sends, and marks it. A server that is killed in between leaves it claimed; when that while is
 * over it is sent once more, with the same Message-ID: at least once, never lost. */
#pragma once

#include "office/notice.h"

enum {
	NOTICE_CLAIM_MS = 10 * 60 * 1000, /* longer than any one try may take */
	NOTICE_AGAIN_MS = 60 * 1000,      /* after the first try that failed; then twice as long, */
	NOTICE_AGAIN_MOST_MS = 6 * 3600 * 1000, /* up to this */
	NOTICE_TRIES = 20,                      /* some three days */
	NOTICE_WHY_MOST = 160,
};

struct notice_due {
	int64_t notice;
	enum notice_way way;
	int64_t tries; /* before this one */
};
struct notice_dues {
	struct notice_due *at;
	size_t n;
};
/* Whose time has come, the longest waiting first, by ways that are bits of `ways`. */
MUST_USE enum err notice_due(struct tx *tx, int64_t ways, size_t limit, struct notice_dues *out);
/* `got` false: another server has it. */
MUST_USE enum err notice_claim(struct tx *tx, const struct notice_due *due, bool *got);

enum notice_outcome {
	OUTCOME_SENT,
	OUTCOME_LATER, /* try again */
	OUTCOME_NEVER, /* the other end will not take it */
	OUTCOME_EMPTY,
};
/* Of the try that was claimed; anything else stays as it is. */
MUST_USE enum err notice_mark(struct tx *tx, const struct notice_due *due,
			      enum notice_outcome outcome, struct str why);

/* For operators. */
struct notice_stats {
	int64_t n[NOTICE_WAYS]
		 [NOTICE_STATES]; /* of states other than waiting: in the last 30 days */
	struct instant oldest;    /* waiting; 0: none waits */
};
MUST_USE enum err notice_stats(struct tx *tx, struct notice_stats *out);
struct notice_fault {
	struct instant at;
	enum notice_way way;
	enum notice_state state;
	int64_t tries;
	struct str why;
};
struct notice_faults {
	struct notice_fault *at;
	size_t n;
};
/* The latest that failed, for now or for good; at most `limit`. */
MUST_USE enum err notice_faults(struct tx *tx, size_t limit, struct notice_faults *out);

/* How many wait, and since when the oldest does ({ 0 }: none): a short question. */
MUST_USE enum err notice_waiting(struct tx *tx, int64_t *n, struct instant *oldest);

/* --- The digest --- */

enum { DIGEST_PEOPLE = 50 };
struct digest_people {
	struct date monday; /* of the week after */
	int64_t at[DIGEST_PEOPLE];
	size_t n;
	int64_t after; /* where the next look begins; 0: nobody is left */
};
/* Who has news of the week before that Monday: looks at DIGEST_PEOPLE people who want it, from out->after on;
 * begin with { .monday }. */
MUST_USE enum err notice_digest_find(struct tx *tx, struct digest_people *out);
/* Makes theirs; twice makes none twice. */
MUST_USE enum err notice_digest_make(struct tx *tx, const struct digest_people *people);
/* By the system: digests and proofs of addresses are gone after a while; `limit` rows at most. */
MUST_USE enum err notice_sweep(struct tx *tx, int64_t limit);
