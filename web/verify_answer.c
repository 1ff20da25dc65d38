/* One answer, green or red, in words first. A slip of the hand is far likelier than a forgery, so that
 * is what a wrong code is called; and where our own log does not agree with its own signature, the
 * page says that, too. */
#include "base/encode.h"
#include "office/gate.h"
#include "office/seal.h"
#include "office/step.h"
#include "web/house.h"
#include "web/paste.h"
#include "web/throttle.h"
#include "web/verify_parts.h"

static void say_real(struct answering *a, const struct leaf_words *w)
{
	struct req *r = a->r;
	struct buf text = { .a = r->mem };
	if (w->is_private)
		msg_verify_real_private(&text, r->lang, w->on);
	else if (w->unit.len)
		msg_verify_real_text(&text, r->lang, leaf_unit_words(r, w), w->at);
	else
		msg_verify_real_log(&text, r->lang, w->at);
	verify_say(a, TONE_OK, MSG_VERIFY_REAL, buf_str(&text));
	a->p->limits = true;
}

static void say_queued(struct answering *a)
{
	struct log *log = a->r->house->log;
	bool stopped = log && log_fault(log) != LOG_FINE;
	verify_say(a, TONE_SOON, MSG_VERIFY_QUEUED,
		   verify_word(a->r, stopped ? MSG_VERIFY_QUEUED_STOPPED : MSG_VERIFY_QUEUED_TEXT));
}

static void say_broken(struct answering *a, enum msg text)
{
	verify_say(a, TONE_LATE, MSG_VERIFY_BROKEN, verify_word(a->r, text));
	verify_advise(a, MSG_VERIFY_ADVICE_KEEP);
	verify_advise(a, MSG_VERIFY_ADVICE_TELL);
	verify_advise(a, MSG_VERIFY_ADVICE_SUPERIOR);
}

static void say_slip(struct answering *a, enum msg title, struct str text)
{
	verify_say(a, TONE_LATE, title, text);
	verify_advise(a, MSG_VERIFY_ADVICE_COMPARE);
	verify_advise(a, MSG_VERIFY_ADVICE_SCAN);
	verify_advise(a, MSG_VERIFY_ADVICE_REPORT);
}

/* --- The content that was pasted beside --- */

static bool commits_to(struct answering *a, const struct leaf_words *w, struct str salt)
{
	struct str lines = paste_lines(a->r->mem, a->content);
	const struct str tries[] = { a->content, lines, str_trim(lines), str_trim(a->content) };
	for (size_t i = 0; i < LENGTH(tries); i++) {
		struct hash h = content_public_hash(salt.at, tries[i]);
		if (hash_eq(&h, &w->pub))
			return true;
	}
	return false;
}

/* The salt of the receipt, else the one this site holds and anybody may download. */
static enum err find_salt(struct answering *a, const struct leaf_words *w,
			  const struct log_leaf *leaf, struct str *out)
{
	struct req *r = a->r;
	struct dossier *d;
	struct acts acts;
	struct content c;
	*out = a->salt;
	if (out->len == sizeof(struct hash))
		return OK;
	*out = S("");
	enum err e = gate_read(&r->tx, w->code, &d);
	if (e == ERR_NOT_FOUND || (!e && !gate_may_see_content(&r->tx, d))) {
		r->tx.err = OK;
		return OK;
	}
	if (e || (e = act_list(&r->tx, d, &acts)))
		return e;
	for (size_t i = 0; i < acts.n; i++) {
		if (acts.at[i].leaf != leaf->id)
			continue;
		if ((e = content_load(&r->tx, acts.at[i].id, &c)))
			return e;
		if (!c.erased && !c.redacted_by && c.public_salt.len == sizeof(struct hash))
			*out = (struct str){ c.public_salt.at, c.public_salt.len };
	}
	return OK;
}

/* After a good answer: does the pasted content belong to it? A content that does not turns it red. */
static enum err content_compare(struct answering *a, const struct leaf_words *w,
				const struct log_leaf *leaf)
{
	struct str salt;
	if (!a->content.len || !w->commits) {
		if (a->content.len)
			verify_note(a, verify_word(a->r, MSG_VERIFY_CONTENT_PRIVATE));
		return OK;
	}
	enum err e = find_salt(a, w, leaf, &salt);
	if (e)
		return e;
	if (!salt.len) {
		verify_note(a, verify_word(a->r, MSG_VERIFY_CONTENT_NO_SALT));
	} else if (commits_to(a, w, salt)) {
		verify_note(a, verify_word(a->r, MSG_VERIFY_CONTENT_SAME));
	} else {
		verify_say(a, TONE_LATE, MSG_VERIFY_CONTENT_OTHER,
			   verify_word(a->r, MSG_VERIFY_CONTENT_TEXT));
		verify_advise(a, MSG_VERIFY_ADVICE_CONTENT);
		a->p->limits = false;
	}
	return OK;
}

static void note_redacted(struct answering *a, int by)
{
	struct buf text = { .a = a->r->mem };
	msg_verify_redacted(&text, a->r->lang, by);
	verify_note(a, buf_str(&text));
}

/* --- A leaf: by its check value or hash --- */

static enum err stored_content(struct answering *a, const struct leaf_words *w,
			       const struct log_leaf *leaf, struct record *out)
{
	struct records all;
	*out = (struct record){ .content = RECORD_WHOLE };
	if (!w->code.len)
		return OK;
	enum err e = record_list(&a->r->tx, w->code, &all);
	if (e == ERR_NOT_FOUND)
		a->r->tx.err = e = OK; /* a leaf that is no dossier's act */
	for (size_t i = 0; !e && i < all.n && all.at[i].leaf.id <= leaf->id; i++)
		if (all.at[i].leaf.id == leaf->id)
			*out = all.at[i];
	return e;
}

static enum err answer_leaf(struct answering *a, const struct log_leaf *leaf)
{
	struct leaf_words w;
	struct standing_at at;
	struct record kept;
	enum err e = leaf_standing(a->r, leaf, &at);
	if (e)
		return e;
	if (!leaf_read(a->r->mem, leaf->entry, &w) || at.is == STANDING_BROKEN) {
		say_broken(a, MSG_VERIFY_BROKEN_LOG);
		return OK;
	}
	if ((e = stored_content(a, &w, leaf, &kept)))
		return e;
	if (kept.content == RECORD_DIFFERS) {
		say_broken(a, MSG_VERIFY_BROKEN_CONTENT);
		return OK;
	}
	if (at.is == STANDING_QUEUED)
		say_queued(a);
	else
		say_real(a, &w);
	if (kept.content == RECORD_ERASED)
		verify_note(a, verify_word(a->r, MSG_VERIFY_ERASED));
	if (kept.content == RECORD_REDACTED)
		note_redacted(a, kept.redacted_by);
	if ((e = leaf_facts(a, &w, leaf)))
		return e;
	leaf_details(a, leaf, &at.under);
	return at.is == STANDING_SIGNED ? content_compare(a, &w, leaf) : OK;
}

static enum err not_found(struct answering *a, struct str text)
{
	a->r->tx.err = OK;
	say_slip(a, MSG_VERIFY_NONE, text);
	/* Whoever tries codes one after the other is slowed down; a hand that slips is not. */
	return req_throttle(a->r, THROTTLE_SECRET, S("kiem-chung"));
}

static enum err answer_value(struct answering *a, const struct paste *p)
{
	struct log_leaf leaf;
	struct buf text = { .a = a->r->mem };
	enum err e = p->kind == PASTE_HASH ? log_leaf_by_hash(&a->r->tx, &p->hash, &leaf)
					   : log_leaf_by_check_value(&a->r->tx, p->text, &leaf);
	if (!e)
		return answer_leaf(a, &leaf);
	if (e != ERR_NOT_FOUND)
		return e;
	msg_verify_value_none(&text, a->r->lang, p->text);
	return not_found(a, buf_str(&text));
}

/* --- A dossier, by its code --- */

static void list_acts(struct answering *a, const struct records *all)
{
	static const enum msg columns[] = { MSG_VERIFY_ACT, MSG_VERIFY_AT, MSG_VERIFY_CHECK_VALUE };
	struct req *r = a->r;
	struct table *t = &a->p->acts;
	*t = verify_table(r, MSG_VERIFY_ACTS, columns, LENGTH(columns), all->n);
	for (size_t i = 0; i < all->n; i++) {
		const struct log_leaf *leaf = &all->at[i].leaf;
		struct leaf_words w;
		struct str value = check_value_text(r->mem, leaf->hash.b);
		if (!leaf_read(r->mem, leaf->entry, &w) || w.is_private)
			continue;
		struct row *row = &t->rows.at[t->rows.n++];
		row->at = NEW_N(r->mem, struct cell, 3);
		row->at[row->n++] = (struct cell){ .text = leaf_act_words(r, &w) };
		row->at[row->n++] = (struct cell){ .text = verify_moment(r, w.at) };
		row->at[row->n++] =
			(struct cell){ .text = value,
				       .url = url_with(r->mem, a->p->action, S("ma"), value) };
	}
}

/* The worst of the acts decides; `last` is the newest that is signed. */
static enum err weigh(struct answering *a, const struct records *all, enum msg *broken,
		      size_t *waiting, size_t *erased, const struct record **redacted,
		      const struct record **last, struct standing_at *under)
{
	*broken = MSG_NONE;
	*waiting = *erased = 0;
	*last = *redacted = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const struct record *one = &all->at[i];
		struct standing_at at;
		enum err e = leaf_standing(a->r, &one->leaf, &at);
		if (e)
			return e;
		if (at.is == STANDING_BROKEN)
			*broken = MSG_VERIFY_BROKEN_LOG;
		else if (one->content == RECORD_DIFFERS)
			*broken = MSG_VERIFY_BROKEN_CONTENT;
		*waiting += at.is == STANDING_QUEUED;
		*erased += one->content == RECORD_ERASED;
		if (one->content == RECORD_REDACTED)
			*redacted = one;
		if (at.is == STANDING_SIGNED) {
			*last = one;
			*under = at;
		}
	}
	return OK;
}

static enum err answer_private(struct answering *a, const struct leaf_words *w, bool signed_yet)
{
	if (signed_yet)
		say_real(a, w);
	else
		say_queued(a);
	return req_throttle(a->r, THROTTLE_SECRET, S("kiem-chung"));
}

static enum err answer_code(struct answering *a, struct str code)
{
	struct req *r = a->r;
	struct records all;
	struct leaf_words w;
	struct standing_at under = { .under = { .note = S("") } };
	const struct record *last, *redacted;
	size_t waiting, erased;
	enum msg broken;
	struct buf text = { .a = r->mem };
	enum err e = record_list(&r->tx, code, &all);
	if (e == ERR_NOT_FOUND) {
		msg_verify_code_none(&text, r->lang, code);
		return not_found(a, buf_str(&text));
	}
	if (e || (e = weigh(a, &all, &broken, &waiting, &erased, &redacted, &last, &under)))
		return e;
	if (broken || !all.n || !leaf_read(r->mem, all.at[0].leaf.entry, &w)) {
		say_broken(a, broken ? broken : MSG_VERIFY_BROKEN_LOG);
		return OK;
	}
	if (w.is_private)
		return answer_private(a, &w, last != NULL);
	if (!last) {
		say_queued(a);
		return leaf_facts(a, &w, &all.at[0].leaf);
	}
	msg_verify_real_dossier(&text, r->lang, leaf_unit_words(r, &w), w.at, (int64_t)all.n);
	verify_say(a, TONE_OK, MSG_VERIFY_DOSSIER_REAL, buf_str(&text));
	a->p->limits = true;
	if (waiting)
		verify_note(a, verify_word(r, MSG_VERIFY_SOME_QUEUED));
	if (erased)
		verify_note(a, verify_word(r, MSG_VERIFY_ERASED));
	if (redacted)
		note_redacted(a, redacted->redacted_by);
	if (all.more)
		verify_note(a, verify_word(r, MSG_VERIFY_MORE));
	if ((e = leaf_facts(a, &w, &all.at[0].leaf)))
		return e;
	list_acts(a, &all);
	leaf_details(a, &last->leaf, &under.under);
	return OK;
}

/* --- A receipt --- */

static enum err answer_held(struct answering *a, const struct receipt_answer *answer)
{
	struct req *r = a->r;
	struct leaf_words w;
	enum err e;
	if (!leaf_read(r->mem, answer->leaf.entry, &w)) {
		say_broken(a, MSG_VERIFY_BROKEN_LOG);
		return OK;
	}
	struct log_published under = { answer->under.size, answer->under.root, S("") };
	struct buf origin = { .a = r->mem };
	buf_put(&origin, answer->under.origin);
	buf_putc(&origin, '\n');
	under.note = buf_str(&origin);
	say_real(a, &w);
	verify_note(a, verify_word(r, MSG_VERIFY_RECEIPT_HOLDS));
	for (size_t i = 0; i < answer->cosigned_n; i++) {
		struct buf said = { .a = r->mem };
		msg_verify_cosigned(&said, r->lang, answer->cosigned[i].name,
				    answer->cosigned[i].at);
		verify_note(a, buf_str(&said));
	}
	if ((e = leaf_facts(a, &w, &answer->leaf)))
		return e;
	leaf_details(a, &answer->leaf, &under);
	if (answer->others.n) {
		struct buf names = { .a = r->mem };
		for (size_t i = 0; i < answer->others.n; i++) {
			buf_put(&names, i ? S(", ") : S(""));
			buf_put(&names, answer->others.at[i]);
		}
		verify_detail(a, MSG_VERIFY_OTHERS, buf_str(&names));
	}
	return content_compare(a, &w, &answer->leaf);
}

static enum err answer_receipt(struct answering *a, const struct proof *proof)
{
	struct req *r = a->r;
	struct receipt_answer answer;
	struct str origin;
	struct buf text = { .a = r->mem };
	enum err e;
	a->salt = proof->extra.at ? proof->extra : S("");
	if ((e = receipt_check(r, proof, &answer)) || (e = log_origin(&r->tx, &origin)))
		return e;
	switch (answer.verdict) {
	case RECEIPT_HOLDS:
		return answer_held(a, &answer);
	case RECEIPT_OTHER_LOG:
		msg_verify_other_log(&text, r->lang, answer.under.origin, origin);
		verify_say(a, TONE_LATE, MSG_VERIFY_OTHER_LOG_TITLE, buf_str(&text));
		verify_advise(a, MSG_VERIFY_ADVICE_OTHER_LOG);
		break;
	case RECEIPT_SIGNATURE:
		say_slip(a, MSG_VERIFY_SIGNATURE_TITLE, verify_word(r, MSG_VERIFY_SIGNATURE_TEXT));
		break;
	case RECEIPT_AHEAD:
		msg_verify_ahead(&text, r->lang, (int64_t)answer.under.size);
		verify_say(a, TONE_LATE, MSG_VERIFY_AHEAD_TITLE, buf_str(&text));
		verify_advise(a, MSG_VERIFY_ADVICE_KEEP);
		verify_advise(a, MSG_VERIFY_ADVICE_SUPERIOR);
		break;
	case RECEIPT_FORKED:
		verify_say(a, TONE_LATE, MSG_VERIFY_FORKED_TITLE,
			   verify_word(r, MSG_VERIFY_FORKED_TEXT));
		verify_advise(a, MSG_VERIFY_ADVICE_KEEP);
		verify_advise(a, MSG_VERIFY_ADVICE_SUPERIOR);
		break;
	case RECEIPT_ALTERED:
		say_slip(a, MSG_VERIFY_ALTERED_TITLE, verify_word(r, MSG_VERIFY_ALTERED_TEXT));
		break;
	}
	return OK;
}

static void answer_torn(struct answering *a, const struct paste *p)
{
	struct buf text = { .a = a->r->mem };
	switch (p->fault) {
	case RECEIPT_ONE_LINE:
		buf_put(&text, verify_word(a->r, MSG_VERIFY_TORN_ONE_LINE));
		break;
	case RECEIPT_VERSION:
		buf_put(&text, verify_word(a->r, MSG_VERIFY_TORN_VERSION));
		break;
	case RECEIPT_LINE:
		msg_verify_torn_line(&text, a->r->lang, p->line);
		break;
	case RECEIPT_SHORT:
	case RECEIPT_FINE:
		buf_put(&text, verify_word(a->r, MSG_VERIFY_TORN_SHORT));
		break;
	}
	verify_say(a, TONE_LATE, MSG_VERIFY_TORN, buf_str(&text));
	verify_advise(a, MSG_VERIFY_ADVICE_WHOLE);
}

/* --- Whatever was pasted --- */

enum err verify_answer(struct answering *a, struct str pasted)
{
	struct req *r = a->r;
	struct paste p;
	struct buf text = { .a = r->mem };
	paste_read(r->mem, pasted, &p);
	switch (p.kind) {
	case PASTE_EMPTY:
		if (r->ask->method == POST)
			verify_say(a, TONE_LATE, MSG_VERIFY_EMPTY,
				   verify_word(r, MSG_VERIFY_EMPTY_TEXT));
		return OK;
	case PASTE_CODE:
		return answer_code(a, p.text);
	case PASTE_VALUE:
	case PASTE_HASH:
		return answer_value(a, &p);
	case PASTE_RECEIPT:
		return answer_receipt(a, &p.proof);
	case PASTE_CODE_WRONG:
		msg_verify_code_slip(&text, r->lang, p.text);
		say_slip(a, MSG_VERIFY_NONE, buf_str(&text));
		return OK;
	case PASTE_CODE_LENGTH:
		say_slip(a, MSG_VERIFY_UNREADABLE, verify_word(r, MSG_VERIFY_CODE_LENGTH));
		return OK;
	case PASTE_VALUE_LENGTH:
		say_slip(a, MSG_VERIFY_UNREADABLE, verify_word(r, MSG_VERIFY_VALUE_LENGTH));
		return OK;
	case PASTE_VALUE_SIGN:
		say_slip(a, MSG_VERIFY_UNREADABLE, verify_word(r, MSG_VERIFY_VALUE_SIGN));
		return OK;
	case PASTE_RECEIPT_WRONG:
		answer_torn(a, &p);
		return OK;
	case PASTE_CHECKPOINT:
		verify_say(a, TONE_LATE, MSG_VERIFY_TORN, verify_word(r, MSG_VERIFY_TORN_TAIL));
		verify_advise(a, MSG_VERIFY_ADVICE_WHOLE);
		return OK;
	case PASTE_ENTRY:
		verify_say(a, TONE_LATE, MSG_VERIFY_UNREADABLE,
			   verify_word(r, MSG_VERIFY_ENTRY_ALONE));
		return OK;
	case PASTE_OTHER:
		break;
	}
	verify_say(a, TONE_LATE, MSG_VERIFY_UNREADABLE, verify_word(r, MSG_VERIFY_UNREADABLE_TEXT));
	verify_advise(a, MSG_VERIFY_ADVICE_SHAPE);
	return OK;
}
