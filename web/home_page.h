/* The first page, the page of a unit, search, and the queue of whoever works here. */
#pragma once

#include "office/queue.h"
#include "web/parts.h"
#include "web/req.h"

struct home_page {
	struct req *r;
	const struct unit *root;
	struct frame *frame;
	struct url find, look_up, overdue_url, list_url;
	struct links doors; /* with icons by their place in menu_items */
	int64_t overdue, units_overdue, due_in_quarter;
	struct instant now;
	struct items due, fresh;
	struct items places; /* units beneath, with how many units they hold */
};

struct unit_page {
	struct req *r;
	const struct unit *unit;
	struct date day;
	struct frame *frame;
	struct str title, kicker, responsible;
	const struct banner *ended; /* the unit is no more: its successors */
	struct facts facts;
	struct items due;
	struct items children;
	struct str beneath; /* what they are */
	bool gathers;       /* it owes nothing itself: shows what is due and fresh beneath it */
	struct items fresh;
	struct links add; /* what this reader may record here */
	struct url all;
};

struct find_page {
	struct frame *frame;
	struct str words, answer;
	struct items units, dossiers;
	struct pager pager;
	struct url action;
};

struct board {
	struct str title, empty;
	struct items items;
	bool more;
};
struct queue_page {
	struct frame *frame;
	struct str title;
	struct instant now;
	struct board boards[3]; /* overdue, today, waiting */
	struct board later;
	struct strs substitutes; /* "X làm thay Y đến hết ..." */
};

/* GET /, /don-vi/{code}, /tim, /viec */
enum err home_show(struct req *r);
enum err unit_show(struct req *r);
enum err find_show(struct req *r);
enum err queue_show(struct req *r);
/* GET /han: open duties anywhere in the tree, also as CSV and JSON */
enum err duties_show(struct req *r);

/* Open duties as items: what, who, by when. */
MUST_USE enum err duty_items(struct req *r, const struct duty_rows *rows, struct items *out);
struct str duty_words(struct req *r, const struct duty_row *row);
/* Its dossier, or the unit that owes it where the dossier is not for this reader. */
MUST_USE enum err duty_url(struct req *r, const struct duty_row *row, struct url *out);
