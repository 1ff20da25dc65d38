/* Each in full, with what stands in its way; then all that are ticked, or none and it is said which not. */
#include "web/bulk_form.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
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

/* The form of the step for one dossier: the same for all but for what the dossier fills in. */
static enum err form_for(struct tx *tx, enum lang lang, const struct bulk_asked *b,
			 const struct dossier *d, void **out)
{
	const struct field *text = reply_field(b->step);
	void *form = step_form(tx->mem, b->step);
	fields_copy(b->step->form, b->step_form, form);
	*out = form;
	if (!text)
		return OK;
	return reply_fill(tx, d, text, *field_str(text, b->step_form), lang, field_str(text, form));
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
	void *form;
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
	if ((e = form_for(&r->tx, r->lang, b, d, &form)) ||
	    (e = fault_of(r, b, d, form, &out->fault)))
		return e;
	msg_bulk_about(&about, r->lang, dossier_title(d), d->opened_on,
		       msg_plain(r->lang, dossier_state(d)->label));
	out->about = buf_str(&about);
	const struct field *f = reply_field(b->step);
	struct str text = S("");
	if (f && (e = reply_named(&r->tx, d, *field_str(f, form), r->lang, &text)))
		return e;
	if (f)
		markdown_html(r->mem, text, &out->text);
	else
		out->text = html_of(
			r->mem, field_words(r, d, field_find(b->step->form, S("officer")), form));
	out->keep = !out->fault.len;
	if (r->again) {
		struct strs kept = pairs_all(r->mem, &r->fields, S("pick"));
		out->keep = is_picked(&kept, d->code);
	}
	return OK;
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
	void *form = NULL;
	enum err e = load(r, code, &d);
	if (e)
		return e;
	if (!gate_may_read(&r->tx, d)) {
		fault = msg_plain(r->lang, MSG_BULK_FAULT_CLOSED);
	} else if ((e = form_for(&r->tx, r->lang, b, d, &form)) ||
		   (e = fault_of(r, b, d, form, &fault))) {
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
