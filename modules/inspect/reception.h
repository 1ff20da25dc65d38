/* A reception day (buổi tiếp công dân): on which day, from when to when, where and by which post an office
 * receives citizens. Law 42/2013, arts. 12 to 18 and 24.
 *
 *     planned -> announced <-> held    back again where it was recorded by mistake
 *        \          \    \--> cancelled, with the reason
 *      dropped       postponed: announced, on another day
 *
 * The notice hangs five working days ahead (reception.schedule, art. 24.4), counted backwards from the day;
 * what is urgent (art. 18.3) needs none. One held online is announced five working days ahead by its own
 * rule and tried out one working day ahead (Decree 154/2026 art. 23.1: TL-057, TL-058). Postponing is itself a notice, and is counted with the days the
 * post owes only once the day is held. Who came, and with what, is not said here: visit.h. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind reception_kind;

enum reception_state {
	RECEPTION_PLANNED = 1 << 1,
	RECEPTION_ANNOUNCED = 1 << 2,
	RECEPTION_HELD = 1 << 3,
	RECEPTION_CANCELLED = 1 << 4,
	RECEPTION_DROPPED = 1 << 5,
};

struct reception {
	struct str title; /* made from the post and the day */
	struct str way;   /* "head", "regular", "urgent" */
	struct str post;  /* as the law calls it, or the unit */
	struct str who;   /* the person, where the unit names him */
	struct str named; /* who that was before the day was recorded as held */
	struct date day;
	struct str opens, closes; /* "07:30" */
	struct str place;
	bool online;       /* by a connection between places, those who come sit at one of them */
	struct str every;  /* minutes of a slot that can be booked: "15", "30", "60", "0" */
	struct str body;   /* Markdown: what is received on, what to bring */
	struct str notice; /* where the notice hangs */
	struct file_refs photos;   /* of the notice */
	struct date announced_for; /* the day first announced */
	struct str by;             /* held: "in_person", "proxy", "office" */
	bool untested;             /* held, though the connection was not tried out */
	struct str result;
	struct str reason; /* postponed, cancelled, or not held after all */
};

/* "07:30" as minutes after midnight; false when it is no hour of a day. */
bool reception_hour(struct str text, int *out);
struct str reception_hour_text(struct arena *a, int minutes);
/* When the slots that can be booked begin, at most RECEPTION_SLOTS; none where nothing is booked. */
enum { RECEPTION_SLOTS = 64 };
struct strs reception_slots(struct arena *a, const struct reception *x);
/* Announced and not over yet at a unit, the nearest day first, at most `limit`. */
struct receptions {
	struct dossier **at;
	size_t n;
};
MUST_USE enum err reception_coming(struct tx *tx, int64_t unit, size_t limit,
				   struct receptions *out);
/* Its hours have passed, by the clock of Vietnam: nobody is received any more, whatever the records say. */
bool reception_is_over(const struct reception *x, struct instant now);
/* "thứ Ba, 10/03/2026, 07:30–11:00" */
struct str reception_when(struct arena *a, enum lang lang, const struct reception *x);
/* The place, and before it that it is held online. */
struct str reception_where(struct arena *a, enum lang lang, const struct reception *x);
