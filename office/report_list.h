/* What a figure of a review counted, one by one: the same days, the same tree, the same filter, so that
 * the list is as long as the figure says. By unit and day, with a key to go on from. */
#pragma once

#include "office/duty.h"
#include "office/report.h"

/* A dossier that was counted; one that is not public is counted and not named, except by its code to those
 * who may ask for it. */
struct report_dossier {
	int64_t id, unit;
	struct date on;
	int64_t item, n;
	struct str code, title;
	const struct kind *kind;
	unsigned state;
	bool shown;
};

/* A unit, with how much of what it owed it answered; of coverage 1 or 0 of 1. */
struct report_answerer {
	struct unit unit;
	struct report_value value;
};

struct report_entry {
	size_t part; /* of the line: says which of the three it is */
	struct report_dossier dossier;
	struct duty_row duty;
	struct report_answerer unit;
};
struct report_entries {
	struct report_entry *at;
	size_t n;
	bool more;
};

/* The place after which a list goes on; all 0: the beginning. */
struct report_cursor {
	size_t part;
	int64_t unit;
	struct date day;
	int64_t id, item;
};

/* In an address: "0.12.2020-12-25.431.0". What is no place is the beginning. */
struct report_cursor report_cursor_read(struct str text);
struct str report_cursor_text(struct arena *a, const struct report_cursor *c);

struct report_list_filter {
	const struct report *report; /* unit, days, tree; need not be counted */
	const struct report_line *line;
	int64_t under;             /* the report's unit, or one beneath it */
	bool to_date;              /* from January on, instead of the period */
	int only_part;             /* -1: every part, one after the other */
	enum duty_outcome outcome; /* of duties; of units: which answered, which did not */
	int limit;                 /* 1..500 */
	struct report_cursor after;
};
MUST_USE enum err report_list(struct tx *tx, const struct report_list_filter *f,
			      struct report_entries *out);
/* How much of what was counted belongs to sealed matters: it is in no list, and the two make the figure. */
MUST_USE enum err report_list_sealed(struct tx *tx, const struct report_list_filter *f,
				     int64_t *out);
/* Where a list goes on after an entry. */
struct report_cursor report_cursor_of(const struct report_line *line, const struct report_entry *e);
