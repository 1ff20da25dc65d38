/* The templates of a unit (office/reply.h): the list; each is a dossier with its own page. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct reply_page {
	struct frame *frame;
	struct link back;
	struct str title;
	struct items items;
	struct url write;
};

/* GET /don-vi/{code}/mau-tra-loi */
enum err reply_show(struct req *r);
