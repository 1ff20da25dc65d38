/* What templates call to let modules write into the home page and a unit's page. */
#pragma once

#include "web/home_page.h"

void home_modules(struct page *out, const struct home_page *p);
void home_side_modules(struct page *out, const struct home_page *p);
void unit_modules(struct page *out, const struct unit_page *p);
