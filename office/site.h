/* What a site is: the unit it is rooted at, its name, the origin of its public log, whether it is a
 * demonstration and then its clock. Written once by `dinh init` or `dinh demo`. */
#pragma once

#include "store/db.h"

struct site {
	int64_t root;         /* a unit; after a reform the same id, see unit_heir */
	struct str name;      /* on every page */
	struct str origin;    /* of the log: permanent */
	bool demo;            /* every page says that the data is illustrative */
	struct instant clock; /* demo: the site's own time when it was last saved; 0 otherwise */
};

/* ERR_NOT_FOUND: not yet made. */
MUST_USE enum err site_load(struct tx *tx, struct site *out);
MUST_USE enum err site_root(struct tx *tx, int64_t *out);
/* ERR_CONFLICT: there is one already; ERR_INVALID: no name, no origin or no root. */
MUST_USE enum err site_make(struct tx *tx, const struct site *site);
/* ERR_DENIED unless the site is a demonstration. */
MUST_USE enum err site_set_clock(struct tx *tx, struct instant clock);
/* By an administrator of the root. */
MUST_USE enum err site_rename(struct tx *tx, struct str name);

/* Other rooms' settings, one text a key ("room.key"). "" when never set. The caller has asked for
 * the right. */
MUST_USE enum err site_get(struct tx *tx, const char *key, struct str *out);
MUST_USE enum err site_set(struct tx *tx, const char *key, struct str value);
