/* The order of questions is that of the protocol: is it a request, do I know the log, did the log sign
 * it, is `old` what I saw last, is what I saw last its beginning. Then the row is set, if it is still
 * the one that was read, and only then is there a line to be sent. */
#include "ledger/witness_store.h"

#include "base/embed.h"

#include <inttypes.h>

enum { FORKS_KEPT = 100 };

void witness_migrations(struct arena *a, struct migrations *out)
{
	const struct embedded *f = embedded_find("ledger/witness/0001-witness.sql");

	out->at = NEW(a, struct migration);
	out->at[0] = (struct migration){ "witness/0001-witness", { (const char *)f->at, f->len } };
	out->n = 1;
}

/* --- Whom it knows --- */

static enum err log_row(struct tx *tx, struct str origin, int64_t *id)
{
	struct hash h;
	enum err e;

	sha256(origin.at, origin.len, &h);
	struct query insert = db_query(tx, "INSERT INTO witness_log (origin, origin_hash, size)"
					   " VALUES ($1, $2, 0) ON CONFLICT (origin) DO NOTHING");
	BIND(&insert, origin, h);
	if ((e = db_exec(&insert)))
		return e;
	struct query q = db_query(tx, "SELECT id FROM witness_log WHERE origin = $1");
	BIND(&q, origin);
	if ((e = db_one(&q)))
		return e;
	*id = col_int(&q, 0);
	return q.err;
}

enum err witness_add(struct tx *tx, struct str vkey)
{
	struct vkey k;
	int64_t log;
	enum err e;

	if (!vkey_parse(vkey, &k) || k.type != KEY_LOG)
		return tx_fail(tx, ERR_INVALID, "\"%.*s\" is no verifier key of a log",
			       STR_ARG(vkey));
	if ((e = log_row(tx, k.name, &log)))
		return e;
	struct query q = db_query(tx, "INSERT INTO witness_key (log, vkey, added_at)"
				      " VALUES ($1, $2, $3) ON CONFLICT (vkey) DO UPDATE SET"
				      " added_at = excluded.added_at, removed_at = NULL"
				      " WHERE witness_key.removed_at IS NOT NULL");
	BIND(&q, log, vkey, tx->now);
	if ((e = db_exec(&q)))
		return e;
	return db_changes(&q) == 1 ? OK
				   : tx_fail(tx, ERR_CONFLICT, "this key is known already: %.*s",
					     STR_ARG(vkey));
}

enum err witness_remove(struct tx *tx, struct str vkey)
{
	struct query q = db_query(tx, "UPDATE witness_key SET removed_at = $1 WHERE vkey = $2"
				      " AND removed_at IS NULL");
	enum err e;

	BIND(&q, tx->now, vkey);
	if ((e = db_exec(&q)))
		return e;
	return db_changes(&q) == 1
		       ? OK
		       : tx_fail(tx, ERR_NOT_FOUND, "no such key here: %.*s", STR_ARG(vkey));
}

enum err witness_list(struct tx *tx, struct str origin, struct str vkey, int64_t limit,
		      struct witness_knowns *out)
{
	struct buf b = { .a = tx->mem };
	struct query q = db_query(
		tx, "SELECT l.origin, k.vkey, l.size, COALESCE(l.seen_at, 0),"
		    " (SELECT COUNT(*) FROM witness_fork f WHERE f.log = l.id)"
		    " FROM witness_log l JOIN witness_key k ON k.log = l.id AND k.removed_at IS"
		    " NULL WHERE l.origin > $1 OR (l.origin = $1 AND k.vkey > $2)"
		    " ORDER BY l.origin, k.vkey LIMIT $3");

	BIND(&q, str_some(origin), str_some(vkey), limit);
	while (db_next(&q)) {
		struct witness_known one = { col_str(&q, 0), col_str(&q, 1),
					     (uint64_t)col_int(&q, 2), col_instant(&q, 3),
					     col_int(&q, 4) };
		buf_put_bytes(&b, &one, sizeof one);
	}
	if (q.err)
		return q.err;
	*out = (struct witness_knowns){ (struct witness_known *)(void *)b.at,
					b.len / sizeof *out->at };
	return OK;
}

/* --- What it answers --- */

/* What it remembers of the log at hand. */
struct memory {
	int64_t id;
	uint64_t size;
	bool any; /* something was cosigned */
	struct hash root;
};

struct hearing {
	struct tx *tx;
	const struct log_key *key;
	struct add_checkpoint asked;
	struct note note;
	struct checkpoint said;
	struct memory memory;
	struct vkey signer;
	struct witness_answer *out;
};

static enum err answer(struct hearing *h, enum witness_verdict v, const char *type, struct str body)
{
	h->out->verdict = v;
	h->out->type = str_of(type);
	h->out->body = body;
	return OK;
}

static enum err say(struct hearing *h, enum witness_verdict v, const char *sentence)
{
	return answer(h, v, "text/plain; charset=utf-8", str_of(sentence));
}

static enum err say_size(struct hearing *h)
{
	return answer(h, WITNESS_OTHER_SIZE, WITNESS_SIZE_TYPE,
		      str_printf(h->tx->mem, "%" PRIu64 "\n", h->memory.size));
}

static enum err recall(struct hearing *h)
{
	struct query q = db_query(h->tx, "SELECT id, size, CASE WHEN root IS NULL THEN 0 ELSE 1"
					 " END, root FROM witness_log WHERE origin = $1");
	enum err e;

	BIND(&q, h->said.origin);
	if ((e = db_one(&q)))
		return e;
	h->memory.id = col_int(&q, 0);
	h->memory.size = (uint64_t)col_int(&q, 1);
	h->memory.any = col_int(&q, 2) != 0;
	if (h->memory.any)
		h->memory.root = col_hash(&q, 3);
	return q.err;
}

/* Known: at least one key counts for it. Signed: by one of these. */
static enum err signed_by_known(struct hearing *h, bool *known, bool *good)
{
	struct query q = db_query(h->tx, "SELECT vkey FROM witness_key WHERE log = $1 AND"
					 " removed_at IS NULL ORDER BY id LIMIT 64");

	*known = *good = false;
	BIND(&q, h->memory.id);
	while (!*good && db_next(&q)) {
		struct str text = col_str(&q, 0);
		*known = true;
		*good = vkey_parse(text, &h->signer) && note_verify(&h->note, &h->signer, NULL);
	}
	if (*good)
		db_end(&q);
	return *good ? OK : q.err;
}

/* Two roots for one size, both signed by the log. */
static enum err keep_fork(struct hearing *h)
{
	struct str bytes = h->asked.checkpoint;
	struct query count = db_query(h->tx, "SELECT COUNT(*) FROM witness_fork WHERE log = $1");
	enum err e;

	h->out->fork = true;
	BIND(&count, h->memory.id);
	if ((e = db_one(&count)) || col_int(&count, 0) >= FORKS_KEPT)
		return e;
	struct query q = db_query(h->tx, "INSERT INTO witness_fork (log, size, root, note,"
					 " seen_at) VALUES ($1, $2, $3, $4, $5)"
					 " ON CONFLICT (log, size, root) DO NOTHING");
	BIND(&q, h->memory.id, (int64_t)h->said.size, h->said.root,
	     ((struct bytes){ bytes.at, bytes.len }), h->tx->now);
	return db_exec(&q);
}

/* The log's own line, and ours: what may be shown to others, and nothing that a stranger added. */
static struct str kept_note(struct hearing *h, struct str line)
{
	struct buf b = { .a = h->tx->mem };

	buf_put(&b, h->note.text);
	buf_putc(&b, '\n');
	for (size_t i = 0; i < h->note.n; i++) {
		struct note one = { h->note.text, &h->note.signatures[i], 1 };
		if (note_verify(&one, &h->signer, NULL))
			buf_put(&b, one.signatures->line);
	}
	buf_put(&b, line);
	return buf_str(&b);
}

static enum err cosign(struct hearing *h)
{
	struct buf line = { .a = h->tx->mem };
	struct tx *tx = h->tx;
	uint64_t time = tx->now.ms > 0 ? (uint64_t)tx->now.ms / 1000 : 0;
	enum err e;

	buf_put_cosignature(&line, &h->key->vkey, &h->key->secret, h->note.text, time);
	struct str note = kept_note(h, buf_str(&line));
	struct query q = db_query(
		tx, "UPDATE witness_log SET size = $1, root = $2, note = $3, seen_at = CASE"
		    " WHEN root IS NULL OR size <> $1 THEN $4 ELSE seen_at END"
		    " WHERE id = $5 AND size = $6");
	BIND(&q, (int64_t)h->said.size, h->said.root, ((struct bytes){ note.at, note.len }),
	     tx->now, h->memory.id, (int64_t)h->memory.size);
	if ((e = db_exec(&q)))
		return e;
	if (db_changes(&q) != 1)
		return tx_fail(tx, ERR_BUSY, "another checkpoint of this log was first");
	return answer(h, WITNESS_COSIGNED, "text/plain; charset=utf-8", buf_str(&line));
}

/* The log is known and the signature is its own. */
static enum err judge(struct hearing *h)
{
	const struct add_checkpoint *asked = &h->asked;
	const struct memory *m = &h->memory;
	enum err e;

	if (asked->old > h->said.size)
		return say(h, WITNESS_MALFORMED, "old is larger than the checkpoint\n");
	if (m->any && h->said.size == m->size && !hash_eq(&h->said.root, &m->root))
		return (e = keep_fork(h)) ? e : say_size(h);
	if (asked->old != m->size)
		return say_size(h);
	if (!m->size)
		return cosign(h); /* of an empty tree there is nothing to be proved */
	if (!tree_verify_consistency(m->size, h->said.size, &m->root, &h->said.root, &asked->proof))
		return say(h, WITNESS_REFUSED,
			   "the proof does not show that what was seen before is its beginning\n");
	return cosign(h);
}

enum err witness_add_checkpoint(struct tx *tx, const struct log_key *key, struct str body,
				struct witness_answer *out)
{
	struct hearing h = { .tx = tx, .key = key, .out = out };
	bool known, good;
	enum err e;

	*out = (struct witness_answer){ .origin = S("") };
	if (!add_checkpoint_parse(body, &h.asked) ||
	    !note_parse(tx->mem, h.asked.checkpoint, &h.note) ||
	    !checkpoint_parse(h.note.text, &h.said))
		return say(&h, WITNESS_MALFORMED,
			   "this is no request: old SIZE, a proof, an empty line, a checkpoint\n");
	if ((e = recall(&h)) == ERR_NOT_FOUND)
		return say(&h, WITNESS_UNKNOWN, "this log is not witnessed here\n");
	if (e || (e = signed_by_known(&h, &known, &good)))
		return e;
	if (!known)
		return say(&h, WITNESS_UNKNOWN, "this log is not witnessed here any more\n");
	if (!good)
		return say(&h, WITNESS_NOT_SIGNED, "no key that is known here signed it\n");
	out->origin = h.said.origin;
	return judge(&h);
}

enum err witness_checkpoint(struct tx *tx, struct str hex, struct str *note)
{
	struct hash h;
	enum err e;

	if (hex.len != 64 || !hash_read_hex(hex, &h) || !str_eq(hex, hash_hex(tx->mem, &h)))
		return ERR_NOT_FOUND;
	struct query q = db_query(tx, "SELECT note FROM witness_log WHERE origin_hash = $1 AND"
				      " note IS NOT NULL");
	BIND(&q, h);
	if ((e = db_one(&q)))
		return e;
	struct bytes b = col_bytes(&q, 0);
	if (q.err)
		return q.err;
	*note = (struct str){ b.at, b.len };
	return OK;
}
