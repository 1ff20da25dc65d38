/* Sending a petition: plain questions that find its type, then the interview (web/interview.h). Nothing is
 * kept before the office is chosen; of a denunciation nothing ever is. */
#pragma once

#include "web/interview.h"

extern const struct interview petition_interview;

/* Where a denunciation (tố cáo) leads: a process of its own, with its sender sealed from the office. This
 * is the one place to change when there is one. */
#define PETITION_DENOUNCE "/kien-nghi/to-cao"

struct petition_ask_page {
	struct link online; /* to denounce: where the office is chosen */
	struct frame *frame;
	struct str title, lede;
	struct link back;
	struct items answers; /* each leads on */
};

/* GET /kien-nghi/gui */
enum err petition_ask_show(struct req *r);
/* GET /kien-nghi/to-cao */
enum err petition_denounce_show(struct req *r);
