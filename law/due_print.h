/* A due date as people and programs read it: the command `dinh due`, the API, the calculator. */
#pragma once

#include "base/msg.h"
#include "law/due.h"

/* One JSON object, without a line end: {"rule","row","from","due","kind","days","unverified",
 * "trace":[{"date","counted","why"}]}. `due` is null when no limit is set, `days` when the kind has
 * no number; rule and row are null when the days were given. `counted` is true or false: as many are
 * true as there are days, months or years. `why` is Vietnamese, empty for an ordinary day. */
void due_json(struct buf *out, const struct due *due);

/* Lines of plain text: the date, the rule and its article, how it was counted, day by day (beyond
 * thirty days only the skipped ones and the last five), and what is doubtful. */
void due_text(struct buf *out, enum lang lang, const struct due *due);

/* The sentence for a trace row, and for the way of counting; without a line end. */
void due_put_day(struct buf *out, enum lang lang, const struct due *due, const struct due_day *day);
void due_put_how(struct buf *out, enum lang lang, const struct due *due);
/* "Hạn: hết thứ Năm, 04/01/2024", or that no limit is set. */
void due_put_head(struct buf *out, enum lang lang, const struct due *due);

/* Why law_rule found nothing: names the rows before and after, with their dates. */
void law_gap_text(struct buf *out, enum lang lang, struct str name, struct date on,
		  const struct law_gap *gap, const struct law *l);
