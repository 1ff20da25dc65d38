/* The record is written before anything is shown, and it is the permission: no row, no reading. */
#include "office/access.h"

#include "base/utf8.h"
#include "office/kind.h"

#include <inttypes.h>

static bool holds(const struct member *m, int64_t appointment)
{
	for (size_t i = 0; m && i < m->n; i++)
		if (m->at[i].id == appointment)
			return true;
	return false;
}

bool access_may_ask(const struct tx *tx, int64_t holder, const struct kind *k)
{
	return k && member_may(tx->who, ACCESS_ROLES, holder, str_of(k->work));
}

enum err access_record_of(struct tx *tx, int64_t dossier, enum access_what what,
			  const struct appointment *by, struct str reason)
{
	reason = utf8_clean(tx->mem, reason);
	size_t n = utf8_length(tx->mem, reason);

	if (!by || !holds(tx->who, by->id))
		return tx_fail(tx, ERR_DENIED, "no appointment in force");
	if (n < ACCESS_REASON_MIN || n > ACCESS_REASON_MAX)
		return tx_fail(tx, ERR_INVALID, "a reason has %d to %d signs", ACCESS_REASON_MIN,
			       ACCESS_REASON_MAX);
	struct query q = db_query(tx, "INSERT INTO personal_view (dossier, person, appointment, "
				      "reason, seen_at, identity) VALUES ($1, $2, $3, $4, $5, $6)");
	BIND(&q, dossier, tx->who->person, by->id, reason, tx->now, (int64_t)what);
	return db_exec(&q);
}

MUST_USE enum err access_record(struct tx *tx, int64_t dossier, const struct appointment *by,
				struct str reason)
{
	return access_record_of(tx, dossier, ACCESS_MATTER, by, reason);
}

static enum err granted_of(struct tx *tx, int64_t dossier, int minutes, enum access_what what,
			   bool *out)
{
	bool granted = false;

	if (!tx->who || !tx->who->person) {
		*out = false;
		return OK;
	}
	struct query q = db_query(tx, "SELECT appointment FROM personal_view WHERE dossier = $1 "
				      "AND person = $2 AND seen_at > $3 AND seen_at <= $4 "
				      "AND identity = $5");
	BIND(&q, dossier, tx->who->person,
	     (struct instant){ tx->now.ms - minutes * INT64_C(60000) }, tx->now, (int64_t)what);
	while (db_next(&q))
		granted = granted || holds(tx->who, col_int(&q, 0));
	if (!q.err)
		*out = granted;
	return q.err;
}

MUST_USE enum err access_granted(struct tx *tx, int64_t dossier, int minutes, bool *out)
{
	return granted_of(tx, dossier, minutes, ACCESS_MATTER, out);
}

enum err access_granted_of(struct tx *tx, int64_t dossier, enum access_what what, bool *out)
{
	return granted_of(tx, dossier, ACCESS_MINUTES, what, out);
}

MUST_USE enum err access_list(struct tx *tx, int64_t dossier, int64_t limit,
			      struct access_list *out)
{
	struct access_list list = { 0 };
	size_t cap = 0;
	struct query q = db_query(tx, "SELECT w.seen_at, w.person, p.name, a.role, a.unit, "
				      "COALESCE(r.name, ''), w.reason, w.identity "
				      "FROM personal_view w "
				      "JOIN person p ON p.id = w.person "
				      "JOIN appointment a ON a.id = w.appointment "
				      "LEFT JOIN appointment b ON b.id = a.substitute_of "
				      "LEFT JOIN person r ON r.id = b.person "
				      "WHERE w.dossier = $1 ORDER BY w.seen_at DESC, w.id DESC "
				      "LIMIT $2");
	BIND(&q, dossier, limit);
	while (db_next(&q)) {
		if (list.n == cap) {
			size_t more = cap ? cap * 2 : 8;

			list.at = arena_grow(tx->mem, list.at, cap * sizeof *list.at,
					     more * sizeof *list.at);
			cap = more;
		}
		struct access *row = &list.at[list.n++];

		*row = (struct access){ .at = col_instant(&q, 0),
					.person = col_int(&q, 1),
					.name = col_str(&q, 2),
					.unit = col_int(&q, 4),
					.on_behalf = col_str(&q, 5),
					.reason = col_str(&q, 6),
					.what = (enum access_what)col_int(&q, 7) };
		if (!role_read(col_str(&q, 3), &row->role))
			q.err = ERR_CORRUPT;
	}
	if (!q.err)
		*out = list;
	return q.err;
}
