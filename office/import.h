/* Tables that people bring: what is wrong with them, cell by cell, in words that say how to mend it.
 * A table is taken whole or not at all. */
#pragma once

#include "base/csv.h"
#include "gen/messages.h"

struct import_fault {
	size_t line;   /* of the file, from 1; 0: the whole file */
	size_t column; /* cell of the row, from 1; for a file that is no table, the character */
	struct str heading; /* as it stands in the file; "" where there is none */
	struct str
		text; /* what is wrong, and how to mend it: a sentence in the reader's language */
};

enum { IMPORT_FAULTS_MAX = 200 };

struct import_faults {
	struct arena *a;
	enum lang lang;
	struct import_fault *at;
	size_t n, cap;
	bool more; /* there are more than IMPORT_FAULTS_MAX; the rest was not kept */
};

void import_fault_add(struct import_faults *faults, size_t line, size_t column, struct str heading,
		      struct str text);
/* A sentence without arguments. */
void import_fault_msg(struct import_faults *faults, size_t line, size_t column, struct str heading,
		      enum msg text);
/* The words for a file that is no table. */
void import_fault_csv(struct import_faults *faults, const struct csv_error *error);

/* What a column may be called: its own words in both languages, and a name for programs. */
struct import_column {
	enum msg heading;
	const char *name;
	bool needed;
};

/* For each of the `n` wanted columns its place in the table, or -1. Case, accents and spaces around
 * do not matter. Unknown headings, double ones and needed ones that are missing become faults. */
void import_headings(const struct csv *t, const struct import_column *columns, size_t n, int *place,
		     struct import_faults *faults);
/* "1.234", "1 234", "1,234" and "1234" are one number; false for anything else or above `most`. */
MUST_USE bool import_count(struct str text, int64_t most, int64_t *out);
