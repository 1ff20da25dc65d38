/* The days are counted from the last change, and reading asks for them as well, so that nothing depends on
 * when the sweep comes. */
#include "office/draft.h"

#include "crypto/hash.h"
#include "office/member.h"

#include <inttypes.h>

enum { PUBLIC_PART, PERSONAL_PART };

static struct hash hash_of(struct arena *a, struct str code, struct str secret)
{
	struct str whole =
		str_printf(a, "dinh draft/1\n%.*s\n%.*s", STR_ARG(code), STR_ARG(secret));
	struct hash h;
	sha256(whole.at, whole.len, &h);
	return h;
}

/* --- Found --- */

static struct draft row_of(struct query *q)
{
	return (struct draft){
		.id = col_int(q, 0),
		.code = col_str(q, 1),
		.kind = col_str(q, 2),
		.unit = col_int(q, 3),
		.person = col_int(q, 4),
		.made_at = col_instant(q, 5),
		.kept_until = col_date(q, 6),
	};
}

static enum err load(struct tx *tx, struct str code, struct draft *out, struct hash *secret)
{
	struct query q = db_query(tx, "SELECT id, code, kind, unit, person, made_at, kept_until,"
				      " hash FROM draft WHERE code = $1 AND kept_until >= $2");
	BIND(&q, code, tx_today(tx));
	enum err e = db_one(&q);
	if (e)
		return e;
	*out = row_of(&q);
	*secret = col_hash(&q, 7);
	return OK;
}

enum err draft_by_code(struct tx *tx, struct str code, struct draft *out)
{
	struct hash secret;
	return load(tx, code, out, &secret);
}

enum err draft_open(struct tx *tx, struct str code, struct str secret, struct draft *out)
{
	struct hash told = hash_of(tx->mem, code, secret), stored;
	struct draft d;
	enum err e = load(tx, code, &d, &stored);
	if (e)
		return e;
	if (!hash_eq(&stored, &told))
		return ERR_NOT_FOUND;
	*out = d;
	return OK;
}

enum err draft_mine(struct tx *tx, struct draft_rows *out)
{
	*out = (struct draft_rows){ NEW_N(tx->mem, struct draft, DRAFTS_OF_ONE), 0 };
	if (!tx->who || !tx->who->person)
		return OK;
	struct query q = db_query(tx, "SELECT id, code, kind, unit, person, made_at, kept_until"
				      " FROM draft WHERE person = $1 AND person <> 0"
				      " AND kept_until >= $2 ORDER BY id DESC LIMIT $3");
	BIND(&q, tx->who->person, tx_today(tx), (int64_t)DRAFTS_OF_ONE);
	while (db_next(&q))
		out->at[out->n++] = row_of(&q);
	return q.err;
}

/* --- What it says --- */

static bool is_personal(const struct field *f)
{
	return f->personal;
}

static bool is_not_personal(const struct field *f)
{
	return !f->personal;
}

static struct str part_text(struct arena *a, const struct field *fields, const void *says, int part)
{
	struct buf b = { .a = a };
	buf_putc(&b, '{');
	fields_write(&b, fields, says, part == PERSONAL_PART ? is_not_personal : is_personal);
	buf_putc(&b, '}');
	return buf_str(&b);
}

static enum err put_part(struct tx *tx, const struct draft *d, int part, struct str text)
{
	struct query q =
		db_query(tx, "INSERT INTO draft_text (draft, personal, data) VALUES ($1, $2, $3)"
			     " ON CONFLICT (draft, personal) DO UPDATE SET data = excluded.data");
	BIND(&q, d->id, (int64_t)part, text);
	return db_exec(&q);
}

/* Beside the files of all other drafts, which this one's then join. */
static enum err put_files(struct tx *tx, const struct draft *d, const struct field *fields,
			  const void *says)
{
	struct query q = db_query(tx, "DELETE FROM draft_file WHERE draft = $1");
	BIND(&q, d->id);
	enum err e = db_exec(&q);
	for (const struct field *f = fields; !e && f->type; f++) {
		const struct file_refs *files =
			f->type == FIELD_FILES ? field_files(f, says) : NULL;
		for (size_t i = 0; files && !e && i < files->n; i++) {
			q = db_query(tx, "INSERT INTO draft_file (draft, sha256, size) VALUES"
					 " ($1, $2, $3) ON CONFLICT (draft, sha256) DO NOTHING");
			BIND(&q, d->id, files->at[i].sha256, files->at[i].size);
			e = db_exec(&q);
		}
	}
	if (e)
		return e;
	q = db_query(tx, "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM draft_file");
	if ((e = db_one(&q)))
		return e;
	return col_int(&q, 0) <= DRAFT_FILES_MOST
		       ? OK
		       : tx_fail(tx, ERR_BUSY, "the files of all drafts take too much room");
}

static enum err put_all(struct tx *tx, const struct draft *d, const struct field *fields,
			const void *says)
{
	enum err e = OK;
	for (int part = PUBLIC_PART; !e && part <= PERSONAL_PART; part++)
		e = put_part(tx, d, part, part_text(tx->mem, fields, says, part));
	return e ? e : put_files(tx, d, fields, says);
}

enum err draft_read(struct tx *tx, const struct draft *d, const struct field *fields, void *says)
{
	struct query q = db_query(tx, "SELECT data FROM draft_text WHERE draft = $1"
				      " ORDER BY personal");
	fields_init(fields, says);
	BIND(&q, d->id);
	while (db_next(&q)) {
		struct json j;
		struct str why;
		if (!json_parse(tx->mem, col_str(&q, 0), &j, &why)) {
			db_end(&q);
			return tx_fail(tx, ERR_CORRUPT, "draft %" PRId64 ": %.*s", d->id,
				       STR_ARG(why));
		}
		fields_read(tx->mem, fields, &j, says);
	}
	return q.err;
}

/* --- Begun, written to, ended --- */

/* A site is not filled up with what nobody sends, nor an account. */
static enum err check_room(struct tx *tx, int64_t person)
{
	struct query q =
		db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM draft LIMIT $1) AS begun");
	BIND(&q, (int64_t)DRAFTS_MOST);
	enum err e = db_one(&q);
	bool full = !e && col_int(&q, 0) >= DRAFTS_MOST;
	if (!e && !full && person) {
		q = db_query(tx, "SELECT COUNT(*) FROM draft WHERE person = $1 AND person <> 0");
		BIND(&q, person);
		e = db_one(&q);
		full = !e && col_int(&q, 0) >= DRAFTS_OF_ONE;
	}
	return e || !full ? e : tx_fail(tx, ERR_BUSY, "as many drafts as may be");
}

enum err draft_begin(struct tx *tx, struct draft *d, struct str secret, const struct field *fields,
		     const void *says)
{
	struct draft stands;
	struct hash h = hash_of(tx->mem, d->code, secret), stored;
	enum err e = load(tx, d->code, &stands, &stored);
	if (!e && !hash_eq(&stored, &h))
		return tx_fail(tx, ERR_CONFLICT, "the code of another's draft");
	if (!e)
		*d = stands;
	if (e != ERR_NOT_FOUND)
		return e;
	d->person = tx->who ? tx->who->person : 0;
	d->made_at = tx->now;
	d->kept_until = date_add(tx_today(tx), DRAFT_DAYS);
	if ((e = check_room(tx, d->person)))
		return e;
	struct query q =
		db_query(tx, "INSERT INTO draft (code, hash, kind, unit, person, made_at,"
			     " kept_until) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id");
	BIND(&q, d->code, h, d->kind, d->unit, d->person, d->made_at, d->kept_until);
	if ((e = db_one(&q)))
		return e;
	d->id = col_int(&q, 0);
	db_end(&q);
	return put_all(tx, d, fields, says);
}

enum err draft_write(struct tx *tx, struct draft *d, const struct field *fields, const void *says)
{
	d->kept_until = date_add(tx_today(tx), DRAFT_DAYS);
	struct query q = db_query(tx, "UPDATE draft SET unit = $2, kept_until = $3 WHERE id = $1");
	BIND(&q, d->id, d->unit, d->kept_until);
	enum err e = db_exec(&q);
	return e ? e : put_all(tx, d, fields, says);
}

static enum err end(struct tx *tx, int64_t id)
{
	struct query q = db_query(tx, "DELETE FROM draft_file WHERE draft = $1");
	BIND(&q, id);
	enum err e = db_exec(&q);
	if (e)
		return e;
	q = db_query(tx, "DELETE FROM draft_text WHERE draft = $1");
	BIND(&q, id);
	if ((e = db_exec(&q)))
		return e;
	q = db_query(tx, "DELETE FROM draft WHERE id = $1");
	BIND(&q, id);
	return db_exec(&q);
}

enum err draft_end(struct tx *tx, const struct draft *d)
{
	return end(tx, d->id);
}

enum err draft_sweep(struct tx *tx, int64_t limit)
{
	struct {
		int64_t *at;
		size_t n;
	} over = { NEW_N(tx->mem, int64_t, (size_t)limit), 0 };
	struct query q = db_query(tx, "SELECT id FROM draft WHERE kept_until < $1 ORDER BY"
				      " kept_until, id LIMIT $2");
	BIND(&q, tx_today(tx), limit);
	while (db_next(&q))
		over.at[over.n++] = col_int(&q, 0);
	enum err e = q.err;
	for (size_t i = 0; !e && i < over.n; i++)
		e = end(tx, over.at[i]);
	return e;
}
