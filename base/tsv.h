/* The tables that come with the program (law, units): UTF-8, LF line ends, one header row, cells
 * separated by tabs and never quoted. Reading is strict, because a table is source text: whoever
 * edits it gets the file, the line and what to mend.
 *
 * One line is one row, so row r (from 0) stands on line r + 2. Complaints are English, one line,
 * "law/time_limits.tsv:14: column 'days': ..."; the first one is kept, the later ones are dropped,
 * so a loader may read a whole table and look at `why` once. */
#pragma once

#include "base/date.h"
#include "base/err.h"

struct tsv {
	struct arena *a;
	struct str name;            /* the file, for complaints */
	const char *const *columns; /* as the caller named them */
	size_t rows, width;
	struct str *cells; /* row by row, in the caller's order of columns; borrowed */
	struct str why;    /* the first complaint; empty while all is well */
};

/* Reads the whole text. `columns` ends with NULL and lives as long as `out`; the header must hold
 * exactly these names, in any order. ERR_INVALID: `out->why` says where and what to mend, and
 * nothing else of `out` may be used. Refused: invalid UTF-8, a byte order mark, control characters,
 * CR, a last line without LF, an empty line, a cell too many or too few, a space at either end of a
 * cell, a column missing, unknown or there twice. The cells borrow from `text`. */
MUST_USE enum err tsv_parse(struct arena *a, struct str name, struct str text,
			    const char *const *columns, struct tsv *out);

struct str tsv_cell(const struct tsv *t, size_t row, size_t column);
size_t tsv_line(size_t row);

/* Records a complaint about a cell (or about the row, with column == TSV_ROW). */
enum { TSV_ROW = -1 };
void tsv_fail(struct tsv *t, size_t row, int column, const char *format, ...) PRINTF(4, 5);

/* Typed cells. Each complains and returns something harmless when the cell does not fit. */
struct str tsv_text(struct tsv *t, size_t row, int column);          /* must not be empty */
struct date tsv_date(struct tsv *t, size_t row, int column);         /* YYYY-MM-DD */
struct date tsv_date_or_none(struct tsv *t, size_t row, int column); /* empty: NO_DATE */
/* A decimal within least..most; an empty cell gives `if_empty`, or a complaint when that lies
 * outside least..most and is TSV_NEEDED. */
#define TSV_NEEDED INT64_MIN
int64_t tsv_int(struct tsv *t, size_t row, int column, int64_t least, int64_t most,
		int64_t if_empty);
/* The place of the cell's word among `words` (ended with NULL; "" stands for the empty cell). */
int tsv_choice(struct tsv *t, size_t row, int column, const char *const *words);
/* The words of a cell joined by bars, each among `words`, none twice, as bits; empty gives 0. */
uint32_t tsv_choices(struct tsv *t, size_t row, int column, const char *const *words);
