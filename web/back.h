/* From a list of work to a matter, through its steps, and back to the same list with the same filters: the
 * list's address goes along as ?tu=. Only lists of work are led back to. */
#pragma once

#include "web/req.h"

/* A link on such a list: it brings the list's own address along. */
struct url back_begin(struct req *r, struct url to);
/* A link or a form on the way: it hands on what was brought along. */
struct url back_along(struct req *r, struct url to);
/* Where to go at the end; false: nothing was brought along. */
bool back_end(struct req *r, struct url *out);
