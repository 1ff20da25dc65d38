/* The authenticator. A secret counts only after a first code has proved that the other side holds
 * it, and each code is good once: the step of the last one accepted is stored and must grow. */
#include "office/account.h"

#include "office/doer.h"
#include "office/session.h"

#include <inttypes.h>
#include <string.h>

static bool is_self(const struct tx *tx, int64_t person)
{
	return tx->who && person && tx->who->person == person;
}

MUST_USE enum err totp_enrol(struct tx *tx, int64_t person, struct str issuer,
			     struct totp_secret *secret, struct str *uri)
{
	struct account a;
	struct totp_secret s;
	struct rng rng;
	enum err e;

	if (!is_self(tx, person))
		return tx_fail(tx, ERR_DENIED, "everybody enrols himself");
	if ((e = account_find(tx, person, &a)))
		return tx_fail(tx, e, "account of person %" PRId64, person);
	if (a.totp_on)
		return tx_fail(tx, ERR_CONFLICT, "an authenticator is enrolled already");
	rng_system(&rng); /* never from the seed of a simulation */
	if (!totp_secret_make(&rng, &s))
		return tx_fail(tx, ERR_IO, "no randomness");
	struct query q = db_query(tx, "UPDATE account SET totp_secret = $2, totp_step = -1 "
				      "WHERE person = $1 AND totp_on = 0");
	BIND(&q, person, ((struct bytes){ s.b, sizeof s.b }));
	if ((e = db_exec(&q)))
		return e;
	*secret = s;
	*uri = totp_uri(tx->mem, &s, issuer, a.login);
	return OK;
}

MUST_USE enum err totp_pending(struct tx *tx, int64_t person, struct str issuer,
			       struct totp_secret *secret, struct str *uri)
{
	if (!is_self(tx, person))
		return tx_fail(tx, ERR_DENIED, "everybody enrols himself");
	struct query q = db_query(tx, "SELECT totp_secret, login FROM account WHERE person = $1 "
				      "AND totp_on = 0 AND totp_secret IS NOT NULL");
	BIND(&q, person);
	enum err e = db_one(&q);

	if (e)
		return e;
	struct bytes kept = col_bytes(&q, 0);

	if (kept.len != sizeof secret->b)
		return tx_fail(tx, ERR_CORRUPT, "secret of person %" PRId64, person);
	memcpy(secret->b, kept.at, sizeof secret->b);
	*uri = totp_uri(tx->mem, secret, issuer, col_str(&q, 1));
	return OK;
}

/* Accepts a code when the secret's state is `on`, and remembers its step. */
static enum err accept(struct tx *tx, int64_t person, struct str code, bool on)
{
	struct totp_secret s = { 0 };
	int64_t step;
	struct query q = db_query(tx, "SELECT totp_secret, totp_step FROM account "
				      "WHERE person = $1 AND totp_on = $2 AND disabled = 0 "
				      "AND totp_secret IS NOT NULL");
	BIND(&q, person, on);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e == ERR_NOT_FOUND ? ERR_CONFLICT : e,
			       "no authenticator of person %" PRId64, person);
	struct bytes kept = col_bytes(&q, 0);
	int64_t last = col_int(&q, 1);

	db_end(&q);
	if (kept.len != sizeof s.b)
		return tx_fail(tx, ERR_CORRUPT, "secret of person %" PRId64, person);
	memcpy(s.b, kept.at, sizeof s.b);
	if (!totp_check(&s, code, tx->now, last, &step))
		return tx_fail(tx, ERR_DENIED, "wrong or used code");
	/* The old step in the condition: of two requests with one code only one passes. */
	q = db_query(tx, "UPDATE account SET totp_step = $2, totp_on = 1 "
			 "WHERE person = $1 AND totp_step = $3");
	BIND(&q, person, step, last);
	if ((e = db_exec(&q)))
		return e;
	return db_changes(&q) == 1 ? OK : tx_fail(tx, ERR_DENIED, "code used meanwhile");
}

MUST_USE enum err totp_use(struct tx *tx, int64_t person, struct str code)
{
	return accept(tx, person, code, true);
}

MUST_USE enum err totp_confirm(struct tx *tx, int64_t person, struct str code,
			       const struct hash *keep)
{
	enum err e;

	if (!is_self(tx, person))
		return tx_fail(tx, ERR_DENIED, "everybody enrols himself");
	if ((e = accept(tx, person, code, false)))
		return e;
	struct query q = db_query(tx, "DELETE FROM session WHERE person = $1 AND hash <> $2");
	BIND(&q, person, keep ? *keep : (struct hash){ { 0 } });
	return db_exec(&q);
}

MUST_USE enum err totp_drop(struct tx *tx, int64_t person, struct str code)
{
	bool self = is_self(tx, person);
	enum err e = self ? totp_use(tx, person, code) : takeover_right(tx, person, NULL);
	struct person p;

	/* For somebody else it takes an administrator: the counter prints passwords, no more. */
	if (!e && !self && !(e = person_find(tx, person, &p)))
		e = admin_right(tx, p.unit, NULL);
	if (e)
		return e;
	struct query q = db_query(tx, "UPDATE account SET totp_secret = NULL, totp_on = 0, "
				      "totp_step = -1, changed_at = $2, "
				      "changed_by = " NULL_IF_0("$3") " WHERE person = $1");
	BIND(&q, person, tx->now, doer(tx));
	return db_exec(&q);
}
