#include "web/reply_page.h"

#include "gen/web_pages.h"
#include "office/reply.h"
#include "office/unit.h"
#include "web/dossier_page.h"

enum err reply_show(struct req *r)
{
	struct reply_page p = { .title = msg_plain(r->lang, MSG_BULK_TEMPLATES_OF) };
	struct reply_rows rows;
	struct unit u;
	enum err e = unit_by_code(&r->tx, req_param(r, "code"), tx_today(&r->tx), &u);
	if (e)
		return e;
	if (!member_may(r->tx.who, CLERK | LEADER, u.id, str_of(reply_kind.work)))
		return tx_fail(&r->tx, ERR_DENIED, "no clerk or leader of unit %.*s",
			       STR_ARG(u.code));
	if ((e = reply_list(&r->tx, u.id, NULL, NULL, &rows)))
		return e;
	p.items.at = NEW_N(r->mem, struct item, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		p.items.at[p.items.n++] = (struct item){ .title = rows.at[i].title,
							 .meta = rows.at[i].matter,
							 .url = dossier_url(r, rows.at[i].code) };
	p.write = req_url(r, "/ghi-moi/%s/%s", str_of(reply_kind.slug), u.code);
	p.back = (struct link){ .text = unit_heading(r->mem, &u, r->lang),
				.url = req_url(r, "/don-vi/%s", u.code) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	page_templates(&r->out, &p);
	return OK;
}
