/* Statutory tables of statistics: columns over figures (office/fold.h), for a unit and each unit beneath it,
 * in any period of days and from January on to its end.
 *
 * A column is a sum of terms. A term reads figures by their key, by when they were counted (before the
 * period, in it, up to its end) and by the day that their item names (before the period or in it), so
 * what was carried over, what of it was dealt with, and how what was dealt with stands are sums like any
 * other. What a cell counted is listed by the same terms, so the list is as long as the cell says.
 *
 * The sums that the law prints over the columns are checked each time a table is made. */
#pragma once

#include "office/report_list.h"

enum stat_when { STAT_IN, STAT_BEFORE, STAT_UNTIL };
enum stat_age { STAT_ANY, STAT_OLD, STAT_NEW };

/* Items of figures that name a day: the day's number times this, and a number of the dossier's own. */
enum { STAT_DAY = 1000 };

enum { STAT_TERMS = 8, STAT_GROUPS = 2, STAT_SUM = 8, STAT_KEYS = 20 };

struct stat_term {
	const char *key;
	unsigned of; /* bits of the table's suffixes, each a key of its own; 0: the key as it is */
	enum stat_when when;
	enum stat_age age;
	bool minus;
};
struct stat_column {
	enum msg group[STAT_GROUPS]; /* heads that it shares with its neighbours; MSG_NONE: none */
	enum msg title;
	enum msg note; /* how it is counted, or that nothing is known of it yet; MSG_NONE */
	struct stat_term terms[STAT_TERMS]; /* none: nothing is known of it; shown blank */
};

/* left = the sum of right; columns from 1 on, 0 ends. */
struct stat_identity {
	int left;
	int right[STAT_SUM];
};

struct stat_table {
	const char *code;             /* "TCD01" */
	enum msg title, brief, means; /* brief: a word or three for a tab */
	const char *const *suffixes;  /* "complaint", ...; NULL ends */
	unsigned secret;              /* bits of suffixes that are counted and never listed */
	const struct stat_column *columns;
	int n, aside; /* the last `aside` are counted for a note and not printed */
	const struct stat_identity *identities; /* ended by { 0 } */
};

enum stat_span { STAT_PERIOD, STAT_YEAR, STAT_SPANS }; /* since January: to the same end */

struct stat_row {
	struct unit unit; /* id 0: what belongs to none beneath */
	int64_t *values[STAT_SPANS];
};
struct stat {
	const struct stat_table *table;
	struct unit unit;
	struct date first[STAT_SPANS], last, tree;
	int64_t *values[STAT_SPANS];
	struct {
		struct stat_row *at; /* the units directly beneath, in the order of the tree */
		size_t n;
	} rows;
	struct stat_row rest;
};

/* `tree`: today, or the last day of a period that is over. */
MUST_USE enum err stat_make(struct tx *tx, const struct stat_table *t, const struct unit *u,
			    struct date first, struct date last, struct stat *out);
/* How many columns the law prints. */
static inline int stat_printed(const struct stat_table *t)
{
	return t->n - t->aside;
}
/* Does the sum hold in these values? */
bool stat_holds(const struct stat_identity *i, const int64_t *values);
/* Is anything known of a column? And may what it counts be listed, in part at least? */
bool stat_is_known(const struct stat_column *c);
bool stat_is_listed(const struct stat_table *t, const struct stat_column *c);

/* What a cell counted, by unit and dossier: each with its share of the sum. Named only to whoever may know
 * of it; what is never listed is left out, and `secret` says how much that was. */
struct stat_filter {
	const struct stat *stat;
	int column; /* from 1 on */
	enum stat_span span;
	int limit; /* 1..500 */
	int64_t after_unit, after_id;
};
MUST_USE enum err stat_list(struct tx *tx, const struct stat_filter *f, struct report_entries *out);
/* Of a cell of the unit, what is counted and not listed. */
MUST_USE enum err stat_secret(struct tx *tx, const struct stat_filter *f, int64_t *out);
