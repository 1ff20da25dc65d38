/* The smallest page: a title, some text, a form; each may be missing but the title. */
#pragma once

#include "web/form.h"

struct plain_page {
	const struct frame *frame;
	struct str kicker, title, lede;
	struct html body;
	const struct form *form; /* NULL: none */
};
