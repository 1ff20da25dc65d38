/* A stranger's questions, asked of our own data: is the entry's hash the stored one, does it stand in
 * the tree, is the tree's root the signed one. A receipt is believed only as far as its signature. */
#include "web/verify_log.h"

#include "base/encode.h"
#include "base/json.h"
#include "ledger/verify.h"
#include "web/house.h"

bool leaf_read(struct arena *a, struct str entry, struct leaf_words *out)
{
	struct json j;
	struct str why;
	*out = (struct leaf_words){ .act = S(""), .code = S(""), .unit = S(""), .on = NO_DATE };
	if (!json_parse(a, entry, &j, &why) || json_get_int(&j, "v") != 1)
		return false;
	out->act = json_get_str(&j, "act");
	if (!out->act.len) {
		out->is_private = true;
		out->on = json_get_date(&j, "at");
		return date_is_set(out->on);
	}
	struct str pub = json_get_str(&j, "pub");
	out->code = json_get_str(&j, "code");
	out->unit = json_get_str(&j, "unit");
	out->on = json_get_date(&j, "on");
	out->commits = hex_decode(pub, out->pub.b, sizeof out->pub.b);
	return instant_parse(json_get_str(&j, "at"), &out->at);
}

enum err leaf_standing(struct req *r, const struct log_leaf *leaf, struct standing_at *out)
{
	struct log_tiles tiles;
	struct tree_path path;
	struct log_head head;
	struct hash is;
	*out = (struct standing_at){ .is = STANDING_QUEUED, .under = { .note = S("") } };
	tree_leaf(leaf->entry.at, leaf->entry.len, &is);
	if (!hash_eq(&is, &leaf->hash)) {
		out->is = STANDING_BROKEN;
		return OK;
	}
	if (!r->house->log || leaf->index < 0)
		return OK;
	enum err e = log_head(&r->tx, &head);
	if (!e)
		e = log_checkpoint_within(r->house->log, head.size, r->mem, &out->under);
	if (e || (uint64_t)leaf->index >= out->under.size)
		return e == ERR_NOT_FOUND ? OK : e;
	struct tree_reader reader = log_reader(&tiles, &r->tx);
	e = tree_inclusion(&reader, (uint64_t)leaf->index, out->under.size, &path);
	if (e && e != ERR_CORRUPT)
		return e;
	bool stands = !e && tree_verify_inclusion((uint64_t)leaf->index, out->under.size, &is,
						  &path, &out->under.root);
	r->tx.err = OK; /* what is broken is the answer here, not a failure of this page */
	out->is = stands ? STANDING_SIGNED : STANDING_BROKEN;
	return OK;
}

/* Is that line one of a witness that this site asks? */
static bool is_witness(const struct log_witnesses *all, const struct note *line,
		       struct cosigned *out)
{
	uint64_t time;
	for (size_t i = 0; i < all->n; i++)
		if (note_verify(line, &all->at[i].key, &time)) {
			*out = (struct cosigned){ all->at[i].key.name, { (int64_t)time * 1000 } };
			return true;
		}
	return false;
}

static void name_others(struct req *r, const struct note *note, struct receipt_answer *out)
{
	struct log_witnesses all = { NULL, 0 };
	if (r->house->log)
		all = log_witnesses(r->house->log, r->mem);
	out->others.at = arena_get_n(r->mem, note->n, sizeof *out->others.at);
	out->cosigned = arena_get_n(r->mem, note->n, sizeof *out->cosigned);
	for (size_t i = 0; i < note->n; i++) {
		struct note line = { note->text, &note->signatures[i], 1 };
		if (str_eq(note->signatures[i].name, out->under.origin))
			continue;
		if (is_witness(&all, &line, &out->cosigned[out->cosigned_n]))
			out->cosigned_n++;
		else
			out->others.at[out->others.n++] = note->signatures[i].name;
	}
}

/* Do our tiles give the root that was signed for that size? */
static enum err same_history(struct req *r, const struct checkpoint *c, bool *same)
{
	struct log_tiles tiles;
	struct hash root;
	struct tree_reader reader = log_reader(&tiles, &r->tx);
	enum err e = tree_root(&reader, c->size, &root);
	*same = !e && hash_eq(&root, &c->root);
	if (e == ERR_CORRUPT || e == ERR_NOT_FOUND)
		r->tx.err = e = OK; /* a missing tile is an answer, too */
	return e;
}

enum err receipt_check(struct req *r, const struct proof *p, struct receipt_answer *out)
{
	struct note note;
	struct str origin;
	struct log_published signed_by_us;
	struct log_head head;
	struct log_leaves found;
	bool ours = false, same = false;
	*out = (struct receipt_answer){ .verdict = RECEIPT_ALTERED };
	if (!note_parse(r->mem, p->checkpoint, &note) || !checkpoint_parse(note.text, &out->under))
		return OK;
	name_others(r, &note, out);
	enum err e = log_origin(&r->tx, &origin);
	if (e)
		return e;
	out->verdict = RECEIPT_OTHER_LOG;
	if (!str_eq(origin, out->under.origin))
		return OK;
	out->verdict = RECEIPT_SIGNATURE;
	if ((e = log_checkpoint_ours(&r->tx, p->checkpoint, &signed_by_us, &ours)) || !ours)
		return e;
	/* From here on the size and the root of the receipt are our own word. */
	if ((e = log_head(&r->tx, &head)))
		return e;
	out->verdict = RECEIPT_AHEAD;
	if (out->under.size > head.size)
		return OK;
	out->verdict = RECEIPT_FORKED;
	if ((e = same_history(r, &out->under, &same)) || !same)
		return e;
	out->verdict = RECEIPT_ALTERED;
	if (p->index >= out->under.size)
		return OK;
	if ((e = log_entries(&r->tx, p->index, 1, &found)))
		return e;
	if (!found.n || (uint64_t)found.at[0].index != p->index)
		return tx_fail(&r->tx, ERR_CORRUPT, "no leaf has the index of a receipt");
	struct hash leaf;
	tree_leaf(found.at[0].entry.at, found.at[0].entry.len, &leaf);
	if (!tree_verify_inclusion(p->index, out->under.size, &leaf, &p->path, &out->under.root)) {
		/* Is it the receipt that does not fit, or the entry that we hold? */
		struct standing_at ours_now;
		e = leaf_standing(r, &found.at[0], &ours_now);
		if (!e && ours_now.is == STANDING_BROKEN)
			out->verdict = RECEIPT_FORKED;
		return e;
	}
	out->leaf = found.at[0];
	out->verdict = RECEIPT_HOLDS;
	return OK;
}
