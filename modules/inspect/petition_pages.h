/* What only petitions show: where it stands in words, and what its reader can do until when; and the page
 * that tells how to send one. Design mockups 04a, 05. */
#pragma once

#include "office/dossier.h"
#include "web/parts.h"
#include "web/req.h"

struct petition_part {
	struct banner banner;
	struct str head; /* of the section below */
	struct html text;
};
enum err petition_head(struct req *r, const struct dossier *d);
/* What a duty of a petition asks for. */
struct str petition_duty_words(struct str rule, enum lang lang);

struct petition_page {
	struct frame *frame;
	struct url find, receipt, begin, resume;
	struct str intake, complaint; /* what the law in force today gives; "": nothing */
	struct str typed;
	struct items offices, denounce;
	bool asked; /* something was typed */
};
/* GET /kien-nghi */
enum err petition_show(struct req *r);
