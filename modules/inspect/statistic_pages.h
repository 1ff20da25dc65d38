/* The statutory tables as pages: each column with what it counts, the sums that the law prints; the units
 * beneath, there where they are few and on pages of their own where they are not; and the list behind each
 * cell. */
#pragma once

#include "modules/inspect/statistic_tables.h"
#include "web/parts.h"
#include "web/req.h"

struct statistic_cell {
	struct str text;
	struct url url; /* the list of what it counts; "": none */
};
struct statistic_line {
	int no;
	struct str group, title; /* group: said where it differs from the line above */
	struct str words;        /* both, for where it stands alone */
	struct statistic_cell values[STAT_SPANS];
};
struct statistic_unit {
	struct str name;
	struct url url;
	struct {
		struct statistic_cell *at;
		size_t n;
	} cells;
};
struct statistic_page {
	struct frame *frame;
	struct str kicker, title, days, means;
	bool broken;
	struct str
		rounded; /* the days are others than were asked for, and why; "": they are those */
	bool no_month;   /* ... and none are shown */
	bool apart;      /* the units beneath, and nothing else of the table */
	struct statistic_cell unsorted; /* a sentence; empty: every matter has a field */
	struct links tables, periods, formats;
	struct url action;
	struct date first, last;
	struct {
		struct statistic_line *at;
		size_t n;
	} lines;
	struct {
		struct str *at;
		size_t n;
	} sums, notes;
	struct {
		struct statistic_unit *at;
		size_t n;
	} units;
	struct statistic_unit own;   /* what belongs to none of them; name "": nothing does */
	struct statistic_unit whole; /* of all of them, whatever part of them this page shows */
	struct {
		struct filter_choice *at;
		size_t n;
	} places;                  /* units a reader may go on to; n 0: there is no other, */
	bool types;                /* or there are too many, and he types which */
	struct str typed, problem; /* problem: they are no unit's words, or those of several */
	struct links meant;
	struct link more; /* from the totals to the units and back; "": everything stands here */
	struct pager pager;
};

struct statistic_list_page {
	struct frame *frame;
	struct str kicker, title, days, total, secret, rounded;
	struct items items;
	struct pager pager;
};

/* The days that were asked for, and what became of them. */
struct statistic_days {
	struct date first, last;
	bool asked;    /* not those that stand where none were asked for */
	bool rounded;  /* they became whole months, and the page has to say so */
	bool no_month; /* they hold none: there are no values */
};
/* What an address asks for: the table, the unit, the days. ERR_NOT_FOUND: there is no such thing. */
MUST_USE enum err statistic_read(struct req *r, struct stat *out, struct statistic_days *days);
/* The days in an address, for every link that leads on. */
struct url statistic_url(struct req *r, const struct stat *s, struct str unit, int column,
			 enum stat_span span);
/* What became of the days that were asked for; "": they are shown. */
struct str statistic_rounded_words(struct req *r, const struct statistic_days *days);
/* The way to the unit, each step to the same table of the units above; `apart`: to their units. */
MUST_USE enum err statistic_crumbs(struct req *r, const struct stat *s, bool apart,
				   struct frame *f);
struct str statistic_column_words(struct arena *a, enum lang lang, const struct stat_column *c);
struct str statistic_sum_words(struct arena *a, const struct stat_identity *i);

enum err statistic_latest(struct req *r);
enum err statistic_show(struct req *r);
enum err statistic_list_show(struct req *r);

/* As files: a row for each unit and column. */
void statistic_csv(struct buf *out, enum lang lang, const struct stat *s);
void statistic_json(struct buf *out, enum lang lang, const struct stat *s);
