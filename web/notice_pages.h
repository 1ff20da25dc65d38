/* What the files of notice pages share. */
#pragma once

#include "web/req.h"

/* GET /quan-tri/thong-bao */
enum err notice_queue_show(struct req *r);
