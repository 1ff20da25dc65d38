/* Days that administrators add to the law's calendar: a day off decided late, a Saturday worked in
 * exchange. Each is a dossier of its own, so it stands in the public log; recording it computes the
 * open duties of the whole site anew, and both days are kept and shown. */
#pragma once

#include "office/fold.h"

extern const struct kind
	added_day_kind; /* opened by an ADMIN, at any unit: it holds for the site */

struct added_day {
	struct date day;
	struct str title; /* "Nghỉ bù Quốc khánh" */
	struct str
		what; /* "off": a day off; "work": a working Saturday or Sunday; "none": neither */
};

struct added_day_row {
	struct added_day day;
	struct str code; /* of its dossier */
	struct instant recorded_at;
};
struct added_day_rows {
	struct added_day_row *at;
	size_t n;
};
/* The latest day first; at most 500. */
MUST_USE enum err added_day_list(struct tx *tx, struct added_day_rows *out);

/* The calendars a site has had: the first holds from the beginning, each further one from the act
 * that added its day. */
struct calendar_since {
	int64_t act;
	const struct calendar *calendar;
};
struct calendar_history {
	struct calendar_since *at;
	size_t n; /* at least 1 */
};
MUST_USE enum err calendar_history(struct tx *tx, struct calendar_history *out);
/* On a site that came from elsewhere: the rows of added days, from the acts that declared them. */
MUST_USE enum err added_days_again(struct tx *tx);
