/* The answer comes first, in words: what happened, and what the reader can do until when. */
#include "modules/know/information_pages.h"

#include "gen/know_pages.h"
#include "law/due.h"
#include "modules/know/information.h"
#include "modules/know/information_answer.h"
#include "office/gate.h"
#include "office/list.h"
#include "web/dossier_page.h"
#include "web/find_office.h"
#include "web/list_page.h"
#include "web/markdown.h"
#include "web/root.h"

enum { ANSWERS_SHOWN = 5 };

/* --- On the dossier --- */

static enum err open_banner(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct duty *clock = information_clock(d);
	struct buf text = { .a = r->mem };
	struct str body;
	enum err e = req_body_words(r, d->holder, &body);
	if (e || !clock)
		return e;
	if (duty_is_overdue(clock, tx_today(&r->tx))) {
		b->tone = TONE_LATE;
		b->title = msg_plain(r->lang, MSG_INFORMATION_BANNER_OVERDUE);
		msg_information_overdue(&text, r->lang, body, clock->due);
	} else {
		msg_information_due(&text, r->lang, body, clock->due);
	}
	b->text = buf_str(&text);
	return OK;
}

static enum err fill_banner(struct req *r, const struct dossier *d, struct banner *b)
{
	const struct information *x = d->data;
	struct buf text = { .a = r->mem };
	*b = (struct banner){ .tone = dossier_state(d)->tone,
			      .title = msg_plain(r->lang, dossier_state(d)->label),
			      .text = S("") };
	switch ((enum information_state)d->state) {
	case INFORMATION_RECEIVED:
	case INFORMATION_ACCEPTED:
		return open_banner(r, d, b);
	case INFORMATION_WAITS:
		b->tone = TONE_SOON;
		msg_information_asked_for(&text, r->lang, x->asked);
		break;
	case INFORMATION_ANSWERED:
	case INFORMATION_SHOWN:
		msg_information_answered(&text, r->lang, dossier_words(r, d, "extent"),
					 x->answered_on);
		break;
	case INFORMATION_REFUSED:
		msg_information_refused(&text, r->lang, dossier_words(r, d, "ground"));
		break;
	case INFORMATION_WITHDRAWN:
	case INFORMATION_OPEN:
		break;
	}
	b->text = buf_str(&text);
	return OK;
}

/* The answer as everybody reads it, of those who may read this one. */
static enum err find_public(struct req *r, const struct dossier *d, struct link *out)
{
	struct query q = db_query(&r->tx, "SELECT code, title FROM dossier WHERE parent = $1"
					  " AND parent > 0 AND kind = 'information_answer'"
					  " ORDER BY id LIMIT 1");
	BIND(&q, d->id);
	enum err e = db_one(&q);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct str title = col_str(&q, 1);
	*out = (struct link){ .text = title.len ? title : col_str(&q, 0),
			      .url = dossier_url(r, col_str(&q, 0)) };
	return OK;
}

enum err information_head(struct req *r, const struct dossier *d)
{
	const struct information *x = d->data;
	struct information_part p = { .head = S("") };
	if (d->kind != &information_kind)
		return OK;
	enum err e = fill_banner(r, d, &p.banner);
	if (e || (d->state == INFORMATION_SHOWN && (e = find_public(r, d, &p.public))))
		return e;
	bool refused = d->state == INFORMATION_REFUSED;
	p.head = msg_plain(r->lang, refused ? MSG_INFORMATION_DETAIL : MSG_INFORMATION_ANSWER_TEXT);
	markdown_html(r->mem, refused ? x->detail : x->answer, &p.text);
	p.where = refused ? x->where : S("");
	p.withheld = str_eq(x->extent, S("part")) ? x->withheld : S("");
	part_information(&r->out, &p);
	return OK;
}

/* --- How to ask --- */

static enum err last_answers(struct req *r, struct items *out)
{
	struct unit root;
	struct list_filter f = { .kind = &information_answer_kind,
				 .limit = ANSWERS_SHOWN,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	enum err e = req_root(r, &root);
	f.under = root.id;
	if (e || (e = list_dossiers(&r->tx, &f, &rows)))
		return e;
	return list_items(r, rows.at, rows.n, out);
}

enum err information_show(struct req *r)
{
	struct information_page p = { .typed = req_query(r, "co-quan") };
	p.asked = p.typed.len > 0;
	enum err e = find_offices(r, &information_kind, p.typed, &p.offices);
	if (e || (e = last_answers(r, &p.answers)))
		return e;
	p.frame = req_frame(r, msg_plain(r->lang, MSG_INFORMATION_KIND), DOOR_KNOW);
	p.find = req_url(r, "/yeu-cau-thong-tin");
	p.list = req_url(r, "/thong-tin-da-cung-cap");
	if (!r->tx.who)
		p.sign_in = url_with(r->mem, req_url(r, "/dang-nhap"), S("den"), r->address);
	page_information(&r->out, &p);
	return OK;
}
