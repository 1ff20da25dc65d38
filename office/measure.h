/* What of a kind reports count: a row for each indicator of the law's table (report_indicators.tsv)
 * that its acts and duties answer, or of the house. Rows of several kinds with one code are one
 * indicator: news and broadcasts are counted together (LD-08).
 *
 * A part says where a count comes from; office/report.h adds it up by months and for any unit,
 * office/report_list.h opens exactly what it counted. */
#pragma once

#include "base/str.h"
#include "gen/messages.h"

struct kind;

enum count_from {
	COUNT_SHOWN =
		1,    /* dossiers of the kind, by the day they became public; `key`: the step that
			  * made them so, taken once: "publish" */
	COUNT_FIGURE, /* rows of fold_figure; `key`: theirs */
	COUNT_DUTIES, /* duties by the month in which they fell due; `key`: their rule */
	COUNT_NIL,    /* of these, those signed "nothing to report" */
};

struct measure_part {
	enum count_from from;
	const char *key;
	enum msg label; /* beside the others of the same indicator */
};

enum measure_how {
	MEASURE_SUM,     /* the parts, added up */
	MEASURE_IN_TIME, /* a share of COUNT_DUTIES: in time, or kept to the last day, of all that fell
			  * due; what nobody answered counts, so that silence lowers it */
	MEASURE_ALL,     /* units that answered every duty that fell due, of those that had one */
	MEASURE_ANY,     /* units in which a part counts anything, of those that owe: coverage */
};

enum { MEASURE_PARTS = 6, MEASURE_CLASSES = 3 };

struct measure {
	const char *code; /* "CK-06"; one that the law's table lacks is the house's own */
	enum measure_how how;
	enum msg title; /* MSG_NONE: the table's */
	enum msg brief; /* heads a column of the table by unit; MSG_NONE: none */
	enum msg means; /* how it is counted, under the block */
	/* MEASURE_IN_TIME: where a map changes its colour, in tenths of a percent. */
	int classes[MEASURE_CLASSES];
	struct measure_part parts[MEASURE_PARTS]; /* ended by { 0 } where there are fewer */
	const char *law; /* counted only while this act of laws.tsv is in force; NULL: always */
	/* Counts sealed matters, and by keys of its own: up to the last month that is over. Whoever asks
	 * for a count every day would learn on which one of them came. */
	bool sealed;
};

/* Is it a key of tallies that this part reads? A kind declares the parts that its own acts, figures and
 * duties count, so that the fold knows which keys to keep by the year as well. */
bool measure_part_reads(const struct kind *k, const struct measure_part *p, struct str key);
/* Do both read the same counts? Duties are counted by their rule, whichever kind owes them: kinds that owe
 * by one rule each declare it, and an indicator counts it once. */
bool measure_part_same(const struct measure_part *a, const struct measure_part *b);
