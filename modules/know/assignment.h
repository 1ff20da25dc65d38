/* Assignment (việc được giao): a document of a unit above asks this unit to take note of it, or to issue
 * a document of its own, by a day. Opened by the program in the wake of the publishing act, one for
 * each unit that was named, and from then on the named unit's: it acknowledges, and its own document
 * beneath the first meets it. Only the issuing unit, through its document, moves the day or cancels.
 *
 *     assigned -> acknowledged -> done <-> assigned again, when the answer was withdrawn
 *         \------------\-------> cancelled */
#pragma once

#include "office/fold.h"

extern const struct kind assignment_kind;

enum assignment_state {
	ASSIGNMENT_GIVEN = 2,
	ASSIGNMENT_KNOWN = 4, /* acknowledged; a document is still owed */
	ASSIGNMENT_DONE = 8,
	ASSIGNMENT_CANCELLED = 16,
	ASSIGNMENT_OPEN = ASSIGNMENT_GIVEN | ASSIGNMENT_KNOWN,
};

#define ASSIGNMENT_RULE "house.assignment"

struct assignment {
	struct str title;    /* of the document */
	struct str document; /* its code */
	struct str issuer;   /* who gave it */
	struct str asked;    /* "acknowledge", "issue" */
	struct date due_on;
	struct str level;  /* of the unit: "commune", ...: lists and counts are by it */
	struct str answer; /* the code of the document that met it */
};

struct assignment_give { /* assign */
	struct str title, document, issuer, asked, level;
	struct date due_on;
	int64_t document_id;
};
struct assignment_note { /* acknowledge */
	struct str note;
};
struct assignment_answer { /* fulfil, reopen */
	struct str code;
};
struct assignment_reopen { /* reopen: what answered it stands no longer */
	struct str code;
	bool known; /* its unit had taken note before */
};
struct assignment_change { /* move, cancel */
	struct date to;
	struct str reason;
};

/* "commune", "district", "agency", "village" */
struct str assignment_level(int level);

/* What became of the assignments of one document, by level. */
struct assignment_counts {
	struct str level;
	int64_t all;   /* without the cancelled */
	int64_t done;  /* in time */
	int64_t late;  /* done after the day */
	int64_t known; /* acknowledged, a document is still owed */
	int64_t open;  /* not done, whether its day has passed or not */
	int64_t overdue;
};
struct assignment_count_list {
	struct assignment_counts *at;
	size_t n;
};
MUST_USE enum err assignment_count(struct tx *tx, int64_t document,
				   struct assignment_count_list *out);

enum assignment_view {
	ASSIGNMENTS_ALL,
	ASSIGNMENTS_OPEN,
	ASSIGNMENTS_OVERDUE,
	ASSIGNMENTS_DONE,
	ASSIGNMENTS_LATE
};
struct assignment_row {
	int64_t id, unit;
	struct str code, answer;
	unsigned state;
	struct date due, met;
};
struct assignment_rows {
	struct assignment_row *at;
	size_t n;
	bool more;
};
/* In the order in which they were given; `level` empty: every level. */
MUST_USE enum err assignment_list(struct tx *tx, int64_t document, enum assignment_view view,
				  struct str level, int64_t after_id, int limit,
				  struct assignment_rows *out);

/* The unit's assignment under a document that is still open, or (answer not empty) that this answer has
 * met. 0: none. */
MUST_USE enum err assignment_find(struct tx *tx, int64_t document, int64_t unit, struct str answer,
				  int64_t *id);
