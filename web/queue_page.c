/* The queue of whoever works here: office/queue.h in words. */
#include "web/queue_page.h"

#include "gen/web_pages.h"
#include "office/person.h"
#include "web/duty_page.h"
#include "web/list_page.h"

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

enum err queue_show(struct req *r)
{
	struct queue q;
	struct queue_page p = { .title = msg_plain(r->lang, MSG_QUEUE_TITLE), .now = r->tx.now };
	enum err e = queue_load(&r->tx, BOARD_ROWS, &q);
	if (e)
		return e;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	if ((e = fill_board(r, &p.boards[0], MSG_QUEUE_OVERDUE, MSG_QUEUE_NONE_OVERDUE,
			    &q.overdue)) ||
	    (e = fill_board(r, &p.boards[1], MSG_QUEUE_TODAY, MSG_QUEUE_NONE_TODAY, &q.today)) ||
	    (e = fill_waiting(r, &p.boards[2], &q.waiting)) ||
	    (e = fill_board(r, &p.later, MSG_QUEUE_LATER, MSG_QUEUE_NONE_LATER, &q.later)) ||
	    (e = fill_substitutes(r, &p.substitutes)))
		return e;
	page_queue(&r->out, &p);
	return OK;
}
