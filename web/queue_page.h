/* What whoever works here has to do. */
#pragma once

#include "office/queue.h"
#include "web/parts.h"
#include "web/req.h"

struct board {
	struct str title, empty;
	struct items items;
	bool more;
};
struct queue_page {
	struct req *r;
	struct frame *frame;
	struct str title;
	struct instant now;
	struct board boards[3]; /* overdue, today, waiting */
	struct board later;
	struct links units;      /* all that is in hand there, and what of it is the reader's */
	struct strs substitutes; /* "X làm thay Y đến hết ..." */
};

/* What modules have to say under it. */
void queue_modules(struct page *out, const struct queue_page *p);

/* GET /viec */
enum err queue_show(struct req *r);
