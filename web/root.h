/* The unit a site is rooted at, as it is today; the calendar; units in words. */
#pragma once

#include "office/unit.h"
#include "web/req.h"

MUST_USE enum err req_root(struct req *r, struct unit *out);
/* office_calendar, once for a page. */
MUST_USE enum err req_calendar(struct req *r, const struct calendar **out);
/* Who answers for what stands in a list: "UBND xã Ninh Vân, huyện Hoa Lư" for a territory that has a
 * People's Committee, else the unit itself: "Sở Nội vụ". */
MUST_USE enum err req_body_words(struct req *r, int64_t unit, struct str *out);
/* "Xã Ninh Vân, huyện Hoa Lư": where a line begins. */
MUST_USE enum err req_place_words(struct req *r, int64_t unit, struct str *out);
