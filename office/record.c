/* The commitments of LOG.md section 5, asked of one dossier: salts and bytes are read, hashed and
 * forgotten. */
#include "office/record.h"

#include "base/encode.h"
#include "base/json.h"
#include "office/gate.h"
#include "office/seal.h"

static bool is_committed(const struct json *entry, const char *key, struct hash is)
{
	struct hash said;
	struct str hex = json_get_str(entry, key);
	return hex_decode(hex, said.b, sizeof said.b) && hash_eq(&said, &is);
}

static enum record_content compare(struct arena *a, const struct content *c, struct str entry)
{
	struct json j;
	struct str why;
	if (c->erased)
		return RECORD_ERASED;
	if (!json_parse(a, entry, &j, &why) || c->public_salt.len != sizeof(struct hash) ||
	    c->sealed_salt.len != sizeof(struct hash))
		return RECORD_DIFFERS;
	struct str pub = { c->public_bytes.at, c->public_bytes.len };
	struct str sealed = { c->sealed_bytes.at, c->sealed_bytes.len };
	bool public_leaf = json_get_str(&j, "act").len > 0;
	bool whole = (!public_leaf ||
		      is_committed(&j, "pub", content_public_hash(c->public_salt.at, pub))) &&
		     is_committed(&j, "sealed", content_sealed_hash(c->sealed_salt.at, sealed));
	return !whole ? RECORD_DIFFERS : c->redacted_by ? RECORD_REDACTED : RECORD_WHOLE;
}

enum err record_list(struct tx *tx, struct str code, struct records *out)
{
	int64_t dossier, acts[RECORDS_MOST + 1], leaves[RECORDS_MOST + 1];
	struct records all = { NEW_N(tx->mem, struct record, RECORDS_MOST), 0, false };
	size_t n = 0;
	struct dossier *d;
	enum err e = dossier_by_code(tx, code, &dossier);
	if (e || (e = dossier_load(tx, dossier, &d)))
		return e;
	if (d->sealed && !gate_may_read(tx, d))
		return ERR_NOT_FOUND; /* not even that it is there */
	struct query q = db_query(tx, "SELECT id, leaf, no FROM act WHERE dossier = $1"
				      " ORDER BY no LIMIT 201");
	BIND(&q, dossier);
	for (; db_next(&q); n++) {
		acts[n] = col_int(&q, 0);
		leaves[n] = col_int(&q, 1);
		if (n < RECORDS_MOST)
			all.at[n].no = (int)col_int(&q, 2);
	}
	if (q.err)
		return q.err;
	all.more = n > RECORDS_MOST;
	all.n = all.more ? RECORDS_MOST : n;
	for (size_t i = 0; i < all.n; i++) {
		struct record *r = &all.at[i];
		struct content c;
		if ((e = log_leaf_find(tx, leaves[i], &r->leaf)) ||
		    (e = content_load_whole(tx, acts[i], &c)))
			return e;
		r->content = compare(tx->mem, &c, r->leaf.entry);
		for (size_t k = 0; k < all.n && c.redacted_by; k++)
			if (acts[k] == c.redacted_by)
				r->redacted_by = all.at[k].no;
	}
	*out = all;
	return OK;
}
