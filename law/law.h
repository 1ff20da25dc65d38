/* The law as data: the dated tables of data/law, read once, checked whole, and never changed.
 *
 * A rule is chosen by the date of the event, never by today. Dates are inclusive; an open end means
 * "in force as far as known". A row that rests on memory is `unverified`: it warns and never blocks.
 * Texts borrow from the arena the law was loaded into (or from the binary) and live as long. */
#pragma once

#include "base/date.h"
#include "base/err.h"

struct law;

/* --- What every row may carry --- */

struct span {
	struct date from, to; /* inclusive; `to` NO_DATE while in force, `from` NO_DATE for ever */
};
bool span_holds(struct span s, struct date on);

struct law_source {
	struct str key, address, what, confidence;
};

enum { BASIS_SOURCES = 3 };
struct basis {
	struct str text;                                 /* the cell, to be shown as it stands */
	const struct law_source *sources[BASIS_SOURCES]; /* NULL after the last */
	bool unverified; /* all or part is recalled, or comes from a source of low confidence */
};

/* A legal act (laws.tsv). */
struct law_act {
	struct str code, number, title_vi, title_en;
	struct span valid;
	struct str changed_by; /* what replaced or amended it, in words; codes in it exist */
	struct str use;
	struct basis basis;
};

struct citation {
	struct str law, article;   /* "Luật 10/2022/QH15", "12.3" */
	const struct law_act *act; /* the first act named that laws.tsv lists, or NULL */
};
/* "Luật 10/2022/QH15, Điều 12, khoản 3"; in English "..., Article 12, clause 3". */
struct str citation_words(struct arena *a, const struct citation *c, bool english);

enum regime {
	REGIME_NONE = 0, /* a unit that owes nothing of this kind */
	REGIME_COMMUNE = 1,
	REGIME_AGENCY = 2,
	REGIME_ENTERPRISE = 4,
};

/* --- Time limits (time_limits.tsv) --- */

enum limit_kind {
	LIMIT_WORKING,     /* days that are worked */
	LIMIT_CALENDAR,    /* every day */
	LIMIT_CONSECUTIVE, /* every day of an unbroken run */
	LIMIT_MONTHS,
	LIMIT_YEARS,
	LIMIT_FIXED_DATE, /* the same day each year: fixed_month, fixed_day */
	LIMIT_QUARTERLY,  /* once in each quarter, half-year, year, or fourth quarter */
	LIMIT_HALF_YEARLY,
	LIMIT_YEARLY,
	LIMIT_QUARTER_4,
	LIMIT_NONE_SET, /* the text sets no number */
	LIMIT_RULE,     /* not a limit: how limits are computed */
	LIMIT_NONE,     /* empty cell of another table: nothing is owed */
};

enum limit_direction {
	LIMIT_MAX,    /* no later than */
	LIMIT_MIN,    /* at least so long */
	LIMIT_BEFORE, /* days ahead of the event */
	LIMIT_AFTER,  /* takes effect when they have passed */
	LIMIT_PERIODIC,
	LIMIT_NO_DIRECTION, /* of LIMIT_RULE only */
};

struct time_limit {
	struct str code; /* TL-001: one dated row */
	struct str rule; /* disclosure.commune.publish: the stable key; its rows never overlap */
	struct str process, step;
	struct citation cite;
	int days; /* or months, years; 1..3660; 0 where the kind has no number */
	enum limit_kind kind;
	enum limit_direction direction;
	int fixed_month, fixed_day; /* LIMIT_FIXED_DATE: the last day */
	struct str counted_from, extension;
	struct span valid;
	struct basis basis;
};

const char *limit_kind_word(enum limit_kind k); /* as in the table: "calendar_consecutive" */
const char *limit_direction_word(enum limit_direction d);

struct law_gap {
	bool unknown;                      /* no rule and no row of that name at all */
	const struct time_limit *previous; /* the last row of the rule that ended before the day */
	const struct time_limit *next;     /* the first row of the rule that begins after the day */
	const struct time_limit *in_force; /* asked by row code: the other row that does hold */
};

/* The row in force on that day; `name` is a rule or a row code (TL-001). NULL when there is none. */
const struct time_limit *law_rule(const struct law *l, struct str name, struct date on);
/* Tells why law_rule gave NULL, and what else there is. */
struct law_gap law_rule_gap(const struct law *l, struct str name, struct date on);
/* The row of that code whatever the day, or NULL. */
const struct time_limit *law_limit(const struct law *l, struct str code);

/* --- Disclosure (disclosure_forms.tsv, disclosure_matters.tsv) --- */

struct disclosure_form {
	struct str code;
	unsigned regimes; /* bits of enum regime */
	struct citation cite;
	struct str title_vi, title_en;
	struct basis basis;
};

enum { POSTING_PERMANENT = -1 };

struct disclosure_matter {
	struct str code;
	enum regime regime;
	struct citation cite;
	struct str title_vi, title_en;
	int deadline_days;             /* 0: none */
	enum limit_kind deadline_kind; /* LIMIT_WORKING, LIMIT_CALENDAR or LIMIT_NONE */
	int min_posting_days;          /* consecutive; 0: none; POSTING_PERMANENT */
	uint32_t forms;                /* bit i: the form l->disclosure_forms.at[i] */
	bool any_form;                 /* one of them is enough; otherwise every one is owed */
	int min_broadcast_days;        /* consecutive; 0: none */
	struct span valid;
	struct basis basis;
};

struct disclosure_matters {
	const struct disclosure_matter *const *at;
	size_t n;
};

/* Those of a regime in force on that day, in the order of the table; in the arena. */
struct disclosure_matters law_matters(const struct law *l, struct arena *a, enum regime regime,
				      struct date on);
const struct disclosure_matter *law_matter(const struct law *l, struct str code); /* or NULL */
/* The bit of a form in `forms`; 0 when the code is unknown. */
uint32_t law_form_bit(const struct law *l, struct str code);

/* --- Decisions and opinions (decision_matters.tsv, opinion_matters.tsv) --- */

enum decision_form {
	DECIDE_MEETING = 1, /* HOP */
	DECIDE_BALLOT = 2,  /* PHIEU: household ballot */
	DECIDE_BALLOT_AFTER_MEETING =
		4,              /* PHIEU_SAU_HOP: only after a meeting that lacked households */
	DECIDE_ONLINE = 8,      /* TRUCTUYEN */
	DECIDE_CONFERENCE = 16, /* HOINGHI */
	DECIDE_BALLOT_FORCE_MAJEURE = 32, /* PHIEU_BATKHAKHANG */
	DECIDE_LABOUR_LAW = 64,           /* LUATLAODONG */
};

enum threshold_op { THRESHOLD_NONE, THRESHOLD_GE, THRESHOLD_GT };

struct threshold {
	enum threshold_op op; /* THRESHOLD_NONE: another law decides */
	int num, den;         /* 0 < num <= den */
};

struct decision_matter {
	struct str code;
	enum regime regime;
	struct citation cite;
	struct str title_vi, title_en;
	struct str scope; /* village, commune, agency, enterprise, "village or commune" */
	unsigned forms;   /* bits of enum decision_form */
	struct threshold threshold;
	struct str threshold_base, effective_when;
	struct str recognised_by;       /* empty: nobody has to */
	int recognise_days;             /* 0: no limit */
	enum limit_kind recognise_kind; /* LIMIT_WORKING, LIMIT_CALENDAR or LIMIT_NONE */
	struct span valid;
	struct basis basis;
};

const struct decision_matter *law_decision(const struct law *l, struct str code); /* or NULL */

/* The smallest count that passes, and whether `in_favour` does; whole numbers, never percentages.
 * A total of 0 never passes; THRESHOLD_NONE never passes and needs 0. 0 <= both <= 10^12. */
int64_t threshold_needed(struct threshold t, int64_t total);
bool threshold_passes(struct threshold t, int64_t total, int64_t in_favour);

enum opinion_form {
	OPINION_DIALOGUE = 1,           /* DOITHOAI */
	OPINION_MEETING = 2,            /* HOP */
	OPINION_BALLOT = 4,             /* PHIEU */
	OPINION_BOX = 8,                /* HOMTHU */
	OPINION_FRONT = 16,             /* CTMT: through the Front and organisations */
	OPINION_WEB = 32,               /* WEB */
	OPINION_SOCIAL_NETWORK = 64,    /* MXH */
	OPINION_PERSON_CONCERNED = 128, /* DOITHOAI_DOITUONG */
	OPINION_DIRECT = 256,           /* TRUCTIEP */
	OPINION_CONFERENCE = 512,       /* HOINGHI */
	OPINION_UNION = 1024,           /* CONGDOAN */
	OPINION_DELEGATES = 2048,       /* DAIDIEN */
	OPINION_WRITTEN = 4096,         /* GOPY */
};

struct opinion_matter {
	struct str code;
	enum regime regime;
	struct citation cite;
	struct str title_vi, title_en, decider;
	int min_days;              /* 0: the text sets none */
	enum limit_kind days_kind; /* LIMIT_CALENDAR, LIMIT_WORKING or LIMIT_NONE */
	struct str counted_from;
	unsigned forms; /* bits of enum opinion_form */
	struct span valid;
	struct basis basis;
};

const struct opinion_matter *law_opinion(const struct law *l, struct str code); /* or NULL */

/* --- Reception, elections, bodies, dialogue, documents, indicators --- */

enum reception_per { PER_WEEK, PER_MONTH, PER_WORKING_DAY, PER_SCHEDULE };

struct reception_rule {
	struct str code, level, post; /* rows of one level and post never overlap */
	struct citation cite;
	int min_days; /* in each week or month; 0 with PER_WORKING_DAY (every one) and PER_SCHEDULE */
	enum reception_per per;
	struct str place, extra;
	struct span valid;
	struct basis basis;
};

/* The row of a post in force on that day; NULL: none, then nothing is owed. A post's name says its level. */
const struct reception_rule *law_reception(const struct law *l, struct str post, struct date on);
/* The row of that code (RC-01) whatever the day, or NULL. */
const struct reception_rule *law_reception_row(const struct law *l, struct str code);

enum { ELECTION_NUMBERS = 6 };
struct election_rule {
	struct str code, topic;
	struct citation cite;
	struct str rule_vi, rule_en;
	struct str value;              /* "115", "1/2", "300-4000", "07:00-19:00", "" */
	int numbers[ELECTION_NUMBERS]; /* the numbers in it, in order */
	int number_count;
	struct str unit; /* days_before, days_after, percent_min, gt, ... */
	struct span valid;
	struct basis basis;
};

struct body {
	struct str code, body_vi, body_en;
	enum regime regime;
	struct citation cite;
	struct str members, deputies_max, term, elected_by, recognised_by, guided_by, incompatible;
	struct span valid;
	struct basis basis;
};

struct headcount {
	struct str code;
	int workers_from, workers_to;              /* to 0: and above; rows follow each other */
	int worker_delegates, worker_delegates_to; /* to 0: no upper figure */
	int employer_delegates;
	struct citation cite;
	struct basis basis;
};

struct document_element {
	struct str code, element_vi, element_en, rule;
	struct citation cite;
	struct basis basis;
};

enum frequency { EACH_YEAR, EACH_QUARTER, EACH_ELECTION };

struct indicator {
	struct str code, section, title_vi, title_en, unit, source_module;
	enum frequency frequency;
	struct basis basis;
};

/* The row of holidays.tsv; law/calendar.h makes a calendar of them. */
enum day_kind { DAY_STATUTORY, DAY_COMPENSATORY, DAY_SWAP_OFF, DAY_SWAP_WORK, DAY_UNVERIFIED };

struct holiday {
	struct date date;
	struct str name_vi, name_en;
	enum day_kind kind;
	bool off; /* nobody works; false with DAY_SWAP_WORK and DAY_UNVERIFIED */
	struct basis basis;
};

/* --- The tables whole, in the order of the files (holidays by date) --- */

#define LAW_TABLE(type)         \
	struct {                \
		const type *at; \
		size_t n;       \
	}

struct law {
	LAW_TABLE(struct law_source) sources;
	LAW_TABLE(struct law_act) acts;
	LAW_TABLE(struct holiday) holidays;
	LAW_TABLE(struct time_limit) limits;
	LAW_TABLE(struct disclosure_form) disclosure_forms; /* at most 32 */
	LAW_TABLE(struct disclosure_matter) disclosures;
	LAW_TABLE(struct decision_matter) decisions;
	LAW_TABLE(struct opinion_matter) opinions;
	LAW_TABLE(struct reception_rule) receptions;
	LAW_TABLE(struct election_rule) elections;
	LAW_TABLE(struct body) bodies;
	LAW_TABLE(struct headcount) headcounts;
	LAW_TABLE(struct document_element) documents;
	LAW_TABLE(struct indicator) indicators;
};

/* The law inside the binary. It was checked when the program was built; ERR_CORRUPT cannot happen
 * in a build that passed, and `why` says which row if it does. */
MUST_USE enum err law_builtin(struct arena *a, const struct law **out, struct str *why);
/* The law of a folder with the same files. ERR_INVALID: `why` is one line naming the file, the
 * line and what to mend. */
MUST_USE enum err law_from_folder(struct arena *a, const char *folder, const struct law **out,
				  struct str *why);
