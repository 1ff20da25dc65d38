/* The list of a kind: /cong-khai and its like, as a page, CSV, JSON and Atom, with the same filters
 * and the same rights. Works by GET alone. */
#pragma once

#include "office/list.h"
#include "web/follow_part.h"
#include "web/parts.h"
#include "web/req.h"

struct list_page {
	struct frame *frame;
	struct str title, lede;
	struct str note;   /* what is counted and not listed; mostly empty */
	struct links tabs; /* lists of the same field of work; none where there is but one */
	struct filters filters;
	struct str which;    /* no one unit was meant, and nothing is listed: why, and */
	struct links units;  /* which could be */
	struct str total;    /* "Mục 1–20 trong 431" */
	struct items drafts; /* begun and not sent, above the list */
	struct items items;
	struct pager pager;
	struct links formats;             /* the same list as CSV, JSON, feed */
	const struct follow_part *follow; /* of a list narrowed to a matter; NULL: not offered */
};

/* GET /{slug}; the kind is the one of the route's path. */
enum err list_show(struct req *r);

/* A facet's code in words; false: no module knows it. */
bool facet_words(struct req *r, struct str kind, struct str value, struct str *out);
/* A row as an entry of a feed. */
MUST_USE enum err list_feed_row(struct req *r, struct buf *b, const struct list_row *row);
/* Rows of a list as items of a page: title, unit and day, timing. */
MUST_USE enum err list_items_brief(struct req *r, const struct list_row *rows, size_t n,
				   struct items *out); /* titles, nothing of the text */
MUST_USE enum err list_items(struct req *r, const struct list_row *rows, size_t n,
			     struct items *out);
