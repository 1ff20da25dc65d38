/* An article as people read it (design mockup 09), and news where others look: in lists, on the home
 * page, on a unit's page. */
#include "modules/know/article.h"

#include "base/utf8.h"
#include "gen/know_pages.h"
#include "modules/know/clarification.h"
#include "modules/know/editorial_pages.h"
#include "office/gate.h"
#include "web/dossier_page.h"
#include "web/list_page.h"
#include "web/markdown.h"
#include "web/root.h"

enum {
	IN_FULL = 600 * 1024, /* bytes: a photo not heavier is shown as it is */
	NEWS = 3,             /* in a short list */
	LEAD_SHOWN = 200,     /* characters of the lead in lists */
};

/* --- Its own page --- */

enum err article_head(struct req *r, const struct dossier *d)
{
	if (d->kind != &article_kind)
		return OK;
	return editorial_when(r, d, ((const struct article *)d->data)->place);
}

static struct url thumb_url(struct req *r, const struct dossier *d, const struct file_ref *file)
{
	return url_with(r->mem, file_url(r, d, file), S("co"), S("nho"));
}

static struct picture picture_of(struct req *r, const struct dossier *d, size_t i)
{
	const struct article *x = d->data;
	const struct file_ref *file = &x->photos.at[i];
	struct caption c = article_caption(x->captions, i);
	struct picture p = { .whole = file_url(r, d, file), .shows = c.shows, .credit = c.credit };
	struct buf size = { .a = r->mem };
	p.shown = p.whole;
	if (file->size > IN_FULL) {
		msg_know_photo_size(&size, r->lang, (file->size + 1023) / 1024);
		p.shown = thumb_url(r, d, file);
		p.size = buf_str(&size);
	}
	return p;
}

enum err article_content(struct req *r, const struct dossier *d)
{
	if (d->kind != &article_kind)
		return OK;
	const struct article *x = d->data;
	struct article_part p = { .lead = x->lead, .byline = x->byline };
	struct picture *all = arena_get_n(r->mem, x->photos.n, sizeof *all);
	for (size_t i = 0; i < x->photos.n; i++)
		all[i] = picture_of(r, d, i);
	p.first = (struct pictures){ all, x->photos.n > 0 };
	p.rest = (struct pictures){ all + p.first.n, x->photos.n - p.first.n };
	markdown_html(r->mem, x->body, &p.body);
	part_article(&r->out, &p);
	return OK;
}

/* --- Short lists --- */

/* The newest that stand at and under a unit, without the one that is being read. The first few rows
 * nearly always hold enough: few are withdrawn. */
static enum err newest(struct req *r, const struct kind *kind, int64_t under, int64_t but,
		       struct items *out)
{
	enum { LOOKS = 3 };
	struct list_filter f = { .kind = kind,
				 .under = under,
				 .limit = NEWS + 1,
				 .by_hour = true,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_row found[NEWS];
	struct list_rows rows = { .more = true };
	size_t n = 0;
	for (int look = 0; look < LOOKS && n < NEWS && rows.more; look++) {
		enum err e = list_dossiers(&r->tx, &f, &rows);
		if (e)
			return e;
		for (size_t i = 0; i < rows.n && n < NEWS; i++)
			if (rows.at[i].id != but && rows.at[i].state == EDITORIAL_PUBLISHED)
				found[n++] = rows.at[i];
		if (rows.n)
			list_go_on(&f, &rows.at[rows.n - 1]);
	}
	return list_items_brief(r, found, n, out);
}

static enum err put_news(struct req *r, const struct kind *kind, const struct unit *u, int64_t but,
			 enum msg title)
{
	struct news_part p = { .id = str_of(kind->slug), .title = msg_plain(r->lang, title) };
	struct unit root;
	enum err e = req_root(r, &root);
	if (e || (e = newest(r, kind, u->id, but, &p.items)) || !p.items.n)
		return e;
	p.all = url_with(r->mem, req_url(r, "/%s", str_of(kind->slug)), S("don-vi"),
			 u->id == root.id ? S("") : u->code);
	part_news(&r->out, &p);
	return OK;
}

enum err news_on_home_side(struct req *r, const struct unit *root)
{
	enum err e = put_news(r, &article_kind, root, 0, MSG_ARTICLE_NEWEST);
	return e ? e : put_news(r, &clarification_kind, root, 0, MSG_CLARIFICATION_CLARIFICATIONS);
}

enum err news_on_unit(struct req *r, const struct unit *u)
{
	enum err e = put_news(r, &article_kind, u, 0, MSG_ARTICLE_NEWEST);
	return e ? e : put_news(r, &clarification_kind, u, 0, MSG_CLARIFICATION_CLARIFICATIONS);
}

enum err article_side(struct req *r, const struct dossier *d)
{
	if (d->kind != &article_kind)
		return OK;
	const struct article *x = d->data;
	const struct source_part *sources;
	struct unit u;
	enum err e = editorial_sources(r, x->sources, MSG_ARTICLE_FROM, &sources);
	if (e || (e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &u)))
		return e;
	const struct attached_part *files = editorial_files(r, d, &x->files);
	if (sources)
		part_sources(&r->out, sources);
	if (files)
		part_attached(&r->out, files);
	return put_news(r, &article_kind, &u, d->id, MSG_ARTICLE_OTHERS);
}

/* --- A row of a list --- */

static void say_more(struct req *r, const struct dossier *d, struct item *out)
{
	const struct article *x = d->data;
	out->lead = utf8_ellipsis(r->mem, x->lead, LEAD_SHOWN);
	if (x->photos.n)
		out->thumb = thumb_url(r, d, &x->photos.at[0]);
}

enum err article_item(struct req *r, const struct list_row *row, struct item *out)
{
	struct editorial_times times;
	struct str body;
	bool published = row->state == EDITORIAL_PUBLISHED;
	if (row->kind != &article_kind)
		return OK;
	if (!out->brief || !published) {
		struct dossier *d;
		enum err e = dossier_load_text(&r->tx, row->id, &d);
		if (e || !gate_may_see_content(&r->tx, d))
			return e;
		if (!out->brief)
			say_more(r, d, out);
	}
	enum err e = editorial_times(&r->tx, row->id, &times);
	if (e || (e = req_body_words(r, row->unit, &body)))
		return e;
	if (published)
		out->tag.text = S("");
	if (times.timed) {
		struct buf meta = { .a = r->mem };
		msg_article_meta(&meta, r->lang, body, times.at);
		out->meta = buf_str(&meta);
	}
	return OK;
}
