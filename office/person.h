/* People and their appointments. A name stands here; phone and address stand apart and can be
 * erased. Changes ask for an administrator at or above the unit (ERR_DENIED), except where said, and
 * are written with who made them. */
#pragma once

#include "office/member.h"
#include "store/db.h"

struct person {
	int64_t id, unit; /* unit 0: not said */
	struct str name;
	bool verified; /* an official has seen the papers */
};

/* What a person may ask to have erased. */
struct person_private {
	struct str phone, address;
	struct date keep_until; /* NO_DATE: while the account stands */
};

/* By an administrator, a clerk of the very unit (people at the counter), or, with tx->who NULL, by
 * the person alone. `verified`: an official has seen the papers; never for the last of the three. */
MUST_USE enum err person_add(struct tx *tx, struct str name, int64_t unit, bool verified,
			     int64_t *id);
MUST_USE enum err person_find(struct tx *tx, int64_t id, struct person *out);
struct person_row {
	struct person p;
	struct str login; /* "": no account */
};
struct person_rows {
	struct person_row *at;
	size_t n;
	bool more; /* there are more than `limit` */
};
/* People of exactly this unit, by name: those whose login is what was typed, or whose name holds
 * every word of it, however accented; all for a text without words. For its counter and its
 * administrators; others get ERR_DENIED. */
MUST_USE enum err person_search(struct tx *tx, int64_t unit, struct str typed, size_t limit,
				struct person_rows *out);
/* By a clerk of the person's unit or an administrator. */
MUST_USE enum err person_verify(struct tx *tx, int64_t id);

/* By the person, a clerk of the person's unit, an administrator or the system. */
MUST_USE enum err person_private_save(struct tx *tx, int64_t id, const struct person_private *p);
/* Empty texts when nothing is kept. Ask the same people's right before showing it; this does. */
MUST_USE enum err person_private_load(struct tx *tx, int64_t id, struct person_private *out);
/* By the system or the person: the row is gone. */
MUST_USE enum err person_private_erase(struct tx *tx, int64_t id);
/* By the system, once a day: what was kept until a day before today is gone; at most `limit` people,
 * `erased` says how many. */
MUST_USE enum err person_private_sweep(struct tx *tx, int64_t limit, int64_t *erased);

/* --- Appointments --- */

struct appointment_new {
	int64_t person, unit;
	enum role role;
	struct str field;     /* "": every field */
	struct date from, to; /* `to` NO_DATE: open */
	/* An appointment held by somebody else in his own right: then unit, role and field are those of
	 * it, and the days must lie within its days. */
	int64_t substitute_of;
};

/* ERR_INVALID: no such role, days that end before they begin or lie outside the unit's or the
 * principal's, substitution of a substitute or of oneself. ERR_CONFLICT: on some of these days the
 * person holds it already, or the principal has another substitute. */
MUST_USE enum err appointment_make(struct tx *tx, const struct appointment_new *n, int64_t *id);
/* `last` is the last day in force, yesterday at the earliest: what was done by virtue of it stays
 * rightful. An appointment not yet begun may be withdrawn whole (any `last` before its first day).
 * Its substitutes end with it. ERR_CONFLICT: it ends no later than that already, or it is the last open
 * administrator's appointment at the site's root. */
MUST_USE enum err appointment_end(struct tx *tx, int64_t id, struct date last);
MUST_USE enum err appointment_find(struct tx *tx, int64_t id, struct appointment *out);

struct appointment_row {
	struct appointment a;
	struct str person_name;
	struct str substitute_of_name; /* whose substitute; "" none */
};
struct appointment_list {
	struct appointment_row *at;
	size_t n;
};
/* At the unit itself, in force on `day` or later; by role, then name; at most 1000. */
MUST_USE enum err appointment_list_unit(struct tx *tx, int64_t unit, struct date day,
					struct appointment_list *out);
/* Of a person, the latest first, ended ones too; at most 1000. */
MUST_USE enum err appointment_list_person(struct tx *tx, int64_t person,
					  struct appointment_list *out);
