/* How much of what fell due was done in time, at and under a unit: over the year people look back on,
 * beside the year before, and as a line over the last twelve months. Each number opens its rows. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct share_part {
	struct facts facts; /* none where the site has no such indicator, or nothing fell due */
	struct str empty;   /* instead, what is not known and why; "" where there are facts */
	struct str path;    /* of the line, in a box of 100 x 64; "": none */
	struct str label, caption;
};

/* Two facts: what was in time, and all that fell due. */
MUST_USE enum err share_facts(struct req *r, const struct unit *u, struct facts *out);
/* These, the share with the year before, and the line. */
MUST_USE enum err share_fill(struct req *r, const struct unit *u, struct share_part *out);
