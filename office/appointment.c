/* Appointments are never deleted and never moved: one is made with its days, and its end may be set
 * once earlier. What was done by virtue of it stays rightful, so an end never reaches back before
 * yesterday. */
#include "office/doer.h"
#include "office/person.h"
#include "office/site.h"
#include "office/unit_index.h"

#include <inttypes.h>

enum { LIST_MAX = 1000, FIELD_BYTES = 40 };

#define APPOINTMENT_COLUMNS \
	"a.id, a.person, a.unit, a.role, a.field, a.valid_from, a.valid_to, a.substitute_of "

static struct appointment appointment_row(struct query *q)
{
	struct appointment a = { .id = col_int(q, 0),
				 .person = col_int(q, 1),
				 .unit = col_int(q, 2),
				 .field = col_str(q, 4),
				 .from = col_date(q, 5),
				 .to = days_end(col_date(q, 6)),
				 .substitute_of = col_int(q, 7) };

	if (!role_read(col_str(q, 3), &a.role))
		q->err = ERR_CORRUPT;
	return a;
}

MUST_USE enum err appointment_find(struct tx *tx, int64_t id, struct appointment *out)
{
	struct query q = db_query(tx, "SELECT " APPOINTMENT_COLUMNS "FROM appointment a "
				      "WHERE a.id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e, "appointment %" PRId64, id);
	struct appointment a = appointment_row(&q);

	e = q.err;
	db_end(&q);
	if (!e)
		*out = a;
	return e;
}

static bool field_fits(struct str field)
{
	for (size_t i = 0; i < field.len; i++)
		if (!(field.at[i] >= 'a' && field.at[i] <= 'z') && field.at[i] != '_')
			return false;
	return field.len <= FIELD_BYTES;
}

/* ERR_CONFLICT when there is a row. */
static enum err none_wanted(struct query *q, const char *otherwise)
{
	enum err e = db_one(q);

	db_end(q);
	if (e == ERR_NOT_FOUND)
		return OK;
	return e ? e : tx_fail(q->tx, ERR_CONFLICT, "%s", otherwise);
}

/* Unit, role, field and, where none is said, the last day are the principal's. */
static enum err take_from_principal(struct tx *tx, struct appointment_new *n)
{
	struct appointment p;
	enum err e = appointment_find(tx, n->substitute_of, &p);

	if (e)
		return e;
	if (p.substitute_of || p.person == n->person)
		return tx_fail(tx, ERR_INVALID,
			       "a substitute stands for somebody else, who holds the "
			       "appointment in his own right");
	n->unit = p.unit;
	n->role = p.role;
	n->field = p.field;
	if (!date_is_set(n->to))
		n->to = p.to;
	if (date_cmp(n->from, p.from) < 0 || (date_is_set(p.to) && date_cmp(n->to, p.to) > 0))
		return tx_fail(tx, ERR_INVALID, "a substitute's days lie within the principal's");
	return OK;
}

static enum err check_days(struct tx *tx, const struct appointment_new *n, struct date to)
{
	struct query q = db_query(tx, "SELECT first_day, last_day FROM unit WHERE id = $1");
	BIND(&q, n->unit);
	enum err e = db_one(&q);

	if (e)
		return tx_fail(tx, e == ERR_NOT_FOUND ? ERR_INVALID : e, "unit %" PRId64, n->unit);
	struct date first = col_date(&q, 0), last = col_date(&q, 1);

	db_end(&q);
	if (!date_is_set(n->from) || date_cmp(n->from, to) > 0 || date_cmp(n->from, first) < 0 ||
	    date_cmp(n->from, last) > 0)
		return tx_fail(tx, ERR_INVALID,
			       "days that end before they begin, or outside the life "
			       "of unit %" PRId64,
			       n->unit);
	return OK;
}

static enum err check_free(struct tx *tx, const struct appointment_new *n, struct date to)
{
	struct query q;

	if (n->substitute_of) {
		q = db_query(tx,
			     "SELECT id FROM appointment WHERE substitute_of = $1 "
			     "AND valid_from <= $3 AND valid_to >= $2 AND valid_from <= valid_to "
			     "LIMIT 1");
		BIND(&q, n->substitute_of, n->from, to);
		return none_wanted(&q, "there is another substitute on some of these days");
	}
	q = db_query(tx,
		     "SELECT id FROM appointment WHERE person = $1 AND unit = $2 AND role = $3 "
		     "AND field = $4 AND substitute_of IS NULL "
		     "AND valid_from <= $6 AND valid_to >= $5 AND valid_from <= valid_to LIMIT 1");
	BIND(&q, n->person, n->unit, role_word(n->role), n->field, n->from, to);
	return none_wanted(&q, "the person holds this appointment already on some of these days");
}

MUST_USE enum err appointment_make(struct tx *tx, const struct appointment_new *given, int64_t *id)
{
	struct appointment_new n = *given;
	struct person p;
	enum role role;
	enum err e;

	if (n.substitute_of && (e = take_from_principal(tx, &n)))
		return e;
	if ((e = admin_right(tx, n.unit, NULL)) || (e = person_find(tx, n.person, &p)))
		return e;
	if (!role_read(role_word(n.role), &role) || !field_fits(n.field))
		return tx_fail(tx, ERR_INVALID, "no such role or field of work");
	if (!n.field.at)
		n.field = S("");
	struct date to = date_is_set(n.to) ? n.to : days_last();

	if ((e = check_days(tx, &n, to)) || (e = check_free(tx, &n, to)))
		return e;
	struct query q =
		db_query(tx, "INSERT INTO appointment (person, unit, role, field, valid_from, "
			     "valid_to, substitute_of, made_at, made_by) "
			     "VALUES ($1, $2, $3, $4, $5, $6, " NULL_IF_0("$7") ", $8, " NULL_IF_0(
				     "$9") ") RETURNING id");
	BIND(&q, n.person, n.unit, role_word(role), n.field, n.from, to, n.substitute_of, tx->now,
	     doer(tx));
	e = db_one(&q);
	if (!e)
		*id = col_int(&q, 0);
	db_end(&q);
	return e;
}

/* Somebody must be left who can appoint. The command line is always there, so it may do anything. */
static enum err check_not_last_admin(struct tx *tx, const struct appointment *a)
{
	struct str text;
	int64_t root = 0;
	enum err e;

	if (a->role != ADMIN || is_system(tx))
		return OK;
	if ((e = site_get(tx, "root", &text)))
		return e;
	if (!str_int(text, &root) || a->unit != root)
		return OK;
	struct query q = db_query(tx, "SELECT a.id FROM appointment a "
				      "JOIN account c ON c.person = a.person "
				      "WHERE a.unit = $1 AND a.role = 'admin' AND a.field = '' "
				      "AND a.substitute_of IS NULL AND a.id <> $2 "
				      "AND a.valid_from <= $3 AND a.valid_to = $4 "
				      "AND c.disabled = 0 AND c.password IS NOT NULL LIMIT 1");
	BIND(&q, root, a->id, tx_today(tx), days_last());
	e = db_one(&q);
	db_end(&q);
	if (e == ERR_NOT_FOUND)
		return tx_fail(tx, ERR_CONFLICT, "the site would be left without an administrator");
	return e;
}

MUST_USE enum err appointment_end(struct tx *tx, int64_t id, struct date last)
{
	struct appointment a;
	struct date today = tx_today(tx);
	enum err e = appointment_find(tx, id, &a);

	if (e || (e = admin_right(tx, a.unit, NULL)) || (e = check_not_last_admin(tx, &a)))
		return e;
	if (!date_is_set(last) ||
	    (date_cmp(a.from, today) <= 0 && date_cmp(last, date_add(today, -1)) < 0))
		return tx_fail(tx, ERR_INVALID, "an appointment ends yesterday at the earliest");
	if (date_is_set(a.to) && date_cmp(last, a.to) >= 0)
		return tx_fail(tx, ERR_CONFLICT, "it ends no later already");
	if (date_cmp(last, a.from) < 0)
		last = date_add(a.from, -1);
	struct query q = db_query(
		tx, "UPDATE appointment SET valid_to = $2, ended_at = $3, "
		    "ended_by = " NULL_IF_0(
			    "$4") " "
				  "WHERE (id = $1 OR substitute_of = $1) AND valid_to > $2");
	BIND(&q, id, last, tx->now, doer(tx));
	return db_exec(&q);
}

static enum err list_rows(struct query *q, struct appointment_list *out)
{
	struct tx *tx = q->tx;
	struct appointment_list list = { 0 };
	size_t cap = 0;

	while (db_next(q)) {
		if (list.n == cap) {
			size_t more = cap ? cap * 2 : 8;

			list.at = arena_grow(tx->mem, list.at, cap * sizeof *list.at,
					     more * sizeof *list.at);
			cap = more;
		}
		list.at[list.n++] = (struct appointment_row){ .a = appointment_row(q),
							      .person_name = col_str(q, 8),
							      .substitute_of_name = col_str(q, 9) };
	}
	if (!q->err)
		*out = list;
	return q->err;
}

#define LIST_TABLES                                            \
	"FROM appointment a JOIN person p ON p.id = a.person " \
	"LEFT JOIN appointment b ON b.id = a.substitute_of LEFT JOIN person r ON r.id = b.person "

MUST_USE enum err appointment_list_unit(struct tx *tx, int64_t unit, struct date day,
					struct appointment_list *out)
{
	struct query q = db_query(tx, "SELECT " APPOINTMENT_COLUMNS
				      ", p.name, COALESCE(r.name, '') " LIST_TABLES
				      "WHERE a.unit = $1 AND a.valid_to >= $2 "
				      "AND a.valid_from <= a.valid_to "
				      "ORDER BY a.role, p.name, a.id LIMIT $3");
	BIND(&q, unit, day, (int64_t)LIST_MAX);
	return list_rows(&q, out);
}

MUST_USE enum err appointment_list_person(struct tx *tx, int64_t person,
					  struct appointment_list *out)
{
	struct query q =
		db_query(tx, "SELECT " APPOINTMENT_COLUMNS
			     ", p.name, COALESCE(r.name, '') " LIST_TABLES "WHERE a.person = $1 "
			     "ORDER BY a.valid_from DESC, a.id DESC LIMIT $2");
	BIND(&q, person, (int64_t)LIST_MAX);
	return list_rows(&q, out);
}
