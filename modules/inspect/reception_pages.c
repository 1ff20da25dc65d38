#include "modules/inspect/reception_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/reception_plan.h"
#include "modules/inspect/visit.h"
#include "office/list.h"
#include "web/calendar.h"
#include "web/dossier_page.h"
#include "web/root.h"
#include "web/unit_filter.h"

enum { DAYS_SHOWN = 12, DAYS_ON_UNIT = 4 };

/* The form begins with that day's first free hour. */
static struct url book_url(struct req *r, struct str unit, const struct dossier *d, struct str hour)
{
	return url_with(r->mem, req_url(r, "/ghi-moi/%s/%s", str_of(visit_kind.slug), unit),
			S("slot"), visit_slot(r->mem, d, hour));
}

static bool is_moved(const struct reception *x)
{
	return date_is_set(x->announced_for) && date_cmp(x->announced_for, x->day) != 0;
}

static struct str moved_words(struct req *r, const struct reception *x)
{
	struct buf b = { .a = r->mem };
	if (is_moved(x))
		msg_reception_postponed(&b, r->lang, x->announced_for);
	return buf_str(&b);
}

/* What is left to book, and where; nothing of a day to come that takes no bookings. */
static enum err fill_free(struct req *r, const struct dossier *d, struct str unit,
			  struct str *words, struct url *book)
{
	struct strs free;
	struct buf b = { .a = r->mem };
	*words = S("");
	*book = url_none();
	if (reception_is_over(d->data, r->tx.now)) {
		*words = msg_plain(r->lang, MSG_RECEPTION_HOURS_OVER);
		return OK;
	}
	if (!reception_slots(r->mem, d->data).n)
		return OK;
	enum err e = visit_free_slots(&r->tx, d, &free);
	if (e)
		return e;
	if (free.n) {
		msg_reception_free(&b, r->lang, (int64_t)free.n);
		*book = book_url(r, unit, d, free.at[0]);
	} else {
		buf_put(&b, msg_plain(r->lang, MSG_RECEPTION_FULL));
	}
	*words = buf_str(&b);
	return OK;
}

/* --- What comes at a unit --- */

static enum err fill_row(struct req *r, const struct dossier *d, const struct unit *u,
			 struct coming_row *row)
{
	const struct reception *x = d->data;
	struct str post = reception_post_words(r->lang, x->post);
	row->day = (struct link){ .text = reception_when(r->mem, r->lang, x),
				  .url = dossier_url(r, d->code) };
	row->meta = str_printf(r->mem, "%.*s · %.*s", STR_ARG(post),
			       STR_ARG(reception_where(r->mem, r->lang, x)));
	row->moved = moved_words(r, x);
	return fill_free(r, d, u->code, &row->free, &row->book);
}

static enum err fill_coming(struct req *r, const struct unit *u, size_t limit,
			    struct coming_part *p)
{
	struct receptions coming;
	struct dossier *plan = NULL;
	enum err e = reception_coming(&r->tx, u->id, limit, &coming);
	if (e || ((e = reception_plan_find(&r->tx, u->id, &plan)) && e != ERR_NOT_FOUND))
		return e;
	e = OK;
	p->rows = (struct coming_rows){ NEW_N(r->mem, struct coming_row, coming.n), 0 };
	for (size_t i = 0; !e && i < coming.n; i++)
		e = fill_row(r, coming.at[i], u, &p->rows.at[p->rows.n++]);
	if (plan)
		p->plan = (struct link){ .text = msg_plain(r->lang, MSG_RECEPTION_PLAN),
					 .url = dossier_url(r, plan->code) };
	p->calendar = url_with(r->mem, req_url(r, "/tiep-dan.ics"), S("don-vi"), u->code);
	p->all = url_with(r->mem, req_url(r, "/%s", str_of(reception_kind.slug)), S("don-vi"),
			  u->code);
	return e;
}

enum err reception_on_unit(struct req *r, const struct unit *u)
{
	struct coming_part p = { .head = msg_plain(r->lang, MSG_RECEPTION_COMING) };
	if (!u->in_force || !kind_lives_at(&reception_kind, (int)u->level))
		return OK;
	enum err e = fill_coming(r, u, DAYS_ON_UNIT, &p);
	if (!e && (p.rows.n || p.plan.text.len))
		part_coming(&r->out, &p);
	return e;
}

enum err reception_show(struct req *r)
{
	struct reception_page p = { .problem = S("") };
	struct unit_filter at;
	struct coming_part coming = { .head = S("") };
	struct buf head = { .a = r->mem };
	struct str body;
	enum err e = unit_filter_read(r, &at);
	if (e)
		return e;
	if (r->format == FORMAT_ICS)
		return at.problem.len ? ERR_NOT_FOUND
				      : calendar_list(r, &reception_kind, at.unit.id);
	p.typed = at.text;
	p.problem = at.problem;
	p.choices = at.choices;
	p.find = req_url(r, "/%s", str_of(visit_kind.slug));
	p.receipt = req_url(r, "/bien-nhan");
	if (!at.problem.len && kind_lives_at(&reception_kind, (int)at.unit.level)) {
		if ((e = fill_coming(r, &at.unit, DAYS_SHOWN, &coming)) ||
		    (e = req_body_words(r, at.unit.id, &body)))
			return e;
		msg_reception_coming_of(&head, r->lang, body);
		coming.head = buf_str(&head);
		p.coming = &coming;
	}
	p.frame = req_frame(r, msg_plain(r->lang, MSG_RECEPTION_PAGE_TITLE), DOOR_INSPECT);
	page_reception(&r->out, &p);
	return OK;
}

/* In lists: when and where, and whether it was held; how early the notice hung its page says. */
enum err reception_item(struct req *r, const struct list_row *row, struct item *out)
{
	struct dossier *d;
	struct str unit;
	if (row->kind != &reception_kind)
		return OK;
	enum err e = dossier_load_text(&r->tx, row->id, &d);
	if (e || (e = req_body_words(r, row->unit, &unit)))
		return e;
	const struct reception *x = d->data;
	const struct state *state = dossier_state(d);
	out->meta = str_printf(r->mem, "%.*s · %.*s · %.*s", STR_ARG(unit),
			       STR_ARG(reception_when(r->mem, r->lang, x)),
			       STR_ARG(reception_where(r->mem, r->lang, x)));
	out->tag = (struct tag){ .tone = state->tone, .text = msg_plain(r->lang, state->label) };
	return OK;
}

/* --- On a reception day --- */

enum err reception_head(struct req *r, const struct dossier *d)
{
	struct day_part p = {
		.moved = S(""), .free = S(""), .book = url_none(), .ledger = url_none()
	};
	struct str unit;
	enum err e = OK;
	if (d->kind != &reception_kind)
		return OK;
	const struct reception *x = d->data;
	p.moved = moved_words(r, x);
	if (d->state == RECEPTION_ANNOUNCED && date_cmp(x->day, tx_today(&r->tx)) >= 0) {
		if ((e = unit_code(&r->tx, d->unit, tx_today(&r->tx), &unit)) ||
		    (e = fill_free(r, d, unit, &p.free, &p.book)))
			return e;
	}
	bool book = d->state & (RECEPTION_ANNOUNCED | RECEPTION_HELD | RECEPTION_CANCELLED);
	if (book && r->tx.who && member_may(r->tx.who, CLERK | LEADER, d->holder, S("inspect")))
		p.ledger = req_url(r, "/ho-so/%s/so-tiep-dan", d->code);
	part_day(&r->out, &p);
	return OK;
}
