/* What a unit has in hand (office/work.h), for whoever works there: by person, kind, state and day; and how
 * much of it is whose. */
#pragma once

#include "office/work.h"
#include "web/parts.h"
#include "web/req.h"

struct work_page {
	struct frame *frame;
	struct link owner; /* the unit */
	struct str title, total;
	const struct banner *banner; /* what was just done; NULL: nothing */
	struct filters filters;
	struct items items;
	struct table *loads;
	struct links ways; /* many at once, templates */
};

/* GET /don-vi/{code}/viec */
enum err work_show(struct req *r);
/* The filters of the query, for pages beneath it. ERR_NOT_FOUND, ERR_DENIED as the page itself. */
MUST_USE enum err work_asked(struct req *r, struct unit *u, struct work_filter *out);
/* The address of the list with the filters of this request. */
struct url work_url(struct req *r, struct str unit_code);
