/* The kind as tables: what it says, where it can stand, what may be done. */
#include "office/comment_steps.h"
#include "office/redaction.h"

const struct field_choice comment_grounds[] = {
	{ "insult", MSG_COMMENT_GROUND_INSULT },
	{ "personal", MSG_COMMENT_GROUND_PERSONAL },
	{ "illegal", MSG_COMMENT_GROUND_ILLEGAL },
	{ "secret", MSG_COMMENT_GROUND_SECRET },
	{ "off_topic", MSG_COMMENT_GROUND_OFF_TOPIC },
	{ "advertising", MSG_COMMENT_GROUND_ADVERTISING },
	{ "repeated", MSG_COMMENT_GROUND_REPEATED },
	{ 0 },
};

static const struct field_choice whys[] = {
	{ "setting", MSG_COMMENT_WHY_SETTING }, { "first", MSG_COMMENT_WHY_FIRST },
	{ "link", MSG_COMMENT_WHY_LINK },       { "contact", MSG_COMMENT_WHY_CONTACT },
	{ "waiting", MSG_COMMENT_WHY_WAITING }, { "again", MSG_COMMENT_WHY_AGAIN },
	{ "office", MSG_COMMENT_WHY_OFFICE },   { 0 },
};

static const struct {
	const char *rule;
	enum msg label;
} rules[] = {
	{ COMMENT_RULE_REVIEW, MSG_COMMENT_RULE_REVIEW },
	{ COMMENT_RULE_ANSWER, MSG_COMMENT_RULE_ANSWER },
	{ COMMENT_RULE_DECIDE, MSG_COMMENT_RULE_DECIDE },
};

int comment_ground_number(struct str ground)
{
	for (int i = 0; comment_grounds[i].value; i++)
		if (str_eq(ground, str_of(comment_grounds[i].value)))
			return i + 1;
	return 0;
}

enum msg comment_ground_label(struct str ground)
{
	int n = comment_ground_number(ground);
	return n ? comment_grounds[n - 1].label : MSG_NONE;
}

enum msg comment_why_label(struct str word)
{
	for (size_t i = 0; whys[i].value; i++)
		if (str_eq(word, str_of(whys[i].value)))
			return whys[i].label;
	return MSG_NONE;
}

enum msg comment_rule_label(struct str rule)
{
	for (size_t i = 0; i < LENGTH(rules); i++)
		if (str_eq(rule, str_of(rules[i].rule)))
			return rules[i].label;
	return MSG_NONE;
}

/* --- Fields --- */

static const struct field fields[] = {
	FIELD(struct comment, about, .hidden = true, .label = MSG_COMMENT_ABOUT),
	FIELD(struct comment, about_id, .hidden = true, .internal = true,
	      .label = MSG_COMMENT_ABOUT),
	FIELD(struct comment, question, .hidden = true, .label = MSG_COMMENT_IS_QUESTION),
	FIELD(struct comment, held, .hidden = true, .internal = true, .label = MSG_COMMENT_HELD_FOR,
	      .choices = whys),
	FIELD(struct comment, answer, .hidden = true, .lines = true, .label = MSG_COMMENT_ANSWER),
	FIELD(struct comment, answered_on, .hidden = true, .label = MSG_COMMENT_ANSWERED_ON),
	FIELD(struct comment, ground, .hidden = true, .label = MSG_COMMENT_GROUND,
	      .choices = comment_grounds),
	FIELD(struct comment, hidden_role, .hidden = true, .label = MSG_COMMENT_HIDDEN_BY),
	FIELD(struct comment, hidden_on, .hidden = true, .label = MSG_COMMENT_HIDDEN_ON),
	FIELD(struct comment, erased, .hidden = true, .label = MSG_COMMENT_ERASED),
	{ 0 },
};

#define SAID_FIELDS                                                                                \
	FIELD(struct comment_form, about, .max = 20, .label = MSG_COMMENT_ABOUT,                   \
	      .options = comment_about_options, .other = true),                                    \
		FIELD(struct comment_form, question, .optional = true,                             \
		      .label = MSG_COMMENT_IS_QUESTION),                                           \
		FIELD(struct comment_form, name, .optional = true, .max = COMMENT_NAME_MOST,       \
		      .personal = true, .label = MSG_COMMENT_NAME, .hint = MSG_COMMENT_NAME_HINT), \
		FIELD(struct comment_form, text, .min = 1, .max = COMMENT_MOST, .lines = true,     \
		      .personal = true, .label = MSG_COMMENT_TEXT, .hint = MSG_COMMENT_TEXT_HINT), \
		FIELD(struct comment_form, held, .optional = true, .hidden = true,                 \
		      .internal = true, .label = MSG_COMMENT_HELD_FOR, .choices = whys),           \
		FIELD(struct comment_form, about_id, .optional = true, .hidden = true,             \
		      .internal = true, .label = MSG_COMMENT_ABOUT)

static const struct field said_fields[] = { SAID_FIELDS, { 0 } };

static const struct field answer_fields[] = {
	FIELD(struct comment_answer, answer, .min = 2, .max = 3000, .lines = true,
	      .label = MSG_COMMENT_ANSWER, .hint = MSG_COMMENT_ANSWER_HINT),
	{ 0 },
};

static const struct field hide_fields[] = {
	FIELD(struct comment_hide, ground, .label = MSG_COMMENT_GROUND, .choices = comment_grounds,
	      .hint = MSG_COMMENT_GROUND_HINT),
	FIELD(struct comment_hide, detail, .optional = true, .internal = true, .lines = true,
	      .max = 1000, .label = MSG_COMMENT_DETAIL),
	FIELD(struct comment_hide, hidden_role, .optional = true, .hidden = true,
	      .label = MSG_COMMENT_HIDDEN_BY),
	{ 0 },
};

static const struct field appeal_fields[] = {
	FIELD(struct comment_appeal, appeal, .min = 5, .max = 1000, .lines = true, .internal = true,
	      .personal = true, .label = MSG_COMMENT_APPEAL_TEXT, .hint = MSG_COMMENT_APPEAL_HINT),
	{ 0 },
};

static const struct field reason_fields[] = {
	FIELD(struct comment_reason, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_COMMENT_REASON, .hint = MSG_COMMENT_REASON_HINT),
	{ 0 },
};

/* --- States and steps --- */

static const struct state states[] = {
	{ COMMENT_HELD, "held", MSG_COMMENT_HELD, TONE_WAIT, VISIBLE_INTERNAL, .waits = true,
	  .own = true },
	{ COMMENT_SHOWN, "shown", MSG_COMMENT_SHOWN, TONE_INFO, VISIBLE_PUBLIC },
	{ COMMENT_ASKED, "asked", MSG_COMMENT_ASKED, TONE_SOON, VISIBLE_PUBLIC, .waits = true },
	{ COMMENT_ANSWERED, "answered", MSG_COMMENT_ANSWERED, TONE_OK, VISIBLE_PUBLIC },
	{ COMMENT_HIDDEN, "hidden", MSG_COMMENT_HIDDEN, TONE_WAIT, VISIBLE_PUBLIC, .stub = true },
	{ COMMENT_APPEALED, "appealed", MSG_COMMENT_APPEALED, TONE_WAIT, VISIBLE_PUBLIC,
	  .stub = true, .waits = true },
	{ COMMENT_UPHELD, "upheld", MSG_COMMENT_UPHELD, TONE_WAIT, VISIBLE_PUBLIC, .stub = true },
	{ COMMENT_WITHDRAWN, "withdrawn", MSG_COMMENT_WITHDRAWN, TONE_WAIT, VISIBLE_PUBLIC,
	  .stub = true },
	{ 0 },
};

static const struct step steps[] = {
	{ "send", NEW, COMMENT_HELD | COMMENT_SHOWN | COMMENT_ASKED, CITIZEN, MSG_COMMENT_SEND,
	  MSG_COMMENT_SEND_DONE, sizeof(struct comment_form), said_fields, .is_public = true,
	  .notice = NOTICE_NEVER, .leads = comment_leads_send, .prepare = comment_prepare_send,
	  .check = comment_check_send, .apply = comment_apply_send },
	{ "enter", NEW, COMMENT_SHOWN | COMMENT_ASKED, CLERK | LEADER, MSG_COMMENT_ENTER,
	  MSG_COMMENT_ENTER_DONE, sizeof(struct comment_form), said_fields, .is_public = true,
	  .leads = comment_leads_send, .prepare = comment_prepare_enter,
	  .check = comment_check_send, .apply = comment_apply_send },
	{ "approve", COMMENT_HELD, COMMENT_SHOWN | COMMENT_ASKED, CLERK | LEADER,
	  MSG_COMMENT_APPROVE, MSG_COMMENT_APPROVE_DONE, .leads = comment_leads_approve,
	  .apply = comment_apply_approve },
	{ "answer", COMMENT_READABLE, COMMENT_ANSWERED, CLERK | LEADER, MSG_COMMENT_REPLY,
	  MSG_COMMENT_REPLY_DONE, sizeof(struct comment_answer), answer_fields, .is_public = true,
	  .apply = comment_apply_answer },
	{ "hide", COMMENT_HELD | COMMENT_READABLE, COMMENT_HIDDEN, CLERK | LEADER, MSG_COMMENT_HIDE,
	  MSG_COMMENT_HIDE_DONE, sizeof(struct comment_hide), hide_fields, .is_public = true,
	  .prepare = comment_prepare_hide, .apply = comment_apply_hide },
	{ "appeal", COMMENT_HIDDEN, COMMENT_APPEALED, CITIZEN, MSG_COMMENT_APPEAL,
	  MSG_COMMENT_APPEAL_DONE, sizeof(struct comment_appeal), appeal_fields,
	  .check = comment_check_appeal, .futile = comment_appeal_futile,
	  .apply = comment_apply_appeal },
	{ "uphold", COMMENT_APPEALED, COMMENT_UPHELD, LEADER, MSG_COMMENT_UPHOLD,
	  MSG_COMMENT_UPHOLD_DONE, sizeof(struct comment_reason), reason_fields, .is_public = true,
	  .check = comment_check_decide, .futile = comment_decide_futile,
	  .apply = comment_apply_uphold },
	{ "restore", COMMENT_HIDDEN | COMMENT_APPEALED, COMMENT_READABLE, LEADER,
	  MSG_COMMENT_RESTORE, MSG_COMMENT_RESTORE_DONE, sizeof(struct comment_reason),
	  reason_fields, .is_public = true, .leads = comment_leads_restore,
	  .check = comment_check_decide, .futile = comment_decide_futile,
	  .apply = comment_apply_restore },
	{ "withdraw", COMMENT_HELD | COMMENT_READABLE, COMMENT_WITHDRAWN, CITIZEN,
	  MSG_COMMENT_WITHDRAW, MSG_COMMENT_WITHDRAW_DONE, .erases = true,
	  .apply = comment_apply_withdraw },
	{ "erase", COMMENT_HIDDEN | COMMENT_UPHELD, 0, SYSTEM, MSG_COMMENT_ERASE_DONE,
	  MSG_COMMENT_ERASE_DONE, .erases = true, .follows = true, .apply = comment_apply_erase },
	REDACTION_TEXT_STEP_AS(COMMENT_READABLE, LEADER, false, comment_check_redact,
			       redaction_stored, NOTICE_MINE),
	{ 0 },
};

const struct kind comment_kind = {
	.name = "comment",
	.code = "YK",
	.slug = "y-kien",
	.work = "know",
	.title = MSG_COMMENT_KIND,
	.titles = MSG_COMMENT_KINDS,
	.unlisted = true,
	.mute = true,
	.within = true,
	.notices = NOTICE_MINE,
	.size = sizeof(struct comment),
	.fields = fields,
	.states = states,
	.steps = steps,
	.wake = comment_wake,
};
