/* Which office takes in a matter of a kind: by a name that was typed, else where the reader lives and what
 * that lies in. */
#pragma once

#include "office/kind.h"
#include "web/parts.h"
#include "web/req.h"

struct unit_list;

/* The units themselves, the nearest first. */
MUST_USE enum err find_office_units(struct req *r, const struct kind *kind, struct str typed,
				    struct unit_list *out);
/* Each leads to the form that opens such a dossier there; at most 12. */
MUST_USE enum err find_offices(struct req *r, const struct kind *kind, struct str typed,
			       struct items *out);
