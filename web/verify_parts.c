/* A leaf says little, and of a private matter nothing but its day; the dossier adds its title for those
 * who may read it. Everything technical goes to the table inside the fold. */
#include "web/verify_parts.h"

#include "base/encode.h"
#include "office/gate.h"
#include "office/unit.h"
#include "web/dossier_page.h"

struct str verify_word(struct req *r, enum msg m)
{
	return msg_plain(r->lang, m);
}

void verify_say(struct answering *a, enum tone tone, enum msg title, struct str text)
{
	struct banner *b = NEW(a->r->mem, struct banner);
	*b = (struct banner){ .tone = tone, .title = verify_word(a->r, title), .text = text };
	a->p->banner = b;
}

void verify_advise(struct answering *a, enum msg m)
{
	struct strs *l = &a->p->advice;
	if (!l->at)
		l->at = NEW_N(a->r->mem, struct str, 8);
	if (l->n < 8)
		l->at[l->n++] = verify_word(a->r, m);
}

void verify_note(struct answering *a, struct str text)
{
	struct strs *l = &a->p->notes;
	if (!l->at)
		l->at = NEW_N(a->r->mem, struct str, 8);
	if (l->n < 8)
		l->at[l->n++] = text;
}

static struct kv *add_fact(struct answering *a, enum msg label, struct str value)
{
	struct kvs *l = &a->p->facts;
	if (!l->at)
		l->at = NEW_N(a->r->mem, struct kv, 12);
	l->at[l->n] = (struct kv){ .label = verify_word(a->r, label), .value = value };
	return &l->at[l->n++];
}

static void add_download(struct answering *a, enum msg text, struct url url)
{
	struct links *l = &a->p->downloads;
	if (!l->at)
		l->at = NEW_N(a->r->mem, struct link, 4);
	if (l->n < 4)
		l->at[l->n++] = (struct link){ verify_word(a->r, text), url, false };
}

struct table verify_table(struct req *r, enum msg caption, const enum msg *columns, size_t n,
			  size_t rows)
{
	struct table t = { .caption = verify_word(r, caption) };
	t.columns.at = arena_get_n(r->mem, n, sizeof *t.columns.at);
	for (size_t i = 0; i < n; i++)
		t.columns.at[t.columns.n++].label = verify_word(r, columns[i]);
	t.rows.at = arena_get_n(r->mem, rows, sizeof *t.rows.at);
	return t;
}

void verify_detail(struct answering *a, enum msg label, struct str value)
{
	static const enum msg columns[] = { MSG_VERIFY_ITEM, MSG_VERIFY_VALUE };
	struct table *t = &a->p->details;
	if (!t->columns.n)
		*t = verify_table(a->r, MSG_VERIFY_DETAILS, columns, LENGTH(columns), 12);
	struct row *row = &t->rows.at[t->rows.n++];
	row->at = NEW_N(a->r->mem, struct cell, 2);
	row->at[row->n++] = (struct cell){ .text = verify_word(a->r, label) };
	row->at[row->n++] = (struct cell){ .text = value };
}

static struct str number(struct req *r, uint64_t n)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, (int64_t)n);
	return buf_str(&b);
}

/* --- What a leaf says --- */

struct str leaf_unit_words(struct req *r, const struct leaf_words *w)
{
	struct unit u;
	struct str title;
	struct date day = instant_date(w->at);
	if (!w->unit.len || unit_by_code(&r->tx, w->unit, day, &u) ||
	    unit_title_long(&r->tx, &u, day, r->lang, &title)) {
		r->tx.err = OK; /* a unit this site does not know keeps its code */
		return w->unit;
	}
	return title;
}

static const struct kind *kind_of(struct req *r, const struct leaf_words *w,
				  const struct step **step)
{
	struct str rest = w->act, name;
	const struct kind *k = str_next(&rest, '.', &name) ? office_kind(r->tx.office, name) : NULL;
	*step = k && rest.at ? kind_step(k, rest) : NULL;
	return k;
}

struct str leaf_act_words(struct req *r, const struct leaf_words *w)
{
	const struct step *s;
	if (str_eq(w->act, S("key.rotated")))
		return verify_word(r, MSG_VERIFY_ACT_KEY_ROTATED);
	if (str_eq(w->act, S("key.retired")))
		return verify_word(r, MSG_VERIFY_ACT_KEY_RETIRED);
	kind_of(r, w, &s);
	return s ? verify_word(r, s->done) : w->act;
}

struct str verify_moment(struct req *r, struct instant at)
{
	struct buf b = { .a = r->mem };
	lang_put_long_instant(&b, r->lang, at);
	return buf_str(&b);
}

static struct str long_day(struct req *r, struct date day)
{
	struct buf b = { .a = r->mem };
	lang_put_long_date(&b, r->lang, day);
	return buf_str(&b);
}

void leaf_details(struct answering *a, const struct log_leaf *leaf,
		  const struct log_published *under)
{
	struct req *r = a->r;
	if (leaf->index >= 0)
		verify_detail(a, MSG_VERIFY_INDEX, number(r, (uint64_t)leaf->index));
	verify_detail(a, MSG_VERIFY_ENTRY, leaf->entry);
	verify_detail(a, MSG_VERIFY_HASH, hash_hex(r->mem, &leaf->hash));
	if (!under->note.len)
		return;
	struct str origin;
	struct str note_text = under->note;
	if (str_next(&note_text, '\n', &origin))
		verify_detail(a, MSG_VERIFY_ORIGIN, origin);
	verify_detail(a, MSG_VERIFY_SIZE, number(r, under->size));
	verify_detail(a, MSG_VERIFY_ROOT,
		      base64_encode(r->mem, under->root.b, sizeof under->root.b));
	verify_detail(a, MSG_VERIFY_SIGNATURE, verify_word(r, MSG_VERIFY_SIGNATURE_KIND));
}

/* What the dossier adds for those who may read it: its title, the days it set, files to take away. */
static enum err dossier_facts(struct answering *a, const struct leaf_words *w,
			      const struct log_leaf *leaf)
{
	struct req *r = a->r;
	struct dossier *d;
	struct acts acts;
	enum err e = gate_read(&r->tx, w->code, &d);
	if (e == ERR_NOT_FOUND) {
		r->tx.err = OK;
		return OK;
	}
	if (e || (e = act_list(&r->tx, d, &acts)))
		return e;
	struct str words = verify_word(r, MSG_VERIFY_HIDDEN);
	bool content = gate_may_see_content(&r->tx, d);
	if (content && (e = dossier_heading(r, d, &words)))
		return e;
	struct kv *title = add_fact(a, MSG_VERIFY_TITLE_OF, words);
	title->url = dossier_url(r, d->code);
	for (size_t i = 0; i < acts.n; i++) {
		const struct act *act = &acts.at[i];
		struct str no = str_printf(r->mem, "%d", act->no);
		if (act->leaf != leaf->id)
			continue;
		for (size_t k = 0; k < d->duties.n; k++) {
			const struct duty *y = &d->duties.at[k];
			struct date due = date_is_set(y->due_before) ? y->due_before : y->due;
			struct buf text = { .a = r->mem };
			if (y->opened_by != act->no || !date_is_set(due))
				continue;
			msg_verify_due_by(&text, r->lang, due);
			add_fact(a, MSG_VERIFY_DUE, buf_str(&text));
			break;
		}
		if (leaf->index >= 0)
			add_download(a, MSG_VERIFY_GET_RECEIPT,
				     req_url(r, "/ho-so/%s/viec/%s/bien-nhan", d->code, no));
		struct content kept;
		if (content && !content_load(&r->tx, act->id, &kept) && !kept.erased &&
		    !kept.redacted_by)
			add_download(a, MSG_VERIFY_GET_CONTENT,
				     req_url(r, "/ho-so/%s/viec/%s/noi-dung", d->code, no));
	}
	return OK;
}

enum err leaf_facts(struct answering *a, const struct leaf_words *w, const struct log_leaf *leaf)
{
	struct req *r = a->r;
	const struct step *s;
	const struct kind *k = kind_of(r, w, &s);
	if (w->is_private)
		return OK;
	if (k)
		add_fact(a, MSG_VERIFY_KIND, verify_word(r, k->title));
	add_fact(a, MSG_VERIFY_ACT, leaf_act_words(r, w));
	if (w->unit.len)
		add_fact(a, MSG_VERIFY_UNIT, leaf_unit_words(r, w));
	add_fact(a, MSG_VERIFY_AT, verify_moment(r, w->at));
	if (date_is_set(w->on) && date_cmp(w->on, instant_date(w->at)))
		add_fact(a, MSG_VERIFY_ON, long_day(r, w->on));
	if (w->code.len)
		add_fact(a, MSG_VERIFY_CODE, w->code);
	return w->code.len ? dossier_facts(a, w, leaf) : OK;
}
