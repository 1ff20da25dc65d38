/* Who acts. A person holds appointments: a role at one unit, for every field or one, between two
 * days, in one's own right or as the substitute of somebody else's appointment. Acting needs an
 * appointment at the unit that holds the matter; only reading flows down the tree. */
#pragma once

#include "base/date.h"
#include "base/err.h"

struct tx;

/* Bits, so that a step can say `.may = CLERK | LEADER`. CITIZEN and SYSTEM are never appointed. */
enum role {
	CITIZEN = 1,
	CLERK = 2,
	LEADER = 4,
	FRONT = 8,
	INSPECTOR = 16,
	STEERING = 32,
	ELECTION = 64,
	ADMIN = 128,
	SYSTEM = 256,
};

/* "clerk", "leader", ...; the word the database, the log and the command line use. */
struct str role_word(enum role role);
MUST_USE bool role_read(struct str word, enum role *out); /* only roles that can be appointed */

struct appointment {
	int64_t id, person, unit;
	enum role role;
	struct str field;      /* "": every field; else the name of one, such as "know" */
	struct date from, to;  /* inclusive; `to` NO_DATE: open */
	int64_t substitute_of; /* an appointment; 0: held in one's own right */
};

/* `at` holds only what is in force today. An appointment at a unit whose heir this is (the unit has
 * ended, see office/unit.h) stands there a second time with the ended unit's id. */
struct member {
	int64_t person; /* 0: nobody signed in, or the system */
	struct str name;
	const struct appointment *at;
	size_t n;
	bool system; /* the program itself: clocks, simulation, command line */
};

/* The appointment by which `m` may act in one of `roles` (bits) at exactly this unit and for this
 * field, one's own before a substitution; NULL: none. An appointment for one field does not serve
 * the field "". CITIZEN and SYSTEM are not appointments: look at `person` and `system`. */
const struct appointment *member_may(const struct member *m, unsigned roles, int64_t unit,
				     struct str field);

/* Is the i-th appointment the first of `m` at its unit, of those in `roles` (bits) before it? What belongs to a unit is
 * listed once for whoever holds several offices there. */
bool member_first_at(const struct member *m, size_t i, unsigned roles);

/* The person with the appointments in force on the day of `tx->now`. ERR_NOT_FOUND: no such person. */
MUST_USE enum err member_load(struct tx *tx, int64_t person, struct member *out);

/* Does tx->who administer the unit: the system, or an administrator there or above it today? */
MUST_USE enum err member_administers(struct tx *tx, int64_t unit, bool *out);
