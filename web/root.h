/* The unit a site is rooted at, as it is today. */
#pragma once

#include "office/unit.h"
#include "web/req.h"

MUST_USE enum err req_root(struct req *r, struct unit *out);
