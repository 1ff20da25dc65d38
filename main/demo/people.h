/* What people bring before a commune in the demonstration: reception days with their visits, petitions of
 * every type and what becomes of them. All of it comes from
 * streams of its own; nobody in it exists. */
#pragma once

#include "main/demo/demo.h"
#include "main/demo/fill.h"

/* Something that somebody wants of his commune. */
struct demo_matter {
	const char *type; /* "feedback", "proposal", "complaint" */
	const char *title, *body, *wish;
	const char *answer;  /* Markdown: the answer, or the decision on a complaint */
	const char *outcome; /* as petition.c calls it; of a complaint: what was decided */
	const char *sphere;  /* what the office says it is about */
};
extern const struct demo_matter demo_matters[]; /* title NULL ends */

/* A reception day. */
struct demo_session {
	int unit;
	struct date day, moved_to; /* NO_DATE: held when announced */
	bool in_person;
	int64_t dossier;
};

/* Who came to it. */
struct demo_visit {
	int session;
	const struct demo_matter *matter;
	struct str name, address;
	int people;
	bool again, booked;
	int petition; /* what was made of it: an index of d->petitions; -1: nothing */
	int64_t dossier;
};

struct demo_petition {
	int unit;    /* where it was brought first */
	int citizen; /* who sends it; -1: entered at the counter, or taken at a reception */
	const struct demo_matter *matter;
	struct str name, address;
	int people;
	int lead; /* the same matter as that one, brought before; -1: none */
	int hops; /* how often it is sent on */
	struct date promised;
	int64_t dossier;
};

/* Pure: each adds to the diary. */
void demo_write_receptions(struct demo *d);
void demo_write_petitions(struct demo *d);
/* The petition that a visit leaves behind, and what becomes of it from that day on. */
struct pen;
int demo_petition_of_visit(struct pen *p, const struct demo_visit *v, struct date day);

/* The step of an entry of DEED_RECEPTION, DEED_VISIT, DEED_PETITION; entries whose moment has passed
 * do nothing. */
MUST_USE enum err demo_take_reception(struct demo *d, struct tx *tx,
				      const struct demo_entry *entry);
MUST_USE enum err demo_take_visit(struct demo *d, struct tx *tx, const struct demo_entry *entry);
MUST_USE enum err demo_take_petition(struct demo *d, struct tx *tx, const struct demo_entry *entry);
