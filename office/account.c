/* Accounts and their passwords. Whatever may depend on whether an account exists - its row, its
 * hash - is loaded in one query and checked at one cost, so that neither the answer nor its time
 * tells a stranger which phone numbers are registered. */
#include "office/account.h"

#include "office/doer.h"
#include "office/session.h"

#include <inttypes.h>
#include <string.h>

/* --- Making --- */

static enum err put_account(struct tx *tx, int64_t person, struct str login, struct str hashed)
{
	struct query q =
		db_query(tx, "INSERT INTO account (person, login, password, must_change, "
			     "disabled, totp_on, totp_step, generation, made_at, made_by, "
			     "changed_at, changed_by) VALUES ($1, $2, NULLIF($3, ''), 0, 0, 0, "
			     "-1, 1, $4, " NULL_IF_0("$5") ", $4, " NULL_IF_0("$5") ")");
	BIND(&q, person, login, hashed, tx->now, doer(tx));
	enum err e = db_exec(&q);

	return e == ERR_CONFLICT ? tx_fail(tx, e, "the login or the person has an account") : e;
}

MUST_USE enum err account_add(struct tx *tx, int64_t person, struct str login)
{
	struct str name;
	enum err e = takeover_right(tx, person, NULL);

	if (e)
		return e;
	if (!login_read(tx->mem, login, &name))
		return tx_fail(tx, ERR_INVALID,
			       "a login is a phone number or 3 to %d of a-z 0-9 . _ - "
			       "beginning with a letter",
			       LOGIN_MAX);
	return put_account(tx, person, name, S(""));
}

MUST_USE enum err account_register(struct tx *tx, struct str name, int64_t unit, struct str phone,
				   const struct password *hashed, int64_t *person)
{
	const struct member *who = tx->who;
	struct member system = { .system = true };
	struct str login;
	int64_t id;

	if (who)
		return tx_fail(tx, ERR_DENIED, "somebody who has an account does not register");
	if (!login_read(tx->mem, phone, &login) || login.at[0] != '0')
		return tx_fail(tx, ERR_INVALID, "not a phone number");
	enum err e = person_add(tx, name, unit, false, &id);

	if (e || (e = put_account(tx, id, login, str_of(hashed->text))))
		return e;
	tx->who = &system;
	e = person_private_save(tx, id, &(struct person_private){ login, S(""), NO_DATE });
	tx->who = who;
	if (!e)
		*person = id;
	return e;
}

/* --- Reading --- */

#define ACCOUNT_COLUMNS                                                                       \
	"c.person, p.name, c.login, p.unit, CASE WHEN c.password IS NULL THEN 0 ELSE 1 END, " \
	"c.must_change, c.disabled, c.totp_on "

static struct account account_row(struct query *q)
{
	return (struct account){ .person = col_int(q, 0),
				 .name = col_str(q, 1),
				 .login = col_str(q, 2),
				 .unit = col_int(q, 3),
				 .has_password = col_bool(q, 4),
				 .must_change = col_bool(q, 5),
				 .disabled = col_bool(q, 6),
				 .totp_on = col_bool(q, 7) };
}

MUST_USE enum err account_find(struct tx *tx, int64_t person, struct account *out)
{
	struct query q = db_query(tx, "SELECT " ACCOUNT_COLUMNS "FROM account c "
				      "JOIN person p ON p.id = c.person WHERE c.person = $1");
	BIND(&q, person);
	enum err e = db_one(&q);

	if (!e)
		*out = account_row(&q);
	db_end(&q);
	return e;
}

MUST_USE enum err account_by_login(struct tx *tx, struct str login, struct account *out)
{
	struct str name;

	if (!login_read(tx->mem, login, &name))
		return ERR_NOT_FOUND;
	struct query q = db_query(tx, "SELECT " ACCOUNT_COLUMNS "FROM account c "
				      "JOIN person p ON p.id = c.person WHERE c.login = $1");
	BIND(&q, name);
	enum err e = db_one(&q);

	if (!e)
		*out = account_row(&q);
	db_end(&q);
	return e;
}

MUST_USE enum err account_list(struct tx *tx, int64_t unit, struct str after, int64_t limit,
			       struct account_list *out)
{
	struct account_list list = { 0 };
	size_t cap = 0;
	struct query q = db_query(tx, "SELECT " ACCOUNT_COLUMNS "FROM account c "
				      "JOIN person p ON p.id = c.person "
				      "JOIN unit_ancestor a ON a.unit = p.unit AND a.ancestor = $1 "
				      "AND a.valid_from <= $2 AND a.valid_to >= $2 "
				      "WHERE c.login > $3 ORDER BY c.login LIMIT $4");
	BIND(&q, unit, tx_today(tx), after, limit);
	while (db_next(&q)) {
		if (list.n == cap) {
			size_t more = cap ? cap * 2 : 16;

			list.at = arena_grow(tx->mem, list.at, cap * sizeof *list.at,
					     more * sizeof *list.at);
			cap = more;
		}
		list.at[list.n++] = account_row(&q);
	}
	if (!q.err)
		*out = list;
	return q.err;
}

/* --- Passwords --- */

static enum err credential_row(struct query *q, struct credential *out)
{
	enum err e = db_one(q);

	if (e && e != ERR_NOT_FOUND)
		return e;
	struct credential c = { 0 };

	if (!e) {
		struct str stored = col_str(q, 2);

		c.person = col_int(q, 0);
		c.generation = col_int(q, 1);
		c.totp_on = col_bool(q, 3);
		if (!col_bool(q, 4) && stored.len < sizeof c.stored.text)
			memcpy(c.stored.text, stored.len ? stored.at : "", stored.len);
	}
	db_end(q);
	*out = c;
	return OK;
}

#define CREDENTIAL_COLUMNS "person, generation, password, totp_on, disabled "

MUST_USE enum err credential_load(struct tx *tx, struct str login, struct credential *out)
{
	struct str name = S("");
	/* What is no login finds nobody. */
	if (!login_read(tx->mem, login, &name))
		name = S("");
	struct query q = db_query(tx, "SELECT " CREDENTIAL_COLUMNS "FROM account WHERE login = $1");
	BIND(&q, name);
	return credential_row(&q, out);
}

MUST_USE enum err credential_of(struct tx *tx, int64_t person, struct credential *out)
{
	struct query q =
		db_query(tx, "SELECT " CREDENTIAL_COLUMNS "FROM account WHERE person = $1");
	BIND(&q, person);
	return credential_row(&q, out);
}

bool credential_check(struct arena *a, struct credential *c, struct str typed)
{
	struct str password = password_normal(a, typed);

	if (c->person && c->stored.text[0]) {
		struct str stored = str_of(c->stored.text);

		c->passed = password_verify(stored, password);
		c->rehash = c->passed && password_needs_rehash(stored);
	} else {
		c->passed = password_pretend(password);
	}
	return c->passed;
}

MUST_USE enum err credential_rehash(struct tx *tx, const struct credential *c,
				    const struct password *hashed)
{
	if (!c->passed)
		return tx_fail(tx, ERR_DENIED, "the password has not been checked");
	struct query q = db_query(tx, "UPDATE account SET password = $3 "
				      "WHERE person = $1 AND generation = $2 AND password = $4");
	BIND(&q, c->person, c->generation, str_of(hashed->text), str_of(c->stored.text));
	return db_exec(&q);
}

/* Whoever sets it, all sessions end, and codes not yet used are void. */
static enum err put_password(struct tx *tx, int64_t person, const struct password *hashed,
			     bool must_change, int64_t by)
{
	struct query q = db_query(tx, "UPDATE account SET password = $2, must_change = $3, "
				      "generation = generation + 1, changed_at = $4, "
				      "changed_by = " NULL_IF_0("$5") " WHERE person = $1");
	BIND(&q, person, str_of(hashed->text), must_change, tx->now, by);
	enum err e = db_exec(&q);

	if (e)
		return e;
	if (db_changes(&q) != 1)
		return tx_fail(tx, ERR_NOT_FOUND, "person %" PRId64 " has no account", person);
	q = db_query(tx, "UPDATE one_time_code SET used = 1, used_at = $2 "
			 "WHERE person = $1 AND used = 0");
	BIND(&q, person, tx->now);
	if ((e = db_exec(&q)))
		return e;
	return session_close_all(tx, person);
}

MUST_USE enum err account_change_password(struct tx *tx, const struct credential *c,
					  const struct password *hashed)
{
	struct credential now;
	enum err e;

	if (!c->passed)
		return tx_fail(tx, ERR_DENIED, "the old password has not been checked");
	if ((e = credential_of(tx, c->person, &now)))
		return e;
	if (now.generation != c->generation || !now.stored.text[0])
		return tx_fail(tx, ERR_CONFLICT,
			       "the password was changed, or the account disabled");
	return put_password(tx, c->person, hashed, false, c->person);
}

MUST_USE enum err account_set_password(struct tx *tx, int64_t person, const struct password *hashed)
{
	if (!is_system(tx))
		return tx_fail(tx, ERR_DENIED, "nobody types somebody else's password");
	return put_password(tx, person, hashed, true, 0);
}

MUST_USE enum err account_disable(struct tx *tx, int64_t person, bool disabled)
{
	enum err e = takeover_right(tx, person, NULL);
	struct person p;

	/* A clerk makes codes; closing an account is an administrator's word. */
	if (e || (e = person_find(tx, person, &p)) || (e = admin_right(tx, p.unit, NULL)))
		return e;
	struct query q = db_query(tx, "UPDATE account SET disabled = $2, changed_at = $3, "
				      "changed_by = " NULL_IF_0("$4") " WHERE person = $1");
	BIND(&q, person, disabled, tx->now, doer(tx));
	if ((e = db_exec(&q)))
		return e;
	if (db_changes(&q) != 1)
		return tx_fail(tx, ERR_NOT_FOUND, "person %" PRId64 " has no account", person);
	return disabled ? session_close_all(tx, person) : OK;
}
