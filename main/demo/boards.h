/* A year of supervision by the people of the demonstration: each commune has an inspection board, most a board that
 * watches a project, and the Front; what they look at, what they recommend, and what becomes of it. All of it comes
 * from streams of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"

/* Something that is looked at; %s is a village. */
struct demo_watched {
	const char *by; /* "pib_commune", "cisb", "front" */
	const char *title, *body, *minutes, *report, *conclusion;
	int violations;
	int64_t money, deducted;                      /* đồng */
	const char *ask, *ask_body, *answer, *result; /* ask NULL: nothing is recommended */
};
extern const struct demo_watched demo_watched[]; /* by NULL ends */

struct demo_board {
	int unit;
	const struct demo_watched *what;
	struct str village; /* ends in a NUL */
	struct date day;    /* of the check */
	int64_t board, check, ask, programme;
};

/* In the transaction of demo_settle: the Front's officer of every commune. */
MUST_USE enum err demo_settle_boards(struct demo *d, struct tx *tx);
/* Pure: adds to the diary. */
void demo_write_boards(struct demo *d);
/* The step of an entry of DEED_BOARD; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_board(struct demo *d, struct tx *tx, const struct demo_entry *entry);
