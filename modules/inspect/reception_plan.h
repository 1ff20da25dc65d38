/* Which posts of a unit receive citizens, and where: the standing schedule (lịch tiếp công dân), one a
 * unit. How often each post has to is the law's (reception_schedule.tsv, chosen by the day on which a
 * period begins): so many days in a week or a month. Every day so owed is a duty, opened by the calendar
 * and met only by a reception day that the post held in person (reception.h); Law 42/2013, arts. 12, 13, 15, 18.
 *
 * A period that no one row governs from its first day to its last is not owed: the week in which the
 * commune's chair went from one day a week to two a month. Standing reception on every working day, and
 * what others schedule themselves, has no number to miss and opens nothing. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

struct unit;

extern const struct kind reception_plan_kind;

#define RECEPTION_DAYS "reception.days"
enum { RECEPTION_PLAN_IN_FORCE = 2 };

struct reception_plan {
	struct str title;
	struct strs posts; /* as reception_schedule.tsv calls them */
	struct date since; /* the first period is the first that begins on this day or later */
	struct str place, body;
};

/* The week or month that a row of the law counts in and that holds the day; false where it counts in
 * neither. */
bool reception_period(const struct reception_rule *row, struct date day, struct date *from,
		      struct date *to);
/* The posts that receive citizens at a unit of this level. */
MUST_USE enum err reception_posts(struct tx *tx, int64_t unit, enum lang lang, struct choices *out);
/* In the reader's language; what the law does not name comes back as it is. */
struct str reception_post_words(enum lang lang, struct str post);
/* What one such duty asks for: "Chủ tịch UBND cấp xã tiếp công dân, tuần từ 01/06/2026, ngày thứ 1". */
bool reception_days_words(struct tx *tx, struct str about, enum lang lang, struct str *out);

/* The schedule of a unit; ERR_NOT_FOUND: none. */
MUST_USE enum err reception_plan_find(struct tx *tx, int64_t unit, struct dossier **out);
/* The post held a day in person: the first day still owed of its period is met, else of the period for
 * which the day was announced before it was postponed. */
MUST_USE enum err reception_plan_fulfil(struct tx *tx, int64_t unit, struct str post,
					struct date held, struct date announced, struct str code);
/* It did not, after all: what the day met is owed again. */
MUST_USE enum err reception_plan_take_back(struct tx *tx, int64_t unit, struct str code);
