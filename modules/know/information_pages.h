/* What only requests for information show: the answer in words on the dossier's page, and the page that
 * tells how to ask. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct information_part {
	struct banner banner;
	struct str head; /* of the section below: the answer, or why not */
	struct html text;
	struct str where; /* of a refusal: where to find it, whom to ask */
	struct str withheld;
	struct link public; /* the answer as everybody reads it; without text, none */
};
enum err information_head(struct req *r, const struct dossier *d);

struct information_page {
	struct frame *frame;
	struct url find, sign_in, list; /* sign_in "": whoever reads it is signed in */
	struct str typed;
	struct items offices; /* found, or the reader's own */
	bool asked;           /* something was typed */
	struct items answers; /* made public last */
};
/* GET /yeu-cau-thong-tin */
enum err information_show(struct req *r);
