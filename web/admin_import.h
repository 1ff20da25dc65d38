/* The pages of an import: what a table holds, or what is wrong with it. */
#pragma once

#include "web/admin_pages.h"
#include "web/grid.h"

struct unit_import_page {
	const struct frame *frame;
	struct str kicker, title;
	const struct banner *banner;
	struct table *faults, *rows; /* one of them */
	const struct form *form;     /* NULL: there are faults */
	struct str csv;              /* as it came; sent back by the form */
	struct str note;
	struct link again;
};
