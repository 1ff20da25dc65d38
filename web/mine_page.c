/* One list for every kind a citizen may send; the row's own words say where it stands. */
#include "web/mine_page.h"

#include "gen/web_pages.h"
#include "office/list.h"
#include "web/draft_page.h"
#include "web/list_page.h"

enum { MINE_ROWS = 20 };

enum err mine_show(struct req *r)
{
	struct list_rows rows;
	struct list_page p = { .title = msg_plain(r->lang, MSG_LIST_MINE),
			       .lede = msg_plain(r->lang, MSG_LIST_MINE_LEDE) };
	int64_t after = req_query_int(r, "sau", 1, INT64_MAX, 0);
	enum err e = list_authored(&r->tx, after, MINE_ROWS, &rows);
	if (!e && !after) /* what is not yet sent, before the first page alone */
		e = draft_items(r, &p.drafts);
	if (e || (e = list_items(r, rows.at, rows.n, &p.items)))
		return e;
	p.frame = req_frame(r, p.title, DOOR_NONE);
	p.total = msg_plain(r->lang, rows.n ? MSG_LIST_MINE_NEWEST : MSG_LIST_MINE_NONE);
	if (rows.more)
		p.pager.next =
			url_query(r->mem, r->path, &r->query, S("sau"),
				  str_printf(r->mem, "%lld", (long long)rows.at[rows.n - 1].id));
	page_list(&r->out, &p);
	return OK;
}
