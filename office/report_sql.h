/* Inside office/: the queries that reports are made of. */
#pragma once

#include "office/duty.h"
#include "office/report.h"

enum { REPORT_KEYS = 20 }; /* of one query; the rest take another */

/* A key of tallies, and where it is added: to what was counted or to what it is a share of. */
struct report_key {
	struct str key;
	size_t line, part;
	bool to_of;
};
struct report_keys {
	struct report_key *at;
	size_t n;
	struct strs distinct; /* each key once */
	struct strs rules;    /* of duties whose running month has to be looked at */
};

struct str report_due_key(struct arena *a, struct str rule, const char *outcome); /* "R.due.met" */
/* The key of tallies that counts a part: of COUNT_DUTIES what fell due. */
struct str report_part_key(struct arena *a, const struct kind *k, const struct measure_part *p);
void report_keys_of(struct arena *a, const struct report *r, struct report_keys *out);

/* A run of months, or a whole year, and the columns it is part of. */
enum { REPORT_PIECES = 4 };
struct report_piece {
	bool whole;
	int64_t first, last; /* 202001 */
	bool columns[REPORT_COLUMNS];
};
struct report_pieces {
	struct report_piece at[REPORT_PIECES];
	size_t n;
	int year;
};
void report_pieces_of(const struct report_span *span, struct report_pieces *out);

/* child or 0, key, piece, sum: of the pieces that are not whole years. The keys from `at` on, at most
 * REPORT_KEYS. */
struct query report_months(struct tx *tx, int64_t unit, struct date tree,
			   const struct report_pieces *p, const struct strs *keys, size_t at);
/* child or 0, key, year, sum: of this year and the one before. */
struct query report_years(struct tx *tx, int64_t unit, struct date tree,
			  const struct report_pieces *p, const struct strs *keys, size_t at);
/* child or 0, rule, how many duties fall due in those days, and how many of these are met or nil. */
struct query report_not_yet_due(struct tx *tx, int64_t unit, struct date tree, struct date first,
				struct date last, const struct strs *rules, size_t at);
/* child or 0, units with a duty of the rule in those days, and of these those that answered all. */
struct query report_units(struct tx *tx, int64_t unit, struct date tree, struct str rule,
			  struct date first, struct date last);
/* unit, how many duties of the rule it answered in those days, and of how many; by unit. */
struct query report_units_list(struct tx *tx, int64_t unit, struct date tree, struct str rule,
			       struct date first, struct date last, enum duty_outcome outcome,
			       int64_t after, int64_t limit);
/* child or 0, level, units that owe, and of these those that answered in the period. */
struct query report_cover(struct tx *tx, const struct report *r);
/* unit, 1 or 0, 1; by unit. */
struct query report_cover_list(struct tx *tx, const struct report *r, int64_t unit,
			       enum duty_outcome outcome, int64_t after, int64_t limit);

/* child or 0, key, counted in the period, the item is `item` or more, sum: of figures counted up to
 * `last`. The keys from `at` on, at most REPORT_KEYS. */
struct query report_figure_sums(struct tx *tx, int64_t unit, struct date tree, struct date first,
				struct date last, int64_t item, const struct strs *keys, size_t at);

/* Figures that count with weights: [counted in the period][the item is `item` or more],
 * each -1, 0 or 1. */
enum { REPORT_WEIGHTS = 12 };
struct report_weights {
	struct str keys[REPORT_WEIGHTS];
	int64_t w[REPORT_WEIGHTS][2][2];
	size_t n;
	struct date first, last;
	int64_t item;
};
/* What report_dossier_read reads: dossiers of which something is left, by
 * unit and number. */
struct query report_weighted(struct tx *tx, int64_t unit, struct date tree,
			     const struct report_weights *w, int64_t after_unit, int64_t after_id,
			     int64_t limit);
/* All of it. */
struct query report_weighted_sum(struct tx *tx, int64_t unit, struct date tree,
				 const struct report_weights *w);

/* The columns with which a query of dossiers begins; the day, the item, the count and the unit that counts
 * it, which may hold it no more, follow. What is public is
 * named; a personal matter by its code alone, to whoever may ask for it. */
#define DOSSIER_COLUMNS "d.id, d.unit, d.code, d.title, d.kind, d.state, d.visibility, d.holder"
struct report_dossier;
void report_dossier_read(struct query *q, struct report_dossier *out);
