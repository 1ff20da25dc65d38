/* The queue of whoever works here: office/queue.h in words. */
#include "web/queue_page.h"

#include "gen/web_pages.h"
#include "office/person.h"
#include "office/unit.h"
#include "web/back.h"
#include "web/duty_page.h"
#include "web/list_page.h"
#include "web/module.h"

enum { BOARD_ROWS = 30 };

static enum err fill_board(struct req *r, struct board *b, enum msg title, enum msg empty,
			   const struct duty_rows *rows)
{
	struct buf text = { .a = r->mem };
	buf_put(&text, msg_plain(r->lang, title));
	buf_printf(&text, " (%zu%s)", rows->n, rows->more ? "+" : "");
	b->title = buf_str(&text);
	b->empty = msg_plain(r->lang, empty);
	b->more = rows->more;
	return duty_items(r, rows, &b->items);
}

static enum err fill_waiting(struct req *r, struct board *b, const struct list_rows *rows)
{
	struct buf text = { .a = r->mem };
	buf_put(&text, msg_plain(r->lang, MSG_QUEUE_WAITING));
	buf_printf(&text, " (%zu%s)", rows->n, rows->more ? "+" : "");
	b->title = buf_str(&text);
	b->empty = msg_plain(r->lang, MSG_QUEUE_NONE_WAITING);
	b->more = rows->more;
	enum err e = list_items(r, rows->at, rows->n, &b->items);
	for (size_t i = 0; !e && i < rows->n; i++) {
		const struct list_row *row = &rows->at[i];
		struct buf meta = { .a = r->mem };
		struct str next;
		e = next_words(r, row->id, row->kind, row->state, row->unit, &next);
		if (e || !next.len)
			continue;
		msg_queue_waiting_meta(&meta, r->lang, b->items.at[i].meta, next);
		b->items.at[i].meta = buf_str(&meta);
	}
	return e;
}

static enum err fill_substitutes(struct req *r, struct strs *out)
{
	out->at = NEW_N(r->mem, struct str, r->tx.who->n);
	for (size_t i = 0; i < r->tx.who->n; i++) {
		const struct appointment *a = &r->tx.who->at[i];
		struct appointment held;
		struct person p;
		struct buf b = { .a = r->mem };
		if (!a->substitute_of)
			continue;
		enum err e = appointment_find(&r->tx, a->substitute_of, &held);
		if (e || (e = person_find(&r->tx, held.person, &p)))
			return e;
		msg_queue_substitute(&b, r->lang, r->tx.who->name, p.name, a->to);
		out->at[out->n++] = buf_str(&b);
	}
	return OK;
}

static enum err fill_units(struct req *r, struct links *out)
{
	const struct member *m = r->tx.who;
	out->at = NEW_N(r->mem, struct link, 2 * m->n);
	for (size_t i = 0; i < m->n; i++) {
		struct buf all = { .a = r->mem }, mine = { .a = r->mem };
		struct unit u;
		if (!(m->at[i].role & (CLERK | LEADER)) || !member_first_at(m, i, CLERK | LEADER))
			continue;
		enum err e = unit_find(&r->tx, m->at[i].unit, tx_today(&r->tx), &u);
		if (e == ERR_NOT_FOUND) /* it has ended: its heir is listed */
			continue;
		if (e)
			return e;
		struct url to = req_url(r, "/don-vi/%s/viec", u.code);
		struct str name = unit_heading(r->mem, &u, r->lang);
		msg_work_of_unit(&all, r->lang, name);
		msg_work_mine_of_unit(&mine, r->lang, name);
		out->at[out->n++] = (struct link){ .text = buf_str(&all), .url = to };
		out->at[out->n++] =
			(struct link){ .text = buf_str(&mine),
				       .url = url_with(r->mem, to, S("nguoi"), S("toi")) };
	}
	return OK;
}

/* After a step, back to this page. A title that says the code already does not get it above itself again. */
static void finish(struct req *r, struct items *items)
{
	for (size_t i = 0; i < items->n; i++) {
		items->at[i].url = back_begin(r, items->at[i].url);
		if (str_has(items->at[i].title, items->at[i].code))
			items->at[i].code = S("");
	}
}

void queue_modules(struct page *out, const struct queue_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_queue && !p->r->tx.err)
			p->r->tx.err = (*m)->on_queue(p->r);
}

enum err queue_show(struct req *r)
{
	struct queue q;
	struct queue_page p = { .r = r,
				.title = msg_plain(r->lang, MSG_QUEUE_TITLE),
				.now = r->tx.now };
	enum err e = queue_load(&r->tx, BOARD_ROWS, &q);
	if (e)
		return e;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	if ((e = fill_board(r, &p.boards[0], MSG_QUEUE_OVERDUE, MSG_QUEUE_NONE_OVERDUE,
			    &q.overdue)) ||
	    (e = fill_board(r, &p.boards[1], MSG_QUEUE_TODAY, MSG_QUEUE_NONE_TODAY, &q.today)) ||
	    (e = fill_waiting(r, &p.boards[2], &q.waiting)) ||
	    (e = fill_board(r, &p.later, MSG_QUEUE_LATER, MSG_QUEUE_NONE_LATER, &q.later)) ||
	    (e = fill_substitutes(r, &p.substitutes)) || (e = fill_units(r, &p.units)))
		return e;
	for (size_t i = 0; i < LENGTH(p.boards); i++)
		finish(r, &p.boards[i].items);
	finish(r, &p.later.items);
	page_queue(&r->out, &p);
	return r->tx.err;
}
