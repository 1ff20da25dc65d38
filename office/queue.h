/* The queue of somebody who works here (/viec): what is overdue, what is due today, what waits for a
 * step of his. What is due later and waits for no step of his
 * stands beside them. Every item is in exactly one of the four. */
#pragma once

#include "office/list.h"

struct queue {
	struct duty_rows overdue, today, later; /* at units where the member is clerk or leader */
	struct list_rows
		waiting; /* a step he may take, unless it is in one of the others already */
};

/* At most `limit` rows in each; needs a member (ERR_DENIED without). */
MUST_USE enum err queue_load(struct tx *tx, int limit, struct queue *out);
