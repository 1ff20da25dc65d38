/* For the administrators of the site: how many notices wait, went, failed, and why. Never to whom. */
#include "gen/web_pages.h"
#include "office/notice_queue.h"
#include "web/admin_pages.h"
#include "web/grid.h"
#include "web/notice_page.h"
#include "web/notice_pages.h"

enum { FAULTS_SHOWN = 20 };

static const enum msg states[NOTICE_STATES] = {
	[NOTICE_WAITING] = MSG_NOTICE_STATE_WAITING, [NOTICE_SENT] = MSG_NOTICE_STATE_SENT,
	[NOTICE_REFUSED] = MSG_NOTICE_STATE_REFUSED, [NOTICE_GIVEN_UP] = MSG_NOTICE_STATE_GIVEN_UP,
	[NOTICE_EMPTY] = MSG_NOTICE_STATE_EMPTY,
};
static const enum msg ways[NOTICE_WAYS] = { MSG_NOTICE_COLUMN_EMAIL, MSG_NOTICE_COLUMN_SMS };

static struct str number(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	return buf_str(&b);
}

static struct table *counts(struct req *r, const struct notice_stats *s)
{
	static const enum msg columns[] = { MSG_NOTICE_COLUMN_STATE, MSG_NOTICE_COLUMN_EMAIL,
					    MSG_NOTICE_COLUMN_SMS };
	struct table *t =
		grid_new(r, MSG_NOTICE_QUEUE_COUNTS, NOTICE_STATES, columns, LENGTH(columns));
	for (int i = 0; i < NOTICE_STATES; i++) {
		struct cell *c = grid_row(r, t);
		c[0].text = msg_plain(r->lang, states[i]);
		for (int way = 0; way < NOTICE_WAYS; way++)
			c[1 + way] =
				(struct cell){ .text = number(r, s->n[way][i]), .number = true };
	}
	for (int way = 0; way < NOTICE_WAYS; way++)
		t->columns.at[1 + way].number = true;
	t->tight = true;
	return t;
}

static struct table *faults(struct req *r, const struct notice_faults *all)
{
	static const enum msg columns[] = { MSG_NOTICE_COLUMN_DAY, MSG_NOTICE_COLUMN_WAY,
					    MSG_NOTICE_COLUMN_STATE, MSG_NOTICE_COLUMN_TRIES,
					    MSG_NOTICE_COLUMN_WHY };
	struct table *t = grid_new(r, MSG_NOTICE_QUEUE_FAULTS, all->n, columns, LENGTH(columns));
	for (size_t i = 0; i < all->n; i++) {
		const struct notice_fault *f = &all->at[i];
		struct cell *c = grid_row(r, t);
		struct buf at = { .a = r->mem };
		lang_put_instant(&at, r->lang, f->at);
		c[0].text = buf_str(&at);
		c[1].text = msg_plain(r->lang, ways[f->way == NOTICE_SMS]);
		c[2].text = msg_plain(r->lang, states[f->state % NOTICE_STATES]);
		c[3].text = number(r, f->tries);
		c[4].text = f->why;
	}
	return t;
}

enum err notice_queue_show(struct req *r)
{
	struct told_queue_page p = { 0 };
	struct notice_faults failed;
	struct notice_stats stats;
	struct buf since = { .a = r->mem };
	struct unit u;
	enum err e = admin_find_root(r, &u);
	if (e || (e = notice_stats(&r->tx, &stats)) ||
	    (e = notice_faults(&r->tx, FAULTS_SHOWN, &failed)))
		return e;
	if (stats.oldest.ms)
		msg_notice_queue_oldest(&since, r->lang, stats.oldest);
	else
		buf_put(&since, msg_plain(r->lang, r->tx.office->ways ? MSG_NOTICE_QUEUE_EMPTY
								      : MSG_NOTICE_QUEUE_OFF));
	p.note = buf_str(&since);
	p.counts = counts(r, &stats);
	p.faults = failed.n ? faults(r, &failed) : NULL;
	p.kicker = unit_heading(r->mem, &u, r->lang);
	p.frame = admin_frame(r, &u, msg_plain(r->lang, MSG_NOTICE_QUEUE_TITLE));
	page_told_queue(&r->out, &p);
	return OK;
}
