/* Which keys sign: the file holds the secrets, the database says which of them count. A change of keys
 * is one transaction, and the file is written before it is committed, so that the database never names
 * a key that is not on disk. What a crash leaves is a key in the file that nobody knows of: it signs
 * nothing, and the next change begins with it. */
#include "ledger/log_keys.h"

#include "ledger/key_change.h"

enum err log_key_record(struct tx *tx, struct str vkey)
{
	struct str origin;
	struct vkey k;
	enum err e = log_origin(tx, &origin);

	if (e)
		return e;
	if (!vkey_parse(vkey, &k) || k.type != KEY_LOG || !str_eq(k.name, origin))
		return tx_fail(tx, ERR_INVALID, "\"%.*s\" is no key of this log", STR_ARG(vkey));
	struct query q = db_query(tx, "INSERT INTO log_key (vkey, added_at) VALUES ($1, $2)");
	BIND(&q, vkey, tx->now);
	return db_exec(&q);
}

enum err log_key_retire(struct tx *tx, struct str vkey)
{
	struct query others =
		db_query(tx, "SELECT id FROM log_key WHERE retired_at IS NULL AND vkey <> $1"
			     " LIMIT 1");
	enum err e;

	BIND(&others, vkey);
	if ((e = db_one(&others)))
		return e == ERR_NOT_FOUND
			       ? tx_fail(tx, ERR_CONFLICT, "a log cannot be without a key")
			       : e;
	struct query q = db_query(tx, "UPDATE log_key SET retired_at = $1 WHERE vkey = $2"
				      " AND retired_at IS NULL");
	BIND(&q, tx->now, vkey);
	if ((e = db_exec(&q)))
		return e;
	return db_changes(&q) == 1 ? OK : tx_fail(tx, ERR_NOT_FOUND, "no such key in use");
}

/* --- What the database says of the keys in the file --- */

enum standing { UNKNOWN, IN_USE, RETIRED };

static enum err standing_of(struct tx *tx, struct str vkey, enum standing *out)
{
	struct query q =
		db_query(tx, "SELECT CASE WHEN retired_at IS NULL THEN 1 ELSE 0 END FROM log_key"
			     " WHERE vkey = $1");
	enum err e;

	BIND(&q, vkey);
	if ((e = db_one(&q)) && e != ERR_NOT_FOUND)
		return e;
	enum standing s = UNKNOWN;
	if (!e)
		s = col_int(&q, 0) ? IN_USE : RETIRED;
	*out = s;
	return OK;
}

static struct str text_of(struct arena *a, const struct vkey *k)
{
	struct buf b = { .a = a };

	buf_put_vkey(&b, k);
	return buf_str(&b);
}

enum err log_keys_choose(struct tx *tx, struct str dir, const struct log_keys *file,
			 struct log_keys *out, struct str *why)
{
	struct log_keys chosen = { .n = 0 };
	struct query q =
		db_query(tx, "SELECT vkey FROM log_key WHERE retired_at IS NULL ORDER BY id");
	enum err e = OK;

	while (!e && db_next(&q)) {
		struct str text = col_str(&q, 0);
		struct vkey k;
		size_t i = 0;
		if (!vkey_parse(text, &k)) {
			e = ERR_CORRUPT;
			break;
		}
		while (i < file->n && !vkey_eq(&file->at[i].vkey, &k))
			i++;
		if (i == file->n || chosen.n == LOG_KEYS) {
			*why = str_printf(tx->mem,
					  "%.*s/log.key does not hold the key %.*s of this log",
					  STR_ARG(dir), STR_ARG(text));
			e = ERR_DENIED;
			break;
		}
		chosen.at[chosen.n++] = file->at[i];
	}
	if (!e)
		e = q.err;
	else
		db_end(&q);
	if (!e && !chosen.n) {
		*why = S("no key is recorded for this log");
		e = ERR_CORRUPT;
	}
	if (!e)
		*out = chosen;
	log_keys_wipe(&chosen);
	return e;
}

/* --- Changing them --- */

static enum err queue_entry(struct tx *tx, const struct buf *entry)
{
	struct hash h;
	int64_t leaf;

	return log_queue(tx, buf_str(entry), &leaf, &h);
}

/* The key that comes: one that a crash left in the file, or a new one. Retired ones leave the file. */
static enum err key_that_comes(struct tx *tx, struct str dir, struct str origin,
			       const struct log_keys *file, struct str *vkey, struct str *why)
{
	struct strs retired = { NEW_N(tx->mem, struct str, LOG_KEYS), 0 };

	for (size_t i = 0; i < file->n; i++) {
		struct str text = text_of(tx->mem, &file->at[i].vkey);
		enum standing s;
		enum err e = standing_of(tx, text, &s);
		if (e)
			return e;
		if (s == UNKNOWN) {
			*vkey = text;
			return OK;
		}
		if (s == RETIRED)
			retired.at[retired.n++] = text;
	}
	return log_key_add(dir, origin, retired, tx->rng, tx->mem, vkey, why);
}

static enum err rotate(struct tx *tx, struct str dir, struct str origin,
		       const struct log_keys *file, const struct log_keys *chosen, struct str *vkey,
		       struct str *why)
{
	const struct log_key *old = &chosen->at[0];
	struct buf entry = { .a = tx->mem };
	struct vkey fresh;
	enum err e;

	if (chosen->n > 1) {
		*why = S("a change of keys is under way: end it with dinh log retire-key");
		return ERR_CONFLICT;
	}
	if ((e = key_that_comes(tx, dir, origin, file, vkey, why)) ||
	    (e = log_key_record(tx, *vkey)))
		return e;
	if (!vkey_parse(*vkey, &fresh))
		return ERR_CORRUPT;
	buf_put_key_rotated(&entry, tx->now, &fresh, &old->vkey, &old->secret);
	return queue_entry(tx, &entry);
}

enum err log_key_rotate(struct tx *tx, struct str dir, struct str *vkey, struct str *why)
{
	struct log_keys file = { .n = 0 }, chosen = { .n = 0 };
	struct str origin;
	enum err e = log_origin(tx, &origin);

	if (!e && !(e = log_keys_read(dir, origin, tx->mem, &file, why)) &&
	    !(e = log_keys_choose(tx, dir, &file, &chosen, why)))
		e = rotate(tx, dir, origin, &file, &chosen, vkey, why);
	log_keys_wipe(&file);
	log_keys_wipe(&chosen);
	return e;
}

enum err log_key_rotate_end(struct tx *tx, struct str *vkey)
{
	struct query q = db_query(tx, "SELECT vkey FROM log_key WHERE retired_at IS NULL"
				      " ORDER BY id LIMIT 1");
	struct buf entry = { .a = tx->mem };
	struct vkey old;
	enum err e = db_one(&q);

	if (e)
		return e;
	struct str text = col_str(&q, 0);
	if ((e = log_key_retire(tx, text)))
		return e;
	if (!vkey_parse(text, &old))
		return tx_fail(tx, ERR_CORRUPT, "\"%.*s\" is recorded as a key", STR_ARG(text));
	buf_put_key_retired(&entry, tx->now, &old);
	*vkey = text;
	return queue_entry(tx, &entry);
}

enum err log_key_replay(struct tx *tx, struct str entry)
{
	struct key_change c;
	enum standing key, by;
	enum err e;

	if (!key_change_read(tx->mem, entry, &c))
		return OK;
	struct str text = text_of(tx->mem, &c.key);
	if ((e = standing_of(tx, text, &key)) ||
	    (e = standing_of(tx, text_of(tx->mem, &c.by), &by)))
		return e;
	if (c.kind == KEY_ROTATED && key == UNKNOWN && by != UNKNOWN)
		return log_key_record(tx, text);
	return c.kind == KEY_RETIRED && key == IN_USE ? log_key_retire(tx, text) : OK;
}
