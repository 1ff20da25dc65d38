/* Disclosure (công khai): a unit makes known a decision or document of its own that people have a
 * right to know. Law 10/2022 arts. 11-14, 46-48, 64-66; before 2023-07-01 Ordinance 34/2007 arts.
 * 5-9 and Decree 04/2015 arts. 7-8. Which of them holds is chosen by the day of the document.
 *
 * It goes the way of editorial.h; what is its own is how it is made known and by when.
 * The duty to publish is met on the day the last form owed was first used: on the web by the
 * approval itself, on notice boards, loudspeakers and through village heads by steps of their own. */
#pragma once

#include "modules/know/editorial.h"

extern const struct kind disclosure_kind;
extern const struct measure disclosure_indicators[];

struct disclosure {
	struct str matter; /* a code of disclosure_matters in force on issued_on */
	struct str title;
	struct str body;   /* Markdown */
	struct str number; /* of the document: "18/NQ-HĐND" */
	struct str issuer;
	struct date issued_on; /* the day of the decision or document: the clock counts from it */
	struct str period;     /* "2020-Q4": the expectation of the plan it answers; may be empty */
	struct str names;      /* a list of people, a line each: erased when the posting ends */
	struct file_refs files;
	struct file_refs name_files; /* documents with names in them: they go with the list */
	/* Facts of that day, kept with the act so that the fold needs no database. */
	struct str regime; /* "commune", "agency", "enterprise" */
	struct strs
		owed;   /* forms owed, by code; WEB and TRUYENTHANH only where the unit has them */
	bool any_form;  /* one of `owed` is enough */
	bool has_names; /* in this version or an earlier one, and not yet erased */
	int64_t posting_days;   /* -1: permanent; 0: none */
	int64_t broadcast_days; /* 0: none */
};

/* What reports count (office/fold.h, fold_figure_on): a disclosure once under each group of forms, on
 * the day of its first use; and each broadcast. */
#define FIGURE_POSTING "disclosure.form.posting"
#define FIGURE_BROADCAST "disclosure.form.broadcast"
#define FIGURE_HEADS "disclosure.form.heads"
#define FIGURE_WEB "disclosure.form.web"
#define FIGURE_OTHER "disclosure.form.other"
#define FIGURE_ON_AIR "disclosure.on_air"

/* Lines, by their place in disclosure_kind.lines. */
enum disclosure_line { LINE_POSTING, LINE_BROADCAST, LINE_FORM };

enum posting_state { POSTING_HANGS, POSTING_DONE, POSTING_BROKEN };

struct posting { /* a sheet on one notice place, with a run of days of its own */
	struct str place;
	struct date from;    /* the day it was hung; the run counts from the next */
	struct date until;   /* the day it came down, or NO_DATE */
	struct date seen_on; /* last found in order, or NO_DATE */
	struct file_refs photos;
};
struct broadcast { /* read on the loudspeakers on consecutive days */
	struct date from;
	int64_t days, times; /* times a day */
	struct file_refs photos;
};
struct form_used {       /* any other form: village heads told, a letter, a meeting */
	struct str form; /* a code of disclosure_forms */
	struct date on;
	struct str note;
	struct file_refs photos;
};

/* The rule of time_limits for a regime: disclosure_rule(a, "commune", "publish"). */
struct str disclosure_rule(struct arena *a, struct str regime, const char *what);
/* "commune" ... of a unit; empty for units that owe no disclosure. */
struct str disclosure_regime(struct tx *tx, int64_t unit);

/* The day a form was first used, or NO_DATE. */
struct date disclosure_form_used_on(const struct dossier *d, struct str form);
/* The list of names of the version that stands, from its content; empty when erased or none. */
MUST_USE enum err disclosure_names(struct tx *tx, const struct dossier *d, struct str *out);
