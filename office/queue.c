/* Duties belong to a unit and everybody who works there sees them; steps belong to a role. Who is of another
 * office in the same place, the Front or an inspector, sees the duties that a step of his own could meet. */
#include "office/queue.h"

#include <string.h>

enum { WORK_THERE = CLERK | LEADER, BESIDE = FRONT | INSPECTOR };

static bool is_theirs(const struct tx *tx, const struct appointment *by, const struct duty_row *row)
{
	const struct kind *k = office_kind(tx->office, row->kind);
	const struct state *state = k ? kind_state(k, row->state) : NULL;
	if (state &&
	    state->stub) /* taken down: what it owed stays counted, and no step of it meets it */
		return false;
	if (by->role & WORK_THERE)
		return true;
	for (const struct step *s = k ? k->steps : NULL; s && s->name; s++)
		if ((s->from & row->state) && !s->follows && !s->at_home &&
		    (s->may & (unsigned)by->role) &&
		    member_may(tx->who, by->role, by->unit, str_of(k->work)))
			return true;
	return false;
}

/* At most `limit` of them, though others may stand between. */
static enum err add_duties(struct tx *tx, const struct appointment *by, enum duty_when when,
			   int limit, struct duty_rows *to)
{
	struct duty_rows rows = { .more = true };
	struct duty_filter f = { .under = by->unit,
				 .exactly = true,
				 .when = when,
				 .limit = limit,
				 .rule = S(""),
				 .after_due = NO_DATE };
	int found = 0;
	while (rows.more && found < limit) {
		enum err e = duty_list(tx, &f, &rows);
		if (e)
			return e;
		to->at = arena_grow(tx->mem, to->at, to->n * sizeof *to->at,
				    (to->n + rows.n + 1) * sizeof *to->at);
		for (size_t i = 0; i < rows.n && found < limit; i++) {
			f.after_due = rows.at[i].duty.due;
			f.after_id = rows.at[i].id;
			if (!is_theirs(tx, by, &rows.at[i]))
				continue;
			to->at[to->n++] = rows.at[i];
			found++;
		}
	}
	to->more |= rows.more;
	return OK;
}

static bool among(const struct list_rows *rows, int64_t dossier)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].id == dossier)
			return true;
	return false;
}

/* The roles whose steps lead on from a state. */
static unsigned roles_next(const struct kind *k, unsigned state)
{
	unsigned roles = 0;
	bool home = kind_turns_home(k, state);
	for (const struct step *s = k->steps; s->name; s++)
		if ((s->from & state) && s->to && s->to != state && !s->follows &&
		    s->at_home == home)
			roles |= s->may;
	return roles;
}

static enum err stands_since(struct tx *tx, int64_t dossier, struct date *out, int64_t *author)
{
	struct query q = db_query(tx, "SELECT a.recorded_at, d.author FROM act a JOIN dossier d"
				      " ON d.id = a.dossier WHERE a.dossier = $1"
				      " AND a.to_state <> a.from_state ORDER BY a.no DESC LIMIT 1");
	BIND(&q, dossier);
	enum err e = db_one(&q);
	if (e)
		return e;
	*out = instant_date(col_instant(&q, 0));
	*author = col_int(&q, 1);
	return OK;
}

enum err queue_next(struct tx *tx, int64_t dossier, const struct kind *kind, unsigned state,
		    int64_t unit, struct queue_next *out)
{
	const struct state *s = kind_state(kind, state);
	*out = (struct queue_next){ .state = s->label, .since = NO_DATE };
	if (!s->waits || !(out->roles = roles_next(kind, state)))
		return OK;
	int64_t author = 0;
	enum err e = stands_since(tx, dossier, &out->since, &author);
	if (!e && tx->who && tx->who->person != author)
		out->mine = member_may(tx->who, out->roles, unit, str_of(kind->work));
	return e;
}

enum err queue_load(struct tx *tx, int limit, struct queue *out)
{
	const struct member *m = tx->who;
	if (!m || !m->person)
		return tx_fail(tx, ERR_DENIED, "a queue belongs to somebody");
	*out = (struct queue){ 0 };
	enum err e = OK;
	for (size_t i = 0; !e && i < m->n; i++) {
		const struct appointment *by = &m->at[i];
		if (!(by->role & (WORK_THERE | BESIDE)) ||
		    !member_first_at(m, i, WORK_THERE | (unsigned)by->role))
			continue;
		if ((e = add_duties(tx, by, DUTIES_OVERDUE, limit, &out->overdue)) ||
		    (e = add_duties(tx, by, DUTIES_TODAY, limit, &out->today)))
			break;
		e = add_duties(tx, by, DUTIES_SOON, limit, &out->later);
	}
	if (e || (e = list_waiting(tx, limit, &out->waiting)))
		return e;
	struct duty_rows *later = &out->later;
	size_t n = 0;
	for (size_t i = 0; i < later->n; i++)
		if (!among(&out->waiting, later->at[i].dossier))
			later->at[n++] = later->at[i];
	later->n = n;
	return OK;
}
