/* Search: units by name, public dossiers by their words, and any dossier by its code. */
#include "web/find_page.h"

#include "base/encode.h"
#include "gen/web_pages.h"
#include "office/unit_search.h"
#include "web/dossier_page.h"
#include "web/list_page.h"
#include "web/root.h"

enum { UNITS_FOUND = 12, FOUND_ROWS = 20 };

static enum err found_units(struct req *r, struct str words, struct items *out)
{
	struct unit root;
	struct unit_list found;
	struct date today = tx_today(&r->tx);
	enum err e = req_root(r, &root);
	if (e || (e = unit_search(&r->tx, words, root.id, today, UNITS_FOUND, &found)))
		return e;
	out->at = NEW_N(r->mem, struct item, found.n);
	for (size_t i = 0; i < found.n; i++) {
		struct item *item = &out->at[out->n++];
		*item = (struct item){ .url = req_url(r, "/don-vi/%s", found.at[i].code) };
		if ((e = req_place_words(r, found.at[i].id, &item->title)))
			return e;
	}
	return OK;
}

enum err find_show(struct req *r)
{
	struct str words = req_query(r, "q"), code;
	struct search_rows rows = { 0 };
	struct find_page p = { .words = words, .action = req_url(r, "/tim") };
	struct buf answer = { .a = r->mem };
	/* Whether there is such a matter is for its own page to say: asking here tells nothing. */
	if (code_read(r->mem, words, &code))
		return req_redirect(r, dossier_url(r, code));
	p.frame = req_frame(r, msg_plain(r->lang, MSG_FIND_TITLE), DOOR_NONE);
	p.frame->index = false;
	struct search_filter f = { .words = words, .limit = FOUND_ROWS };
	f.elsewhere = req_query_int(r, "phan", 0, 1, 0) == 1;
	f.after_id = req_query_int(r, "sau", 1, INT64_MAX, 0);
	enum err e = words.len ? list_search(&r->tx, &f, &rows) : OK;
	if (e || (e = list_items(r, rows.at, rows.n, &p.dossiers)))
		return e;
	if (words.len && !f.after_id && (e = found_units(r, words, &p.units)))
		return e;
	if (words.len && !p.dossiers.n && !p.units.n)
		msg_find_nothing(&answer, r->lang, words);
	p.answer = buf_str(&answer);
	if (rows.more) {
		p.pager.next =
			url_with_int(r->mem,
				     url_with_int(r->mem, url_with(r->mem, p.action, S("q"), words),
						  S("phan"), rows.elsewhere),
				     S("sau"), rows.at[rows.n - 1].id);
	}
	page_find(&r->out, &p);
	return OK;
}
