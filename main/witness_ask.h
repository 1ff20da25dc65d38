/* One question to one witness. */
#pragma once

#include "ledger/log.h"
#include "ledger/policy.h"
#include "main/fetch.h"
#include "store/db.h"

enum { WITNESS_ASK_MS = 2000 };

enum witness_outcome {
	ASK_COSIGNED,
	ASK_FAILED,  /* nobody there, or not willing: `why` */
	ASK_ACCUSED, /* it holds what we signed and do not have: the log has stopped */
};

struct witness_question {
	const struct policy_name *who;
	struct fetcher *fetcher;
	struct db *db; /* a connection that reads */
	struct log *log;
	const struct log_published *shown;
	uint64_t known; /* what it last cosigned, as far as we know; corrected by what it says */
	/* The answer. */
	struct str line; /* of its key, verified */
	uint64_t time;   /* of the cosignature, in seconds since 1970 */
	struct str why;
};

/* Two seconds at most, all in all. Text in `a`. */
enum witness_outcome witness_ask(struct witness_question *q, struct arena *a);
/* GET of what it has seen of a log. False: nothing, or nobody there. */
bool witness_look(struct fetcher *f, const struct policy_name *who, struct str origin,
		  struct arena *a, struct str *note);
