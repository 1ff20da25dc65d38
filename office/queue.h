/* The queue of somebody who works here (/viec): what is overdue, what is due today, what waits for a
 * step of his. What is due later and waits for no step of his
 * stands beside them. Every item is in exactly one of the four. */
#pragma once

#include "office/list.h"

struct queue {
	struct duty_rows overdue, today, later; /* at units where the member has an office */
	struct list_rows
		waiting; /* a step he may take, unless it is in one of the others already */
};

/* Whose step a dossier waits for, and since when: what is overdue may be held up by somebody else. */
struct queue_next {
	unsigned roles; /* at the unit that holds it; 0: it waits for no step */
	bool mine;      /* the reader may take it */
	enum msg state;
	struct date since; /* the day it came to stand there was recorded */
};
/* `unit` holds the dossier; the caller has made sure that the reader may know. */
MUST_USE enum err queue_next(struct tx *tx, int64_t dossier, const struct kind *kind,
			     unsigned state, int64_t unit, struct queue_next *out);

/* At most `limit` rows in each; needs a member (ERR_DENIED without). */
MUST_USE enum err queue_load(struct tx *tx, int limit, struct queue *out);
