/* Tables that people exchange with spreadsheets: RFC 4180, as spreadsheets really write it. What
 * comes in is hostile and bounded; what goes out cannot be taken for a formula. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* 0 stands for the default in brackets. */
struct csv_limits {
	size_t bytes;   /* of the whole file [20 MB] */
	size_t rows;    /* with the header [100,000]; rows times columns stay below 2 million */
	size_t columns; /* [256] */
	size_t cell;    /* bytes of one cell [32,767, what spreadsheets hold] */
};

/* What is wrong; a page has words for each. */
enum csv_fault {
	CSV_FINE,
	CSV_EMPTY,            /* no row at all */
	CSV_TOO_LARGE,        /* `limit` bytes */
	CSV_TOO_MANY_ROWS,    /* `limit` rows */
	CSV_TOO_MANY_COLUMNS, /* `limit` columns */
	CSV_CELL_TOO_LONG,    /* `limit` bytes */
	CSV_NOT_UTF8,         /* a byte that is not UTF-8, or NUL */
	CSV_UTF16,            /* "Unicode text" of a spreadsheet: to be saved as CSV UTF-8 */
	CSV_STRAY_QUOTE,      /* a quote inside a cell that did not begin with one */
	CSV_AFTER_QUOTE,      /* something between the closing quote and the next cell */
	CSV_OPEN_QUOTE,       /* never closed; the place is where it opened */
	CSV_LONG_ROW,         /* more cells than the first row: `limit` */
};

struct csv_error {
	enum csv_fault fault;
	size_t line;   /* from 1 */
	size_t column; /* character in the line, from 1; 0 where it does not matter */
	size_t limit;
};

struct csv {
	size_t rows,
		columns;   /* the first row sets the columns; it is the header or not, as agreed */
	struct str *cells; /* row by row; borrowed from the bytes or held by the arena */
	size_t *lines;     /* the line on which each row begins */
	char delimiter;    /* ',', ';' or '\t', as found */
};

/* Reads the whole file. The delimiter is the one that occurs most often in the first row outside
 * quotes and not before a space (a first line "sep=;" decides it). A byte order mark is passed over; lines end in CR LF, LF
 * or CR; lines without any character are passed over; missing cells at the end of a row are empty,
 * empty ones too many are dropped. ERR_INVALID: `error` says what and where, `out` is untouched. */
MUST_USE enum err csv_parse(struct arena *a, struct str bytes, const struct csv_limits *limits,
			    struct csv *out, struct csv_error *error);
struct str csv_cell(const struct csv *t, size_t row, size_t column);
/* One line of English for logs and the command line: "line 3, column 7: ...". */
struct str csv_error_line(struct arena *a, const struct csv_error *error);

/* Writing: rows end in CR LF; cells are quoted where needed. Text that a spreadsheet would run
 * (beginning with = + - @ TAB CR) gets an apostrophe in front; csv_unguard takes it away again, so
 * that what we wrote we also read: csv_unguard(csv_guard(x)) is x for every x. */
struct csv_writer {
	struct buf *out;
	char delimiter;
	bool in_row;
};

/* `mark`: begin with a byte order mark, without which spreadsheets misread Vietnamese. */
void csv_begin(struct csv_writer *w, struct buf *out, char delimiter, bool mark);
void csv_put(struct csv_writer *w, struct str text);
void csv_put_int(struct csv_writer *w, int64_t n); /* a number stays a number, also below zero */
void csv_end_row(struct csv_writer *w);
struct str csv_guard(struct arena *a, struct str text);
struct str csv_unguard(struct str cell);
