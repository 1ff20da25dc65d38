/* The fold: what acts make of a dossier. `fold_apply` is pure: it sees the dossier so far, one act,
 * the law and the calendar, and nothing else, no clock and no database. A step applies one act and
 * office/step.c writes the difference; `dinh verify` folds from the beginning and compares. */
#pragma once

#include "office/dossier.h"

/* A count added to a unit's month: "disclosure.publish", "disclosure.commune.publish.due.late". */
struct tally_delta {
	int64_t unit;
	int month; /* 202012 */
	struct str key;
	int64_t n;
	bool by_year; /* counted by the year as well: what the kind's indicators read */
};
struct tally_deltas {
	struct tally_delta *at;
	size_t n, cap;
};

/* A count whose contributions are kept one by one, so that the sum opens what it counted. */
struct figure_delta {
	int64_t unit;
	struct str key;
	struct date on;
	int64_t item; /* which of the dossier's own: 0, a line, an act */
	int64_t n;
};
struct figure_deltas {
	struct figure_delta *at;
	size_t n, cap;
};

/* What a kind says of a dossier as it stands: a key of figures, which of its own items is meant, how much of
 * it that is: 1, or an amount of money; and from which day on, where no act but a clock makes it so. */
enum { CLASSES_MOST = 64 };
struct class
{
	struct str key;
	int64_t item, n;
	struct date from; /* NO_DATE: the day of the act */
};
struct classes {
	struct class at[CLASSES_MOST];
	size_t n;
};

struct fold {
	struct arena *mem;
	const struct law *law;
	const struct calendar *calendar;
	struct dossier *d;
	const struct act *act; /* being applied */
	struct tally_deltas tally;
	struct figure_deltas figures;
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
/* The same with another number of days than the row's own: "complex: 45". */
struct duty *fold_open_number(struct fold *f, struct str rule, struct date from, int days);
/* A duty by a rule of the house, with its day given. */
struct duty *fold_open_house(struct fold *f, struct str rule, struct date from, struct date due,
			     struct str about);
/* The same under a row of one of the law's tables that count no days, such as RC-01 of
 * reception_schedule: how often. */
struct duty *fold_open_row(struct fold *f, struct str rule, struct str row, bool unverified,
			   struct date from, struct date due, struct str about);
/* The open duty of a rule, line and matter; NULL: none. */
struct duty *fold_duty(struct fold *f, struct str rule, int line, struct str about);
/* Ends a duty on a day: MET becomes LATE by itself. Counts rule.met or rule.late in the month of the
 * act, and the outcome in the month in which the duty falls due (see below). */
void fold_close(struct fold *f, struct duty *duty, enum duty_state state, struct date on);
/* Ends a duty without what was owed: as `state` says (excused, suspended), or late when its day had
 * passed. Leaving is no way out of silence. */
void fold_leave(struct fold *f, struct duty *duty, enum duty_state state);
/* Opens a duty again that was ended by mistake, and takes its ending out of the counts, in the month
 * of the act that found it out. Days off that were added meanwhile move it as they moved open ones. */
void fold_reopen(struct fold *f, struct duty *duty);
/* Moves the day of an open duty to a day that was given; the day before stays in due_before, and no
 * calendar moves it again. */
void fold_extend(struct fold *f, struct duty *duty, struct date due);
/* The same by a rule: the row of `rule` in force on `from`, with `days` instead of its own number
 * where that is not 0 ("complex: 45"), counted from `from`. False, and nothing is moved, when no row
 * is in force then or it sets no day. */
bool fold_extend_by(struct fold *f, struct duty *duty, struct str rule, int days, struct date from);

struct line *fold_line_add(struct fold *f, int kind_index);
struct line *fold_line(struct fold *f, int64_t no); /* NULL and err when there is no such line */

/* --- Counts (office/fold_count.c) ---
 *
 * A duty is counted for the unit that owes, in the month in which it falls due, whenever that changes:
 *
 *     RULE.due        every duty that is still owed or was answered
 *     RULE.due.met    of these, in time; a `minimum`: kept to its last day
 *     RULE.due.late   answered after its day
 *     RULE.due.nil    signed "nothing to report"
 *
 * What was excused or suspended is owed no longer and leaves all four, except a `minimum` broken off:
 * that stays in RULE.due. So "on time" is met + nil of due, and silence lowers it. */

/* Counts n for the dossier's unit in the month of the act. */
void fold_count(struct fold *f, struct str key, int64_t n);
/* Counts 1 for the dossier's unit on the day of the act and keeps the contribution as a row, so that
 * the figure opens what it counted (office/figure.h). No step may have that key: KIND.STEP counts the
 * steps. Costs an insert: only for what reports show. */
void fold_figure(struct fold *f, struct str key);
/* The same on another day, for one of several items of the dossier (a line's number; 0: the dossier
 * itself). A negative n takes away what was counted on that day. NO_DATE counts nothing. */
void fold_figure_on(struct fold *f, struct str key, struct date on, int64_t item, int64_t n);
/* The same for a unit that is not the dossier's own: an office of its chain. */
void fold_figure_at(struct fold *f, int64_t unit, struct str key, struct date on, int64_t item,
		    int64_t n);
/* For the `classes` of kinds: the dossier counts 1 there; or n, and nothing where n is 0. */
void fold_class(struct classes *c, struct str key, int64_t item);
void fold_class_sum(struct classes *c, struct str key, int64_t item, int64_t n);
/* It counts 1 from a day on that may be to come: a term runs out with no act. What ends it before that day takes
 * it back on that day, so no sum up to any day ever saw it. */
void fold_class_from(struct classes *c, struct str key, int64_t item, struct date from);
/* Inside the fold: where the dossier stood before an act, and how it would be left there by one that moves
 * it to another holder; after the act the differences are counted (office/fold_class.c). */
struct classes_seen {
	struct classes here, left;
	int64_t holder;
};
void fold_classes_before(struct fold *f, struct classes_seen *out);
void fold_classes_after(struct fold *f, const struct classes_seen *seen);
/* The same around another calendar, which moves days and takes no act. */
void fold_classes_here(struct fold *f, struct classes *out);
void fold_classes_moved(struct fold *f, const struct classes *before);
/* Inside the fold: a duty enters (1) or leaves (-1) the counts of the month in which it falls due. */
void fold_count_due(struct fold *f, const struct duty *duty, int64_t n);
void fold_fail(struct fold *f, const char *format, ...) PRINTF(2, 3);
