/* Who people are, and what is kept about them apart from what they did. */
#include "office/person.h"

#include "base/utf8.h"
#include "office/doer.h"

#include <inttypes.h>

enum { NAME_POINTS = 100, PHONE_POINTS = 30, ADDRESS_POINTS = 300 };

static bool text_fits(struct arena *a, struct str *text, size_t min, size_t max)
{
	*text = utf8_clean(a, *text);
	size_t n = utf8_length(a, *text);

	for (size_t i = 0; i < text->len; i++)
		if (text->at[i] == '\n')
			return false;
	return n >= min && n <= max;
}

MUST_USE enum err person_add(struct tx *tx, struct str name, int64_t unit, bool verified,
			     int64_t *id)
{
	int64_t as = 0;
	enum err e = tx->who ? counter_right(tx, unit, &as) : OK;

	if (e)
		return e;
	if (!text_fits(tx->mem, &name, 1, NAME_POINTS))
		return tx_fail(tx, ERR_INVALID, "a name has 1 to %d signs on one line",
			       NAME_POINTS);
	verified = verified && tx->who;
	struct query q = db_query(
		tx,
		"INSERT INTO person (name, unit, made_at, made_by, made_as, "
		"verified_at, verified_by, verified_as) "
		"VALUES ($1, " NULL_IF_0("$2") ", $3, " NULL_IF_0("$4") ", " NULL_IF_0(
			"$5") ", " NULL_IF_0("$6") ", " NULL_IF_0("$7") ", " NULL_IF_0("$8") ") "
											     "RETUR"
											     "NING "
											     "id");
	BIND(&q, name, unit, tx->now, doer(tx), as, verified ? tx->now.ms : (int64_t)0,
	     verified ? doer(tx) : (int64_t)0, verified ? as : (int64_t)0);
	e = db_one(&q);
	if (!e)
		*id = col_int(&q, 0);
	db_end(&q);
	return e;
}

MUST_USE enum err person_find(struct tx *tx, int64_t id, struct person *out)
{
	struct query q =
		db_query(tx, "SELECT id, unit, name, verified_at FROM person WHERE id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e, "person %" PRId64, id);
	*out = (struct person){ .id = col_int(&q, 0),
				.unit = col_int(&q, 1),
				.name = col_str(&q, 2),
				.verified = col_int(&q, 3) != 0 };
	db_end(&q);
	return OK;
}

MUST_USE enum err person_verify(struct tx *tx, int64_t id)
{
	struct person p;
	int64_t as = 0;
	enum err e = person_find(tx, id, &p);

	if (e || (e = counter_right(tx, p.unit, &as)))
		return e;
	if (tx->who->person == id)
		return tx_fail(tx, ERR_DENIED, "nobody verifies himself");
	struct query q =
		db_query(tx, "UPDATE person SET verified_at = $2, "
			     "verified_by = " NULL_IF_0(
				     "$3") ", "
					   "verified_as = " NULL_IF_0(
						   "$4") " "
							 "WHERE id = $1 AND verified_at IS NULL");
	BIND(&q, id, tx->now, doer(tx), as);
	return db_exec(&q);
}

/* --- What is kept apart --- */

static enum err private_right(struct tx *tx, int64_t id)
{
	struct person p;
	enum err e;

	if (is_system(tx) || (tx->who && id && tx->who->person == id))
		return OK;
	if ((e = person_find(tx, id, &p)))
		return e;
	return counter_right(tx, p.unit, NULL);
}

MUST_USE enum err person_private_save(struct tx *tx, int64_t id, const struct person_private *given)
{
	struct person_private p = *given;
	enum err e = private_right(tx, id);

	if (e)
		return e;
	if (!text_fits(tx->mem, &p.phone, 0, PHONE_POINTS) ||
	    !text_fits(tx->mem, &p.address, 0, ADDRESS_POINTS))
		return tx_fail(tx, ERR_INVALID, "phone: at most %d signs; address: at most %d",
			       PHONE_POINTS, ADDRESS_POINTS);
	struct query q = db_query(
		tx, "INSERT INTO person_private (person, phone, address, "
		    "keep_until, changed_at, changed_by) "
		    "VALUES ($1, $2, $3, $4, $5, " NULL_IF_0(
			    "$6") ") "
				  "ON CONFLICT (person) DO UPDATE SET phone = excluded.phone, "
				  "address = excluded.address, keep_until = excluded.keep_until, "
				  "changed_at = excluded.changed_at, "
				  "changed_by = excluded.changed_by");
	BIND(&q, id, p.phone, p.address, p.keep_until, tx->now, doer(tx));
	return db_exec(&q);
}

MUST_USE enum err person_private_load(struct tx *tx, int64_t id, struct person_private *out)
{
	enum err e = private_right(tx, id);

	if (e)
		return e;
	struct query q = db_query(tx, "SELECT phone, address, keep_until FROM person_private "
				      "WHERE person = $1");
	BIND(&q, id);
	e = db_one(&q);
	if (e && e != ERR_NOT_FOUND)
		return e;
	*out = e ? (struct person_private){ S(""), S(""), NO_DATE }
		 : (struct person_private){ col_str(&q, 0), col_str(&q, 1), col_date(&q, 2) };
	db_end(&q);
	return OK;
}

MUST_USE enum err person_private_erase(struct tx *tx, int64_t id)
{
	if (!is_system(tx) && !(tx->who && id && tx->who->person == id))
		return tx_fail(tx, ERR_DENIED, "only the person and the clock erase");
	struct query q = db_query(tx, "DELETE FROM person_private WHERE person = $1");
	BIND(&q, id);
	return db_exec(&q);
}

MUST_USE enum err person_private_sweep(struct tx *tx, int64_t limit, int64_t *erased)
{
	if (!is_system(tx))
		return tx_fail(tx, ERR_DENIED, "only the person and the clock erase");
	struct query q = db_query(tx, "DELETE FROM person_private WHERE person IN "
				      "(SELECT person FROM person_private WHERE keep_until < $1 "
				      "ORDER BY keep_until LIMIT $2)");
	BIND(&q, tx_today(tx), limit);
	enum err e = db_exec(&q);

	if (!e)
		*erased = db_changes(&q);
	return e;
}
