/* One part of a dossier from its beginning to its end, page by page. Whoever may read the dossier may read it. */
#include "web/dossier_acts.h"
#include "web/dossier_tables.h"
#include "web/root.h"

#include "gen/web_pages.h"
#include "office/gate.h"

enum { ACTS = 40, DUTIES = 10, LINES = 40, VERSIONS = 40 };

struct link dossier_whole_link(struct req *r, const struct dossier *d, struct str part, size_t left)
{
	struct buf b = { .a = r->mem };
	msg_dossier_more(&b, r->lang, (int64_t)left);
	return (struct link){ .text = buf_str(&b),
			      .url = req_url(r, "/ho-so/%s/toan-bo/%s", d->code, part) };
}

static const struct line_kind *line_kind_of(const struct dossier *d, struct str name)
{
	for (const struct line_kind *k = d->kind->lines; k && k->name; k++)
		if (str_eq(str_of(k->name), name))
			return k;
	return NULL;
}

/* What is asked for, and how much there is of it in all. */
struct asked {
	struct req *r;
	const struct dossier *d;
	struct window w;
	size_t all;
};

static void take_page(struct asked *x, size_t all, size_t most)
{
	x->all = all;
	x->w = window_asked(x->r, most);
}

static enum err fill_acts(struct asked *x, struct dossier_whole *p)
{
	struct acts acts;
	enum err e = act_list(&x->r->tx, x->d, &acts);
	if (e)
		return e;
	take_page(x, acts.n, ACTS);
	p->events = acts_events(x->r, x->d, &acts, acts_doers(x->r, &acts), x->w);
	p->title = msg_plain(x->r->lang, MSG_DOSSIER_TIMELINE);
	return OK;
}

static enum err fill_versions(struct asked *x, struct dossier_whole *p)
{
	struct acts acts;
	enum err e = act_list(&x->r->tx, x->d, &acts);
	if (e)
		return e;
	take_page(x, acts_version_count(x->r, x->d), VERSIONS);
	p->versions = acts_versions(x->r, x->d, &acts, x->w);
	p->title = msg_plain(x->r->lang, MSG_DOSSIER_VERSIONS);
	return OK;
}

static enum err fill_duties(struct asked *x, struct dossier_whole *p)
{
	const struct calendar *calendar;
	enum err e = req_calendar(x->r, &calendar);
	if (e)
		return e;
	take_page(x, x->d->duties.n, DUTIES);
	p->duties = dossier_duties_in(x->r, x->d, calendar, x->w);
	p->title = msg_plain(x->r->lang, MSG_DOSSIER_DUTIES);
	return OK;
}

static enum err fill_lines(struct asked *x, const struct line_kind *kind, struct dossier_whole *p)
{
	if (!kind || !gate_may_see_content(&x->r->tx, x->d))
		return ERR_NOT_FOUND;
	take_page(x, dossier_line_count(x->d, kind), LINES);
	p->lines = dossier_lines_in(x->r, x->d, kind, x->w);
	p->title = p->lines.caption;
	return OK;
}

enum err dossier_whole_show(struct req *r)
{
	struct dossier_whole p = { 0 };
	struct str part = req_param(r, "part"), heading;
	struct dossier *d;
	enum err e = dossier_asked(r, &d);
	if (e || (e = dossier_heading(r, d, &heading)))
		return e;
	struct asked x = { .r = r, .d = d };
	e = str_eq(part, S(WHOLE_ACTS))       ? fill_acts(&x, &p)
	    : str_eq(part, S(WHOLE_DUTIES))   ? fill_duties(&x, &p)
	    : str_eq(part, S(WHOLE_VERSIONS)) ? fill_versions(&x, &p)
					      : fill_lines(&x, line_kind_of(d, part), &p);
	if (e)
		return e;
	if (x.w.skip >= x.all)
		return ERR_NOT_FOUND;
	p.frame = req_frame(r, p.title, kind_door(d->kind));
	p.back = (struct link){ .text = heading, .url = dossier_url(r, d->code) };
	p.pager = window_pager(r, req_url(r, "/ho-so/%s/toan-bo/%s", d->code, part), &x.w, x.all);
	page_dossier_whole(&r->out, &p);
	return r->tx.err;
}
