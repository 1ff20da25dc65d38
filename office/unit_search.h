/* Units by name, as people type them: without diacritics, without the type, in any order. */
#pragma once

#include "office/unit.h"

/* Units in force on `day` at or beneath `under` whose type, name or code hold every word, higher
 * levels first; at most `limit`. Nothing for a text without words. */
MUST_USE enum err unit_search(struct tx *tx, struct str words, int64_t under, struct date day,
			      size_t limit, struct unit_list *out);
