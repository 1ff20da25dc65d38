/* A comment (ý kiến): what somebody says or asks about a public dossier, its parent. A question is a
 * comment that waits for an answer of the office.
 *
 *     held --approve--> shown, or asked --answer--> answered
 *       \________________/_______/____________________/
 *                        | hide, with a ground                author: withdraw (its words are erased)
 *                        v
 *                     hidden --appeal--> appealed --restore--> where it stood
 *                                           \-----uphold-----> upheld
 *
 * Rules say why it is held (office/comment_text.h); what none of them holds is shown at once. Who hid it
 * does not decide the appeal. Of a hidden one a stub stays, and its words are for the officials of the
 * unit alone, until they are erased for good.
 *
 * Its words and its author's display name stand in the content of the act that sent it and nowhere
 * else, so that erasing that content erases them. */
#pragma once

#include "office/comment_text.h"
#include "office/fold.h"

extern const struct kind comment_kind;

enum comment_state {
	COMMENT_HELD = 2,
	COMMENT_SHOWN = 4,
	COMMENT_ASKED = 8, /* a question that waits for its answer */
	COMMENT_ANSWERED = 16,
	COMMENT_HIDDEN = 32,
	COMMENT_APPEALED = 64,
	COMMENT_UPHELD = 128,
	COMMENT_WITHDRAWN = 256,
	COMMENT_READABLE = COMMENT_SHOWN | COMMENT_ASKED | COMMENT_ANSWERED,
	COMMENT_STUB = COMMENT_HIDDEN | COMMENT_APPEALED | COMMENT_UPHELD,
};

/* Rules of the house, in days: no law sets them. Working days, but for the last two. */
enum {
	COMMENT_REVIEW_DAYS = 1,
	COMMENT_ANSWER_DAYS = 10,
	COMMENT_DECIDE_DAYS = 10,
	COMMENT_APPEAL_DAYS = 15, /* after it was hidden: so long its author may appeal */
	COMMENT_ERASE_DAYS = 90, /* after it was hidden or the appeal was lost: then its words go */
};
#define COMMENT_RULE_REVIEW "house.comment.review"
#define COMMENT_RULE_ANSWER "house.comment.answer"
#define COMMENT_RULE_DECIDE "house.comment.decide"

struct comment {
	struct str about; /* the code of its parent */
	int64_t about_id;
	bool question;
	struct strs held; /* why it was held: comment_why_word; for officials */
	struct str answer;
	struct date answered_on;
	struct str ground;      /* why it is hidden: a value of comment_grounds */
	struct str hidden_role; /* "clerk" or "leader" */
	struct date hidden_on;
	bool erased; /* its words are gone */
};

/* What is sent. The web asks for all but `about`; the rest is filled by the step. */
struct comment_form {
	struct str about;
	bool question;
	struct str name; /* the display name its author chose; may be empty */
	struct str text;
	struct strs held;
	int64_t about_id;
};

/* Why a comment may be hidden, with ready words; ended by { 0 }. Their order is their number on
 * pages, and never changes. */
extern const struct field_choice comment_grounds[];
/* From 1; 0: no such ground. */
int comment_ground_number(struct str ground);
enum msg comment_ground_label(struct str ground);
/* The label of comment_why_word. */
enum msg comment_why_label(struct str word);
/* What a rule of the house above asks for; MSG_NONE: not one of them. */
enum msg comment_rule_label(struct str rule);

/* Can comments be sent on it now: public, shown, of a kind and in a state that takes them? */
bool comment_is_open(const struct dossier *d);

/* Does this site hold every comment for review? It does until an administrator says otherwise. */
MUST_USE enum err comment_holds_all(struct tx *tx, bool *out);
/* By an administrator of the root. */
MUST_USE enum err comment_hold_all(struct tx *tx, bool all);
