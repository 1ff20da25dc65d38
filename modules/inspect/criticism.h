/* Social criticism (phản biện xã hội): who drafts a document sends it to the Front before he submits it, the Front
 * says what it thinks, and he answers in writing. Law 75/2015 arts. 33 to 36; Joint resolution 403/2017.
 *
 *     received -> held (a conference, a dialogue) -> sent -> answered
 *         |  \------------ in writing -------------^
 *      withdrawn: the draft was
 *
 * The draft comes 15 days before it is submitted (social_criticism.draft, TL-094): the drafter owes it, and what came later stands
 * there as late. Once the criticism is sent, the unit of the drafter holds the dossier and owes an answer, with the reasons
 * for what it does not take up; the law sets no day, so it is the one agreed on, or the house's fifteen days. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind criticism_kind;

#define CRITICISM_DRAFT "social_criticism.draft"
#define CRITICISM_ANSWER "house.criticism.answer"
/* Figure: criticisms sent. */
#define CRITICISM_SENT "criticism.sent"
enum { CRITICISM_DAYS = 15 };

enum criticism_state {
	CRITICISM_RECEIVED = 1 << 1,
	CRITICISM_HELD = 1 << 2,
	CRITICISM_SENT_STATE = 1 << 3,
	CRITICISM_ANSWERED = 1 << 4,
	CRITICISM_WITHDRAWN = 1 << 5,
};

struct criticism {
	struct str title, body;
	struct str drafter; /* the code of its unit */
	int64_t holder;
	struct date received_on, submit_on;
	struct file_refs draft;
	struct str way; /* "conference", "written", "dialogue" */
	struct date held_on;
	struct str minutes, opinion;
	struct file_refs files;
	struct date sent_on, answer_by;
	struct str outcome, answer;
	struct file_refs answer_files;
	struct date answered_on;
	struct str reason;
};
