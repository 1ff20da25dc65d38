#include "office/factor_rule.h"

#include "office/doer.h"
#include "office/site.h"

#define KEY "sign.factor"

static const struct str words[] = {
	[FACTOR_NOBODY] = S_INIT("nobody"),
	[FACTOR_ADMINS] = S_INIT("admins"),
	[FACTOR_OFFICIALS] = S_INIT("officials"),
};

struct str factor_rule_word(enum factor_rule rule)
{
	return words[rule];
}

bool factor_rule_read(struct str word, enum factor_rule *out)
{
	for (size_t i = 0; i < LENGTH(words); i++)
		if (str_eq(words[i], word)) {
			*out = (enum factor_rule)i;
			return true;
		}
	return false;
}

enum err factor_rule_get(struct tx *tx, enum factor_rule *out)
{
	struct str word;
	enum err e = site_get(tx, KEY, &word);
	if (e)
		return e;
	*out = FACTOR_NOBODY;
	if (word.len && !factor_rule_read(word, out))
		return tx_fail(tx, ERR_CORRUPT, "site." KEY " is %.*s", STR_ARG(word));
	return OK;
}

enum err factor_rule_set(struct tx *tx, enum factor_rule rule)
{
	enum err e = admin_right(tx, 0, NULL);
	return e ? e : site_set(tx, KEY, words[rule]);
}

enum err factor_wanted(struct tx *tx, const struct member *m, bool *out)
{
	enum factor_rule rule = FACTOR_NOBODY;
	enum err e = m->n ? factor_rule_get(tx, &rule) : OK;
	*out = rule == FACTOR_OFFICIALS;
	for (size_t i = 0; rule == FACTOR_ADMINS && i < m->n; i++)
		*out |= m->at[i].role == ADMIN;
	return e;
}

enum err factor_rule_count(struct tx *tx, enum factor_rule rule, int64_t *bound, int64_t *without)
{
	struct str role = rule == FACTOR_ADMINS ? role_word(ADMIN) : S("");
	*bound = *without = 0;
	if (rule == FACTOR_NOBODY)
		return OK;
	struct query q = db_query(tx, "SELECT COUNT(DISTINCT c.person), COUNT(DISTINCT CASE WHEN"
				      " c.totp_on = 0 THEN c.person END) FROM account c"
				      " JOIN appointment a ON a.person = c.person"
				      " WHERE c.disabled = 0 AND a.valid_from <= $1"
				      " AND a.valid_to >= $1 AND ($2 = '' OR a.role = $2)");
	BIND(&q, tx_today(tx), role);
	enum err e = db_one(&q);
	if (e)
		return e;
	*bound = col_int(&q, 0);
	*without = col_int(&q, 1);
	return OK;
}
