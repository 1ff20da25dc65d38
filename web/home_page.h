/* The first page, and the page of a unit. */
#pragma once

#include "office/unit.h"
#include "web/follow_part.h"
#include "web/parts.h"
#include "web/req.h"
#include "web/share_part.h"

struct home_page {
	struct req *r;
	const struct unit *root;
	struct frame *frame;
	struct url find, look_up, overdue_url, list_url;
	struct link review; /* of the year people look for: web/report_page.h */
	struct links doors; /* with icons by their place in menu_items */
	int64_t overdue, units_overdue;
	struct share_part share;
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
	struct follow_part follow;
	struct link review;
	struct url all;
};

/* GET /, /don-vi/{code} */
enum err home_show(struct req *r);
enum err unit_show(struct req *r);
