/* What a unit has in hand: the dossiers that wait there for a step, of every kind, and how much of it is
 * whose. The list and the figures are one question asked twice, so that each figure opens what it counted.
 * A personal matter is named by its code. */
#pragma once

#include "office/list.h"

enum work_due { WORK_ANY, WORK_OVERDUE, WORK_TODAY, WORK_SOON };
enum work_turn { TURN_ANY, TURN_MINE, TURN_OTHERS }; /* who can take the next step */
enum { WORK_SOON_DAYS = 3, WORK_NOBODY = 0, WORK_EVERYBODY = -1 };

struct work_filter {
	int64_t unit;            /* the holder itself */
	int64_t officer;         /* a person, WORK_NOBODY's or WORK_EVERYBODY's */
	const struct kind *kind; /* NULL: every kind */
	unsigned state;          /* of that kind; 0: every one that waits */
	enum work_due due;
	enum work_turn turn;
	int limit; /* 1..200 */
};
struct work_row {
	int64_t id, officer;
	struct str code, title; /* title: of what is not personal */
	bool personal;
	const struct kind *kind;
	unsigned state;
	struct date opened_on, due; /* the first open day of this unit; NO_DATE: none */
};
struct work_rows {
	struct work_row *at;
	size_t n;
	bool more;
};
/* The oldest day first, what has none last. Needs a clerk or leader of the unit: ERR_DENIED. Kinds of
 * whose field he is not are left out. */
MUST_USE enum err work_list(struct tx *tx, const struct work_filter *f, struct work_rows *out);

struct work_load {
	int64_t officer; /* WORK_NOBODY: what nobody was given */
	struct str name;
	int64_t open, soon, overdue; /* soon: today and the next WORK_SOON_DAYS working days */
};
struct work_loads {
	struct work_load *at;
	size_t n;
};
/* Everybody who works there, and whoever was given something and works there no more. */
MUST_USE enum err work_count(struct tx *tx, int64_t unit, struct work_loads *out);
