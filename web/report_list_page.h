/* What one figure of a review counted, as a page, CSV and JSON. */
#pragma once

#include "office/report_list.h"
#include "web/report_page.h"

struct report_list_page {
	struct frame *frame;
	struct str title, kicker, lede, total;
	struct {
		struct links *at; /* by outcome, by part */
		size_t n;
	} ways;
	struct links formats;
	struct items items;
	struct pager pager;
	struct strs notes;
};

/* A dossier that was counted, as lists show it: named only to whoever may know of it. */
MUST_USE enum err report_dossier_item(struct req *r, const struct report_dossier *d,
				      struct item *out);

/* The style sheet inside a file: for the template of a page that stands alone. */
void report_style(struct page *out);
