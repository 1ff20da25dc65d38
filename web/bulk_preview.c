/* Each in full, with what stands in its way; then all that are ticked, or none and it is said which not. */
#include "web/bulk_form.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
#include "office/access.h"
#include "office/gate.h"
#include "office/reply.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/markdown.h"

static const struct field no_fields[] = { { 0 } };

static enum err asked(struct req *r, struct draft *d, struct bulk_asked *b)
{
	enum err e = draft_asked(r, d);
	if (e)
		return e;
	if (!d->person || !bulk_of_draft(r, d, b))
		return ERR_NOT_FOUND;
	if ((e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &b->unit)))
		return e;
	bulk_form(r, b);
	return draft_read(&r->tx, d, b->fields, b->form);
}

/* The form of the step for one dossier, as it was written. */
static void *form_for(struct tx *tx, const struct bulk_asked *b)
{
	void *form = step_form(tx->mem, b->step);
	fields_copy(b->step->form, b->step_form, form);
	return form;
}

/* The letter of one of them, as its author will read it; none of a step without one. */
static enum err letter_of(struct req *r, const struct dossier *d, const struct step *s, void *form,
			  struct html *out)
{
	const struct field *f = reply_field(s);
	struct str text;
	if (!f || !form)
		return OK;
	void *filled = reply_form(&r->tx, d, s, form);
	enum err e = reply_named(&r->tx, d, *field_str(f, filled), r->lang, &text);
	if (!e)
		markdown_html(r->mem, text, out);
	return e;
}

static enum err told_row(struct req *r, const struct dossier_ref *ref, const struct step *s,
			 void *form, struct told_row *out)
{
	struct buf about = { .a = r->mem };
	struct dossier *d;
	bool opened = false;
	msg_bulk_told_row(&about, r->lang, ref->opened_on);
	*out = (struct told_row){ .code = ref->code,
				  .about = buf_str(&about),
				  .url = dossier_url(r, ref->code) };
	/* Few were opened in time, and only these are loaded. */
	enum err e = form ? access_granted(&r->tx, ref->id, ACCESS_MINUTES, &opened) : OK;
	if (e || !opened || (e = dossier_load(&r->tx, ref->id, &d)))
		return e;
	return gate_may_read(&r->tx, d) ? letter_of(r, d, s, form, &out->text) : OK;
}

enum err told_fill(struct req *r, const struct dossier *d, const struct step *s, void *form,
		   struct told *out)
{
	struct dossier_refs refs = { NULL, 0, false };
	struct buf title = { .a = r->mem };
	*out = (struct told){ .title = S("") };
	enum err e = s->tells_also ? s->tells_also(&r->tx, d, &refs) : OK;
	if (e || !refs.n)
		return e;
	(refs.more ? msg_bulk_told_more : msg_bulk_told)(&title, r->lang, (int64_t)refs.n);
	out->title = buf_str(&title);
	out->rows.at = NEW_N(r->mem, struct told_row, refs.n);
	for (size_t i = 0; !e && i < refs.n; i++)
		e = told_row(r, &refs.at[i], s, form, &out->rows.at[out->rows.n++]);
	return e;
}

/* What stands in the way of one; "" when nothing does. */
static enum err fault_of(struct req *r, const struct bulk_asked *b, struct dossier *d, void *form,
			 struct str *out)
{
	struct faults faults = { .a = r->mem, .lang = r->lang };
	struct buf text = { .a = r->mem };
	enum err e = OK;
	*out = S("");
	if (!step_rightful(&r->tx, d, b->step, NULL)) {
		*out = msg_plain(r->lang, MSG_BULK_FAULT_RIGHT);
	} else if (!(b->step->from & d->state)) {
		msg_bulk_fault_state(&text, r->lang, msg_plain(r->lang, dossier_state(d)->label));
		*out = buf_str(&text);
	} else if (!(e = b->step->prepare ? b->step->prepare(&r->tx, d, form) : OK) &&
		   (form = reply_form(&r->tx, d, b->step, form)) &&
		   !(e = form_check(&r->tx, b->step->form, form, d, &faults)) && b->step->check) {
		e = b->step->check(&r->tx, d, form, tx_today(&r->tx), &faults);
	}
	if (!e && faults.n)
		*out = faults.at[0].text;
	return e;
}

static bool is_picked(const struct strs *all, struct str code)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->at[i], code))
			return true;
	return false;
}

static enum err load(struct req *r, struct str code, struct dossier **out)
{
	int64_t id;
	enum err e = dossier_by_code(&r->tx, code, &id);
	return e ? e : dossier_load(&r->tx, id, out);
}

static enum err fill_item(struct req *r, const struct bulk_asked *b, struct str code,
			  struct bulk_item *out)
{
	struct buf about = { .a = r->mem };
	struct dossier *d;
	enum err e = load(r, code, &d);
	if (e)
		return e;
	*out = (struct bulk_item){ .code = d->code,
				   .id = str_printf(r->mem, "h-%.*s", STR_ARG(d->code)),
				   .url = dossier_url(r, d->code) };
	if (!gate_may_read(&r->tx, d)) {
		out->fault = msg_plain(r->lang, MSG_BULK_FAULT_CLOSED);
		return OK;
	}
	void *form = form_for(&r->tx, b);
	if ((e = fault_of(r, b, d, form, &out->fault)) ||
	    (e = letter_of(r, d, b->step, form, &out->text)) ||
	    (e = told_fill(r, d, b->step, form, &out->told)))
		return e;
	msg_bulk_about(&about, r->lang, dossier_title(d), d->opened_on,
		       msg_plain(r->lang, dossier_state(d)->label));
	out->about = buf_str(&about);
	out->keep = !out->fault.len;
	if (r->again) {
		struct strs kept = pairs_all(r->mem, &r->fields, S("pick"));
		out->keep = is_picked(&kept, d->code);
	}
	return OK;
}

/* What is recorded beside the letter. */
static void fill_says(struct req *r, const struct bulk_asked *b, struct kvs *out)
{
	const struct dossier *blank = dossier_blank(r->mem, b->kind, b->unit.id);
	size_t n = 0;
	for (const struct field *f = b->step->form; f->type; f++)
		n++;
	out->at = NEW_N(r->mem, struct kv, n);
	for (const struct field *f = b->step->form; f->type; f++) {
		if (f->hidden || f == reply_field(b->step) || field_is_empty(f, b->step_form))
			continue;
		out->at[out->n++] = (struct kv){ .label = msg_plain(r->lang, f->label),
						 .value = field_words(r, blank, f, b->step_form) };
	}
}

enum err bulk_preview_show(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	struct bulk_preview p = { 0 };
	struct buf lede = { .a = r->mem };
	struct draft d;
	struct form *form;
	enum err e = asked(r, &d, b);
	if (e || (e = form_show(r, no_fields, NULL, NULL, req_url(r, "/lam-nhieu/%s", d.code),
				MSG_BULK_CONFIRM, &form)))
		return e;
	const struct bulk *x = b->form;
	p.items.at = NEW_N(r->mem, struct bulk_item, x->picks.n);
	for (size_t i = 0; i < x->picks.n; i++)
		if ((e = fill_item(r, b, x->picks.at[i], &p.items.at[p.items.n++])))
			return e;
	msg_bulk_preview_lede(&lede, r->lang, (int64_t)x->picks.n);
	p.lede = buf_str(&lede);
	fill_says(r, b, &p.says);
	p.title = msg_plain(r->lang, MSG_BULK_PREVIEW_TITLE);
	p.form = form;
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_WORK_TITLE),
				.url = url_local(r->mem, x->back) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	r->reply.keep = KEEP_NEVER;
	page_bulk_preview(&r->out, &p);
	return OK;
}

/* --- Done --- */

/* In memory of its own, as of one alone: the budget of a request is for its page. */
static enum err take_one(struct req *r, const struct bulk_asked *b, struct str code,
			 struct str token)
{
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB, .token = token };
	struct faults faults = { .a = r->tx.mem, .lang = r->lang };
	struct dossier *d;
	struct str fault;
	void *form = form_for(&r->tx, b);
	enum err e = load(r, code, &d);
	if (e)
		return e;
	if (!gate_may_read(&r->tx, d)) {
		fault = msg_plain(r->lang, MSG_BULK_FAULT_CLOSED);
	} else if ((e = fault_of(r, b, d, form, &fault))) {
		return e;
	}
	if (!fault.len) {
		e = step_take(&r->tx, d, b->step->name, form, &in, &faults);
		if (e != ERR_INVALID || !faults.n)
			return e;
		fault = faults.at[0].text;
	}
	struct buf text = { .a = r->mem };
	msg_bulk_fault(&text, r->lang, code, fault);
	fault_add(&r->faults, "", buf_str(&text));
	return OK;
}

/* Every fault is looked for, so that all are said at once; one is enough for nothing to be done. */
static enum err take_all(struct req *r, const struct bulk_asked *b, const struct strs *kept,
			 int64_t *n)
{
	const struct bulk *x = b->form;
	struct arena *outer = r->tx.mem;
	enum err e = OK;
	r->tx.mem = arena_new(0);
	for (size_t i = 0; !e && i < x->picks.n; i++) {
		if (!is_picked(kept, x->picks.at[i]))
			continue;
		e = take_one(r, b, x->picks.at[i], *n ? S("") : r->token);
		arena_clear(r->tx.mem);
		++*n;
	}
	arena_free(r->tx.mem);
	r->tx.mem = outer;
	return e;
}

/* Sent again: it was done. The draft is gone with it, and with it how many there were. */
static enum err done_before(struct req *r)
{
	int64_t id = 0;
	enum err e = step_dossier_of(&r->tx, r->token, &id);
	return e ? e : id ? req_redirect(r, req_url(r, "/viec")) : ERR_NOT_FOUND;
}

enum err bulk_preview_post(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	struct strs kept = pairs_all(r->mem, &r->fields, S("pick"));
	struct draft d;
	int64_t n = 0;
	enum err e = asked(r, &d, b);
	if (e == ERR_NOT_FOUND)
		return done_before(r);
	if (e || (e = take_all(r, b, &kept, &n)))
		return e;
	if (!n)
		return req_fault(r, "", MSG_BULK_FAULT_NONE);
	if (r->faults.n)
		return tx_fail(&r->tx, ERR_INVALID, "some of many cannot be done");
	const struct bulk *x = b->form;
	struct url to = url_local(r->mem, x->back);
	if ((e = draft_end(&r->tx, &d)))
		return e;
	return req_redirect(r, url_with_int(r->mem, to, S("xong"), n));
}
