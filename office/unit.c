/* Reading the tree. Every question names a day, and every answer is one indexed look-up: versions by
 * (unit, day) or (code, day), what lies above and beneath by the ancestor index. */
#include "office/unit.h"

#include "base/utf8.h"
#include "office/unit_index.h"
#include "office/unit_memory.h"

#include <inttypes.h>
#include <string.h>

#define UNIT_COLUMNS                                                                               \
	"v.unit, v.parent, v.level, v.code, v.type, v.name, v.name_en, v.valid_from, v.valid_to, " \
	"f.has_web, f.has_loudspeaker, f.households, f.head_count "
/* A unit declares what it has at most once for a day. $2 is the day in every query below. */
#define UNIT_TABLES                                  \
	"FROM unit_version v LEFT JOIN unit_fact f " \
	"ON f.unit = v.unit AND f.valid_from <= $2 AND f.valid_to >= $2 "

enum regime unit_level_regime(enum unit_level level)
{
	switch (level) {
	case LEVEL_COMMUNE:
	case LEVEL_VILLAGE:
		return REGIME_COMMUNE;
	case LEVEL_AGENCY:
		return REGIME_AGENCY;
	case LEVEL_ENTERPRISE:
		return REGIME_ENTERPRISE;
	case LEVEL_COUNTRY:
	case LEVEL_PROVINCE:
	case LEVEL_DISTRICT:
		break;
	}
	return REGIME_NONE;
}

static struct unit unit_row(struct query *q, struct date day)
{
	struct date from = col_date(q, 7), to = col_date(q, 8);
	enum unit_level level = (enum unit_level)col_int(q, 2);

	return (struct unit){
		.id = col_int(q, 0),
		.parent = col_int(q, 1),
		.level = level,
		.regime = unit_level_regime(level),
		.code = col_str(q, 3),
		.type = col_str(q, 4),
		.name = col_str(q, 5),
		.name_en = col_str(q, 6),
		.from = days_start(from),
		.to = days_end(to),
		.in_force = date_cmp(from, day) <= 0 && date_cmp(day, to) <= 0,
		.has_web = col_bool(q, 9),
		.has_loudspeaker = col_bool(q, 10),
		.households = col_int(q, 11),
		.head_count = col_int(q, 12),
	};
}

static enum err unit_rows(struct query *q, struct date day, struct unit_list *out)
{
	struct unit_list list = { 0 };
	size_t cap = 0;

	while (db_next(q)) {
		if (list.n == cap) {
			size_t more = cap ? cap * 2 : 16;

			list.at = arena_grow(q->tx->mem, list.at, cap * sizeof *list.at,
					     more * sizeof *list.at);
			cap = more;
		}
		list.at[list.n++] = unit_row(q, day);
	}
	if (!q->err)
		*out = list;
	return q->err;
}

static enum err find(struct tx *tx, int64_t id, struct date day, struct unit *out)
{
	/* Versions follow each other without gaps: the last one begun by that day, or the first. */
	struct query q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES "WHERE v.unit = $1 "
				      "AND v.valid_from <= $2 ORDER BY v.valid_from DESC LIMIT 1");
	BIND(&q, id, day);
	enum err e = db_one(&q);

	if (e == ERR_NOT_FOUND) {
		q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES "WHERE v.unit = $1 "
				 "ORDER BY v.valid_from LIMIT 1");
		BIND(&q, id, day);
		e = db_one(&q);
	}
	if (e)
		return tx_fail(tx, e, "unit %" PRId64, id);
	*out = unit_row(&q, day);
	return OK;
}

MUST_USE enum err unit_find(struct tx *tx, int64_t id, struct date day, struct unit *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, id, day, &a);
	enum err e;

	if (!known)
		return find(tx, id, day, out);
	if (!known->has_unit) {
		if ((e = find(tx, id, day, out)))
			return e;
		known->unit = unit_copy(a, out);
		known->has_unit = true;
	}
	*out = unit_copy(tx->mem, &known->unit);
	return OK;
}

MUST_USE enum err unit_code(struct tx *tx, int64_t id, struct date day, struct str *out)
{
	struct unit u;
	struct query q = db_query(tx, "SELECT code FROM unit_version WHERE unit = $1 "
				      "AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1");
	BIND(&q, id, day);
	enum err e = db_one(&q);

	if (!e)
		*out = col_str(&q, 0);
	else if (e == ERR_NOT_FOUND && !(e = find(tx, id, day, &u)))
		*out = u.code;
	return e;
}

MUST_USE enum err unit_by_code(struct tx *tx, struct str code, struct date day, struct unit *out)
{
	struct query q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES
				      "WHERE v.code = $1 AND v.valid_from <= $2 "
				      "AND v.valid_to >= $2");
	BIND(&q, code, day);
	enum err e = db_one(&q);

	if (!e)
		*out = unit_row(&q, day);
	return e;
}

MUST_USE enum err unit_by_code_any(struct tx *tx, struct str code, struct date day,
				   struct unit *out)
{
	struct query q = db_query(tx, "SELECT unit FROM unit_version "
				      "WHERE code = $1 AND valid_from <= $2 "
				      "ORDER BY valid_from DESC LIMIT 1");
	BIND(&q, code, day);
	enum err e = db_one(&q);

	if (e == ERR_NOT_FOUND) {
		q = db_query(tx, "SELECT unit FROM unit_version WHERE code = $1 "
				 "ORDER BY valid_from LIMIT 1");
		BIND(&q, code);
		e = db_one(&q);
	}
	/* By its id again: the unit may live on under another code. */
	return e ? e : unit_find(tx, col_int(&q, 0), day, out);
}

static enum err children(struct tx *tx, int64_t id, struct date day, int64_t limit,
			 struct unit_list *out)
{
	struct query q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES
				      "WHERE v.parent = $1 AND v.valid_from <= $2 "
				      "AND v.valid_to >= $2 "
				      "ORDER BY v.level, v.code LIMIT $3");
	BIND(&q, id, day, limit);
	return unit_rows(&q, day, out);
}

MUST_USE enum err unit_children(struct tx *tx, int64_t id, struct date day, int64_t limit,
				struct unit_list *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, id, day, &a);
	struct unit_list list;
	enum err e;

	if (!known)
		return children(tx, id, day, limit, out);
	if (!known->has_children) {
		if ((e = children(tx, id, day, limit, &list)))
			return e;
		/* A list that the limit may have cut is not the whole answer. */
		known->has_children = (int64_t)list.n < limit;
		if (!known->has_children) {
			*out = list;
			return OK;
		}
		known->children = unit_list_copy(a, &list);
	}
	list = known->children;
	if ((int64_t)list.n > limit)
		list.n = (size_t)limit;
	*out = unit_list_copy(tx->mem, &list);
	return OK;
}

static enum err path(struct tx *tx, int64_t id, struct date day, struct unit_list *out)
{
	struct unit u;
	enum err e = unit_find(tx, id, day, &u);

	if (e)
		return e;
	if (!u.in_force)
		day = date_is_set(u.to) && date_cmp(u.to, day) < 0 ? u.to : u.from;
	struct query q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES
				      "JOIN unit_ancestor a ON a.ancestor = v.unit "
				      "WHERE a.unit = $1 AND a.way = 0 "
				      "AND a.valid_from <= $2 AND a.valid_to >= $2 "
				      "AND v.valid_from <= $2 AND v.valid_to >= $2 "
				      "ORDER BY a.depth DESC");
	BIND(&q, id, day);
	return unit_rows(&q, day, out);
}

/* As unit_path; good only until the transaction ends. */
static enum err path_borrow(struct tx *tx, int64_t id, struct date day, struct unit_list *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, id, day, &a);

	if (known && known->has_path) {
		*out = known->path;
		return OK;
	}
	enum err e = path(tx, id, day, out);
	if (!e && known) {
		known->path = unit_list_copy(a, out);
		known->has_path = true;
	}
	return e;
}

MUST_USE enum err unit_path(struct tx *tx, int64_t id, struct date day, struct unit_list *out)
{
	struct unit_list borrowed;
	enum err e = path_borrow(tx, id, day, &borrowed);

	if (!e)
		*out = unit_list_copy(tx->mem, &borrowed);
	return e;
}

MUST_USE enum err unit_beneath(struct tx *tx, int64_t id, int64_t ancestor, struct date day,
			       bool *out)
{
	struct query q = db_query(tx, "SELECT way FROM unit_ancestor "
				      "WHERE unit = $1 AND ancestor = $2 "
				      "AND valid_from <= $3 AND valid_to >= $3");
	BIND(&q, id, ancestor, day);
	enum err e = db_one(&q);

	if (e && e != ERR_NOT_FOUND)
		return e;
	*out = !e;
	return OK;
}

static enum err count(struct tx *tx, int64_t id, struct date day, int64_t out[LEVELS])
{
	struct query q = db_query(tx, "SELECT v.level, COUNT(*) FROM unit_ancestor a "
				      "JOIN unit_version v ON v.unit = a.unit "
				      "AND v.valid_from <= $2 AND v.valid_to >= $2 "
				      "WHERE a.ancestor = $1 AND a.way = 0 "
				      "AND a.valid_from <= $2 AND a.valid_to >= $2 "
				      "GROUP BY v.level");
	BIND(&q, id, day);
	for (int i = 0; i < LEVELS; i++)
		out[i] = 0;
	while (db_next(&q)) {
		int64_t level = col_int(&q, 0);

		if (level >= 0 && level < LEVELS)
			out[level] = col_int(&q, 1);
	}
	return q.err;
}

MUST_USE enum err unit_count(struct tx *tx, int64_t id, struct date day, int64_t out[LEVELS])
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, id, day, &a);

	if (!known || !known->has_count) {
		enum err e = count(tx, id, day, out);

		if (e || !known)
			return e;
		memcpy(known->count, out, sizeof known->count);
		known->has_count = true;
	}
	memcpy(out, known->count, sizeof known->count);
	return OK;
}

MUST_USE enum err unit_heir(struct tx *tx, int64_t id, struct date day, int64_t *out)
{
	for (int hops = 0; hops < 100; hops++) {
		struct query q = db_query(tx, "SELECT last_day, heir FROM unit WHERE id = $1");
		BIND(&q, id);
		enum err e = db_one(&q);

		if (e)
			return tx_fail(tx, e, "unit %" PRId64, id);
		if (date_cmp(day, col_date(&q, 0)) > 0) {
			id = col_int(&q, 1);
			if (id)
				continue;
		}
		*out = id;
		return OK;
	}
	return tx_fail(tx, ERR_CORRUPT, "unit %" PRId64 " is its own heir", id);
}

/* The links first, the units after: a query is read to its end before the next one begins. */
static enum err links_read(struct query *q, bool successors, struct unit_links *out)
{
	struct tx *tx = q->tx;
	struct unit_links list = { 0 };
	size_t cap = 0;

	while (db_next(q)) {
		if (list.n == cap) {
			size_t more = cap ? cap * 2 : 8;

			list.at = arena_grow(tx->mem, list.at, cap * sizeof *list.at,
					     more * sizeof *list.at);
			cap = more;
		}
		list.at[list.n++] = (struct unit_link){
			.unit.id = col_int(q, 0),
			.since = col_date(q, 1),
			.main = col_bool(q, 2),
			.whole = col_bool(q, 3),
			.share = col_int(q, 4),
			.checked = col_bool(q, 5),
		};
	}
	if (q->err)
		return q->err;
	for (size_t i = 0; i < list.n; i++) {
		struct unit_link *l = &list.at[i];
		enum err e = unit_find(tx, l->unit.id,
				       successors ? l->since : date_add(l->since, -1), &l->unit);

		if (e)
			return e;
	}
	*out = list;
	return OK;
}

MUST_USE enum err unit_successors(struct tx *tx, int64_t id, struct unit_links *out)
{
	struct query q = db_query(tx, "SELECT successor, since, main, whole, share, checked "
				      "FROM unit_succession WHERE predecessor = $1 "
				      "ORDER BY main DESC, share DESC, successor LIMIT 1000");
	BIND(&q, id);
	return links_read(&q, true, out);
}

MUST_USE enum err unit_predecessors(struct tx *tx, int64_t id, struct unit_links *out)
{
	struct query q = db_query(tx, "SELECT predecessor, since, main, whole, share, checked "
				      "FROM unit_succession WHERE successor = $1 "
				      "ORDER BY main DESC, share DESC, predecessor LIMIT 1000");
	BIND(&q, id);
	return links_read(&q, false, out);
}

MUST_USE enum err unit_versions(struct tx *tx, int64_t id, struct unit_list *out)
{
	struct date today = tx_today(tx);
	struct query q = db_query(tx, "SELECT " UNIT_COLUMNS UNIT_TABLES
				      "WHERE v.unit = $1 ORDER BY v.valid_from");
	BIND(&q, id, today);
	return unit_rows(&q, today, out);
}

static void put_title(struct buf *b, const struct unit *u, enum lang lang)
{
	if (lang == LANG_EN && u->name_en.len) {
		buf_put(b, u->name_en);
		return;
	}
	buf_put(b, u->type);
	if (u->type.len)
		buf_putc(b, ' ');
	buf_put(b, u->name);
}

struct str unit_title(struct arena *a, const struct unit *u, enum lang lang)
{
	if (lang == LANG_EN && u->name_en.len)
		return u->name_en;
	if (!u->type.len)
		return u->name;
	struct buf b = { .a = a };
	put_title(&b, u, lang);
	return buf_str(&b);
}

struct str unit_heading(struct arena *a, const struct unit *u, enum lang lang)
{
	return utf8_capital(a, unit_title(a, u, lang));
}

MUST_USE enum err unit_title_long(struct tx *tx, const struct unit *u, struct date day,
				  enum lang lang, struct str *out)
{
	struct unit_list path;
	struct buf text = { .a = tx->mem };
	enum err e = path_borrow(tx, u->id, day, &path);

	if (e)
		return e;
	put_title(&text, u, lang);
	for (size_t i = path.n; i-- > 0;) {
		const struct unit *above = &path.at[i];

		if (above->id == u->id || above->level <= LEVEL_PROVINCE)
			continue;
		buf_put(&text, S(", "));
		put_title(&text, above, lang);
	}
	*out = buf_str(&text);
	return OK;
}
