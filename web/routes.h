/* The pages every site has, and a list page for every kind: what main/ hands to the router. */
#pragma once

#include "office/office.h"
#include "web/route.h"

extern const struct route office_routes[];
/* /SLUG for each listed kind; lives in `a`. */
const struct route *kind_routes(struct arena *a, const struct office *o);
