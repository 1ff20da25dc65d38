#include "modules/know/vacancy.h"

#include "gen/messages.h"
#include "modules/know/assignment.h"
#include "modules/know/targets.h"

enum { NAMED = 8 };

#define NOBODY_AT(unit, day)                                                            \
	" AND NOT EXISTS (SELECT 1 FROM appointment p WHERE p.unit = " unit             \
	" AND p.role IN ('clerk', 'leader') AND p.field IN ('', 'know') AND p.valid_to" \
	" >= " day " AND p.valid_from <= " day ")"

enum err vacancy_count(struct tx *tx, int64_t under, enum unit_level level, int64_t *out)
{
	struct query q = db_query(tx, "SELECT COUNT(DISTINCT v.unit) FROM unit_ancestor a"
				      " JOIN unit_version v ON v.unit = a.unit"
				      " AND v.valid_from <= $2 AND v.valid_to >= $2"
				      " JOIN unit u ON u.id = v.unit AND u.first_day <= $2"
				      " AND u.last_day >= $2 WHERE a.ancestor = $1"
				      " AND a.valid_from <= $2 AND a.valid_to >= $2 AND a.way = 0"
				      " AND v.level = $3" NOBODY_AT("v.unit", "$2"));
	BIND(&q, under, tx_today(tx), (int64_t)level);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	return e;
}

static enum err is_vacant(struct tx *tx, int64_t unit, bool *out)
{
	struct query q =
		db_query(tx, "SELECT COUNT(*) FROM unit u WHERE u.id = $1" NOBODY_AT("u.id", "$2"));
	BIND(&q, unit, tx_today(tx));
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) > 0;
	return e;
}

static enum err add(struct tx *tx, int64_t unit, struct unit_list *out)
{
	return unit_find(tx, unit, tx_today(tx), &out->at[out->n++]);
}

enum err vacancy_among(struct tx *tx, const struct strs *ids, struct unit_list *out)
{
	struct unit_list found = { NEW_N(tx->mem, struct unit, ids->n), 0 };
	enum err e = OK;
	for (size_t i = 0; !e && i < ids->n; i++) {
		int64_t id;
		bool vacant = false;
		if (str_int(ids->at[i], &id))
			e = is_vacant(tx, id, &vacant);
		if (!e && vacant)
			e = add(tx, id, &found);
	}
	if (!e)
		*out = found;
	return e;
}

enum err vacancy_asked(struct tx *tx, int64_t document, struct unit_list *out)
{
	int64_t ids[TARGETS_MOST];
	size_t n = 0;
	struct query q = db_query(tx, "SELECT d.unit FROM dossier d WHERE d.parent = $1"
				      " AND d.parent > 0 AND d.kind = 'assignment'"
				      " AND d.state = $2" NOBODY_AT("d.unit", "$3") " ORDER BY d.id"
										    " LIMIT $4");
	BIND(&q, document, (int64_t)ASSIGNMENT_GIVEN, tx_today(tx), (int64_t)TARGETS_MOST);
	while (n < TARGETS_MOST && db_next(&q))
		ids[n++] = col_int(&q, 0);
	db_end(&q);
	enum err e = q.err;
	*out = (struct unit_list){ NEW_N(tx->mem, struct unit, n), 0 };
	for (size_t i = 0; !e && i < n; i++)
		e = add(tx, ids[i], out);
	return e;
}

struct str vacancy_words(struct arena *a, enum lang lang, const struct unit_list *units)
{
	struct buf names = { .a = a }, all = { .a = a };
	for (size_t i = 0; i < units->n && i < NAMED; i++) {
		buf_put(&names, i ? S(", ") : S(""));
		buf_put(&names, unit_title(a, &units->at[i], lang));
	}
	if (units->n > NAMED)
		msg_document_nobody_at_more(&all, lang, (int64_t)units->n, buf_str(&names),
					    (int64_t)(units->n - NAMED));
	else if (units->n)
		msg_document_nobody_at(&all, lang, (int64_t)units->n, buf_str(&names));
	return buf_str(&all);
}
