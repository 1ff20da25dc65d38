/* The page of one's own account. */
#pragma once

#include "office/unit.h"
#include "web/sign_pages.h"

struct account_page {
	const struct frame *frame;
	struct str title;
	const struct banner *banner;
	struct links ways; /* what this member has to do here */
	struct kvs facts;
	struct table *offices; /* NULL: none ever held */
	struct table *sessions;
	const struct form *end_others; /* NULL: there are no others */
};
