/* Loading the tree of a site from the official lists: once, at `dinh init` (and by the simulation). */
#pragma once

#include "office/unit.h"

/* The four tables of ../data/units; see README there. An empty text stands for "there is none". */
struct unit_lists {
	struct str units_2020;     /* provinces, districts and communes until 2025-06-30 */
	struct str units_2025;     /* provinces and communes from 2025-07-01; none: 2020 is open */
	struct str communes_moved; /* mapping-2020-2025: lines marked "suspect" do not count */
	struct str provinces_moved;
};

/* From then on there are no districts. */
#define UNIT_REFORM "2025-07-01"

/* The lists inside the program. */
void unit_lists_embedded(struct unit_lists *out);
/* Not so: the day is after the reform, and the lists are from before it. */
bool unit_lists_know(const struct unit_lists *lists, struct date day);
/* The lists of a folder: units-2020.tsv must be there, the others may be. ERR_IO leaves the file
 * and the reason in `why`. Texts live in `a`. */
MUST_USE enum err unit_lists_read(struct arena *a, struct str dir, struct unit_lists *out,
				  struct str *why);

/* Fills the empty unit tables with the unit that bears `code` on `day`, what it was made of and
 * became, all beneath those, and what lies above; "VN" is the whole country. `root` is its id.
 *
 * The tree of 2020 counts from the earliest day. A unit stays the same unit over the reform of
 * 2025-07-01 when its whole territory, and no other, became one unit that kept code, type and name.
 * ERR_INVALID: a list is broken (the story names file, line and cell) or the day has no such code;
 * ERR_CONFLICT: units are there already. */
MUST_USE enum err unit_load(struct tx *tx, const struct unit_lists *lists, struct str code,
			    struct date day, int64_t *root);
