/* What has been said, in rows: of a dossier for everybody, of an author for himself, of a unit for who
 * reviews it. No row holds the words of what is hidden, except for officials who decide about it. */
#pragma once

#include "office/comment.h"

struct said {
	int64_t id;
	struct str code;
	unsigned state;
	struct date shown_on;
	struct instant at; /* when it was sent or entered */
	struct date on;    /* the day it was said; entered, for paper */
	enum channel channel;
	int64_t author;        /* 0: an office entered it */
	int64_t holder;        /* whose officials review and answer it */
	bool redacted;         /* something in it is hidden */
	struct str name, text; /* "" where they may not be shown, or were erased */
	const struct comment *x;
	struct str parent_code, parent_title; /* of lists over many dossiers; "" otherwise */
};
struct said_rows {
	struct said *at;
	size_t n;
	bool more;
};

/* At one dossier, those everybody may see, stubs of hidden ones among them, the newest shown first; after
 * the row given by `after_on` and `after_id` (NO_DATE: from the beginning). The caller has asked the gate for the parent.
 * `limit` 1..200. */
MUST_USE enum err comment_list(struct tx *tx, int64_t parent, struct date after_on,
			       int64_t after_id, int limit, struct said_rows *out);
/* The answered ones of a dossier, the newest first. */
MUST_USE enum err comment_list_answered(struct tx *tx, int64_t parent, int limit,
					struct said_rows *out);
/* Those of one author at one dossier that are not shown yet, for their author. */
MUST_USE enum err comment_list_own(struct tx *tx, int64_t parent, int64_t author, int limit,
				   struct said_rows *out);
/* Shown at a dossier, stubs not counted: exact up to 1,000; 1,001 stands for more. */
MUST_USE enum err comment_total(struct tx *tx, int64_t parent, int64_t *out);

/* Of an author, everything, the newest first; after_id 0: from the beginning. */
MUST_USE enum err comment_list_author(struct tx *tx, int64_t author, int64_t after_id, int limit,
				      struct said_rows *out);

/* Waiting for review at a unit, the oldest first, after after_id; by one author where that is not 0. For
 * clerks and leaders of the unit: ERR_DENIED for others. */
MUST_USE enum err comment_list_waiting(struct tx *tx, int64_t unit, int64_t author,
				       int64_t after_id, int limit, struct said_rows *out);

/* Name and words as they were sent, "" where they were erased. Asks nobody: gate_may_see_content does. */
MUST_USE enum err comment_words(struct tx *tx, const struct dossier *d, struct str *name,
				struct str *text);

/* What its author said against hiding it; "" where there was no appeal, or it was erased. */
MUST_USE enum err comment_appeal_words(struct tx *tx, const struct dossier *d, struct str *out);

/* How often something was done with comments in a year, over the whole site: "send", "hide",
 * "hide.personal". */
struct comment_count {
	struct str what;
	int year;
	int64_t n;
};
struct comment_counts {
	struct comment_count *at;
	size_t n;
};
MUST_USE enum err comment_count_years(struct tx *tx, int from, int to, struct comment_counts *out);
