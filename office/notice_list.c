/* Notices as people read them: at a counter, by a receipt, in an account, on paper. */
#include "office/notice.h"

static const struct step *step_of(struct tx *tx, struct str kind, struct str step)
{
	const struct kind *k = kind.len ? office_kind(tx->office, kind) : NULL;
	return k ? kind_step(k, step) : NULL;
}

static struct notice read_row(struct tx *tx, struct query *q)
{
	struct notice n = { .id = col_int(q, 0),
			    .act = col_int(q, 1),
			    .dossier = col_int(q, 2),
			    .person = col_int(q, 3),
			    .class = (enum notice_class)col_int(q, 4),
			    .since = NO_DATE,
			    .made_at = col_instant(q, 6),
			    .code = str_some(col_str(q, 7)) };
	struct str since = col_str(q, 5);
	if (since.len && !date_parse(since, &n.since))
		n.since = NO_DATE;
	n.step = step_of(tx, str_some(col_str(q, 8)), str_some(col_str(q, 9)));
	return n;
}

static enum err fill_ways(struct tx *tx, struct notice *n)
{
	struct query q = db_query(tx, "SELECT way, state, changed_at, why FROM notice_way"
				      " WHERE notice = $1 ORDER BY way");
	BIND(&q, n->id);
	while (db_next(&q)) {
		int64_t way = col_int(&q, 0), state = col_int(&q, 1);
		if (way >= 0 && way < NOTICE_WAYS && state >= 0 && state < NOTICE_STATES)
			n->ways[way] = (struct notice_sent){ true, (enum notice_state)state,
							     col_instant(&q, 2), col_str(&q, 3) };
	}
	return q.err;
}

static enum err read_all(struct tx *tx, struct query *q, struct notices *out)
{
	struct notices all = { NEW_N(tx->mem, struct notice, NOTICES_SHOWN + 1), 0, false };
	while (db_next(q))
		all.at[all.n++] = read_row(tx, q);
	enum err e = q->err;
	if (all.n > NOTICES_SHOWN) {
		all.n = NOTICES_SHOWN;
		all.more = true;
	}
	for (size_t i = 0; !e && i < all.n; i++)
		e = fill_ways(tx, &all.at[i]);
	if (!e)
		*out = all;
	return e;
}

static int64_t bound(int64_t before)
{
	return before ? before : INT64_MAX;
}

/* What a text of SQL begins with is written once for the three: it must be a literal. */
#define NOTICE_SELECT                                                                   \
	"SELECT n.id, n.act, n.dossier, n.person, n.class, n.since, n.made_at, d.code," \
	" k.kind, a.step FROM notice n LEFT JOIN dossier d ON d.id = n.dossier"         \
	" AND n.dossier <> 0 LEFT JOIN act a ON a.id = n.act AND n.act <> 0"            \
	" LEFT JOIN dossier k ON k.id = a.dossier"

enum err notice_list(struct tx *tx, int64_t dossier, int64_t before, struct notices *out)
{
	struct query q = db_query(tx, NOTICE_SELECT " WHERE n.dossier = $1 AND n.dossier <> 0"
						    " AND n.id < $2 ORDER BY n.id DESC LIMIT $3");
	BIND(&q, dossier, bound(before), (int64_t)NOTICES_SHOWN + 1);
	return read_all(tx, &q, out);
}

/* The link that proves an address is no news. */
enum err notice_list_person(struct tx *tx, int64_t person, int64_t before, struct notices *out)
{
	struct query q = db_query(tx, NOTICE_SELECT " WHERE n.person = $1 AND n.person <> 0"
						    " AND n.id < $2 AND n.class <> $3"
						    " ORDER BY n.id DESC LIMIT $4");
	BIND(&q, person, bound(before), (int64_t)NOTICE_PROOF, (int64_t)NOTICES_SHOWN + 1);
	return read_all(tx, &q, out);
}

enum err notice_load(struct tx *tx, int64_t id, struct notice *out)
{
	struct query q = db_query(tx, NOTICE_SELECT " WHERE n.id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);
	if (e)
		return e;
	struct notice n = read_row(tx, &q);
	if (!(e = fill_ways(tx, &n)))
		*out = n;
	return e;
}
