/* Changing the tree by hand: villages, agencies and enterprises come, are renamed, merge and end;
 * what a unit declares about itself. Provinces, districts and communes come from the official lists
 * (office/unit_load.h). Every function asks for an administrator at or above the unit (ERR_DENIED)
 * and writes who and when into the row. */
#pragma once

#include "office/unit.h"

struct unit_new {
	int64_t parent;
	enum unit_level
		level;   /* VILLAGE (in a commune), AGENCY or ENTERPRISE (anywhere but there) */
	struct str code; /* empty: the parent's and a number, "14431-03" */
	struct str type, name, name_en; /* `name` is needed; without the type */
	struct date from, to;           /* NO_DATE: as long as its parents */
	int64_t households, head_count; /* 0: not declared */
};

/* Where the parent ends before the unit does, the unit goes on beneath the parent's heir. ERR_INVALID
 * (parent, level, name, dates), ERR_CONFLICT (somebody bears the code or, beneath the same parent,
 * the name). */
MUST_USE enum err unit_add(struct tx *tx, const struct unit_new *n, int64_t *id);

/* From `from` on the unit bears these; empty texts stay as they were. ERR_INVALID when the day lies
 * outside the unit's life or on a day from which something already changes. */
struct unit_change {
	struct str code, type, name, name_en;
};
MUST_USE enum err unit_change(struct tx *tx, int64_t id, struct date from,
			      const struct unit_change *c);

/* The unit's last day is `last`; the day after, the heirs begin: the first is the main one, `whole`
 * when there is one alone. No heirs: its parent answers for it. ERR_CONFLICT: it has ended, or units
 * beneath it have not. */
MUST_USE enum err unit_end(struct tx *tx, int64_t id, struct date last, const int64_t *heirs,
			   size_t n);

/* What a unit declares from a day on. */
struct unit_facts {
	bool has_web, has_loudspeaker;
	int64_t households, head_count;
};
MUST_USE enum err unit_declare(struct tx *tx, int64_t id, struct date from,
			       const struct unit_facts *facts);

/* Places where notices are posted: the commune's office, village halls. */
struct notice_place {
	int64_t id, unit;
	struct str name;
	struct date from, to; /* NO_DATE: open */
};
struct notice_places {
	struct notice_place *at;
	size_t n;
};
MUST_USE enum err notice_place_add(struct tx *tx, int64_t unit, struct str name, struct date from,
				   int64_t *id);
MUST_USE enum err notice_place_end(struct tx *tx, int64_t id, struct date last);
/* Those in use on the day, by name; at most 500. */
MUST_USE enum err notice_place_list(struct tx *tx, int64_t unit, struct date day,
				    struct notice_places *out);
MUST_USE enum err notice_place_find(struct tx *tx, int64_t id, struct notice_place *out);
