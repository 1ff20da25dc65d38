/* What is said of a duty's day: early, on time, late, due today, overdue. One place, so that lists,
 * pages and queues use the same words (design README 5.2), and days are working days everywhere. */
#pragma once

#include "law/calendar.h"
#include "office/duty.h"
#include "web/parts.h"

/* `met` NO_DATE: not yet; `today` decides then. No due date gives a tag without text. */
struct tag timing_tag(struct arena *a, enum lang lang, const struct calendar *c, struct date due,
		      struct date met, struct date today);
/* The same for a duty, with the endings that are neither early nor late. */
struct tag duty_tag(struct arena *a, enum lang lang, const struct calendar *c, const struct duty *d,
		    struct date today);

/* How the day of a duty was counted, for part_day_count; `open` shows it unfolded. Over three weeks
 * only the days passed over and the last five are listed (design README 4.9). */
struct day_count duty_day_count(struct arena *a, enum lang lang, const struct law *law,
				const struct calendar *c, const struct duty *d, bool open);
