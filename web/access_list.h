/* What the section "who has looked" shows. */
#pragma once

#include "web/parts.h"

struct access_list_part {
	struct table *table; /* NULL: nobody so far */
};
