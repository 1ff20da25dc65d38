/* After a reform the root has ended: whoever answers for it today stands for it. */
#include "web/root.h"

#include "base/utf8.h"
#include "gen/messages.h"
#include "office/site.h"

enum err req_root(struct req *r, struct unit *out)
{
	int64_t id, heir;
	struct date today = tx_today(&r->tx);
	enum err e = site_root(&r->tx, &id);
	if (e || (e = unit_heir(&r->tx, id, today, &heir)))
		return e;
	return unit_find(&r->tx, heir ? heir : id, today, out);
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
