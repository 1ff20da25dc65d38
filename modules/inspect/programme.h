/* The Front's yearly plans of supervision and social criticism: one standing dossier of each unit. The plan of
 * the next year is issued in the fourth quarter (front_supervision.yearly_plan, Joint resolution 403/2017 art. 3.3): a
 * duty that the calendar opens each New Year, met by the plan, late after 31 December. A board of the people enters its
 * plans in its own dossier (board.h). */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind programme_kind;

#define PROGRAMME_PLAN "front_supervision.yearly_plan"

enum { PROGRAMME_KEPT = 2 };

struct programme {
	struct str title;
};
struct programme_plan { /* a line */
	struct str year, text;
	struct file_refs files;
	struct date on;
};
struct programme_issue { /* issue */
	struct str year, text;
	struct file_refs files;
};
