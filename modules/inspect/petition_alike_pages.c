#include "modules/inspect/petition_alike_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition_alike.h"
#include "modules/inspect/petition_steps.h"
#include "office/step.h"
#include "web/back.h"
#include "web/dossier_page.h"
#include "web/module.h"

static const struct field no_fields[] = { { 0 } };

/* The same form as that of the step, already filled in: merging it is one press. */
static enum err merge_form(struct req *r, const struct dossier *d, const struct petition_like *l,
			   const struct form **out)
{
	struct form *form;
	struct buf day = { .a = r->mem }, label = { .a = r->mem };
	struct url to = back_along(r, req_url(r, "/ho-so/%s/lam/merge", d->code));
	enum err e = form_show(r, no_fields, NULL, NULL, to, MSG_PETITION_MERGE, &form);
	if (e)
		return e;
	lang_put_date(&day, r->lang, tx_today(&r->tx));
	msg_petition_alike_merge(&label, r->lang, l->code);
	form->submit = buf_str(&label);
	form->hidden.at = NEW_N(r->mem, struct pair, 3);
	form->hidden.at[form->hidden.n++] = (struct pair){ S("with"), l->code };
	form->hidden.at[form->hidden.n++] = (struct pair){ S("happened_on"), buf_str(&day) };
	form->hidden.at[form->hidden.n++] = (struct pair){ S("channel"), S("web") };
	*out = form;
	return OK;
}

static struct str why(struct req *r, const struct petition_like *l)
{
	static const enum msg said[] = { MSG_PETITION_ALIKE_WORDS, MSG_PETITION_ALIKE_PLACE,
					 MSG_PETITION_ALIKE_SENDER };
	const bool is[] = { l->words, l->place, l->sender };
	struct buf b = { .a = r->mem };
	for (size_t i = 0; i < LENGTH(said); i++) {
		if (!is[i])
			continue;
		if (b.len)
			buf_put(&b, S(", "));
		buf_put(&b, msg_plain(r->lang, said[i]));
	}
	return buf_str(&b);
}

static struct str about(struct req *r, const struct petition_like *l)
{
	struct buf b = { .a = r->mem };
	msg_petition_alike_row(&b, r->lang, l->opened_on,
			       msg_plain(r->lang, kind_state(&petition_kind, l->state)->label),
			       why(r, l));
	return buf_str(&b);
}

/* Why one is not to be merged with it, and what to do about it; "": it leads. */
static struct str why_not(struct req *r, const struct petition *now, const struct petition_like *l)
{
	struct buf b = { .a = r->mem };
	if (petition_is_complaint(now) ||
	    !(l->state & (PETITION_RECEIVED | PETITION_HANDLED | PETITION_CONTESTED)))
		return msg_plain(r->lang, MSG_PETITION_ALIKE_COMPLAINT);
	if (petition_may_lead(l->state))
		return S("");
	const struct step *first = kind_step(&petition_kind, S("handle"));
	msg_petition_alike_first(&b, r->lang, msg_plain(r->lang, first->label));
	return buf_str(&b);
}

enum err petition_alike_show(struct req *r, const struct dossier *d)
{
	struct petition_alike_part p = { 0 };
	struct petition_likes likes;
	if (d->kind != &petition_kind || !(d->state & PETITION_OPEN & ~PETITION_MERGED) ||
	    dossier_is_author(&r->tx, d) || !r->tx.who ||
	    !member_may(r->tx.who, CLERK | LEADER, d->holder, str_of(d->kind->work)))
		return OK;
	bool merges = step_is_offered(&r->tx, d, kind_step(d->kind, S("merge")));
	enum err e = petition_alike(&r->tx, d, &likes);
	if (e || !likes.n)
		return e;
	p.rows.at = NEW_N(r->mem, struct petition_like_row, likes.n);
	for (size_t i = 0; i < likes.n; i++) {
		const struct petition_like *l = &likes.at[i];
		struct petition_like_row *row = &p.rows.at[p.rows.n++];
		*row = (struct petition_like_row){ .code = l->code,
						   .about = about(r, l),
						   .url = dossier_url(r, l->code) };
		row->note = merges ? why_not(r, d->data, l) : S("");
		if (merges && !row->note.len && (e = merge_form(r, d, l, &row->merge)))
			return e;
	}
	part_petition_alike(&r->out, &p);
	return OK;
}

static enum err find_same(struct req *r, struct dossier *d, const void *form, struct items *out)
{
	const struct petition *x = form;
	struct petition *now = d->data;
	struct petition_likes likes;
	now->title = str_some(x->title);
	now->place = str_some(x->place);
	now->type = str_some(x->type);
	enum err e = petition_alike(&r->tx, d, &likes);
	if (e)
		return e;
	*out = (struct items){ NEW_N(r->mem, struct item, likes.n), 0 };
	for (size_t i = 0; i < likes.n; i++)
		out->at[out->n++] = (struct item){ .title = likes.at[i].code,
						   .lead = why_not(r, now, &likes.at[i]),
						   .meta = about(r, &likes.at[i]),
						   .url = dossier_url(r, likes.at[i].code),
						   .brief = true };
	return OK;
}

const struct same_matter petition_same = { &petition_kind, "enter", "with", find_same };
