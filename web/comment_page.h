/* The list of what has been said of a dossier, as a page, CSV and JSON; sending and entering a comment;
 * the rules and what was hidden under them, year by year. */
#pragma once

#include "web/comment_part.h"

struct comment_page {
	const struct frame *frame;
	struct link back;
	struct str title;
	const struct banner *banner; /* NULL: none */
	struct comment_part part;
	struct pager pager;
	struct links formats;
};

struct comment_enter_page {
	const struct frame *frame;
	struct link back;
	struct str title;
	const struct form *form;
};

struct comment_rules_page {
	const struct frame *frame;
	struct str title, wait; /* what is held here */
	struct strs grounds;
	struct table *years; /* NULL: nothing has been said yet */
};

struct comment_review_page {
	const struct frame *frame;
	struct link back;
	struct str title, lede;
	const struct banner *banner;
	struct comment_rows rows;
	struct pager pager;
	const struct form *form; /* of the pages of one author: which to hide and why */
	struct str empty;        /* when there is no row */
};

extern const struct route comment_routes[];
