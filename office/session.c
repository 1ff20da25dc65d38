/* A session is over by comparison, not by deletion: by its age, by silence, by the account's
 * generation or by the account being disabled. Sweeping only saves space. */
#include "office/session.h"

#include "base/encode.h"
#include "office/doer.h"

/* The clock may be set back a little, and batches are stored a little late; a session from further
 * in the future than this is not trusted. */
#define CLOCK_SLACK_MS (5 * 60 * INT64_C(1000))

enum { COOKIE_BYTES = 32, SESSIONS_SHOWN = 100 };

static enum err check_account(struct tx *tx, const struct credential *c)
{
	struct query q = db_query(tx, "SELECT generation, disabled FROM account WHERE person = $1");
	BIND(&q, c->person);
	enum err e = db_one(&q);

	if (e)
		return e == ERR_NOT_FOUND ? tx_fail(tx, ERR_DENIED, "the account is gone") : e;
	bool same = col_int(&q, 0) == c->generation, disabled = col_bool(&q, 1);

	db_end(&q);
	if (disabled)
		return tx_fail(tx, ERR_DENIED, "the account is disabled");
	return same ? OK : tx_fail(tx, ERR_CONFLICT, "the password was changed meanwhile");
}

MUST_USE enum err session_open(struct tx *tx, const struct credential *c, struct str code,
			       struct str *cookie)
{
	uint8_t id[COOKIE_BYTES];
	struct account a;
	struct rng rng;
	struct hash hash;
	enum err e;

	if (!c->passed || !c->person)
		return tx_fail(tx, ERR_DENIED, "the password has not been checked");
	if ((e = check_account(tx, c)) || (e = account_find(tx, c->person, &a)))
		return e;
	if (a.totp_on && (e = totp_use(tx, c->person, code)))
		return e;
	rng_system(&rng); /* never from the seed of a simulation */
	rng_bytes(&rng, id, sizeof id);
	sha256(id, sizeof id, &hash);
	struct query q =
		db_query(tx, "INSERT INTO session (hash, person, generation, second_factor, "
			     "made_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)");
	BIND(&q, hash, c->person, c->generation, a.totp_on, tx->now);
	if ((e = db_exec(&q)))
		return e;
	*cookie = hex_encode(tx->mem, id, sizeof id);
	return OK;
}

MUST_USE enum err session_load(struct tx *tx, struct str cookie, struct session *out)
{
	uint8_t id[COOKIE_BYTES];
	struct session s = { 0 };

	if (!hex_decode(cookie, id, sizeof id))
		return ERR_NOT_FOUND;
	sha256(id, sizeof id, &s.hash);
	struct query q = db_query(tx, "SELECT s.person, c.login, c.must_change, s.second_factor, "
				      "s.made_at, s.seen_at, c.totp_on FROM session s "
				      "JOIN account c ON c.person = s.person "
				      "WHERE s.hash = $1 AND s.generation = c.generation "
				      "AND c.disabled = 0");
	BIND(&q, s.hash);
	enum err e = db_one(&q);

	if (e)
		return e;
	s.person = col_int(&q, 0);
	s.login = col_str(&q, 1);
	s.must_change = col_bool(&q, 2);
	s.second_factor = col_bool(&q, 3);
	s.made_at = col_instant(&q, 4);
	struct instant seen = col_instant(&q, 5);
	s.totp_on = col_bool(&q, 6);

	db_end(&q);
	int64_t idle = tx->now.ms - seen.ms, age = tx->now.ms - s.made_at.ms;

	if (idle >= SESSION_IDLE_MS || age >= SESSION_LIFE_MS || age < -CLOCK_SLACK_MS)
		return ERR_NOT_FOUND;
	int64_t by_idle = tx->now.ms + SESSION_IDLE_MS, by_age = s.made_at.ms + SESSION_LIFE_MS;

	s.needs_touch = idle >= SESSION_TOUCH_MS;
	s.ends_at.ms = by_idle < by_age ? by_idle : by_age;
	*out = s;
	return OK;
}

MUST_USE enum err session_touch(struct tx *tx, const struct hash *session)
{
	/* Only while it lives: a batch that comes late must not wake a session that was over. */
	struct query q = db_query(tx, "UPDATE session SET seen_at = $2 "
				      "WHERE hash = $1 AND seen_at < $2 AND seen_at > $3");
	BIND(&q, *session, tx->now, (struct instant){ tx->now.ms - SESSION_IDLE_MS });
	return db_exec(&q);
}

MUST_USE enum err session_close(struct tx *tx, const struct hash *session)
{
	struct query q = db_query(tx, "DELETE FROM session WHERE hash = $1");
	BIND(&q, *session);
	return db_exec(&q);
}

MUST_USE enum err session_close_all(struct tx *tx, int64_t person)
{
	struct query q = db_query(tx, "DELETE FROM session WHERE person = $1");
	BIND(&q, person);
	return db_exec(&q);
}

MUST_USE enum err session_close_others(struct tx *tx, int64_t person, const struct hash *keep)
{
	struct query q = db_query(tx, "DELETE FROM session WHERE person = $1 AND hash <> $2");
	BIND(&q, person, *keep);
	return db_exec(&q);
}

MUST_USE enum err session_list(struct tx *tx, int64_t person, struct session_list *out)
{
	struct session_list list = { NEW_N(tx->mem, struct session_row, SESSIONS_SHOWN), 0 };
	struct query q = db_query(tx, "SELECT s.hash, s.made_at, s.seen_at, s.second_factor "
				      "FROM session s JOIN account c ON c.person = s.person "
				      "WHERE s.person = $1 AND s.generation = c.generation "
				      "AND s.seen_at > $2 AND s.made_at > $3 "
				      "ORDER BY s.made_at DESC, s.hash LIMIT $4");
	BIND(&q, person, (struct instant){ tx->now.ms - SESSION_IDLE_MS },
	     (struct instant){ tx->now.ms - SESSION_LIFE_MS }, (int64_t)SESSIONS_SHOWN);
	while (db_next(&q))
		list.at[list.n++] = (struct session_row){ .hash = col_hash(&q, 0),
							  .made_at = col_instant(&q, 1),
							  .seen_at = col_instant(&q, 2),
							  .second_factor = col_bool(&q, 3) };
	if (!q.err)
		*out = list;
	return q.err;
}

MUST_USE enum err session_sweep(struct tx *tx, int64_t limit)
{
	struct query q = db_query(tx, "DELETE FROM session WHERE hash IN (SELECT hash FROM session "
				      "WHERE seen_at <= $1 OR made_at <= $2 LIMIT $3)");
	BIND(&q, (struct instant){ tx->now.ms - SESSION_IDLE_MS },
	     (struct instant){ tx->now.ms - SESSION_LIFE_MS }, limit);
	return db_exec(&q);
}
