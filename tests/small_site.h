/* A small site for tests: one commune with a web site and loudspeakers, another without, one agency,
 * and people who hold office there. Every kind of every module is known. */
#pragma once

#include "office/step.h"
#include "tests/test_db.h"

enum { SMALL_COMMUNE = 1, SMALL_NEIGHBOUR = 2, SMALL_AGENCY = 3 };

struct small_site {
	struct office office;
	struct appointment held[5];
	struct member clerk, leader, admin; /* of the commune */
	struct member neighbour;            /* leader of the other commune */
	struct member official;             /* leader of the agency */
};

/* A fresh database; tx->who is the clerk. `s` must outlive the transaction. */
struct tx *small_site(struct small_site *s, const char *now);
/* Runs the calendar as the server does after midnight of that day. */
void small_site_day(struct tx *tx, const char *day);
/* Takes a step as `who`, on that day, of a copy of the form; NULL: an empty one. What failed before is
 * forgotten. */
enum err small_site_take(struct tx *tx, struct dossier *d, const struct member *who,
			 const char *step, const void *form, const char *on, struct faults *faults);
/* The same where it must go well. */
void small_site_done(struct tx *tx, struct dossier *d, const struct member *who, const char *step,
		     const void *form, const char *on);
/* A file that the site holds, under that name. */
struct file_refs small_site_file(struct tx *tx, const char *name);
/* The last opened of that rule; none fails the test. */
const struct duty *small_site_duty(const struct dossier *d, const char *rule);
/* Fails the test with the first problem that verification finds. */
void small_site_verify(struct tx *tx);
