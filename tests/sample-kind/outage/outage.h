/* Water cut off (thông báo mất nước): a commune tells people where there is no water, why, and until
 * when; afterwards it says that the water is back. The example of docs/developing/adding-a-kind.md.
 *
 *     off -> back
 *      ^-- extended
 *
 * No law sets a term here. The day a notice promises is a rule of the house: the duty to say "the
 * water is back" is due on it, and moves when a later day is announced. */
#pragma once

#include "office/fold.h"

extern const struct kind outage_kind;

enum outage_state {
	OUTAGE_OFF = 2,
	OUTAGE_BACK = 4,
};

struct outage {
	struct str title;
	struct str area;   /* a village, or a place in the unit's own words */
	struct str cause;  /* "repair", "fault", "drought" */
	struct date until; /* the last day without water, as far as known */
	struct str body;   /* Markdown: where water is given out meanwhile */
};

#define OUTAGE_RULE "house.outage.back"
