/* After a reform the root has ended: whoever answers for it today stands for it. */
#include "web/root.h"

#include "base/utf8.h"
#include "gen/messages.h"
#include "office/office.h"
#include "office/site.h"

/* A page is made in one transaction and in one memory; a stream, a form and what it changes are not. */
static bool is_one_page(const struct req *r)
{
	return r->ask->method == GET && r->tx.mem == r->mem;
}

enum err req_root(struct req *r, struct unit *out)
{
	int64_t id, heir;
	struct date today = tx_today(&r->tx);
	if (r->root && is_one_page(r)) {
		*out = *r->root;
		return OK;
	}
	enum err e = site_root(&r->tx, &id);
	if (e || (e = unit_heir(&r->tx, id, today, &heir)) ||
	    (e = unit_find(&r->tx, heir ? heir : id, today, out)))
		return e;
	if (is_one_page(r)) {
		struct unit *root = NEW(r->mem, struct unit);
		*root = *out;
		r->root = root;
	}
	return OK;
}

enum err req_calendar(struct req *r, const struct calendar **out)
{
	if (r->calendar && is_one_page(r)) {
		*out = r->calendar;
		return OK;
	}
	enum err e = office_calendar(&r->tx, out);
	if (!e && is_one_page(r))
		r->calendar = *out;
	return e;
}

enum err req_place_words(struct req *r, int64_t unit, struct str *out)
{
	struct unit u;
	struct str words;
	struct date today = tx_today(&r->tx);
	enum err e = unit_find(&r->tx, unit, today, &u);
	if (e || (e = unit_title_long(&r->tx, &u, today, r->lang, &words)))
		return e;
	*out = utf8_capital(r->tx.mem, words);
	return OK;
}

enum err req_body_words(struct req *r, int64_t unit, struct str *out)
{
	struct unit u;
	struct str words;
	struct buf b = { .a = r->tx.mem };
	struct date today = tx_today(&r->tx);
	enum err e = unit_find(&r->tx, unit, today, &u);
	if (e || (e = unit_title_long(&r->tx, &u, today, r->lang, &words)))
		return e;
	if (u.level > LEVEL_COMMUNE) {
		*out = utf8_capital(r->tx.mem, words);
		return OK;
	}
	msg_web_committee_of(&b, r->lang, words);
	*out = buf_str(&b);
	return OK;
}
