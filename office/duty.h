/* A duty: what a rule makes a unit owe by a day. It is opened and ended by acts, or by the calendar
 * through acts of the program; how its day was computed is kept with it. A term ends at 24:00 of
 * its last day (Civil Code art. 148), so a duty is overdue from the day after `due` on. */
#pragma once

#include "base/date.h"
#include "base/err.h"
#include "base/str.h"

struct tx;

enum duty_state {
	DUTY_OPEN,
	DUTY_MET,
	DUTY_LATE,    /* met after its day */
	DUTY_NIL,     /* nothing to report, signed by a leader */
	DUTY_EXCUSED, /* no longer owed: withdrawn, replaced; a minimum: broken off */
	DUTY_SUSPENDED,
};

/* A term that was extended: by which act, and by what. */
struct duty_extension {
	int by;           /* the act; 0: never extended */
	struct str row;   /* the row of the law it was counted by; empty: the day was given */
	int days;         /* instead of the row's own number; 0: that */
	struct date from; /* counted from; NO_DATE where the day was given */
};

struct duty {
	int no;          /* 1, 2, ... within the dossier */
	int line;        /* the line it hangs on, or 0 */
	int64_t unit;    /* who owes */
	struct str rule; /* "disclosure.commune.publish"; "house...." for a rule of the house */
	struct str
		row; /* "TL-001": the row in force on the day of the event; empty for the house */
	struct str about; /* what exactly: a matter's code, a period, a place */
	struct date from; /* the event; the first day counted is the next */
	struct date due;
	struct date due_before; /* due before it last moved: a day off added later, an extension */
	struct duty_extension extended;
	struct str skipped; /* "2020-12-26 weekend|2021-01-01 Tết Dương lịch": days not counted */
	enum duty_state state;
	int opened_by, closed_by; /* numbers of acts */
	struct date met;          /* the day it was met or ended, or NO_DATE */
	bool minimum; /* a run that must last at least until `due`, not something to do by then */
	bool unverified; /* the row was recalled from memory: warn, never block */
	bool changed;    /* by the act just applied */
};
struct duties {
	struct duty *at;
	size_t n, cap;
};

static inline bool duty_is_overdue(const struct duty *d, struct date today)
{
	return d->state == DUTY_OPEN && !d->minimum && date_cmp(d->due, today) < 0;
}

/* A duty as lists and queues show it. */
struct duty_row {
	struct duty duty;
	int64_t dossier, id;
	struct str code, title, kind, facet;
	int64_t unit;
	unsigned state; /* of the dossier */
	/* May the reader open the dossier? If not, that something is owed is public, but not what has
	 * been written of it so far: code and title are empty. A personal matter never has a title. */
	bool shown;
};
struct duty_rows {
	struct duty_row *at;
	size_t n;
	bool more; /* there are further rows after the last */
};

enum duty_when { DUTIES_OVERDUE, DUTIES_TODAY, DUTIES_SOON, DUTIES_OPEN };

/* Open duties at and under a unit, the oldest due first, at most `limit`, after the given row
 * (id 0: from the beginning). Each duty is in exactly one of OVERDUE, TODAY and SOON (= later). */
struct duty_filter {
	int64_t under; /* a unit; today's tree */
	bool exactly;  /* only that unit itself */
	enum duty_when when;
	struct str rule; /* empty: all */
	int limit;       /* 1..500 */
	struct date after_due;
	int64_t after_id;
};
MUST_USE enum err duty_list(struct tx *tx, const struct duty_filter *f, struct duty_rows *out);

/* Duties by the day on which they fell due, open or ended, at and under a unit as the tree was on a
 * day: what figures of reports count (office/fold.h). By unit, then by day. */
enum duty_outcome {
	OUTCOME_ANY,
	OUTCOME_IN_TIME, /* met, or signed "nothing to report"; a minimum: kept to its last day */
	OUTCOME_MISSED,  /* late, or not answered; a minimum: broken off */
};
struct duty_due_filter {
	int64_t under;
	struct date tree;
	struct str rule;
	struct date first, last; /* the days in which it fell due */
	enum duty_outcome outcome;
	int limit;          /* 1..500 */
	int64_t after_unit; /* the row after which to go on; 0: the beginning */
	struct date after_due;
	int64_t after_id;
};
MUST_USE enum err duty_list_due(struct tx *tx, const struct duty_due_filter *f,
				struct duty_rows *out);

struct duty_counts {
	int64_t overdue, today, later;
	int64_t units_overdue; /* units with at least one overdue */
	int64_t sealed;        /* of the overdue: in no list, and never by a day of their own */
};
/* Counted from the rows, exact. */
MUST_USE enum err duty_count(struct tx *tx, int64_t under, struct duty_counts *out);
