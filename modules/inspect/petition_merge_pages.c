#include "modules/inspect/petition_merge_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition_steps.h"
#include "office/access.h"
#include "office/gate.h"
#include "web/dossier_page.h"

/* May this reader be told the code of another petition that this unit holds? */
static bool knows_codes(struct req *r, const struct dossier *d, int64_t holder)
{
	return !dossier_is_author(&r->tx, d) && access_may_ask(&r->tx, holder, &petition_kind);
}

/* One that was sealed since is not spoken of. */
static enum err fill_lead(struct req *r, const struct dossier *d, struct petition_merged_part *p)
{
	struct dossier *lead;
	if (!d->parent || !petition_goes_with(d->state))
		return OK;
	enum err e = dossier_load(&r->tx, d->parent, &lead);
	if (e || lead->sealed)
		return e;
	bool named = knows_codes(r, d, lead->holder) || gate_may_read(&r->tx, lead);
	p->with = msg_plain(r->lang,
			    named ? MSG_PETITION_MERGED_WITH : MSG_PETITION_MERGED_WITH_OTHER);
	if (named)
		p->lead = (struct link){ .text = lead->code, .url = dossier_url(r, lead->code) };
	return OK;
}

static enum err fill_merged(struct req *r, const struct dossier *d, struct petition_merged_part *p)
{
	struct dossier_refs refs;
	struct buf count = { .a = r->mem };
	enum err e = petition_merged(&r->tx, d, &refs);
	if (e || !refs.n)
		return e;
	(refs.more ? msg_petition_merged_count_more : msg_petition_merged_count)(&count, r->lang,
										 (int64_t)refs.n);
	p->count = buf_str(&count);
	if (!knows_codes(r, d, d->holder))
		return OK;
	p->more = refs.more ? msg_plain(r->lang, MSG_PETITION_MERGED_FIRST) : S("");
	p->rows.at = NEW_N(r->mem, struct item, refs.n);
	for (size_t i = 0; i < refs.n; i++) {
		struct buf day = { .a = r->mem };
		msg_bulk_told_row(&day, r->lang, refs.at[i].opened_on);
		p->rows.at[p->rows.n++] = (struct item){ .title = refs.at[i].code,
							 .meta = buf_str(&day),
							 .url = dossier_url(r, refs.at[i].code),
							 .brief = true };
	}
	return OK;
}

enum err petition_merged_show(struct req *r, const struct dossier *d)
{
	struct petition_merged_part p = { .with = S(""), .count = S("") };
	if (d->kind != &petition_kind || d->sealed)
		return OK;
	enum err e = fill_lead(r, d, &p);
	if (e || (e = fill_merged(r, d, &p)))
		return e;
	if (p.with.len || p.count.len)
		part_petition_merged(&r->out, &p);
	return OK;
}

void petition_merged_receipt(struct req *r, const struct dossier *d, struct kvs *facts)
{
	if (d->kind == &petition_kind && !d->sealed && d->parent && petition_goes_with(d->state))
		facts->at[facts->n++] = (struct kv){
			.label = msg_plain(r->lang, MSG_PETITION_MERGED),
			.value = msg_plain(r->lang, MSG_PETITION_MERGED_WITH_OTHER),
		};
}
