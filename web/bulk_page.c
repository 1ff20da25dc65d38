/* Choosing. What is shown of a personal matter here is its code, until it is opened with a reason: that of
 * this form, recorded for each that was chosen, before anything of it is shown. */
#include "web/bulk_page.h"

#include "gen/web_pages.h"
#include "office/access.h"
#include "office/office.h"
#include "office/reply.h"
#include "office/step.h"
#include "office/unit.h"
#include "web/bulk_form.h"
#include "web/dossier_page.h"
#include "web/work_page.h"

static const struct step *step_asked(struct req *r, const struct kind *k)
{
	const struct step *s = k ? kind_step(k, req_param(r, "step")) : NULL;
	return s && bulk_takes(s) ? s : NULL;
}

static enum err asked(struct req *r, struct bulk_asked *out)
{
	struct work_filter f;
	enum err e = work_asked(r, &out->unit, &f);
	if (e)
		return e;
	out->kind = office_kind_by_slug(r->tx.office, req_param(r, "kind"));
	out->step = step_asked(r, out->kind);
	if (!out->step)
		return ERR_NOT_FOUND;
	if (!member_may(r->tx.who, out->step->may, out->unit.id, str_of(out->kind->work)))
		return tx_fail(&r->tx, ERR_DENIED, "%s of unit %.*s", out->step->name,
			       STR_ARG(out->unit.code));
	f.kind = out->kind;
	f.state = f.state ? f.state & out->step->from : out->step->from;
	f.limit = BULK_MOST;
	out->rows = (struct work_rows){ NULL, 0, false };
	if (f.state && (e = work_list(&r->tx, &f, &out->rows)))
		return e;
	bulk_form(r, out);
	return OK;
}

static struct url here(struct req *r, const struct bulk_asked *b)
{
	struct url to = req_url(r, "/don-vi/%s/lam-nhieu/%s/%s", b->unit.code,
				str_of(b->kind->slug), str_of(b->step->name));
	static const char *const kept[] = { "nguoi", "trang-thai", "cho", "han" };
	for (size_t i = 0; i < LENGTH(kept); i++)
		to = url_with(r->mem, to, str_of(kept[i]), req_query(r, kept[i]));
	return to;
}

static struct url back(struct req *r, const struct bulk_asked *b)
{
	struct url to = work_url(r, b->unit.code);
	return req_query(r, "loai").len ? to
					: url_with(r->mem, to, S("loai"), str_of(b->kind->slug));
}

/* Two that are called the same are told apart by their codes. */
static struct str template_label(struct req *r, const struct reply_rows *rows, size_t i)
{
	const struct reply_row *row = &rows->at[i];
	struct buf text = { .a = r->mem }, coded = { .a = r->mem };
	bool twice = false;
	for (size_t k = 0; k < rows->n; k++)
		twice |= k != i && str_eq(rows->at[k].title, row->title) &&
			 str_eq(rows->at[k].matter, row->matter);
	buf_put(&text, row->title);
	if (row->matter.len)
		buf_printf(&text, " (%.*s)", STR_ARG(row->matter));
	if (!twice)
		return buf_str(&text);
	msg_reply_titled(&coded, r->lang, buf_str(&text), row->code);
	return buf_str(&coded);
}

enum err reply_links(struct req *r, int64_t unit, const struct kind *k, const struct step *s,
		     struct url to, struct links *out)
{
	struct reply_rows rows;
	*out = (struct links){ NULL, 0 };
	if (!reply_field(s))
		return OK;
	enum err e = reply_list(&r->tx, unit, k, s, &rows);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct link, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[out->n++] = (struct link){
			.text = template_label(r, &rows, i),
			.url = url_with(r->mem, to, S("mau"), rows.at[i].code),
		};
	return OK;
}

/* The text of a template as it is: each dossier fills it by itself, later. */
static enum err begin(struct req *r, const struct bulk_asked *b)
{
	struct str mau = req_query(r, "mau"), text;
	struct bulk *x = b->form;
	x->reason = msg_plain(r->lang, reply_field(b->step) ? MSG_BULK_REASON_BEGIN
							    : MSG_BULK_REASON_ASSIGN);
	if (!mau.len || !reply_field(b->step))
		return OK;
	enum err e = reply_text(&r->tx, b->unit.id, b->kind, b->step, mau, &text);
	if (!e)
		*field_str(reply_field(b->step), b->step_form) = text;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err bulk_show(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	struct bulk_page p = { 0 };
	struct form *form = NULL;
	struct buf title = { .a = r->mem };
	enum err e = asked(r, b);
	if (e || (e = r->again ? OK : begin(r, b)))
		return e;
	if (b->rows.n && (e = form_show(r, b->fields, r->again ? NULL : b->form, b, here(r, b),
					MSG_BULK_PREVIEW, &form)))
		return e;
	if ((e = reply_links(r, b->unit.id, b->kind, b->step, here(r, b), &p.templates)))
		return e;
	msg_bulk_title(&title, r->lang, msg_plain(r->lang, b->step->label));
	p.title = buf_str(&title);
	p.form = form;
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_WORK_TITLE), .url = back(r, b) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	page_bulk(&r->out, &p);
	return OK;
}

enum err bulk_sender(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	return asked(r, b);
}

enum err bulk_keep(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	return asked(r, b) ? OK : form_keep(r, b->fields);
}

/* Opened with this form's reason, as by hand: their authors read who did, and why. */
static enum err open_all(struct req *r, const struct bulk_asked *b)
{
	const struct bulk *x = b->form;
	const struct appointment *by =
		member_may(r->tx.who, ACCESS_ROLES, b->unit.id, str_of(b->kind->work));
	enum err e = OK;
	for (size_t i = 0; !e && i < x->picks.n; i++)
		for (size_t k = 0; !e && k < b->rows.n; k++)
			if (by && b->rows.at[k].personal &&
			    str_eq(b->rows.at[k].code, x->picks.at[i]))
				e = access_record(&r->tx, b->rows.at[k].id, by, x->reason);
	return e;
}

enum err bulk_post(struct req *r)
{
	struct bulk_asked *b = NEW(r->mem, struct bulk_asked);
	struct draft d = { 0 };
	enum err e = asked(r, b);
	if (e)
		return e;
	struct bulk *x = b->form;
	form_read(r, b->fields, b->form);
	x->back = back(r, b).s;
	if ((e = form_check(&r->tx, b->fields, b->form, b, &r->faults)))
		return e;
	const struct field *text = reply_field(b->step);
	struct str unknown = text ? reply_unknown(r->mem, *field_str(text, b->step_form)) : S("");
	struct buf fault = { .a = r->mem };
	if (unknown.len) {
		msg_reply_fault_field(&fault, r->lang, unknown);
		fault_add(&r->faults, text->name, buf_str(&fault));
	}
	if (r->faults.n)
		return tx_fail(&r->tx, ERR_INVALID, "the form of many");
	if ((e = bulk_forget(r, b)) || (e = open_all(r, b)))
		return e;
	d.kind = bulk_draft_kind(r, b);
	d.unit = b->unit.id;
	if ((e = draft_give(r, &d, b->fields, b->form)))
		return e;
	return req_redirect(r, req_url(r, "/lam-nhieu/%s", d.code));
}

static bool is_listed(const struct work_rows *rows, const struct kind *k)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].kind == k)
			return true;
	return false;
}

static void add_ways(struct req *r, const struct unit *u, const struct kind *k, bool narrowed,
		     struct links *out)
{
	for (const struct step *s = k->steps; s->name; s++) {
		struct buf text = { .a = r->mem };
		struct bulk_asked b = { .unit = *u, .kind = k, .step = s };
		struct str step = msg_plain(r->lang, s->label);
		if (!bulk_takes(s) || !member_may(r->tx.who, s->may, u->id, str_of(k->work)))
			continue;
		if (narrowed)
			msg_bulk_title(&text, r->lang, step);
		else
			msg_bulk_title_of(&text, r->lang, step, msg_plain(r->lang, k->titles));
		out->at[out->n++] = (struct link){ .text = buf_str(&text), .url = here(r, &b) };
	}
}

void bulk_ways(struct req *r, const struct unit *u, const struct work_filter *f,
	       const struct work_rows *rows, struct links *out)
{
	size_t n = 1;
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++)
			n++;
	*out = (struct links){ NEW_N(r->mem, struct link, n), 0 };
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		if (f->kind == *k || (!f->kind && is_listed(rows, *k)))
			add_ways(r, u, *k, f->kind != NULL, out);
	out->at[out->n++] = (struct link){ .text = msg_plain(r->lang, MSG_REPLY_KINDS),
					   .url = req_url(r, "/don-vi/%s/mau-tra-loi", u->code) };
}
