/* Who must use an authenticator: the site's own rule. A password alone opens an account to whoever
 * reads it over a shoulder; an administrator's opens everybody's. Who is bound by the rule and has no
 * authenticator can do nothing but set one up. */
#pragma once

#include "office/member.h"
#include "store/db.h"

enum factor_rule {
	FACTOR_NOBODY,    /* offered and advised, as on a demonstration */
	FACTOR_ADMINS,    /* administrators of any unit: how `dinh init` begins */
	FACTOR_OFFICIALS, /* whoever holds an office today */
};

/* "nobody", "admins", "officials": the word of the command line, of forms and of the database. */
struct str factor_rule_word(enum factor_rule rule);
MUST_USE bool factor_rule_read(struct str word, enum factor_rule *out);

/* FACTOR_NOBODY where it was never set. */
MUST_USE enum err factor_rule_get(struct tx *tx, enum factor_rule *out);
/* By an administrator of the root. */
MUST_USE enum err factor_rule_set(struct tx *tx, enum factor_rule rule);

/* Does the rule bind this member? Asked with each request of those who have no authenticator. */
MUST_USE enum err factor_wanted(struct tx *tx, const struct member *m, bool *out);
/* Accounts whose people the rule would bind today, and how many of them have no authenticator. */
MUST_USE enum err factor_rule_count(struct tx *tx, enum factor_rule rule, int64_t *bound,
				    int64_t *without);
