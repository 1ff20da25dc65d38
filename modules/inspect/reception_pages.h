/* What only receptions show: which days come at an office and which hours are free, on a page of their own
 * and on the unit's; on a reception day the way to book and, for officials, the book. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct dossier;
struct list_row;

struct coming_row {
	struct link day;
	struct str meta, moved, free; /* "": not said */
	struct url book;              /* "": nothing can be booked */
};
struct coming_rows {
	struct coming_row *at;
	size_t n;
};
struct coming_part {
	struct str head;
	struct coming_rows rows;
	struct link plan; /* the standing schedule; without text: none */
	struct url all, calendar;
};

struct reception_page {
	struct frame *frame;
	struct url find, receipt;
	struct str typed, problem;
	struct links choices; /* units of that name */
	const struct coming_part *coming;
};

struct day_part {
	struct str moved, free;
	struct url book, ledger; /* "": none */
};

/* GET /tiep-dan */
enum err reception_show(struct req *r);
/* Hooks of struct module. */
enum err reception_item(struct req *r, const struct list_row *row, struct item *out);
enum err reception_head(struct req *r, const struct dossier *d);
enum err reception_on_unit(struct req *r, const struct unit *u);
