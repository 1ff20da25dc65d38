/* Search, in units and dossiers. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct find_page {
	struct frame *frame;
	struct str words, answer;
	struct items units, dossiers;
	struct pager pager;
	struct url action;
};

/* GET /tim */
enum err find_show(struct req *r);
