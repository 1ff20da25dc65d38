/* Nothing is edited away: a change closes one version and opens the next, an end sets the last day
 * and names who answers from then on. What lies above and beneath is then computed anew. */
#include "office/unit_edit.h"

#include "base/utf8.h"
#include "office/doer.h"
#include "office/unit_index.h"
#include "office/unit_memory.h"

#include <inttypes.h>

enum { NAME_MAX_POINTS = 200, CODE_MAX = 40, PLACES_MAX = 500 };

static bool code_fits(struct str code)
{
	for (size_t i = 0; i < code.len; i++) {
		char c = code.at[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		      c == '-' || c == '.'))
			return false;
	}
	return code.len > 0 && code.len <= CODE_MAX;
}

static bool level_fits(enum unit_level parent, enum unit_level level)
{
	if (level == LEVEL_VILLAGE)
		return parent == LEVEL_COMMUNE;
	if (level != LEVEL_AGENCY && level != LEVEL_ENTERPRISE)
		return false;
	return parent != LEVEL_VILLAGE && (parent < LEVEL_AGENCY || parent == level);
}

/* --- Adding --- */

/* Does anybody bear the code at any time within these days? */
static enum err code_is_free(struct tx *tx, struct str code, struct date from, struct date to,
			     int64_t but)
{
	struct query q = db_query(tx, "SELECT unit FROM unit_version WHERE code = $1 "
				      "AND valid_from <= $3 AND valid_to >= $2 AND unit <> $4 "
				      "LIMIT 1");
	BIND(&q, code, from, to, but);
	enum err e = db_one(&q);

	db_end(&q);
	if (e == ERR_NOT_FOUND)
		return OK;
	return e ? e : tx_fail(tx, ERR_CONFLICT, "code %.*s is in use", STR_ARG(code));
}

static enum err name_is_free(struct tx *tx, const struct unit_new *n, struct date from)
{
	struct query q = db_query(tx, "SELECT type, name FROM unit_version WHERE parent = $1 "
				      "AND level = $2 AND valid_to >= $3");

	BIND(&q, n->parent, (int64_t)n->level, from);
	while (db_next(&q))
		if (str_eq(n->name, col_str(&q, 1)) && str_eq(n->type, col_str(&q, 0))) {
			db_end(&q);
			return tx_fail(tx, ERR_CONFLICT, "%.*s is there already", STR_ARG(n->name));
		}
	return q.err;
}

static enum err next_code(struct tx *tx, const struct unit *parent, struct str *out)
{
	struct query q = db_query(tx, "SELECT COUNT(DISTINCT unit) FROM unit_version "
				      "WHERE parent = $1 AND level >= $2");
	BIND(&q, parent->id, (int64_t)LEVEL_VILLAGE);
	enum err e = db_one(&q);

	if (e)
		return e;
	int64_t n = col_int(&q, 0);

	db_end(&q);
	for (int tries = 0; tries < 1000; tries++) {
		struct str code =
			str_printf(tx->mem, "%.*s-%02" PRId64, STR_ARG(parent->code), ++n);

		q = db_query(tx, "SELECT unit FROM unit_version WHERE code = $1 LIMIT 1");
		BIND(&q, code);
		e = db_one(&q);
		db_end(&q);
		if (e == ERR_NOT_FOUND) {
			*out = code;
			return OK;
		}
		if (e)
			return e;
	}
	return tx_fail(tx, ERR_CONFLICT, "no free code beneath %.*s", STR_ARG(parent->code));
}

static enum err put_version(struct tx *tx, int64_t unit, const struct unit_new *n, int64_t parent,
			    struct date from, struct date to)
{
	struct query q = db_query(
		tx, "INSERT INTO unit_version (unit, valid_from, valid_to, code, "
		    "type, name, name_en, parent, level, made_at, made_by) "
		    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, " NULL_IF_0("$11") ")");
	BIND(&q, unit, from, to, n->code, n->type, n->name, n->name_en, parent, (int64_t)n->level,
	     tx->now, doer(tx));
	return db_exec(&q);
}

/* The days of each parent in turn: the one named, its heir, the heir's heir. */
static enum err put_versions(struct tx *tx, int64_t unit, const struct unit_new *n,
			     struct date from, struct date to)
{
	int64_t parent = n->parent;

	for (;;) {
		struct query q = db_query(tx, "SELECT last_day FROM unit WHERE id = $1");
		BIND(&q, parent);
		enum err e = db_one(&q);

		if (e)
			return e;
		struct date last = col_date(&q, 0);

		db_end(&q);
		if (date_cmp(to, last) <= 0)
			return put_version(tx, unit, n, parent, from, to);
		if ((e = put_version(tx, unit, n, parent, from, last)))
			return e;
		from = date_add(last, 1);
		if ((e = unit_heir(tx, parent, from, &parent)))
			return e;
		if (!parent)
			return tx_fail(tx, ERR_INVALID, "its parent ends and nobody follows");
	}
}

static enum err put_facts(struct tx *tx, int64_t unit, struct date from,
			  const struct unit_facts *facts)
{
	struct query q =
		db_query(tx, "INSERT INTO unit_fact (unit, valid_from, valid_to, has_web, "
			     "has_loudspeaker, households, head_count, made_at, made_by) "
			     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, " NULL_IF_0("$9") ")");
	BIND(&q, unit, from, days_last(), facts->has_web, facts->has_loudspeaker, facts->households,
	     facts->head_count, tx->now, doer(tx));
	enum err e = db_exec(&q);
	return e ? e : unit_changed(tx);
}

MUST_USE enum err unit_add(struct tx *tx, const struct unit_new *given, int64_t *id)
{
	struct unit_new n = *given;
	struct unit parent;
	struct date day = date_is_set(n.from) ? n.from : tx_today(tx);
	enum err e = admin_right(tx, n.parent, NULL);

	if (e || (e = unit_find(tx, n.parent, day, &parent)))
		return e;
	n.name = utf8_clean(tx->mem, n.name);
	n.type = utf8_clean(tx->mem, n.type);
	n.name_en = utf8_clean(tx->mem, n.name_en);
	if (!parent.in_force || !level_fits(parent.level, n.level))
		return tx_fail(tx, ERR_INVALID, "%.*s cannot hold such a unit on that day",
			       STR_ARG(parent.name));
	if (!n.name.len || utf8_length(tx->mem, n.name) > NAME_MAX_POINTS ||
	    utf8_length(tx->mem, n.type) > NAME_MAX_POINTS || n.households < 0 || n.head_count < 0)
		return tx_fail(tx, ERR_INVALID, "a unit needs a name of at most %d signs",
			       NAME_MAX_POINTS);

	struct date from = date_is_set(n.from)        ? n.from
			   : date_is_set(parent.from) ? parent.from
						      : days_first();
	struct date to = date_is_set(n.to) ? n.to : days_last();

	if (date_cmp(from, to) > 0)
		return tx_fail(tx, ERR_INVALID, "a unit cannot end before it begins");
	if (!n.code.len && (e = next_code(tx, &parent, &n.code)))
		return e;
	if (!code_fits(n.code))
		return tx_fail(tx, ERR_INVALID, "code: letters, digits, dot and dash, at most %d",
			       CODE_MAX);
	if ((e = code_is_free(tx, n.code, from, to, 0)) || (e = name_is_free(tx, &n, from)))
		return e;

	struct query q =
		db_query(tx, "INSERT INTO unit (first_day, last_day, heir, made_at, made_by) "
			     "VALUES ($1, $2, NULL, $3, " NULL_IF_0("$4") ") RETURNING id");
	BIND(&q, from, to, tx->now, doer(tx));
	if ((e = db_one(&q)))
		return e;
	int64_t unit = col_int(&q, 0);

	db_end(&q);
	if ((e = put_versions(tx, unit, &n, from, to)))
		return e;
	if (date_cmp(to, days_last()) < 0) {
		q = db_query(tx, "UPDATE unit SET heir = (SELECT parent FROM unit_version "
				 "WHERE unit = $1 AND valid_to = $2) WHERE id = $1");
		BIND(&q, unit, to);
		if ((e = db_exec(&q)))
			return e;
	}
	if ((n.households || n.head_count) &&
	    (e = put_facts(tx, unit, from,
			   &(struct unit_facts){ .households = n.households,
						 .head_count = n.head_count })))
		return e;
	if ((e = unit_reindex(tx, unit)))
		return e;
	*id = unit;
	return OK;
}

/* --- Renaming --- */

static struct str chosen(struct arena *a, struct str change, struct str before)
{
	return change.len ? utf8_clean(a, change) : before;
}

MUST_USE enum err unit_change(struct tx *tx, int64_t id, struct date from,
			      const struct unit_change *c)
{
	struct unit u;
	enum err e = admin_right(tx, id, NULL);

	if (e || (e = unit_find(tx, id, from, &u)))
		return e;
	if (!u.in_force || (date_is_set(u.from) && date_cmp(u.from, from) == 0))
		return tx_fail(tx, ERR_INVALID,
			       "the unit does not exist then, or changes that day");

	struct unit_new n = { .level = u.level,
			      .code = chosen(tx->mem, c->code, u.code),
			      .type = chosen(tx->mem, c->type, u.type),
			      .name = chosen(tx->mem, c->name, u.name),
			      .name_en = chosen(tx->mem, c->name_en, u.name_en) };
	struct date to = date_is_set(u.to) ? u.to : days_last();

	if (!code_fits(n.code) || !n.name.len || utf8_length(tx->mem, n.name) > NAME_MAX_POINTS)
		return tx_fail(tx, ERR_INVALID, "not a name or a code");
	if ((e = code_is_free(tx, n.code, from, days_last(), id)))
		return e;
	struct query q = db_query(tx, "UPDATE unit_version SET valid_to = $3 "
				      "WHERE unit = $1 AND valid_from <= $2 AND valid_to >= $2");
	BIND(&q, id, from, date_add(from, -1));
	if ((e = db_exec(&q)) || (e = put_version(tx, id, &n, u.parent, from, to)))
		return e;
	/* Days still to come, on which only the parent changes. */
	q = db_query(tx, "UPDATE unit_version SET code = $3, type = $4, name = $5, name_en = $6, "
			 "made_at = $7, made_by = " NULL_IF_0(
				 "$8") " WHERE unit = $1 AND valid_from > $2");
	BIND(&q, id, from, n.code, n.type, n.name, n.name_en, tx->now, doer(tx));
	e = db_exec(&q);
	return e ? e : unit_changed(tx);
}

/* --- Ending --- */

static enum err put_heirs(struct tx *tx, int64_t id, struct date since, const int64_t *heirs,
			  size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct unit heir;
		bool beneath = false;
		enum err e = unit_find(tx, heirs[i], since, &heir);

		if (!e)
			e = unit_beneath(tx, heirs[i], id, since, &beneath);
		if (e)
			return e;
		if (!heir.in_force || beneath)
			return tx_fail(tx, ERR_INVALID, "%.*s cannot follow it",
				       STR_ARG(heir.name));
		struct query q =
			db_query(tx, "INSERT INTO unit_succession (predecessor, successor, "
				     "since, main, whole, share, checked) "
				     "VALUES ($1, $2, $3, $4, $5, -1, $6)");
		BIND(&q, id, heirs[i], since, (bool)(i == 0), (bool)(n == 1), (bool)true);
		if ((e = db_exec(&q)))
			return e;
	}
	return OK;
}

MUST_USE enum err unit_end(struct tx *tx, int64_t id, struct date last, const int64_t *heirs,
			   size_t n)
{
	struct unit u;
	struct unit_list children;
	struct date next = date_add(last, 1);
	enum err e = admin_right(tx, id, NULL);

	if (e || (e = unit_find(tx, id, last, &u)))
		return e;
	if (!u.in_force || !u.parent || u.level < LEVEL_VILLAGE)
		return tx_fail(tx, ERR_CONFLICT,
			       "%.*s does not stand on that day, or is no unit that "
			       "is ended by hand",
			       STR_ARG(u.name));
	if ((e = unit_children(tx, id, next, 1, &children)))
		return e;
	if (children.n)
		return tx_fail(tx, ERR_CONFLICT, "%.*s still holds %.*s", STR_ARG(u.name),
			       STR_ARG(children.at[0].name));
	struct query q =
		db_query(tx, "DELETE FROM unit_version WHERE unit = $1 AND valid_from > $2");
	BIND(&q, id, last);
	if ((e = db_exec(&q)))
		return e;
	q = db_query(tx, "UPDATE unit_version SET valid_to = $2 WHERE unit = $1 AND valid_to > $2");
	BIND(&q, id, last);
	if ((e = db_exec(&q)))
		return e;
	q = db_query(tx, "UPDATE unit SET last_day = $2, heir = $3, ended_at = $4, "
			 "ended_by = " NULL_IF_0("$5") " WHERE id = $1");
	BIND(&q, id, last, n ? heirs[0] : u.parent, tx->now, doer(tx));
	if ((e = db_exec(&q)) || (e = put_heirs(tx, id, next, heirs, n)))
		return e;
	return unit_reindex(tx, id);
}

/* --- What a unit declares --- */

MUST_USE enum err unit_declare(struct tx *tx, int64_t id, struct date from,
			       const struct unit_facts *facts)
{
	enum err e = admin_right(tx, id, NULL);

	if (e)
		return e;
	if (facts->households < 0 || facts->head_count < 0 || !date_is_set(from))
		return tx_fail(tx, ERR_INVALID, "counts are not negative");
	/* Said again for the same day: the later word holds from that day on. */
	struct query q = db_query(tx, "DELETE FROM unit_fact WHERE unit = $1 AND valid_from >= $2");
	BIND(&q, id, from);
	if ((e = db_exec(&q)))
		return e;
	q = db_query(tx, "UPDATE unit_fact SET valid_to = $3 WHERE unit = $1 AND valid_from < $2 "
			 "AND valid_to >= $2");
	BIND(&q, id, from, date_add(from, -1));
	if ((e = db_exec(&q)))
		return e;
	return put_facts(tx, id, from, facts);
}

MUST_USE enum err notice_place_add(struct tx *tx, int64_t unit, struct str name, struct date from,
				   int64_t *id)
{
	enum err e = admin_right(tx, unit, NULL);

	if (e)
		return e;
	name = utf8_clean(tx->mem, name);
	if (!name.len || utf8_length(tx->mem, name) > NAME_MAX_POINTS || !date_is_set(from))
		return tx_fail(tx, ERR_INVALID, "a place needs a name and a first day");
	struct query q = db_query(tx, "INSERT INTO notice_place (unit, name, valid_from, valid_to, "
				      "made_at, made_by) VALUES ($1, $2, $3, $4, $5, " NULL_IF_0(
					      "$6") ") RETURNING id");
	BIND(&q, unit, name, from, days_last(), tx->now, doer(tx));
	e = db_one(&q);
	if (!e)
		*id = col_int(&q, 0);
	db_end(&q);
	return e;
}

static struct notice_place place_row(struct query *q)
{
	return (struct notice_place){ .id = col_int(q, 0),
				      .unit = col_int(q, 1),
				      .name = col_str(q, 2),
				      .from = col_date(q, 3),
				      .to = days_end(col_date(q, 4)) };
}

MUST_USE enum err notice_place_find(struct tx *tx, int64_t id, struct notice_place *out)
{
	struct query q = db_query(tx, "SELECT id, unit, name, valid_from, valid_to "
				      "FROM notice_place WHERE id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e, "notice place %" PRId64, id);
	*out = place_row(&q);
	return OK;
}

MUST_USE enum err notice_place_end(struct tx *tx, int64_t id, struct date last)
{
	struct notice_place place;
	enum err e = notice_place_find(tx, id, &place);

	if (e || (e = admin_right(tx, place.unit, NULL)))
		return e;
	if (date_is_set(place.to) || date_cmp(last, place.from) < 0)
		return tx_fail(tx, ERR_CONFLICT, "the place has ended, or begins later");
	struct query q = db_query(tx, "UPDATE notice_place SET valid_to = $2, ended_at = $3, "
				      "ended_by = " NULL_IF_0("$4") " WHERE id = $1");
	BIND(&q, id, last, tx->now, doer(tx));
	return db_exec(&q);
}

MUST_USE enum err notice_place_list(struct tx *tx, int64_t unit, struct date day,
				    struct notice_places *out)
{
	struct notice_place *at = NEW_N(tx->mem, struct notice_place, PLACES_MAX);
	size_t n = 0;
	struct query q = db_query(tx, "SELECT id, unit, name, valid_from, valid_to "
				      "FROM notice_place WHERE unit = $1 AND valid_from <= $2 "
				      "AND valid_to >= $2 ORDER BY name, id LIMIT $3");
	BIND(&q, unit, day, (int64_t)PLACES_MAX);
	while (db_next(&q) && n < PLACES_MAX)
		at[n++] = place_row(&q);
	if (!q.err)
		*out = (struct notice_places){ at, n };
	return q.err;
}
