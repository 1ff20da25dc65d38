/* What the reader has sent as a citizen: where each of his matters stands. */
#pragma once

#include "web/req.h"

/* GET /ho-so-cua-toi */
enum err mine_show(struct req *r);
