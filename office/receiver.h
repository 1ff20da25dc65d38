/* Which office a matter could go to: those above its holder and beside it, at whose level its kind
 * lives; any other by its code or name. For steps that transfer. */
#pragma once

#include "office/kind.h"

struct unit;

/* Code and heading of each, at most 400; the holder itself is not among them. */
MUST_USE enum err receiver_options(struct tx *tx, const struct kind *kind, int64_t holder,
				   enum lang lang, struct choices *out);
/* By its code, or by a name only one office has. ERR_NOT_FOUND: none, or several. */
MUST_USE enum err receiver_find(struct tx *tx, const struct kind *kind, struct str typed,
				struct unit *out);
