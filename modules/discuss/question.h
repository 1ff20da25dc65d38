/* A question for a dialogue (câu hỏi gửi trước): sent before its day, without an account against a receipt
 * (office/receipt.h), or entered by the clerk from paper. Who asks is sealed: the kind is private, no state of
 * it is public, and what everybody reads is a line of the dialogue in the office's words, without its code.
 *
 *     received -> answered (a line of the dialogue, in the same transaction)
 *         \---> set aside with a ground; withdrawn by its author
 *
 * It is owed an answer by the day of the dialogue (house.dialogue.question), and moves with that day. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind question_kind;

#define QUESTION_ANSWER "house.dialogue.question"

enum question_state {
	QUESTION_RECEIVED = 2,
	QUESTION_ANSWERED = 4,
	QUESTION_ASIDE = 8,
	QUESTION_WITHDRAWN = 16,
};

struct question {
	struct str dialogue; /* its code */
	struct str title;    /* the question */
	struct str body;     /* what it is about */
	struct str shown;    /* as everybody reads it */
	struct str answer;
	struct date answered_on;
	struct str ground, detail;
	struct str name, contact; /* in the acts' sealed content and nowhere else */
};

/* The dialogue is on another day now: what waits for an answer is owed by then. */
MUST_USE enum err question_move_all(struct tx *tx, int64_t dialogue, struct date day,
				    struct date on);
MUST_USE enum err question_count_open(struct tx *tx, int64_t dialogue, int64_t *out);
