/* The review of a year: what the acts of a unit and of everything beneath it add up to, for some
 * months of the year, from its first month on, and for the same months of the year before.
 *
 * Nothing is typed in and nothing is estimated. Acts count in the month in which they took effect,
 * duties in the month in which they fell due, whenever they were answered; a duty falls due when its
 * last day is over, so what is due today or later is not counted yet. The tree is the one of the last
 * day of the months asked for, for the year before as well: the same territory, whatever it was called
 * and divided into.
 *
 * Sums come from tallies (office/tally.h): the cost is that of units and months, not of dossiers. */
#pragma once

#include "office/measure.h"
#include "office/office.h"
#include "office/unit.h"

enum { REPORT_FIRST_YEAR = 2000 };

/* Months of a year, from 1 to 12, that have begun; from <= to. */
struct report_span {
	int year, from, to;
};

/* What stands beside each other. */
enum report_column {
	REPORT_PERIOD,
	REPORT_TO_DATE, /* from January to the end of the period */
	REPORT_BEFORE,  /* the same months of the year before */
	REPORT_BEFORE_TO_DATE,
	REPORT_COLUMNS,
};

/* A count, with `of` 0; or a share: n of `of`. */
struct report_value {
	int64_t n, of;
};

/* One part of an indicator, with the kind that declares it. */
struct report_part {
	const struct kind *kind;
	const struct measure_part *part;
	bool holds; /* its rule is in force in one of the columns */
	struct report_value value[REPORT_COLUMNS];
};

struct report_line {
	const struct indicator *law;   /* its row of the law's table; NULL: the house's own */
	const struct measure *measure; /* the first that declares it */
	struct str code;
	struct report_part parts[MEASURE_PARTS];
	size_t n;
	/* Is one of its rules in force in those days? If not, the law asked nothing. */
	bool applies[REPORT_COLUMNS];
	struct date since,
		until; /* of the period, where its rules hold only for a part; or NO_DATE */
	/* The day up to which it counts where it leaves out the running month (measure.sealed), in the year
	 * before as well; or NO_DATE. */
	struct date counted_to;
	struct report_value value[REPORT_COLUMNS];
};

/* Units that owe, and of these those that answered at all in the period: disclosed something, or
 * signed that there was nothing. */
struct report_cover {
	int64_t owing, answered;
};

enum { REPORT_COVERS = 3 };
extern const enum unit_level report_cover_levels[REPORT_COVERS]; /* commune, agency, enterprise */

struct report_row {
	struct unit unit; /* id 0: what belongs to none of the others */
	struct report_value (*values)[REPORT_COLUMNS]; /* for each line */
	struct report_cover cover[REPORT_COVERS];
};

struct report {
	struct unit unit;
	struct report_span span;
	struct date first, last; /* of the period */
	struct date tree;        /* the day whose tree holds */
	struct date counted;     /* duties are counted up to this day */
	bool running;            /* the period is not over */
	bool known_before;       /* anything at all is known of the year before */
	struct {
		struct report_line *at; /* in the order of the law's table, the house's own last */
		size_t n;
	} lines;
	struct report_line *coverage; /* how it is counted; NULL: no kind says */
	struct report_cover cover[REPORT_COVERS];
	struct {
		struct report_row *at; /* the units directly beneath, in the order of the tree */
		size_t n;
	} rows;
	struct report_row rest;
};

/* "2020", months "", "" (or "1".."12"); what lies ahead of today is cut off. False: no such period. */
bool report_span_read(struct str year, struct str from, struct str to, struct date today,
		      struct report_span *out);
/* The first and the last day of a column of a span. */
void report_days(const struct report_span *span, enum report_column column, struct date *first,
		 struct date *last);
/* The level of enterprises where a law asks them at the period's end to disclose; else one that owes anyway. */
enum unit_level report_enterprise_level(struct tx *tx, const struct report_span *span);
/* The day whose tree holds for a span. */
struct date report_tree_day(const struct report_span *span, struct date today);

/* A unit that is not in force on the day of the tree has no figures. With `only` not empty, one line
 * and no table: what a list of one figure needs. */
MUST_USE enum err report_make(struct tx *tx, const struct unit *u, const struct report_span *span,
			      struct str only, struct report *out);
/* The line of a code ("CK-06"), coverage included; NULL: none. */
const struct report_line *report_line(const struct report *r, struct str code);

/* A share in tenths of a percent, rounded half up; -1 when there is nothing to divide. */
int64_t report_share(struct report_value v);
/* The four classes of a map: 1..4, or 0 below `least` things counted. */
int report_class(const struct measure *m, struct report_value v);
enum { REPORT_LEAST = 30 };
