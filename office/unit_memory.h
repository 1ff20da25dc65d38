/* Inside office/: units as they stand today, and what was counted beneath them, kept with the
 * connection that read them. Pages name dozens of units, and the tree changes a few times a year;
 * what is counted holds until the next act. */
#pragma once

#include "office/duty.h"
#include "office/unit.h"

struct report_share;
struct unit_name {
	int64_t id;
	struct str folded;
};

/* What is remembered of one unit; each part is there once its flag says so. */
struct unit_known {
	bool has_unit, has_path, has_children, has_count, has_wide, wide;
	struct unit unit;
	struct unit_list path, children;
	int64_t count[LEVELS];
	/* Of all at and beneath it: ids and folded names, by level, then code; NULL: not read. */
	struct unit_name *names;
	size_t name_count;
	/* Of the duties at and under it, as the act `duties_at` left them; 0: not counted. */
	int64_t duties_at;
	struct duty_counts duties;
	struct report_share *share; /* office/report_share.h; NULL: not counted */
	/* Inside unit_memory.c: */
	int64_t id;
	struct unit_known *next;
};

/* The place of a unit; NULL when nothing may be kept: another day than today, a transaction that may
 * write, an error. It stays until the transaction ends; what is kept there lives in its own arena. */
struct unit_known *unit_known(struct tx *tx, int64_t id, struct date day, struct arena **a);

/* The newest act this transaction sees: dossiers and duties change by acts alone. 0: not known, or
 * nothing may be kept. */
int64_t act_newest(struct tx *tx);
/* Where to keep what was counted, by the text of the question (of this connection's memory until the
 * transaction ends): -1 when it has not been counted since the newest act. NULL as unit_known. */
int64_t *count_known(struct tx *tx, struct str question);

/* After every change of units, of their names or of what they declare, in its transaction. */
MUST_USE enum err unit_changed(struct tx *tx);

struct unit unit_copy(struct arena *a, const struct unit *u);
struct unit_list unit_list_copy(struct arena *a, const struct unit_list *list);
