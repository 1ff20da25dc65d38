/* The fold: what acts make of a dossier. `fold_apply` is pure: it sees the dossier so far, one act,
 * the law and the calendar, and nothing else, no clock and no database. A step applies one act and
 * office/step.c writes the difference; `dinh verify` folds from the beginning and compares. */
#pragma once

#include "office/dossier.h"

/* A count added to a unit's month: "disclosure.publish", "disclosure.commune.publish.late". */
struct tally_delta {
	int64_t unit;
	int month; /* 202012 */
	struct str key;
	int64_t n;
};
struct tally_deltas {
	struct tally_delta *at;
	size_t n, cap;
};

struct fold {
	struct arena *mem;
	const struct law *law;
	const struct calendar *calendar;
	struct dossier *d;
	const struct act *act; /* being applied */
	struct tally_deltas tally;
	enum err err; /* the act cannot follow what came before: why says how */
	struct str why;
};

/* Applies one act: the state moves, fields of the form that the kind knows by name replace what it
 * said, the duties of `starts` and `meets` open and end, the step's own `apply` does the rest. */
MUST_USE enum err fold_apply(struct fold *f, const struct act *act);

/* Another calendar from here on: the due days of open duties are computed anew, and where one moves
 * the day before is kept in due_before. */
void fold_calendar(struct fold *f, const struct calendar *calendar);

/* --- For the `apply` of steps --- */

/* Opens a duty under the row of `rule` in force on `from`. NULL when no row is in force then: the
 * law asked nothing. `line` 0 and `about` empty where they do not apply. */
struct duty *fold_open(struct fold *f, struct str rule, struct date from, int line,
		       struct str about);
/* A duty by a rule of the house, with its day given. */
struct duty *fold_open_house(struct fold *f, struct str rule, struct date from, struct date due,
			     struct str about);
/* The open duty of a rule, line and matter; NULL: none. */
struct duty *fold_duty(struct fold *f, struct str rule, int line, struct str about);
/* Ends a duty on a day: MET becomes LATE by itself. Counts rule.met or rule.late. */
void fold_close(struct fold *f, struct duty *duty, enum duty_state state, struct date on);
/* Opens a duty again that was ended by mistake, and takes its ending out of the counts, in the month
 * of the act that found it out. */
void fold_reopen(struct fold *f, struct duty *duty);

struct line *fold_line_add(struct fold *f, int kind_index);
struct line *fold_line(struct fold *f, int64_t no); /* NULL and err when there is no such line */
/* Counts n for the dossier's unit in the month of the act. */
void fold_count(struct fold *f, struct str key, int64_t n);
void fold_fail(struct fold *f, const char *format, ...) PRINTF(2, 3);
