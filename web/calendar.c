#include "web/calendar.h"

#include "base/ical.h"
#include "office/happening.h"
#include "office/list.h"
#include "office/site.h"
#include "web/dossier_page.h"
#include "web/root.h"

enum { EVENTS_MOST = 1000, ROWS_AT_ONCE = 200 };

/* The log's origin never changes, whatever the site's address becomes. */
static enum err uid_end(struct req *r, struct str *out)
{
	struct site site;
	enum err e = site_load(&r->tx, &site);
	if (e)
		return e;
	struct str origin = str_dup(r->mem, site.origin);
	struct buf b = { .a = r->mem };
	for (size_t i = 0; i < origin.len; i++)
		buf_putc(&b, origin.at[i] == '/' ? '.' : origin.at[i]);
	*out = buf_str(&b);
	return OK;
}

static bool happens(const struct dossier *d, struct happening *out)
{
	*out = (struct happening){ .day = NO_DATE, .from = -1, .to = -1 };
	return d->kind->happens && dossier_visibility(d) == VISIBLE_PUBLIC &&
	       !dossier_state(d)->stub && d->kind->happens(d, out) && date_is_set(out->day);
}

static enum err put(struct req *r, struct buf *b, const struct dossier *d, struct str uid_end)
{
	struct happening h;
	struct str heading, body;
	enum err e;
	if (!happens(d, &h))
		return OK;
	if ((e = dossier_heading(r, d, &heading)) || (e = req_body_words(r, d->unit, &body)))
		return e;
	ical_put(b,
		 &(struct ical_event){
			 .uid = str_printf(r->mem, "%.*s@%.*s", STR_ARG(d->code), STR_ARG(uid_end)),
			 .summary =
				 str_printf(r->mem, "%.*s – %.*s", STR_ARG(heading), STR_ARG(body)),
			 .place = happening_where(r->mem, r->lang, h.place, h.online),
			 .about = msg_plain(r->lang, dossier_state(d)->label),
			 .url = req_absolute(r, dossier_url(r, d->code)).s,
			 .changed = d->changed_at,
			 .sequence = d->acts - 1,
			 .day = h.day,
			 .from = h.from,
			 .to = h.to,
			 .off = h.off });
	return OK;
}

static enum err end(struct req *r, struct buf *b)
{
	ical_end(b);
	return req_bytes(r, S("text/calendar; charset=utf-8"), buf_str(b));
}

/* Each dossier is read into memory of its own: a thousand are more than a request has. */
static enum err put_rows(struct req *r, struct buf *b, const struct list_rows *rows, struct str uid)
{
	struct arena *keep = r->tx.mem, *mem = arena_new(0);
	enum err e = OK;
	for (size_t i = 0; !e && i < rows->n; i++) {
		struct dossier *d;
		r->tx.mem = mem;
		e = dossier_load_text(&r->tx, rows->at[i].id, &d);
		if (!e)
			e = put(r, b, d, uid);
		r->tx.mem = keep;
		arena_clear(mem);
	}
	arena_free(mem);
	return e;
}

enum err calendar_list(struct req *r, const struct kind *k, int64_t under)
{
	struct buf b = { .a = r->mem };
	struct list_filter f = { .kind = k,
				 .under = under,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .limit = ROWS_AT_ONCE,
				 .after_on = NO_DATE };
	struct list_rows rows = { .more = true };
	struct str uid, place;
	enum err e = uid_end(r, &uid);
	if (e || (e = req_place_words(r, under, &place)))
		return e;
	ical_begin(&b, str_printf(r->mem, "%.*s – %.*s", STR_ARG(msg_plain(r->lang, k->titles)),
				  STR_ARG(place)));
	for (size_t n = 0; !e && rows.more && n < EVENTS_MOST; n += ROWS_AT_ONCE) {
		if ((e = list_dossiers(&r->tx, &f, &rows)) || (e = put_rows(r, &b, &rows, uid)) ||
		    !rows.n)
			break;
		list_go_on(&f, &rows.at[rows.n - 1]);
	}
	return e ? e : end(r, &b);
}

enum err calendar_dossier(struct req *r, const struct dossier *d)
{
	struct buf b = { .a = r->mem };
	struct happening h;
	struct str uid, heading;
	enum err e = happens(d, &h) ? uid_end(r, &uid) : ERR_NOT_FOUND;
	if (e || (e = dossier_heading(r, d, &heading)))
		return e;
	ical_begin(&b, heading);
	e = put(r, &b, d, uid);
	return e ? e : end(r, &b);
}

struct link calendar_link(struct req *r, const struct dossier *d)
{
	struct happening h;
	if (!happens(d, &h))
		return (struct link){ .text = S(""), .url = url_none() };
	return (struct link){ .text = msg_plain(r->lang, MSG_WEB_TO_CALENDAR),
			      .url = req_url(r, "/ho-so/%s",
					     str_printf(r->mem, "%.*s.ics", STR_ARG(d->code))) };
}
