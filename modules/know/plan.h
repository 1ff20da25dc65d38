/* The disclosure plan (kế hoạch công khai, Law 10/2022 art. 14.1): how often a unit expects to have
 * something to disclose under each matter. The law sets no frequency, so this is a rule of the house:
 * marked as such, and the unit edits it. What was expected and never recorded is a duty like any
 * other, ended only by a disclosure or by a leader's signed "không phát sinh".
 *
 * The same dossier carries the quarterly list of what was disclosed (art. 13.2), a duty of communes
 * since 2023-07-01. One plan a unit and year. */
#pragma once

#include "office/fold.h"

extern const struct kind plan_kind;
extern const struct measure plan_indicators[];

enum { PLAN_IN_FORCE = 2 };

struct plan {
	struct str title;
	struct str year; /* "2020" */
	struct str regime;
	struct strs items; /* "XA07-05-01=quarter", as issued */
	int64_t opened;    /* the day number up to which periods have been opened */
};

struct plan_item { /* a line of the plan */
	struct str matter;
	struct str every; /* "month", "quarter", "half", "year", "none" */
};

/* A period: "2020-03", "2020-Q1", "2020-H1", "2020". */
struct period {
	struct str name;
	struct date from, to;
};
/* "2020"; false for what is no year between 2000 and 2100. */
bool plan_year(struct str text, int *out);
/* The period of that frequency which holds a day; false for "none". */
bool period_of(struct arena *a, struct str every, struct date day, struct period *out);
/* "quý I/2020" of "2020-Q1"; what is no period's name comes back as it is. */
struct str period_words(struct arena *a, enum lang lang, struct str name);

/* The plan of a unit for a year; ERR_NOT_FOUND: none. */
MUST_USE enum err plan_find(struct tx *tx, int64_t unit, int year, struct dossier **out);
/* A disclosure was published: the expectation it answers is met, if there is one. */
MUST_USE enum err plan_fulfil(struct tx *tx, const struct dossier *disclosure, struct date on);
