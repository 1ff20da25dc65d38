/* A share in time as the first page shows it: over a year, beside the year before, and month by month
 * over the last whole months (the running one has terms that are not over). What was counted is kept
 * with the connection until the next act, because it costs as much as all the rest of that page. Of what
 * lies above the communes, where it takes many times as long and there is always another act, it is kept
 * for ten seconds at least; the review it leads to counts anew. */
#pragma once

#include "office/report.h"

enum { REPORT_MONTHS = 12 };

struct report_month {
	int year, month;
	struct report_value value; /* of 0: nothing fell due */
};

struct report_share {
	struct report_span span;
	struct report_line line;                   /* of the year and of the year before */
	bool known_before;                         /* anything at all is known of the year before */
	struct report_month months[REPORT_MONTHS]; /* the oldest first, on today's tree */
	int64_t at;                                /* the newest act when it was counted, ... */
	struct instant counted_at;                 /* ... and when that was */
};

/* Of a measure that is a share (MEASURE_IN_TIME), at and under the unit, for a whole year so far. */
MUST_USE enum err report_share_of(struct tx *tx, const struct unit *u, const struct measure *m,
				  const struct report_span *span, struct report_share *out);
