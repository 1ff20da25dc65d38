#include "modules/inspect/petition_alike_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition_alike.h"
#include "office/step.h"
#include "web/back.h"
#include "web/dossier_page.h"

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

enum err petition_alike_show(struct req *r, const struct dossier *d)
{
	struct petition_alike_part p = { 0 };
	struct petition_likes likes;
	const unsigned may_lead = PETITION_HANDLED | PETITION_CONTESTED;
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
		struct buf about = { .a = r->mem };
		msg_petition_alike_row(&about, r->lang, l->opened_on,
				       msg_plain(r->lang, kind_state(d->kind, l->state)->label),
				       why(r, l));
		*row = (struct petition_like_row){ .code = l->code,
						   .about = buf_str(&about),
						   .url = dossier_url(r, l->code) };
		if (merges && (l->state & may_lead) && (e = merge_form(r, d, l, &row->merge)))
			return e;
	}
	part_petition_alike(&r->out, &p);
	return OK;
}
