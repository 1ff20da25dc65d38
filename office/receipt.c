/* The code stands beside the secret under the hash, so that nothing computed for one receipt helps with
 * another. */
#include "office/receipt.h"

#include "base/encode.h"

struct str receipt_secret(struct arena *a, const uint8_t random[RECEIPT_BYTES])
{
	struct buf signs = { .a = a };
	buf_put_base32(&signs, random, RECEIPT_BYTES);
	return str_printf(a, "%.4s-%.4s", signs.at, signs.at + 4);
}

bool receipt_read(struct arena *a, struct str typed, struct str *out)
{
	uint8_t secret[RECEIPT_BYTES];
	if (!base32_decode(typed, secret, sizeof secret))
		return false;
	*out = receipt_secret(a, secret);
	return true;
}

static struct hash hash_of(struct arena *a, struct str code, struct str secret)
{
	struct str whole =
		str_printf(a, "dinh receipt/1\n%.*s\n%.*s", STR_ARG(code), STR_ARG(secret));
	struct hash h;
	sha256(whole.at, whole.len, &h);
	return h;
}

enum err receipt_make(struct tx *tx, const struct dossier *d, struct str secret)
{
	struct query q = db_query(tx, "INSERT INTO receipt (dossier, hash, made_at)"
				      " VALUES ($1, $2, $3) ON CONFLICT (dossier) DO UPDATE"
				      " SET hash = excluded.hash, made_at ="
				      " CASE WHEN excluded.made_at > receipt.made_at"
				      " THEN excluded.made_at ELSE receipt.made_at + 1 END");
	BIND(&q, d->id, hash_of(tx->mem, d->code, secret), tx->now);
	return db_exec(&q);
}

static enum err load(struct tx *tx, struct str code, struct query *out)
{
	*out = db_query(tx, "SELECT r.dossier, r.made_at, r.hash FROM dossier d JOIN receipt r"
			    " ON r.dossier = d.id WHERE d.code = $1");
	BIND(out, code);
	return db_one(out);
}

enum err receipt_of(struct tx *tx, struct str code, int64_t *dossier, struct instant *made_at)
{
	struct query q;
	enum err e = load(tx, code, &q);
	if (e)
		return e;
	*dossier = col_int(&q, 0);
	*made_at = col_instant(&q, 1);
	return OK;
}

enum err receipt_find(struct tx *tx, struct str code, struct str secret, int64_t *dossier)
{
	struct query q;
	enum err e = load(tx, code, &q);
	if (e)
		return e;
	struct hash stored = col_hash(&q, 2), told = hash_of(tx->mem, code, secret);
	if (!hash_eq(&stored, &told))
		return ERR_NOT_FOUND;
	*dossier = col_int(&q, 0);
	return OK;
}
