/* The page of a request that came to nothing: what happened, what one can do, and the code under
 * which the log has the story. */
#pragma once

#include "web/req.h"

struct error_page {
	const struct frame *frame;
	struct str title, lede, advice;
	struct str ref;
	int status;
	struct url find; /* "": no search to offer */
	struct links ways;
	struct pairs kept; /* what was sent, to be sent again; none: nothing to send */
};

void error_page(struct req *r, int status);
