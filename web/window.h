/* A list that does not fit a page: so many of it, after the first so many, and the way to the next ones by `?trang=`. For
 * lists that are whole in memory; those of the database go by keys (list_page.h). */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct window {
	size_t skip, most;
};

/* Of the page that is asked for. */
struct window window_asked(const struct req *r, size_t most);
/* How many rows it shows of so many. */
size_t window_rows(const struct window *w, size_t all);
/* "Mục 41–80 trong 102", the beginning, and what comes next. */
struct pager window_pager(struct req *r, struct url here, const struct window *w, size_t all);
