/* Codes that work once: printed over the counter to set a password, shown on the terminal to make
 * the first administrator. 80 random bits need no slow hash; only SHA-256 of them is kept. */
#include "office/account.h"

#include "base/encode.h"
#include "office/doer.h"
#include "office/session.h"
#include "office/site.h"

#include <inttypes.h>

#define HOUR_MS (3600 * INT64_C(1000))

static void hash_of(const uint8_t bytes[CHECK_VALUE_BYTES], struct hash *out)
{
	sha256(bytes, CHECK_VALUE_BYTES, out);
}

/* Earlier codes for the same purpose (and person) are void from now on. */
static enum err make(struct tx *tx, struct str purpose, int64_t person, int64_t as, int64_t hours,
		     struct str *code)
{
	uint8_t bytes[CHECK_VALUE_BYTES];
	struct rng rng;
	struct hash hash;
	struct query q =
		db_query(tx, "UPDATE one_time_code SET used = 1, used_at = $3 "
			     "WHERE purpose = $1 AND COALESCE(person, 0) = $2 AND used = 0");
	BIND(&q, purpose, person, tx->now);
	enum err e = db_exec(&q);

	if (e)
		return e;
	rng_system(&rng); /* never from the seed of a simulation */
	rng_bytes(&rng, bytes, sizeof bytes);
	hash_of(bytes, &hash);
	q = db_query(tx,
		     "INSERT INTO one_time_code (hash, purpose, person, made_at, made_by, made_as, "
		     "expires_at, used) VALUES ($1, $2, " NULL_IF_0("$3") ", $4, " NULL_IF_0(
			     "$5") ", " NULL_IF_0("$6") ", $7, 0)");
	BIND(&q, hash, purpose, person, tx->now, doer(tx), as,
	     (struct instant){ tx->now.ms + hours * HOUR_MS });
	if ((e = db_exec(&q)))
		return e;
	*code = check_value_text(tx->mem, bytes);
	return OK;
}

/* Is the code good now? `person` 0 for codes that belong to nobody. */
static enum err check(struct tx *tx, struct str purpose, int64_t person, struct str code,
		      struct hash *hash)
{
	uint8_t bytes[CHECK_VALUE_BYTES];

	if (!check_value_read(code, bytes))
		return tx_fail(tx, ERR_DENIED, "not a code");
	hash_of(bytes, hash);
	struct query q = db_query(tx, "SELECT made_at FROM one_time_code WHERE hash = $1 "
				      "AND purpose = $2 AND COALESCE(person, 0) = $3 "
				      "AND used = 0 AND expires_at > $4");
	BIND(&q, *hash, purpose, person, tx->now);
	enum err e = db_one(&q);

	db_end(&q);
	return e == ERR_NOT_FOUND ? tx_fail(tx, ERR_DENIED, "wrong, used or expired code") : e;
}

static enum err use(struct tx *tx, const struct hash *hash)
{
	struct query q = db_query(tx, "UPDATE one_time_code SET used = 1, used_at = $2 "
				      "WHERE hash = $1 AND used = 0");
	BIND(&q, *hash, tx->now);
	enum err e = db_exec(&q);

	if (e)
		return e;
	return db_changes(&q) == 1 ? OK : tx_fail(tx, ERR_DENIED, "code used meanwhile");
}

/* --- A new password --- */

MUST_USE enum err code_make_password(struct tx *tx, int64_t person, struct str *code)
{
	struct account a;
	int64_t as = 0;
	enum err e = takeover_right(tx, person, &as);

	if (e)
		return e;
	if ((e = account_find(tx, person, &a)))
		return tx_fail(tx, e, "person %" PRId64 " has no account", person);
	if (a.disabled)
		return tx_fail(tx, ERR_CONFLICT, "the account is disabled");
	return make(tx, S("password"), person, as, PASSWORD_CODE_HOURS, code);
}

static enum err check_password_code(struct tx *tx, struct str login, struct str code,
				    struct account *a, struct hash *hash)
{
	enum err e = account_by_login(tx, login, a);

	if (e == ERR_NOT_FOUND || (!e && a->disabled))
		return tx_fail(tx, ERR_DENIED, "no such account");
	return e ? e : check(tx, S("password"), a->person, code, hash);
}

MUST_USE enum err code_check_password(struct tx *tx, struct str login, struct str code)
{
	struct account a;
	struct hash hash;

	return check_password_code(tx, login, code, &a, &hash);
}

MUST_USE enum err code_use_password(struct tx *tx, struct str login, struct str code,
				    const struct password *hashed, int64_t *person)
{
	struct account a;
	struct hash hash;
	enum err e = check_password_code(tx, login, code, &a, &hash);

	if (e || (e = use(tx, &hash)))
		return e;
	struct query q =
		db_query(tx, "UPDATE account SET password = $2, must_change = 0, "
			     "generation = generation + 1, changed_at = $3, changed_by = $1 "
			     "WHERE person = $1");
	BIND(&q, a.person, str_of(hashed->text), tx->now);
	if ((e = db_exec(&q)) || (e = session_close_all(tx, a.person)))
		return e;
	*person = a.person;
	return OK;
}

/* --- The first administrator --- */

static enum err has_admin(struct tx *tx, int64_t root, bool *out)
{
	struct query q = db_query(tx, "SELECT a.id FROM appointment a "
				      "JOIN account c ON c.person = a.person "
				      "WHERE a.unit = $1 AND a.role = 'admin' AND a.valid_to >= $2 "
				      "AND c.password IS NOT NULL LIMIT 1");
	BIND(&q, root, tx_today(tx));
	enum err e = db_one(&q);

	if (e && e != ERR_NOT_FOUND)
		return e;
	*out = !e;
	return OK;
}

static enum err need_no_admin(struct tx *tx, int64_t *root)
{
	bool there;
	enum err e = site_root(tx, root);

	if (e || (e = has_admin(tx, *root, &there)))
		return e;
	return there ? tx_fail(tx, ERR_CONFLICT, "the site has an administrator") : OK;
}

MUST_USE enum err setup_wanted(struct tx *tx, bool *out)
{
	int64_t root;
	bool there;
	enum err e = site_root(tx, &root);

	if (e == ERR_NOT_FOUND) {
		*out = false;
		return OK;
	}
	if (e || (e = has_admin(tx, root, &there)))
		return e;
	*out = !there;
	return OK;
}

MUST_USE enum err setup_code_make(struct tx *tx, struct str *code)
{
	int64_t root;
	enum err e;

	if (!is_system(tx))
		return tx_fail(tx, ERR_DENIED, "only the terminal makes a setup code");
	if ((e = need_no_admin(tx, &root)))
		return e;
	return make(tx, S("setup"), 0, 0, SETUP_CODE_HOURS, code);
}

MUST_USE enum err setup_code_check(struct tx *tx, struct str code)
{
	struct hash hash;

	return check(tx, S("setup"), 0, code, &hash);
}

/* As the system, because there is nobody yet who could do it. */
static enum err make_first(struct tx *tx, int64_t root, struct str name, struct str login,
			   const struct password *hashed, int64_t *person)
{
	int64_t id, appointment;
	enum err e;

	if ((e = person_add(tx, name, root, true, &id)) || (e = account_add(tx, id, login)) ||
	    (e = appointment_make(tx,
				  &(struct appointment_new){ .person = id,
							     .unit = root,
							     .role = ADMIN,
							     .from = tx_today(tx),
							     .to = NO_DATE },
				  &appointment)))
		return e;
	struct query q = db_query(tx, "UPDATE account SET password = $2 WHERE person = $1");
	BIND(&q, id, str_of(hashed->text));
	if ((e = db_exec(&q)))
		return e;
	*person = id;
	return OK;
}

MUST_USE enum err setup_code_use(struct tx *tx, struct str code, struct str name, struct str login,
				 const struct password *hashed, int64_t *person)
{
	const struct member *who = tx->who;
	struct member system = { .system = true };
	struct hash hash;
	int64_t root;
	enum err e = check(tx, S("setup"), 0, code, &hash);

	if (e || (e = use(tx, &hash)) || (e = need_no_admin(tx, &root)))
		return e;
	tx->who = &system;
	e = make_first(tx, root, name, login, hashed, person);
	tx->who = who;
	return e;
}
