/* The answer first, under its verdict; what is said stands below it, set apart as a quotation. */
#include "modules/know/clarification.h"

#include "base/utf8.h"
#include "gen/know_pages.h"
#include "modules/know/editorial_pages.h"
#include "office/gate.h"
#include "web/markdown.h"

enum { CLAIM_SHOWN = 160 }; /* characters in lists */

enum err clarification_head(struct req *r, const struct dossier *d)
{
	return d->kind == &clarification_kind ? editorial_when(r, d, S("")) : OK;
}

enum err clarification_content(struct req *r, const struct dossier *d)
{
	if (d->kind != &clarification_kind)
		return OK;
	const struct clarification *x = d->data;
	struct clarification_part p = {
		.tone = clarification_tone(x->verdict),
		.headline = msg_plain(r->lang, clarification_headline(x->verdict)),
		.claim = x->claim,
		.place = x->place,
		.since = x->since,
		.files = editorial_files(r, d, &x->files),
	};
	enum err e = editorial_sources(r, x->sources, MSG_EDITORIAL_SOURCES, &p.sources);
	if (e)
		return e;
	markdown_html(r->mem, x->body, &p.answer);
	part_clarification(&r->out, &p);
	return OK;
}

enum err clarification_item(struct req *r, const struct list_row *row, struct item *out)
{
	struct dossier *d;
	if (row->kind != &clarification_kind)
		return OK;
	enum err e = dossier_load_text(&r->tx, row->id, &d);
	if (e || !gate_may_see_content(&r->tx, d))
		return e;
	const struct clarification *x = d->data;
	struct buf lead = { .a = r->mem };
	if (!out->brief)
		msg_clarification_heard(&lead, r->lang,
					utf8_ellipsis(r->mem, x->claim, CLAIM_SHOWN));
	out->lead = buf_str(&lead);
	if (d->state == EDITORIAL_PUBLISHED)
		out->tag = (struct tag){
			.tone = clarification_tone(x->verdict),
			.text = msg_plain(r->lang, clarification_word(x->verdict)),
		};
	return OK;
}
