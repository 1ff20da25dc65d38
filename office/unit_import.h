/* Villages, agencies and enterprises from a spreadsheet: first everything is read and checked and
 * nothing written, then the same checked rows are written, all or none. */
#pragma once

#include "office/import.h"
#include "office/unit_edit.h"

enum { UNIT_IMPORT_ROWS_MAX = 5000 };

/* What the file need not say. */
struct unit_import_form {
	enum unit_level level; /* VILLAGE, AGENCY or ENTERPRISE */
	int64_t parent;        /* for rows without a parent's code; 0: every row must have one */
	struct date from;      /* for rows without a day; NO_DATE: as long as the parent */
};

struct unit_import_row {
	size_t line;
	struct unit_new unit;
	struct str parent_title; /* "xã Ninh Vân" */
};

struct unit_import {
	struct unit_import_row *at; /* with faults: those rows that have none */
	size_t n;
	struct import_faults faults; /* empty: may be applied */
};

/* Columns: name (needed), type, code, name_en, parent, from, households, head_count, by their
 * headings in Vietnamese, English or these words, in any order. A village's type may stand before
 * its name ("Thôn Đông"). ERR_INVALID for a level that is not imported; whatever is wrong with the
 * file is a fault, not an error. Nothing is written. */
MUST_USE enum err unit_import_preview(struct tx *tx, struct str csv,
				      const struct unit_import_form *form, enum lang lang,
				      struct unit_import *out);
/* ERR_INVALID when there are faults; otherwise as unit_add, and then nothing may be kept. */
MUST_USE enum err unit_import_apply(struct tx *tx, const struct unit_import *checked);
