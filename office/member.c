/* What somebody may do today is worked out once per request, from appointments in force on this very
 * day: an ended one is simply not there. */
#include "office/member.h"

#include "office/doer.h"
#include "office/person.h"
#include "office/site.h"
#include "office/unit.h"
#include "office/unit_index.h"

#include <inttypes.h>

static const struct {
	enum role role;
	struct str word;
} role_words[] = {
	{ CLERK, S_INIT("clerk") },
	{ LEADER, S_INIT("leader") },
	{ FRONT, S_INIT("front") },
	{ INSPECTOR, S_INIT("inspector") },
	{ STEERING, S_INIT("steering") },
	{ ELECTION, S_INIT("election") },
	{ ADMIN, S_INIT("admin") },
	{ CITIZEN, S_INIT("citizen") }, /* from here on: never appointed */
	{ SYSTEM, S_INIT("system") },
};

struct str role_word(enum role role)
{
	for (size_t i = 0; i < LENGTH(role_words); i++)
		if (role_words[i].role == role)
			return role_words[i].word;
	return S("");
}

bool role_read(struct str word, enum role *out)
{
	for (size_t i = 0; role_words[i].role != CITIZEN; i++)
		if (str_eq(role_words[i].word, word)) {
			*out = role_words[i].role;
			return true;
		}
	return false;
}

bool member_first_at(const struct member *m, size_t i, unsigned roles)
{
	for (size_t k = 0; k < i; k++)
		if (m->at[k].unit == m->at[i].unit && (m->at[k].role & roles))
			return false;
	return true;
}

const struct appointment *member_may(const struct member *m, unsigned roles, int64_t unit,
				     struct str field)
{
	const struct appointment *found = NULL;

	for (size_t i = 0; m && i < m->n; i++) {
		const struct appointment *a = &m->at[i];

		if (!(a->role & roles) || a->unit != unit ||
		    (a->field.len && !str_eq(a->field, field)))
			continue;
		if (!a->substitute_of)
			return a;
		if (!found)
			found = a;
	}
	return found;
}

/* A stop for a tree in which units are heirs of each other; no reform ends as many. */
enum { UNITS_MOST = 20000 };

struct appointments {
	struct appointment *at;
	size_t n, cap;
};

static void put(struct arena *a, struct appointments *list, struct appointment one)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 4;

		list->at = arena_grow(a, list->at, list->cap * sizeof *list->at,
				      cap * sizeof *list->at);
		list->cap = cap;
	}
	list->at[list->n++] = one;
}

/* The ended units whose heir is the unit of the appointment: their open matters are its business. What
 * is put at the end of the list is looked at in its turn, for the heirs of heirs. */
static enum err put_inherited(struct tx *tx, struct appointments *list, struct appointment one)
{
	struct query q =
		db_query(tx, "SELECT id FROM unit WHERE heir = $1 AND last_day < $2 ORDER BY id");
	struct date today = tx_today(tx);

	BIND(&q, one.unit, today);
	while (list->n < UNITS_MOST && db_next(&q)) {
		one.unit = col_int(&q, 0);
		put(tx->mem, list, one);
	}
	db_end(&q);
	return q.err;
}

MUST_USE enum err member_load(struct tx *tx, int64_t person, struct member *out)
{
	struct appointments list = { 0 };
	struct date today = tx_today(tx);
	struct query q = db_query(tx, "SELECT name FROM person WHERE id = $1");
	BIND(&q, person);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e, "person %" PRId64, person);
	struct member m = { .person = person, .name = col_str(&q, 0) };

	db_end(&q);
	/* A substitute is nobody once the principal's own appointment is over. */
	q = db_query(tx, "SELECT a.id, a.unit, a.role, a.field, a.valid_from, a.valid_to, "
			 "a.substitute_of FROM appointment a JOIN unit u ON u.id = a.unit "
			 "LEFT JOIN appointment b ON b.id = a.substitute_of "
			 "WHERE a.person = $1 AND a.valid_from <= $2 AND a.valid_to >= $2 "
			 "AND u.first_day <= $2 AND u.last_day >= $2 "
			 "AND (b.id IS NULL OR (b.valid_from <= $2 AND b.valid_to >= $2)) "
			 "ORDER BY a.id");
	BIND(&q, person, today);
	while (db_next(&q)) {
		struct appointment a = { .id = col_int(&q, 0),
					 .person = person,
					 .unit = col_int(&q, 1),
					 .field = col_str(&q, 3),
					 .from = col_date(&q, 4),
					 .to = days_end(col_date(&q, 5)),
					 .substitute_of = col_int(&q, 6) };

		if (role_read(col_str(&q, 2), &a.role))
			put(tx->mem, &list, a);
	}
	if ((e = q.err))
		return e;
	for (size_t i = 0; i < list.n; i++)
		if ((e = put_inherited(tx, &list, list.at[i])))
			return e;
	m.at = list.at;
	m.n = list.n;
	*out = m;
	return OK;
}

MUST_USE enum err admin_right(struct tx *tx, int64_t unit, int64_t *as)
{
	int64_t found = 0;
	bool may = is_system(tx);
	enum err e = OK;

	if (!unit && !may && (e = site_root(tx, &unit)))
		return e;
	for (size_t i = 0; tx->who && i < tx->who->n && !may; i++) {
		const struct appointment *a = &tx->who->at[i];

		if (a->role != ADMIN || a->field.len)
			continue;
		if ((e = unit_beneath(tx, unit, a->unit, tx_today(tx), &may)))
			return e;
		found = a->id;
	}
	if (!may)
		return tx_fail(tx, ERR_DENIED, "not an administrator of unit %" PRId64, unit);
	if (as)
		*as = found;
	return OK;
}

MUST_USE enum err counter_right(struct tx *tx, int64_t unit, int64_t *as)
{
	const struct appointment *clerk = unit ? member_may(tx->who, CLERK, unit, S("")) : NULL;

	if (!clerk)
		return admin_right(tx, unit, as);
	if (as)
		*as = clerk->id;
	return OK;
}

MUST_USE enum err takeover_right(struct tx *tx, int64_t person, int64_t *as)
{
	struct appointment_list held;
	struct person p;
	bool official = false;
	enum err e = person_find(tx, person, &p);

	if (e || (e = appointment_list_person(tx, person, &held)))
		return e;
	for (size_t i = 0; i < held.n; i++) {
		const struct appointment *a = &held.at[i].a;

		if (date_is_set(a->to) &&
		    (date_cmp(a->to, tx_today(tx)) < 0 || date_cmp(a->to, a->from) < 0))
			continue;
		official = true;
		if ((e = admin_right(tx, a->unit, as)))
			return e;
	}
	/* The counter as well: else an administrator anywhere could take over a stranger by appointing
	 * him first. */
	return counter_right(tx, p.unit, official ? NULL : as);
}

MUST_USE enum err member_administers(struct tx *tx, int64_t unit, bool *out)
{
	struct tx quiet = *tx; /* a question, not a failure: nothing to report */
	enum err e = admin_right(&quiet, unit, NULL);

	if (e && e != ERR_DENIED)
		return tx_fail(tx, e, "%s", quiet.why);
	*out = !e;
	return OK;
}
