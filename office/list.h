/* Lists of dossiers: one query for pages, CSV, JSON, feeds and exports, rights applied inside it.
 * Paging is by key, so that page 1,000 costs what page 1 costs. */
#pragma once

#include "office/dossier.h"

enum timing { TIMING_ANY, TIMING_ON_TIME, TIMING_LATE, TIMING_OVERDUE };

struct list_filter {
	const struct kind *kind;
	int64_t under;    /* at and under this unit; today's tree */
	struct str facet; /* empty: all */
	enum timing timing;
	struct date from, to; /* shown_on within, both ends; NO_DATE: open */
	struct str words;     /* search; empty: none */
	int limit;            /* 1..200 */
	/* Within a day by the hour of its kind's step `hour`, where it has one; else by number. */
	bool by_hour;
	struct date after_on; /* the last row of the page before (list_go_on); NO_DATE: the first */
	struct instant after_at;
	int64_t after_id;
};

struct list_row {
	int64_t id;
	struct str code;
	const struct kind *kind;
	struct str title, facet, number;
	unsigned state;
	int64_t unit, parent;
	struct date shown_on, opened_on;
	struct instant shown_at; /* by_hour: when that step was taken */
	struct date due,
		met; /* of its first duty; NO_DATE: none. Of what waits: of the one that runs */
	bool unverified;
	struct instant changed_at;
};
struct list_rows {
	struct list_row *at;
	size_t n;
	bool more;
};

MUST_USE enum err list_dossiers(struct tx *tx, const struct list_filter *f, struct list_rows *out);
/* The page after the one that ends with this row. */
void list_go_on(struct list_filter *f, const struct list_row *last);
/* Exact up to 1,000; 1,001 stands for more. */
MUST_USE enum err list_total(struct tx *tx, const struct list_filter *f, int64_t *out);

/* Search: public dossiers of every kind in which all the words stand, those with every word in the
 * title first, the newest first in each of the two parts. */
struct search_filter {
	struct str words;
	const struct kind *kind; /* NULL: every kind */
	int64_t under;           /* 0: everywhere */
	int limit;               /* 1..200 */
	bool elsewhere;          /* go on in the second part, ... */
	int64_t after_id;        /* ... after this row; 0: from the beginning */
};
struct search_rows {
	struct list_row *at;
	size_t n;
	bool more;
	bool elsewhere; /* the part of the last row, for the next page */
	bool no_words;  /* nothing was asked for */
};
MUST_USE enum err list_search(struct tx *tx, const struct search_filter *f,
			      struct search_rows *out);

/* What tx->who sent as a citizen and may read, the newest first; `after_id` 0: from the beginning. */
MUST_USE enum err list_authored(struct tx *tx, int64_t after_id, int limit, struct list_rows *out);

/* What waits for a step that this member may take, the oldest first, beside what is overdue or due
 * today at his unit (office/duty.h). A personal matter is named by its code. */
MUST_USE enum err list_waiting(struct tx *tx, int limit, struct list_rows *out);
