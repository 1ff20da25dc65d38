/* A walk through every kind of every module, generated from their tables: a small site on which each
 * can live, people in every role, forms filled by their field tables, and nearly every step taken at
 * least once, those that follow from another act or from the calendar too; the few that chance does not
 * reach are named. Tests of every step stand beside the walk and are shown each act just before it is done.
 *
 * The way is looked for once a build (tests/find_way.c), with a seed of its own; every walk goes it, on either
 * engine, and must come to the same acts. Where a table cannot say what a form needs (a sum that must
 * agree, a number that must exist), walk_hints in walk_form.c does. */
#pragma once

#include "office/office.h"
#include "office/step.h"
#include "office/unit.h"
#include "tests/test_db.h"

/* Units of the site: a matter is tried at each in turn until its kind can live there. */
enum walk_place { AT_COMMUNE, AT_VILLAGE, AT_AGENCY, AT_ENTERPRISE, AT_ROOT, AT_OTHER, PLACES };
enum { WALK_ROLES = 8 }; /* CITIZEN, CLERK, ... ADMIN by their bits */

struct walk_site {
	const char *dir; /* its data directory */
	struct office office;
	int64_t unit[PLACES];
	struct str code[PLACES];
	int64_t person[PLACES]
		      [WALK_ROLES]; /* who holds the role there; [0]: a citizen who lives there */
	struct file_ref file, blackened; /* the same with something blacked out */
	struct instant begins;
};

/* Made in the test's arena; committed, no connection left open. */
void walk_site_make(struct walk_site *out);
/* Bit and index of a role. */
int walk_role_index(enum role role);

/* Which of the possible values each field gets: all zero is the likeliest. */
enum { WALK_FIELDS = 64 };
struct walk_picks {
	uint32_t of[WALK_FIELDS];
};

/* One thing that somebody, or the calendar, does. */
struct walk_act {
	const struct kind *kind; /* NULL: the calendar's walk of a day */
	const struct step *step;
	enum walk_place place;
	int64_t dossier; /* 0: opens one */
	int64_t author;  /* of the dossier; 0: an office opened it */
	/* Whose people take the step: its holder, or of a step at home the unit it concerns (`place`). */
	enum walk_place holder;
	struct str code; /* of the dossier; "" when it opens one */
	int64_t person;
	const void *form; /* as a person fills it in: hidden fields are empty */
	struct instant now;
	struct walk_picks picks;
	uint64_t seed;     /* of the randomness while it is done */
	struct strs first; /* "disclosure.publish", ...: taken by it for the first time */
	struct arena *mem; /* holds all this as long as the walk */
};

/* Does it in a transaction that was begun, and sets its time, randomness, office and member. */
MUST_USE enum err walk_do(const struct walk_site *s, struct tx *tx, const struct walk_act *act,
			  struct str token, struct faults *faults);
/* The transaction of an act, before it begins. `rng` and `who` outlive it. */
struct tx walk_tx(const struct walk_site *s, const struct walk_act *act, struct arena *mem,
		  struct rng *rng);

/* Finds out from `picks` and `seed` who takes it and what the form says, in a transaction of walk_tx. Errors of
 * walk_fill, or of loading the dossier. */
MUST_USE enum err walk_prepare(const struct walk_site *s, struct tx *tx, struct walk_act *act);
/* At which of the site's places a unit is; fails the test for any other. */
enum walk_place walk_place_of(const struct walk_site *s, int64_t unit);
/* The line of an act in the file of the way; `last`: the number of the newest act in the log once it is done. A line that
 * begins with WALK_MISSED names a step to which no way was found. */
void walk_write(struct buf *b, const struct walk_act *act, int64_t last);
#define WALK_MISSED S("not reached:")

/* Goes the way, which stands in the file $DINH_WAY. `visit` is called before each act that takes some step for the first time, while no connection is
 * open: it may copy the folder and do what it likes with the copy. Fails the test when more than a few
 * steps are not reached. */
void walk_all(struct walk_site *s,
	      void (*visit)(struct walk_site *s, const struct walk_act *act, void *what),
	      void *what);

/* --- Forms (walk_form.c) --- */

/* A form with every field that is asked for filled in. ERR_IO when options could not be read. */
MUST_USE enum err walk_fill(const struct walk_site *s, struct tx *tx, const struct dossier *d,
			    const struct step *step, const struct walk_picks *picks,
			    struct arena *mem, void **out);
/* As a browser sends it, without the token: "title=...&day=2024-03-04". Files are left out. */
struct str walk_form_text(struct arena *a, const struct step *step, const void *form);
