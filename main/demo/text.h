/* What the units of the demonstration write: titles and bodies for every matter, with numbers drawn
 * from the unit's own stream and sums that are computed, so that they add up. Nobody in it exists. */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "crypto/rng.h"

enum { DEMO_VILLAGES = 6 };

/* What a unit's texts agree on all through the year. Money in thousands of đồng. */
struct demo_facts {
	struct str title;      /* "xã Ninh Vân", "Sở Nội vụ" */
	struct str place;      /* "Ninh Vân": where documents are signed */
	struct str short_name; /* "UBND": in numbers of documents */
	struct str code;
	struct str villages[DEMO_VILLAGES]; /* each ends in a NUL */
	int village_count;
	int64_t households, people; /* for agencies: 0 and the staff */
	int64_t income, spending_works, spending_running,
		reserve;                        /* of the budget; the three add up */
	int decisions, reports, plans, notices; /* numbers of documents given so far this year */
};

struct demo_text {
	struct arena *mem;
	struct rng *rng;
	struct demo_facts *unit;
	struct date day; /* of the document */
	struct str title, number, issuer;
	struct buf body;  /* Markdown */
	struct buf names; /* a person a line; mostly empty */
};

/* One thing a unit makes known in the year. */
struct demo_story {
	const char *matter;
	int from_month, from_day, to_month, to_day; /* when its document is issued */
	int chance;    /* of a hundred: how often a unit has one at all */
	bool expected; /* the plan expects it, or it may be answered with "nothing arose" */
	void (*write)(struct demo_text *t);
};
extern const struct demo_story demo_commune_stories[]; /* ended by matter == NULL */
extern const struct demo_story demo_agency_stories[];

/* --- Tools of the writers; texts end in a NUL and live in t->mem, for %s --- */

int64_t demo_between(struct demo_text *t, int64_t least, int64_t most); /* both included */
/* Parts of `total` in about the given proportions, each a multiple of `unit`; they add up. */
void demo_split(struct demo_text *t, int64_t total, int64_t unit, const int *weights, size_t n,
		int64_t *out);
void demo_put(struct demo_text *t, const char *format, ...) PRINTF(2, 3);
const char *demo_money(struct demo_text *t, int64_t thousands); /* "1.234.000 đồng" */
const char *demo_count(struct demo_text *t, int64_t n);         /* "1.234" */
const char *demo_percent(struct demo_text *t, int64_t part, int64_t whole); /* "87,5%" */
const char *demo_day(struct demo_text *t, struct date d);                   /* "05/03/2020" */
const char *demo_village(struct demo_text *t);                              /* one of the unit's */
/* A name nobody bears: "Nguyễn Văn Mẫu 14554-07". */
const char *demo_person(struct arena *a, struct rng *rng, struct str code, int64_t n);
/* "12/QĐ-UBND" and so on, the next of its series. */
void demo_decision(struct demo_text *t);
void demo_report(struct demo_text *t);
void demo_plan(struct demo_text *t);
void demo_notice(struct demo_text *t);
