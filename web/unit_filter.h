/* The unit that a list is narrowed to, typed as people type: its code, or its name without type and
 * diacritics. Where several are meant by the same words, they are offered instead of rows. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct unit_filter {
	struct unit root, unit; /* unit: what is listed; the root where nothing was asked */
	bool narrowed;          /* to a unit other than the site's own */
	struct str text;        /* what the field shows */
	/* Not empty: no one unit is meant, and nothing is listed. */
	struct str problem;
	struct links choices; /* each leads to this list of one of them */
};

/* From ?don-vi= of the request; afterwards the query holds the unit's code, so that every link of the
 * page does. ERR_NOT_FOUND: no one unit, and what was asked for is no page. */
MUST_USE enum err unit_filter_read(struct req *r, struct unit_filter *out);
/* The field of a list's filters. */
struct filter unit_filter_field(struct req *r, const struct unit_filter *f);
