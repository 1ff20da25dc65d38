#include "web/follow_page.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
#include "office/comment_list.h"
#include "office/gate.h"
#include "office/person.h"
#include "office/unit.h"
#include "web/calendar.h"
#include "web/comment_part.h"
#include "web/dossier_acts.h"
#include "web/dossier_page.h"
#include "web/feed.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/list_page.h"
#include "web/root.h"

#include <stdlib.h>

enum { NEWS_ROWS = 40, FEED_ROWS = 50, TEXT_SHOWN = 120 };

/* --- The button --- */

enum err follow_part_fill(struct req *r, const struct follow *f, struct url feed,
			  struct follow_part *out)
{
	*out = (struct follow_part){ .feed = feed,
				     .unit = f->unit,
				     .dossier = f->dossier,
				     .kind = f->kind ? str_of(f->kind->name) : S(""),
				     .facet = str_some(f->facet) };
	if (!r->tx.who) {
		out->sign_in = url_with(r->mem, req_url(r, "/dang-nhap"), S("den"), r->address);
		return OK;
	}
	out->action = req_url(r, "/theo-doi");
	out->token = form_token(r);
	return follow_has(&r->tx, f, &out->follows);
}

void dossier_follow(struct page *out, const struct dossier_page *p)
{
	struct req *r = p->r;
	struct follow_part part;
	struct follow f = { .dossier = p->d->id };
	(void)out;
	if (r->tx.err || dossier_visibility(p->d) != VISIBLE_PUBLIC || p->d->kind->within)
		return;
	struct url feed = { str_printf(r->mem, "%.*s.atom",
				       STR_ARG(dossier_url(r, p->d->code).s)) };
	if ((r->tx.err = follow_part_fill(r, &f, feed, &part)))
		return;
	part.calendar = calendar_link(r, p->d);
	part_follow(&r->out, &part);
}

struct follow_form {
	int64_t unit, dossier;
	struct str kind, facet;
	bool drop;
};

static const struct field follow_fields[] = {
	FIELD(struct follow_form, unit, .optional = true, .label = MSG_FOLLOW_TITLE),
	FIELD(struct follow_form, dossier, .optional = true, .label = MSG_FOLLOW_TITLE),
	FIELD(struct follow_form, kind, .optional = true, .label = MSG_FOLLOW_TITLE),
	FIELD(struct follow_form, facet, .optional = true, .label = MSG_FOLLOW_TITLE),
	FIELD(struct follow_form, drop, .optional = true, .label = MSG_FOLLOW_TITLE),
	{ 0 },
};

/* Exactly one sort of thing, public, and there; ERR_NOT_FOUND otherwise. */
static enum err thing_of(struct req *r, const struct follow_form *f, struct follow *out)
{
	struct dossier *d;
	struct unit u;
	enum err e;
	*out = (struct follow){ .unit = f->unit, .dossier = f->dossier, .facet = f->facet };
	if (f->kind.len && !(out->kind = office_kind(r->tx.office, f->kind)))
		return ERR_NOT_FOUND;
	if (!f->unit == !f->dossier || (f->dossier && (f->kind.len || f->facet.len)) ||
	    !f->kind.len != !f->facet.len || (out->kind && out->kind->unlisted))
		return ERR_NOT_FOUND;
	if (f->drop)
		return OK;
	if (f->unit)
		return unit_find(&r->tx, f->unit, tx_today(&r->tx), &u);
	e = dossier_load(&r->tx, f->dossier, &d);
	return e                                                            ? e
	       : dossier_visibility(d) != VISIBLE_PUBLIC || d->kind->within ? ERR_NOT_FOUND
									    : OK;
}

static enum err follow_post(struct req *r)
{
	const struct follow_form *f = r->form;
	struct follow thing;
	enum err e = thing_of(r, f, &thing);
	if (e)
		return e;
	e = f->drop ? follow_drop(&r->tx, &thing) : follow_add(&r->tx, &thing);
	if (e == ERR_INVALID) {
		struct buf b = { .a = r->mem };
		msg_follow_full(&b, r->lang, FOLLOWS_MOST);
		fault_add(&r->faults, "", buf_str(&b));
	}
	struct url to = req_url(r, "/theo-doi");
	return e ? e
		 : req_redirect(r, url_with(r->mem, to, S("xong"), f->drop ? S("bo") : S("them")));
}

/* --- What is new, in words --- */

struct str news_title(struct req *r, const struct news_item *n)
{
	struct buf b = { .a = r->mem };
	struct str title = n->title.len ? n->title : msg_plain(r->lang, MSG_DOSSIER_HIDDEN_TITLE);
	if (n->act)
		msg_follow_act(&b, r->lang, msg_plain(r->lang, n->step->done), title);
	else if (n->kind == &comment_kind)
		msg_follow_comment(&b, r->lang, n->about_title,
				   utf8_ellipsis(r->mem, n->title, TEXT_SHOWN));
	else
		return title;
	return buf_str(&b);
}

static enum err news_meta(struct req *r, const struct news_item *n, struct str *out)
{
	struct str unit;
	enum err e = req_body_words(r, n->unit, &unit);
	*out = e ? S("")
		 : str_printf(r->mem, "%.*s · %.*s", STR_ARG(msg_plain(r->lang, n->kind->title)),
			      STR_ARG(unit));
	return e;
}

static enum err fill_days(struct req *r, const struct news *news, struct follow_page *p)
{
	p->days.at = arena_get_n(r->mem, news->n, sizeof *p->days.at);
	for (size_t i = 0; i < news->n; i++) {
		const struct news_item *n = &news->at[i];
		struct news_day *day = p->days.n ? &p->days.at[p->days.n - 1] : NULL;
		if (!day || date_cmp(day->day, n->day) != 0) {
			day = &p->days.at[p->days.n++];
			*day = (struct news_day){ .day = n->day };
			day->items.at = NEW_N(r->mem, struct item, news->n - i);
		}
		struct item *item = &day->items.at[day->items.n++];
		*item = (struct item){ .title = news_title(r, n), .url = dossier_url(r, n->code) };
		enum err e = news_meta(r, n, &item->meta);
		if (e)
			return e;
	}
	return OK;
}

/* "2020-12-25.1.431": day, whether it is an act, which. */
static struct news_after read_cursor(struct str text)
{
	struct news_after after = { .day = NO_DATE };
	struct str rest = text, day = S(""), act = S(""), id = S("");
	struct date on;
	int64_t n;
	if (str_next(&rest, '.', &day) && str_next(&rest, '.', &act) && str_next(&rest, '.', &id) &&
	    date_parse(day, &on) && str_int(id, &n))
		after = (struct news_after){ on, str_eq(act, S("1")), n };
	return after;
}

static void fill_pager(struct req *r, const struct news *news, const struct news_after *after,
		       struct pager *p)
{
	if (date_is_set(after->day))
		p->first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (!news->more || !news->n)
		return;
	const struct news_item *last = &news->at[news->n - 1];
	struct str cursor = str_printf(r->mem, "%.*s.%d.%lld", STR_ARG(date_iso(r->mem, last->day)),
				       last->act, (long long)last->id);
	p->next = url_query(r->mem, r->path, &r->query, S("sau"), cursor);
}

/* --- What is followed, in words --- */

static enum err unit_row(struct req *r, const struct follow *f, struct follow_row *row)
{
	struct unit u;
	struct str facet = f->facet;
	struct buf b = { .a = r->mem };
	enum err e = unit_find(&r->tx, f->unit, tx_today(&r->tx), &u);
	if (e || (e = req_place_words(r, f->unit, &row->title)))
		return e;
	row->about = msg_plain(r->lang, f->kind ? MSG_FOLLOW_OF_MATTER : MSG_FOLLOW_UNIT);
	row->url = req_url(r, "/don-vi/%s", u.code);
	if (!f->kind)
		return OK;
	if (!facet_words(r, str_of(f->kind->name), f->facet, &facet))
		facet = f->facet;
	msg_follow_matter(&b, r->lang, facet, row->title);
	row->title = buf_str(&b);
	row->url = url_with(
		r->mem,
		url_with(r->mem, req_url(r, "/%s", str_of(f->kind->slug)), S("don-vi"), u.code),
		S("noi-dung"), f->facet);
	return OK;
}

static enum err fill_rows(struct req *r, const struct follows *all, struct follow_page *p)
{
	struct str token = form_token(r);
	enum err e = OK;
	p->rows.at = arena_get_n(r->mem, all->n, sizeof *p->rows.at);
	for (size_t i = 0; !e && i < all->n; i++) {
		const struct follow *f = &all->at[i];
		struct follow_row *row = &p->rows.at[p->rows.n++];
		*row = (struct follow_row){ .part = { .action = req_url(r, "/theo-doi"),
						      .token = token,
						      .follows = true,
						      .unit = f->unit,
						      .dossier = f->dossier,
						      .kind = f->kind ? str_of(f->kind->name)
								      : S(""),
						      .facet = f->facet } };
		if (!f->dossier) {
			e = unit_row(r, f, row);
			continue;
		}
		row->title = msg_plain(r->lang, !f->code.len    ? MSG_FOLLOW_GONE
						: !f->title.len ? MSG_DOSSIER_HIDDEN_TITLE
								: MSG_NONE);
		if (f->title.len)
			row->title = f->title;
		if (f->code.len)
			row->url = dossier_url(r, f->code);
		row->about = f->code;
	}
	return e;
}

static const struct banner *done(struct req *r)
{
	static const struct {
		struct str word;
		enum msg title;
	} all[] = { { S_INIT("them"), MSG_FOLLOW_ADDED },
		    { S_INIT("bo"), MSG_FOLLOW_DROPPED },
		    { S_INIT("doi"), MSG_FOLLOW_RENEWED } };
	struct str word = req_query(r, "xong");
	for (size_t i = 0; i < LENGTH(all); i++) {
		if (!str_eq(all[i].word, word))
			continue;
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK, .title = msg_plain(r->lang, all[i].title) };
		return b;
	}
	return NULL;
}

static struct url key_path(struct req *r, int64_t generation)
{
	struct str key = feed_key_make(r->mem, r->house->secret, r->tx.who->person, generation);
	return req_url(r, "/theo-doi/nguon/%s", key);
}

static enum err follow_show(struct req *r)
{
	struct follow_page p = { .title = msg_plain(r->lang, MSG_FOLLOW_TITLE) };
	struct news_after after = read_cursor(r->again ? S("") : req_query(r, "sau"));
	struct follows all;
	struct news news;
	struct form *renew;
	int64_t person = r->tx.who->person, generation;
	enum err e = follow_list(&r->tx, person, &all);
	if (e || (e = news_list(&r->tx, person, &after, NEWS_ROWS, &news)) ||
	    (e = follow_feed(&r->tx, person, &generation)) ||
	    (e = form_show(r, NULL, NULL, NULL, req_url(r, "/theo-doi/nguon"), MSG_FOLLOW_RENEW,
			   &renew)) ||
	    (e = fill_rows(r, &all, &p)) || (e = fill_days(r, &news, &p)))
		return e;
	fill_pager(r, &news, &after, &p.pager);
	p.renew = renew;
	p.feed = str_printf(r->mem, "%.*s.atom",
			    STR_ARG(req_absolute(r, key_path(r, generation)).s));
	p.frame = req_frame(r, p.title, DOOR_NONE);
	p.banner = done(r);
	page_follow(&r->out, &p);
	return OK;
}

static enum err follow_renew(struct req *r)
{
	enum err e = follow_feed_renew(&r->tx);
	struct url to = url_with(r->mem, req_url(r, "/theo-doi"), S("xong"), S("doi"));
	return e ? e : req_redirect(r, to);
}

/* --- Feeds --- */

static struct instant news_at(const struct news_item *n)
{
	return n->act ? n->at : date_instant(n->day, 0);
}

/* Whoever holds the address is a visitor: it shows what everybody may read. */
static enum err private_feed(struct req *r)
{
	int64_t person, generation, now;
	struct news news;
	struct person p;
	struct buf b = { .a = r->mem }, title = { .a = r->mem };
	struct news_after after = { .day = NO_DATE };
	if (r->format != FORMAT_ATOM ||
	    !feed_key_read(r->mem, r->house->secret, req_param(r, "key"), &person, &generation))
		return ERR_NOT_FOUND;
	enum err e = follow_feed(&r->tx, person, &now);
	if (e || now != generation)
		return e ? e : ERR_NOT_FOUND;
	r->tx.who = NULL;
	if ((e = person_find(&r->tx, person, &p)) ||
	    (e = news_list(&r->tx, person, &after, FEED_ROWS, &news)))
		return e;
	msg_follow_feed_private(&title, r->lang, p.name);
	feed_begin(r, &b, buf_str(&title), news.n ? news_at(&news.at[0]) : r->tx.now);
	for (size_t i = 0; i < news.n; i++) {
		const struct news_item *n = &news.at[i];
		struct feed_entry entry = { .title = news_title(r, n),
					    .link = dossier_url(r, n->code),
					    .at = news_at(n) };
		if (n->act)
			entry.id = str_printf(r->mem, "%.*s#viec-%d",
					      STR_ARG(req_absolute(r, entry.link).s), n->no);
		if ((e = req_body_words(r, n->unit, &entry.author)))
			return e;
		feed_put(r, &b, &entry);
	}
	r->reply.keep = KEEP_NEVER;
	return feed_end(r, &b);
}

static int by_day(const void *x, const void *y)
{
	const struct list_row *a = x, *b = y;
	int days = date_cmp(b->shown_on, a->shown_on);
	return days ? days : (a->id < b->id) - (a->id > b->id);
}

enum err unit_feed(struct req *r, const struct unit *u)
{
	struct list_row *all = NULL;
	struct buf b = { .a = r->mem }, title = { .a = r->mem };
	struct instant newest = { 0 };
	struct str place;
	size_t n = 0;
	enum err e = req_place_words(r, u->id, &place);
	for (const struct kind *const *k = r->tx.office->kinds; !e && *k; k++) {
		struct list_filter f = { .kind = *k,
					 .under = u->id,
					 .from = NO_DATE,
					 .to = NO_DATE,
					 .limit = FEED_ROWS,
					 .after_on = NO_DATE };
		struct list_rows rows;
		if ((*k)->unlisted || (e = list_dossiers(&r->tx, &f, &rows)))
			continue;
		all = arena_grow(r->mem, all, n * sizeof *all, (n + rows.n + 1) * sizeof *all);
		for (size_t i = 0; i < rows.n; i++)
			all[n++] = rows.at[i];
	}
	if (e)
		return e;
	if (n)
		qsort(all, n, sizeof *all, by_day);
	n = n < FEED_ROWS ? n : FEED_ROWS;
	for (size_t i = 0; i < n; i++)
		if (all[i].changed_at.ms > newest.ms)
			newest = all[i].changed_at;
	msg_follow_feed_unit(&title, r->lang, place);
	feed_begin(r, &b, buf_str(&title), newest);
	for (size_t i = 0; !e && i < n; i++)
		e = list_feed_row(r, &b, &all[i]);
	return e ? e : feed_end(r, &b);
}

/* Acts and comments, each newest first, as one. */
static enum err put_both(struct req *r, struct buf *b, const struct dossier *d,
			 const struct events *events, const struct said_rows *said)
{
	struct str unit;
	struct url link = dossier_url(r, d->code);
	enum err e = req_body_words(r, d->holder, &unit);
	size_t i = 0, k = 0;
	while (!e && i + k < FEED_ROWS && (i < events->n || k < said->n)) {
		bool act =
			k == said->n || (i < events->n && events->at[i].at.ms >= said->at[k].at.ms);
		struct feed_entry entry = { .link = link, .author = unit };
		if (act) {
			int no = d->acts - (int)i;
			entry.title = events->at[i].text;
			entry.at = events->at[i].at;
			entry.id = str_printf(r->mem, "%.*s#viec-%d",
					      STR_ARG(req_absolute(r, link).s), no);
			i++;
		} else {
			const struct said *s = &said->at[k++];
			bool shown = s->state & COMMENT_READABLE;
			entry.link = dossier_url(r, s->code);
			entry.at = s->at;
			entry.title = shown ? s->text : msg_plain(r->lang, MSG_SAY_HIDDEN_TITLE);
			entry.summary = shown ? s->x->answer : S("");
			entry.author = s->name.len ? s->name : msg_plain(r->lang, MSG_SAY_SOMEONE);
			if (!shown)
				entry.author = unit;
		}
		feed_put(r, b, &entry);
	}
	return e;
}

enum err dossier_feed(struct req *r, const struct dossier *d)
{
	struct said_rows said = { 0 };
	struct str heading;
	struct acts acts;
	struct buf b = { .a = r->mem }, title = { .a = r->mem };
	enum err e = dossier_heading(r, d, &heading);
	if (e || (e = act_list(&r->tx, d, &acts)))
		return e;
	struct events all =
		acts_events(r, d, &acts, acts_doers(r, &acts), (struct window){ 0, acts.n });
	if (gate_may_see_content(&r->tx, d) && !d->kind->mute &&
	    (e = comment_list(&r->tx, d->id, NO_DATE, 0, FEED_ROWS, &said)))
		return e;
	msg_follow_feed_dossier(&title, r->lang, heading);
	feed_begin(r, &b, buf_str(&title), d->changed_at);
	e = put_both(r, &b, d, &all, &said);
	return e ? e : feed_end(r, &b);
}

const struct route follow_routes[] = {
	{ GET, "/theo-doi", follow_show, MEMBER },
	{ POST, "/theo-doi", follow_post, MEMBER, follow_fields, .quiet = true },
	{ POST, "/theo-doi/nguon", follow_renew, MEMBER, .show = follow_show, .quiet = true },
	{ GET, "/theo-doi/nguon/{key}", private_feed, ANYONE, .formats = FORMAT_ATOM,
	  .throttle = 1 + THROTTLE_SEARCH, .uncached = true, .secret = true },
	{ 0 },
};
