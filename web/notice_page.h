/* Notices as pages: the list on a receipt and in an account, the letter on paper, where somebody wants to be
 * told and of what, the two links that letters carry, and what operators see of the queue. */
#pragma once

#include "office/notice.h"
#include "web/form.h"
#include "web/parts.h"

struct told_page {
	const struct frame *frame;
	const struct banner *banner; /* NULL: none */
	struct table *table;         /* NULL: none yet */
	struct pager pager;
	const struct form *form;
	struct str proof; /* how the address stands; "" for none */
};
struct told_paper {
	const struct frame *frame;
	struct link back;
	struct str office, title;
	struct {
		struct str *at;
		size_t n;
	} lines;
};
struct told_press {
	const struct frame *frame;
	struct str title, text;
	struct url action; /* "": it is done */
	struct str button;
};
struct told_queue_page {
	const struct frame *frame;
	struct str kicker, note;
	struct table *counts, *faults; /* NULL: none */
};

/* Of a matter, on the page of its receipt; NULL when there is none or this reader is not told. */
MUST_USE enum err notice_table(struct req *r, const struct dossier *d, struct table **out);

extern const struct route notice_routes[];
