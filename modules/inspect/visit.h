/* A visit (lượt tiếp công dân): a line of the reception book, and the slot booked for it. Who came, how
 * many, for the first time or again, who received them and what became of it. Law 42/2013, arts. 8, 9, 25
 * to 28; the columns are those of the statutory table TCD01.
 *
 *     booked -> received -> guided
 *       \  \        |  \--> taken: a petition (petition.h) for each matter, as many as there are
 *        \  absent   \----> refused, with a ground of art. 9 -> notified in writing
 *         cancelled
 *
 * What was entered wrong is corrected, and a line that should not be there struck out with a reason: both
 * are acts, and the figures follow.
 *
 * Booking needs no account: the receipt (office/receipt.h) makes who booked its author, who cancels by it.
 * Whoever comes without one is entered at the counter. The day is its parent (reception.h).
 *
 * Who they are is sealed, the kind is private and no state of it is public; figures count visits, people
 * and groups on the day of the reception. What is asked for at a reception is answered within 10 working
 * days (reception.intake_answer, art. 28.1), also by handing it on as a petition with clocks of its own. */
#pragma once

#include "modules/inspect/reception.h"

extern const struct kind visit_kind;

enum { VISIT_GROUP = 5 }; /* people: from here on a group (đoàn đông người) */

enum visit_state {
	VISIT_BOOKED = 1 << 1,
	VISIT_RECEIVED = 1 << 2,
	VISIT_GUIDED = 1 << 3,
	VISIT_TAKEN = 1 << 4,
	VISIT_REFUSED = 1 << 5,
	VISIT_NOTIFIED = 1 << 6,
	VISIT_CANCELLED = 1 << 7,
	VISIT_ABSENT = 1 << 8,
	VISIT_STRUCK = 1 << 9,
	VISIT_SEALED = 1 << 10, /* what was told there has become a denunciation */
	VISIT_CAME = VISIT_RECEIVED | VISIT_GUIDED | VISIT_TAKEN | VISIT_REFUSED | VISIT_NOTIFIED,
};

struct visit {
	struct str title; /* made from day and hour */
	struct str slot;  /* "TC-7K3Q-92MV 08:00"; without an hour: came without a booking */
	int64_t session;  /* the reception day */
	struct date day;
	struct str hour;
	bool ahead; /* entered for a day to come */
	int64_t people;
	struct str story; /* what it is about */
	struct str round; /* "first", "again" */
	struct str type;  /* "complaint", "denunciation", "proposal", "feedback", "other" */
	struct str by;    /* as struct reception */
	struct str minutes, guided;
	struct str ground, detail;
	struct str number; /* of the written notice */
	struct date notified_on;
	struct file_refs files;
	/* Whose it is: stored in the acts' sealed content and nowhere else. */
	struct str name, address, identity, contact;
};

/* A petition that was made of it. */
struct visit_petition {
	struct str code, which;
};

/* A petition that was made of a visit has been sealed: so is the visit, which names who came and what he
 * told, and leads to it. The book goes on counting it. */
MUST_USE enum err visit_seal(struct tx *tx, const struct dossier *petition);

/* The lines of the book of a day, by hour and then as they came; at most VISITS_MOST. */
enum { VISITS_MOST = 500 };
struct visits {
	struct dossier **at;
	size_t n;
};
MUST_USE enum err visit_book(struct tx *tx, int64_t session, struct visits *out);
/* What forms call one of its hours. */
struct str visit_slot(struct arena *a, const struct dossier *session, struct str hour);
/* The slots of a day that nobody has booked and whose hour has not passed. */
MUST_USE enum err visit_free_slots(struct tx *tx, const struct dossier *session, struct strs *out);
