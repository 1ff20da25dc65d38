/* Each list is one range of an index; the words come from the content of the first act, which is all
 * that holds them. */
#include "office/comment_list.h"

#include "base/json.h"
#include "office/comment_steps.h"
#include "office/redaction.h"
#include "store/db.h"

#include <assert.h>

enum { TOTAL_MOST = 1001 };

/* The words of what everybody may read; the lists of officials take all of them. */
#define SAID(words)                                                                             \
	"SELECT d.id, d.code, d.state, d.shown_on, d.data, d.author, d.channel, a.recorded_at," \
	" a.happened_on, d.holder, " words ", c.redacted_by"
#define READABLE_WORDS "CASE WHEN d.state IN (4, 8, 16) THEN c.public_bytes END"
#define FIRST_ACT                                      \
	" JOIN act a ON a.dossier = d.id AND a.no = 1" \
	" JOIN content c ON c.act = a.id"

static enum err read_data(struct tx *tx, struct str text, const struct comment **out)
{
	struct comment *x = NEW(tx->mem, struct comment);
	struct json j;
	struct str why;
	if (!json_parse(tx->mem, text, &j, &why))
		return tx_fail(tx, ERR_CORRUPT, "data of a comment: %.*s", STR_ARG(why));
	fields_init(comment_kind.fields, x);
	fields_read(tx->mem, comment_kind.fields, &j, x);
	*out = x;
	return OK;
}

static enum err read_words(struct tx *tx, struct bytes content, struct str *name, struct str *text)
{
	struct json j;
	struct str why;
	*name = *text = S("");
	if (!content.at)
		return OK;
	if (!json_parse(tx->mem, (struct str){ content.at, content.len }, &j, &why))
		return tx_fail(tx, ERR_CORRUPT, "content of a comment: %.*s", STR_ARG(why));
	*name = json_get_str(&j, "name");
	*text = json_get_str(&j, "text");
	return OK;
}

/* Of one in which something was redacted, that is hidden. */
static enum err hide_words(struct tx *tx, int64_t id, struct str *name, struct str *text)
{
	struct redactions r;
	const struct dossier d = { .id = id, .kind = &comment_kind };
	enum err e = redactions_of(tx, &d, 0, &r);
	if (e)
		return e;
	(void)mask_text(tx->mem, &r.passages, name);
	(void)mask_text(tx->mem, &r.passages, text);
	return OK;
}

static enum err read_row(struct query *q, bool parents, struct said *out)
{
	*out = (struct said){
		.id = col_int(q, 0),
		.code = col_str(q, 1),
		.state = (unsigned)col_int(q, 2),
		.shown_on = col_date(q, 3),
		.author = col_int(q, 5),
		.channel = (enum channel)col_int(q, 6),
		.at = col_instant(q, 7),
		.on = col_date(q, 8),
		.holder = col_int(q, 9),
		.redacted = col_int(q, 11) != 0,
		.parent_code = S(""),
		.parent_title = S(""),
	};
	struct str data = col_str(q, 4);
	struct bytes words = col_bytes(q, 10);
	if (parents) {
		out->parent_code = col_str(q, 12);
		out->parent_title = col_str(q, 13);
	}
	enum err e = read_data(q->tx, data, &out->x);
	return e ? e : read_words(q->tx, words, &out->name, &out->text);
}

static enum err read_rows(struct query *q, int limit, bool parents, struct said_rows *out)
{
	struct tx *tx = q->tx;
	struct said_rows rows = { NEW_N(tx->mem, struct said, limit), 0, false };
	enum err e = OK;
	while (!e && !rows.more && db_next(q)) {
		if (rows.n == (size_t)limit)
			rows.more = true;
		else
			e = read_row(q, parents, &rows.at[rows.n++]);
	}
	db_end(q);
	if (!e)
		e = q->err;
	for (size_t i = 0; !e && i < rows.n; i++)
		if (rows.at[i].redacted)
			e = hide_words(tx, rows.at[i].id, &rows.at[i].name, &rows.at[i].text);
	if (!e)
		*out = rows;
	return e;
}

enum err comment_list(struct tx *tx, int64_t parent, struct date after_on, int64_t after_id,
		      int limit, struct said_rows *out)
{
	assert(limit >= 1 && limit <= 200);
	bool first = !date_is_set(after_on);
	struct query q = db_query(
		tx,
		SAID(READABLE_WORDS) " FROM dossier d" FIRST_ACT
				     " WHERE d.parent = $1 AND d.parent > 0 AND d.kind = 'comment'"
				     " AND d.visibility = 0 AND d.state <> 256 AND d.shown_on <= $2"
				     " AND (d.shown_on < $2 OR d.id < $3)"
				     " ORDER BY d.shown_on DESC, d.id DESC LIMIT $4");
	BIND(&q, parent, first ? date_year_start(9999) : after_on, first ? INT64_MAX : after_id,
	     (int64_t)limit + 1);
	return read_rows(&q, limit, false, out);
}

enum err comment_list_answered(struct tx *tx, int64_t parent, int limit, struct said_rows *out)
{
	struct query q = db_query(
		tx,
		SAID(READABLE_WORDS) " FROM dossier d" FIRST_ACT
				     " WHERE d.parent = $1 AND d.parent > 0 AND d.kind = 'comment'"
				     " AND d.state = 16 ORDER BY d.id DESC LIMIT $2");
	BIND(&q, parent, (int64_t)limit + 1);
	return read_rows(&q, limit, false, out);
}

enum err comment_list_own(struct tx *tx, int64_t parent, int64_t author, int limit,
			  struct said_rows *out)
{
	struct query q = db_query(tx, SAID("c.public_bytes") " FROM dossier d" FIRST_ACT
							     " WHERE d.author = $1 AND d.author <> "
							     "0 AND d.kind = 'comment'"
							     " AND d.state = 2 AND d.parent = $2 "
							     "ORDER BY d.id DESC LIMIT $3");
	BIND(&q, author, parent, (int64_t)limit + 1);
	return read_rows(&q, limit, false, out);
}

enum err comment_total(struct tx *tx, int64_t parent, int64_t *out)
{
	struct query q =
		db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier WHERE parent = $1"
			     " AND parent > 0 AND kind = 'comment' AND visibility = 0"
			     " AND state IN (4, 8, 16) LIMIT $2) AS shown");
	BIND(&q, parent, (int64_t)TOTAL_MOST);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	return e;
}

/* Over many dossiers: with the parent's title as lists show it, empty for a stub. */
#define PARENT " LEFT JOIN dossier p ON p.id = d.parent AND p.visibility = 0"
#define PARENT_COLUMNS ", COALESCE(p.code, ''), COALESCE(p.title, '')"

enum err comment_list_author(struct tx *tx, int64_t author, int64_t after_id, int limit,
			     struct said_rows *out)
{
	struct query q = db_query(tx, SAID("c.public_bytes") PARENT_COLUMNS
				  " FROM dossier d" FIRST_ACT PARENT
				  " WHERE d.author = $1 AND d.author <> 0 AND d.kind = 'comment'"
				  " AND d.id < $2 ORDER BY d.id DESC LIMIT $3");
	BIND(&q, author, after_id ? after_id : INT64_MAX, (int64_t)limit + 1);
	return read_rows(&q, limit, true, out);
}

enum err comment_list_waiting(struct tx *tx, int64_t unit, int64_t author, int64_t after_id,
			      int limit, struct said_rows *out)
{
	if (!member_may(tx->who, CLERK | LEADER, unit, str_of(comment_kind.work)))
		return tx_fail(tx, ERR_DENIED, "no clerk or leader of that unit");
	struct query q = db_query(tx, SAID("c.public_bytes") PARENT_COLUMNS
				  " FROM dossier d" FIRST_ACT PARENT
				  " WHERE d.holder = $1 AND d.visibility = 1 AND d.kind = 'comment'"
				  " AND d.state = 2 AND ($2 = 0 OR d.author = $2) AND d.id > $3"
				  " ORDER BY d.id LIMIT $4");
	BIND(&q, unit, author, after_id, (int64_t)limit + 1);
	return read_rows(&q, limit, true, out);
}

enum err comment_words(struct tx *tx, const struct dossier *d, struct str *name, struct str *text)
{
	struct query q = db_query(tx, "SELECT c.public_bytes, c.redacted_by FROM act a"
				      " JOIN content c ON c.act = a.id"
				      " WHERE a.dossier = $1 AND a.no = 1");
	BIND(&q, d->id);
	enum err e = db_one(&q);
	if (e || (e = read_words(tx, col_bytes(&q, 0), name, text)))
		return e;
	bool redacted = col_int(&q, 1) != 0;
	db_end(&q);
	return redacted ? hide_words(tx, d->id, name, text) : OK;
}

enum err comment_appeal_words(struct tx *tx, const struct dossier *d, struct str *out)
{
	struct comment_appeal form = { S("") };
	enum err e = dossier_personal(tx, d, kind_step(d->kind, S("appeal"))->form, &form);
	*out = form.appeal;
	return e;
}

enum err comment_count_years(struct tx *tx, int from, int to, struct comment_counts *out)
{
	enum { MOST = 500 };
	struct comment_counts all = { NEW_N(tx->mem, struct comment_count, MOST), 0 };
	struct query q =
		db_query(tx, "SELECT tally_key, month / 100, CAST(SUM(n) AS BIGINT) FROM tally"
			     " WHERE tally_key >= 'comment.' AND tally_key < 'comment/'"
			     " AND month >= $1 AND month <= $2"
			     " GROUP BY tally_key, month / 100 ORDER BY 1, 2 LIMIT 500");
	BIND(&q, (int64_t)from * 100, (int64_t)to * 100 + 99);
	while (db_next(&q)) {
		struct str key = col_str(&q, 0);
		all.at[all.n++] = (struct comment_count){ .what = str_from(key, S("comment.").len),
							  .year = (int)col_int(&q, 1),
							  .n = col_int(&q, 2) };
	}
	if (!q.err)
		*out = all;
	return q.err;
}
