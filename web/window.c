#include "web/window.h"

enum { PAGES = 1000000 };

struct window window_asked(const struct req *r, size_t most)
{
	return (struct window){ (size_t)(req_query_int(r, "trang", 1, PAGES, 1) - 1) * most, most };
}

size_t window_rows(const struct window *w, size_t all)
{
	size_t left = w->skip < all ? all - w->skip : 0;
	return left < w->most ? left : w->most;
}

struct pager window_pager(struct req *r, struct url here, const struct window *w, size_t all)
{
	struct buf b = { .a = r->mem };
	struct pager p = { .first = url_none(), .next = url_none() };
	size_t end = w->skip + window_rows(w, all);
	msg_web_part_of(&b, r->lang, (int64_t)w->skip + 1, (int64_t)end, (int64_t)all);
	p.summary = buf_str(&b);
	if (w->skip)
		p.first = here;
	if (end < all)
		p.next = url_with_int(r->mem, here, S("trang"), (int64_t)(end / w->most) + 1);
	return p;
}
