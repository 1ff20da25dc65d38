/* Who checks and supervises on behalf of the people: the People's Inspection Board (Ban TTND) of a
 * commune, an agency, a state enterprise; the Community Investment Supervision Board (Ban GSĐTCĐ) of a
 * commune; the Fatherland Front. One row each: at which units it is found, which rows of bodies.tsv it
 * lives under, by which rules of time_limits.tsv it gives notice, reports and is answered. Boards, checks
 * and recommendations read their clocks here. */
#pragma once

#include "law/body.h"
#include "office/kind.h"

struct overseer {
	const char *by; /* "pib_commune": what dossiers store */
	enum msg label;
	unsigned levels;       /* bits (1 << LEVEL_COMMUNE) */
	const char *bodies[3]; /* rows of bodies.tsv that follow each other, ended by NULL */
	/* Rules; NULL: the law sets none. */
	const char *recognise, *periodic;             /* of the board */
	const char *notice, *subject_report, *report; /* of a check */
	const char *answer;                           /* to a recommendation */
	const char *group; /* "pib", "cisb", "front": figures end with it */
};

extern const struct overseer overseers[];
extern const struct field_choice overseer_words[]; /* all of them */
extern const struct field_choice board_words[];    /* without the Front */

const struct overseer *overseer_of(struct str by); /* NULL: none of that name */
/* Those found at the unit of the dossier `subject`; boards only, or the Front as well. */
MUST_USE enum err board_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out);
MUST_USE enum err overseer_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out);
/* "check.held.pib" */
struct str overseer_key(struct arena *a, const char *what, const struct overseer *o);
