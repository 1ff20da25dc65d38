/* A stranger's view of a log: a key, a memory, and bytes from somewhere. */
#include "ledger/verify.h"

#include "ledger/checkpoint.h"
#include "ledger/log_keys.h"

#include <inttypes.h>

/* The state: the key on the first line, an empty line, then the checkpoint as it was served. */
struct memory {
	struct vkey key;
	struct checkpoint c;
};

static bool memory_parse(struct arena *a, struct str state, struct memory *out)
{
	struct str rest = state, line, blank;

	return str_next(&rest, '\n', &line) && vkey_parse(line, &out->key) &&
	       str_next(&rest, '\n', &blank) && !blank.len && rest.at &&
	       checkpoint_verify(a, rest, &out->key, &out->c, NULL);
}

static struct str memory_write(struct arena *a, const struct vkey *k, struct str note)
{
	struct buf b = { .a = a };

	buf_put_vkey(&b, k);
	buf_put(&b, S("\n\n"));
	buf_put(&b, note);
	return buf_str(&b);
}

static enum err refuse(struct str *why, const char *reason)
{
	*why = str_of(reason);
	return ERR_INVALID;
}

static struct str text_of(struct arena *a, const struct vkey *k)
{
	struct buf b = { .a = a };

	buf_put_vkey(&b, k);
	return buf_str(&b);
}

static enum err choose_key(const struct log_source *from, struct str vkey,
			   const struct memory *known, struct log_report *r, struct vkey *out,
			   struct str *why)
{
	struct str served, newest;
	enum err e;

	if (vkey.len) {
		if (!vkey_parse(vkey, out) || out->type != KEY_LOG)
			return refuse(why, "the given key is no verifier key of a log");
	} else if (known) {
		*out = known->key;
	} else {
		if ((e = from->fetch(from->self, S("vkey"), 4096, r->a, &served, why)))
			return e;
		if (!str_next(&served, '\n', &newest) || !vkey_parse(str_trim(newest), out) ||
		    out->type != KEY_LOG)
			return refuse(why, "what is served as vkey is no verifier key of a log");
		r->first_seen = true;
	}
	r->vkey = text_of(r->a, out);
	return OK;
}

/* The newest of the trusted keys that signed the note; NULL for none. */
static const struct vkey *signer(struct arena *a, struct str note, const struct key_chain *trusted,
				 struct checkpoint *out)
{
	for (size_t i = trusted->n; i--;)
		if (checkpoint_verify(a, note, &trusted->at[i], out, NULL))
			return &trusted->at[i];
	return NULL;
}

/* What can be said before anything is recomputed. */
static bool still_the_same_log(const struct memory *known, const struct checkpoint *now,
			       struct log_report *r)
{
	const struct checkpoint *then = &known->c;

	if (!str_eq(then->origin, now->origin))
		log_problem(r, "this is %.*s; what is remembered is %.*s", STR_ARG(now->origin),
			    STR_ARG(then->origin));
	else if (now->size < then->size)
		log_problem(r, "the log has shrunk from %" PRIu64 " to %" PRIu64 " entries",
			    then->size, now->size);
	else if (now->size == then->size && !hash_eq(&now->root, &then->root))
		log_problem(r, "two different roots were signed for %" PRIu64 " entries",
			    now->size);
	return r->count == 0;
}

static enum err recompute(const struct log_source *from, const struct memory *known,
			  const struct checkpoint *now, struct key_chain *trusted,
			  struct log_report *r, struct str *why)
{
	struct log_mark mark = { .size = known ? known->c.size : UINT64_MAX };
	struct tree_edge edge;
	enum err e = log_audit(from, now->size, &mark, trusted, &edge, r, why);

	if (e)
		return e;
	if (edge.size != now->size)
		return OK; /* what was missing has been reported */
	if (!hash_eq(&r->root, &now->root))
		log_problem(r, "the entries do not give the signed root of %" PRIu64, now->size);
	if (known && mark.reached && !hash_eq(&mark.root, &known->c.root))
		log_problem(r,
			    "the first %" PRIu64
			    " entries are not those that were signed before: history"
			    " was rewritten",
			    known->c.size);
	return OK;
}

static void not_signed(struct log_report *r)
{
	r->count = 0; /* what else there is to say, nobody has signed */
	log_problem(r,
		    "the checkpoint is not signed by %.*s, nor by a key that it vouches for in "
		    "the log; if the site announced a new key, compare it with the printed notice "
		    "and give it",
		    STR_ARG(r->vkey));
}

/* What a checkpoint claims before anybody's signature on it is known. */
static bool claims(struct arena *a, struct str bytes, const struct vkey *of, struct checkpoint *out)
{
	struct note n;

	return note_parse(a, bytes, &n) && checkpoint_parse(n.text, out) &&
	       str_eq(out->origin, of->name);
}

/* A log that has changed its key is read to its end before it can be believed: what vouches for the
 * new key stands in it. */
static enum err examine(const struct log_source *from, const struct memory *known, struct str note,
			struct key_chain *trusted, struct log_report *out, struct str *why)
{
	struct checkpoint now;
	bool believed = signer(out->a, note, trusted, &now) != NULL;
	enum err e;

	if (!believed && !claims(out->a, note, &trusted->at[0], &now)) {
		not_signed(out);
		return OK;
	}
	out->origin = now.origin;
	if (believed && known && !still_the_same_log(known, &now, out))
		return OK;
	if ((e = recompute(from, known, &now, trusted, out, why)))
		return e;
	const struct vkey *by = signer(out->a, note, trusted, &now);
	if (!by) {
		not_signed(out);
		return OK;
	}
	out->note = note;
	if (!believed && known && !out->count)
		(void)!still_the_same_log(known, &now, out);
	if (!vkey_eq(by, &trusted->at[0])) {
		out->vkey_before = out->vkey;
		out->vkey = text_of(out->a, by);
	}
	return OK;
}

enum err log_watch(const struct log_source *from, struct str vkey, struct str state,
		   struct log_report *out, struct str *next, struct str *why)
{
	struct memory memory, *known = state.len ? &memory : NULL;
	struct key_chain *trusted = NEW(out->a, struct key_chain);
	struct str note;
	struct vkey key;
	enum err e;

	*next = state;
	out->vkey_before = out->note = S("");
	if (known && !memory_parse(out->a, state, known))
		return refuse(why, "the remembered state is damaged");
	if ((e = choose_key(from, vkey, known, out, &key, why)) ||
	    (e = from->fetch(from->self, S("checkpoint"), NOTE_BYTES, out->a, &note, why)))
		return e;
	trusted->at[trusted->n++] = key;
	if ((e = examine(from, known, note, trusted, out, why)))
		return e;
	if (!out->count && vkey_parse(out->vkey, &key))
		*next = memory_write(out->a, &key, note);
	return OK;
}

/* --- Recovery --- */

/* The leaf may still wait in the queue: it was committed, and its index was lost. */
static enum err lost_leaf(struct tx *tx, struct str entry, int64_t *id, struct hash *h)
{
	tree_leaf(entry.at, entry.len, h);
	struct query q =
		db_query(tx, "SELECT id FROM log_leaf WHERE hash = $1 AND idx IS NULL ORDER BY id"
			     " LIMIT 1");
	BIND(&q, *h);
	enum err e = db_one(&q);
	if (!e)
		*id = col_int(&q, 0);
	return e == ERR_NOT_FOUND ? log_queue(tx, entry, id, h) : e;
}

static enum err supply_bundle(struct log_append *p, const struct log_source *from,
			      const struct tile *t)
{
	struct str bytes, why = S(""), *entries = NEW_N(p->tx->mem, struct str, TILE_WIDTH);
	enum err e = log_fetch_tile(from, t, p->tx->mem, &bytes, &why);
	struct hash h;
	int64_t id;

	if (e)
		return tx_fail(p->tx, e, "bundle %" PRIu64 ": %.*s", t->n, STR_ARG(why));
	if (!bundle_parse(bytes, (size_t)t->width, entries))
		return tx_fail(p->tx, ERR_CORRUPT, "bundle %" PRIu64 " is malformed", t->n);
	for (uint64_t i = p->edge.size % TILE_WIDTH; !e && i < (uint64_t)t->width; i++)
		if (!(e = lost_leaf(p->tx, entries[i], &id, &h)) &&
		    !(e = log_append_leaf(p, id, &h)))
			e = log_key_replay(p->tx, entries[i]);
	return e;
}

enum err log_supply(struct tx *tx, const struct log_source *from, struct str checkpoint,
		    int64_t *supplied)
{
	struct log_published ignored;
	struct checkpoint goal;
	struct log_append p;
	struct str origin;
	struct note note;
	struct hash root;
	struct tile t;
	bool ours;
	enum err e;

	if ((e = log_origin(tx, &origin)) || (e = log_append_begin(tx, &p)))
		return e;
	if (!note_parse(tx->mem, checkpoint, &note) || !checkpoint_parse(note.text, &goal) ||
	    !str_eq(goal.origin, origin) || goal.size <= p.before.size)
		return tx_fail(tx, ERR_INVALID, "this checkpoint is not ours, or not ahead");
	while (!e && tile_at(TILE_ENTRIES, p.edge.size / TILE_WIDTH, goal.size, &t) &&
	       p.edge.size < goal.size)
		e = supply_bundle(&p, from, &t);
	/* The key that signed it may be one that these entries brought. */
	if (e || (e = log_checkpoint_ours(tx, checkpoint, &ignored, &ours)))
		return e;
	if (!ours)
		return tx_fail(tx, ERR_INVALID, "this checkpoint is not signed by a key of ours");
	tree_edge_root(&p.edge, &root);
	if (!hash_eq(&root, &goal.root))
		return tx_fail(tx, ERR_CORRUPT, "the supplied entries do not give the signed root");
	if ((e = log_append_end(&p)))
		return e;
	*supplied = (int64_t)(goal.size - p.before.size);
	return OK;
}
