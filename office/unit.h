/* The dated tree of units: province, district, commune, village, agency, enterprise. Who a unit is,
 * is its internal id; code, type, name, parent and level have days of validity, because codes are
 * reused (14359 was Ninh Phong, then Nam Hoa Lư) and reforms move what stays.
 *
 * A reform makes new units and leads the ended ones to their successors. After its last day an ended
 * unit lies beneath its successors, or, when none is named, beneath its last parent; so a question
 * about "everything beneath X today" still finds the records of units that are gone.
 *
 * Tables, for joins by other rooms (office/schema/0001-units.sql):
 *   unit_version  (unit, code, type, name, name_en, parent, level, valid_from, valid_to)
 *   unit_ancestor (unit, ancestor, valid_from, valid_to, depth, way): includes the unit itself
 *                 (depth 0). way 0: in the tree of those days; 1: the unit has ended and this is its
 *                 heir, or lies above it; 2: another successor. For one unit and ancestor the days
 *                 never overlap, so a subtree list is one join:
 *                     JOIN unit_ancestor a ON a.unit = d.holder
 *                     WHERE a.ancestor = $1 AND a.valid_from <= $2 AND a.valid_to >= $2
 *                 Rights ask for every way; counts that must add up ask for way <= 1.
 *   Days are inclusive and never NULL there: UNIT_FIRST_DAY and UNIT_LAST_DAY stand for "open". */
#pragma once

#include "base/msg.h"
#include "law/law.h"
#include "store/db.h"

#define UNIT_FIRST_DAY "0001-01-01"
#define UNIT_LAST_DAY "9999-12-31"

enum unit_level {
	LEVEL_COUNTRY, /* only where a site holds the whole of Vietnam: code "VN" */
	LEVEL_PROVINCE,
	LEVEL_DISTRICT,
	LEVEL_COMMUNE,
	LEVEL_VILLAGE, /* thôn, xóm, bản, tổ dân phố */
	LEVEL_AGENCY,
	LEVEL_ENTERPRISE,
};
enum { LEVELS = 7 };

struct unit {
	int64_t id, parent; /* parent 0: none on this site */
	enum unit_level level;
	enum regime regime;
	struct str
		code; /* official, with its leading zeros; "14431-03" for what has no official code */
	struct str type; /* "xã", "phường", "huyện", "thôn", ... in lower case; may be empty */
	struct str name;               /* without the type */
	struct str name_en;            /* complete: "Ninh Van Commune"; may be empty */
	struct date from, to;          /* this name's and parent's days; NO_DATE where open */
	bool in_force;                 /* on the day asked for */
	bool has_web, has_loudspeaker; /* as declared on that day */
	int64_t households;            /* 0: not declared */
	int64_t head_count;            /* inhabitants, or people employed; 0: not declared */
};
struct unit_list {
	struct unit *at;
	size_t n;
};

/* Which part of the law on grassroots democracy units of a level live under. */
enum regime unit_level_regime(enum unit_level level);

/* The unit as it was on `day`; outside its life, as it was last (or first): then `in_force` is false.
 * ERR_NOT_FOUND: no such unit. */
MUST_USE enum err unit_find(struct tx *tx, int64_t id, struct date day, struct unit *out);
/* Its code alone, as unit_find gives it. */
MUST_USE enum err unit_code(struct tx *tx, int64_t id, struct date day, struct str *out);
/* The unit that bears the code on `day`; ERR_NOT_FOUND when none does on that very day. */
MUST_USE enum err unit_by_code(struct tx *tx, struct str code, struct date day, struct unit *out);
/* As unit_by_code; but when nobody bears the code on `day`, who bore it last before, or else first
 * after. For addresses: the page of an ended unit must stay reachable. */
MUST_USE enum err unit_by_code_any(struct tx *tx, struct str code, struct date day,
				   struct unit *out);
/* Direct children in force on `day`, by level, then code; at most `limit`. */
MUST_USE enum err unit_children(struct tx *tx, int64_t id, struct date day, int64_t limit,
				struct unit_list *out);
/* From the top of this site's tree down to the unit itself; outside the unit's life, as on its last
 * (or first) day. */
MUST_USE enum err unit_path(struct tx *tx, int64_t id, struct date day, struct unit_list *out);
/* Is `id` at or beneath `ancestor` on `day`, ended units counting as beneath their successors? */
MUST_USE enum err unit_beneath(struct tx *tx, int64_t id, int64_t ancestor, struct date day,
			       bool *out);
/* How many units of each level are in force beneath the unit on `day`, itself included. */
MUST_USE enum err unit_count(struct tx *tx, int64_t id, struct date day, int64_t out[LEVELS]);
/* Who answers for the unit on `day`: itself while it lives; afterwards its main successor, or, when
 * none is named, the heir of its last parent; and so on. 0: nobody on this site. */
MUST_USE enum err unit_heir(struct tx *tx, int64_t id, struct date day, int64_t *out);

/* What became of a unit, or what it was made of. */
struct unit_link {
	struct unit unit;  /* as on its first day (successor) or last day (predecessor) */
	struct date since; /* first day of the successor */
	bool main;         /* the heir: the successor that got the largest part */
	bool whole;        /* all of the predecessor went there */
	int64_t share;     /* thousandths of the predecessor's area; -1: not known */
	bool checked;      /* the boundaries agree with it */
};
struct unit_links {
	struct unit_link *at;
	size_t n;
};
MUST_USE enum err unit_successors(struct tx *tx, int64_t id, struct unit_links *out);
MUST_USE enum err unit_predecessors(struct tx *tx, int64_t id, struct unit_links *out);
/* Every name, type, code and parent the unit has had, oldest first. */
MUST_USE enum err unit_versions(struct tx *tx, int64_t id, struct unit_list *out);

/* "xã Ninh Vân"; in English "Ninh Van Commune". */
struct str unit_title(struct arena *a, const struct unit *u, enum lang lang);
/* "Xã Ninh Vân": where a line begins. */
struct str unit_heading(struct arena *a, const struct unit *u, enum lang lang);
/* With what it lies in, up to but without the province: "xã Ninh Vân, huyện Hoa Lư". */
MUST_USE enum err unit_title_long(struct tx *tx, const struct unit *u, struct date day,
				  enum lang lang, struct str *out);
