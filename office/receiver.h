/* Which office a matter could go to: those above its holder and beside it, at whose level its kind
 * lives; any other by its code or name. For steps that transfer. */
#pragma once

#include "office/kind.h"

/* Code and heading of each, at most 400; the holder itself is not among them. */
MUST_USE enum err receiver_options(struct tx *tx, const struct kind *kind, int64_t holder,
				   enum lang lang, struct choices *out);
/* The same with the holder first: where it may well be itself. */
MUST_USE enum err receiver_options_own(struct tx *tx, const struct kind *kind, int64_t holder,
				       enum lang lang, struct choices *out);
/* The heading of the unit that bears a code, as `label_of` of a field; false: none does. */
bool receiver_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
		    struct str *out);
/* What somebody typed, a code or a name only one office has, becomes its code and its id; where there
 * is none, or several, it stays as it was typed and the id is 0. */
MUST_USE enum err receiver_fill(struct tx *tx, const struct kind *kind, struct str *typed,
				int64_t *id);
