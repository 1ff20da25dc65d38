/* A request as tables: what it says, where it can stand, what may be done. In no state is it public. */
#include "modules/know/information_steps.h"

#include "modules/know/information_answer.h"
#include "office/unit.h"

static const struct field_choice wanted[] = {
	{ "online", MSG_INFORMATION_WANTED_ONLINE },
	{ "read", MSG_INFORMATION_WANTED_READ },
	{ "copy", MSG_INFORMATION_WANTED_COPY },
	{ "post", MSG_INFORMATION_WANTED_POST },
	{ 0 },
};

static const struct field_choice ways[] = {
	{ "office", MSG_INFORMATION_WAY_OFFICE },
	{ "post", MSG_INFORMATION_WAY_POST },
	{ "online", MSG_INFORMATION_WAY_ONLINE },
	{ 0 },
};

static const struct field_choice complexities[] = {
	{ "simple", MSG_INFORMATION_SIMPLE },
	{ "complex", MSG_INFORMATION_COMPLEX },
	{ 0 },
};

const struct field_choice information_extents[] = {
	{ "full", MSG_INFORMATION_FULL },
	{ "part", MSG_INFORMATION_PART },
	{ 0 },
};

/* Art. 28.1, point by point. */
static const struct field_choice grounds[] = {
	{ "state_secret", MSG_INFORMATION_GROUND_STATE_SECRET },
	{ "conditions", MSG_INFORMATION_GROUND_CONDITIONS },
	{ "personal", MSG_INFORMATION_GROUND_PERSONAL },
	{ "published", MSG_INFORMATION_GROUND_PUBLISHED },
	{ "not_held", MSG_INFORMATION_GROUND_NOT_HELD },
	{ "twice", MSG_INFORMATION_GROUND_TWICE },
	{ "obstructs", MSG_INFORMATION_GROUND_OBSTRUCTS },
	{ "unpaid", MSG_INFORMATION_GROUND_UNPAID },
	{ 0 },
};

/* Arts. 29.2, 30.4, 31.2: why more time is needed. */
static const struct field_choice extend_grounds[] = {
	{ "search", MSG_INFORMATION_EXTEND_SEARCH },
	{ "gather", MSG_INFORMATION_EXTEND_GATHER },
	{ "copy", MSG_INFORMATION_EXTEND_COPY },
	{ "opinion", MSG_INFORMATION_EXTEND_OPINION },
	{ 0 },
};

/* clang-format off */
#define QUESTION                                                                           \
	FIELD(struct information, title, .min = 10, .max = 200,                            \
	      .label = MSG_INFORMATION_TITLE, .hint = MSG_INFORMATION_TITLE_HINT),         \
	FIELD(struct information, body, .optional = true, .lines = true, .max = 5000,      \
	      .label = MSG_INFORMATION_BODY, .hint = MSG_INFORMATION_BODY_HINT),           \
	FIELD(struct information, wanted, .choices = wanted,                               \
	      .label = MSG_INFORMATION_WANTED)
/* What art. 24.2 asks of whoever asks. */
#define SENDER                                                                             \
	FIELD(struct information, name, .min = 2, .max = 100, .personal = true,            \
	      .label = MSG_INFORMATION_NAME),                                              \
	FIELD(struct information, address, .min = 5, .max = 300, .personal = true,         \
	      .label = MSG_INFORMATION_ADDRESS),                                           \
	FIELD(struct information, identity, .optional = true, .max = 20,                   \
	      .personal = true, .label = MSG_INFORMATION_IDENTITY,                         \
	      .hint = MSG_INFORMATION_IDENTITY_HINT),                                      \
	FIELD(struct information, contact, .optional = true, .max = 100,                   \
	      .personal = true, .label = MSG_INFORMATION_CONTACT,                          \
	      .hint = MSG_INFORMATION_CONTACT_HINT),                                       \
	FIELD(struct information, purpose, .min = 5, .max = 1000, .lines = true,           \
	      .personal = true, .label = MSG_INFORMATION_PURPOSE,                          \
	      .hint = MSG_INFORMATION_PURPOSE_HINT),                                       \
	FIELD(struct information, papers, .optional = true, .personal = true,              \
	      .label = MSG_INFORMATION_PAPERS, .hint = MSG_INFORMATION_PAPERS_HINT)
/* clang-format on */

static const struct field fields[] = {
	QUESTION,
	FIELD(struct information, way, .choices = ways, .label = MSG_INFORMATION_WAY),
	FIELD(struct information, complexity, .choices = complexities,
	      .label = MSG_INFORMATION_COMPLEXITY),
	FIELD(struct information, valid_on, .hidden = true, .label = MSG_INFORMATION_VALID_ON),
	FIELD(struct information, asked, .hidden = true, .lines = true,
	      .label = MSG_INFORMATION_ASKED),
	FIELD(struct information, place, .label = MSG_INFORMATION_PLACE),
	FIELD(struct information, ready_on, .label = MSG_INFORMATION_READY_ON),
	FIELD(struct information, cost, .label = MSG_INFORMATION_COST),
	FIELD(struct information, extended_to, .hidden = true, .label = MSG_INFORMATION_UNTIL),
	FIELD(struct information, answered_on, .hidden = true,
	      .label = MSG_INFORMATION_ANSWERED_ON),
	FIELD(struct information, extent, .hidden = true, .choices = information_extents,
	      .label = MSG_INFORMATION_EXTENT),
	FIELD(struct information, answer, .hidden = true, .lines = true, .markdown = true,
	      .max = 50000, .label = MSG_INFORMATION_ANSWER_TEXT),
	FIELD(struct information, withheld, .hidden = true, .lines = true,
	      .label = MSG_INFORMATION_WITHHELD),
	FIELD(struct information, files, .label = MSG_INFORMATION_ANSWER_FILES),
	FIELD(struct information, ground, .hidden = true, .choices = grounds,
	      .label = MSG_INFORMATION_GROUND),
	FIELD(struct information, where, .hidden = true, .label = MSG_INFORMATION_WHERE),
	FIELD(struct information, detail, .hidden = true, .lines = true,
	      .label = MSG_INFORMATION_DETAIL),
	SENDER,
	{ 0 },
};

static const struct field send_fields[] = {
	QUESTION,
	SENDER,
	FIELD(struct information, way, .hidden = true, .label = MSG_INFORMATION_WAY),
	{ 0 },
};

static const struct field enter_fields[] = {
	FIELD(struct information, way, .choices = ways, .label = MSG_INFORMATION_WAY),
	QUESTION,
	FIELD(struct information, complexity, .choices = complexities,
	      .label = MSG_INFORMATION_COMPLEXITY, .hint = MSG_INFORMATION_COMPLEXITY_HINT),
	SENDER,
	{ 0 },
};

static const struct field complete_fields[] = { QUESTION, SENDER, { 0 } };

static const struct field ask_fields[] = {
	FIELD(struct information, asked, .min = 5, .max = 2000, .lines = true,
	      .label = MSG_INFORMATION_ASKED, .hint = MSG_INFORMATION_ASKED_HINT),
	{ 0 },
};

static const struct field accept_fields[] = {
	FIELD(struct information, complexity, .choices = complexities,
	      .label = MSG_INFORMATION_COMPLEXITY, .hint = MSG_INFORMATION_COMPLEXITY_HINT),
	FIELD(struct information, place, .min = 3, .max = 200, .label = MSG_INFORMATION_PLACE,
	      .hint = MSG_INFORMATION_PLACE_HINT),
	FIELD(struct information, ready_on, .optional = true, .label = MSG_INFORMATION_READY_ON),
	FIELD(struct information, cost, .optional = true, .max = 100000000,
	      .label = MSG_INFORMATION_COST, .hint = MSG_INFORMATION_COST_HINT),
	{ 0 },
};

static const struct field extend_fields[] = {
	FIELD(struct information_extend, days, .min = 1, .max = 365, .label = MSG_INFORMATION_DAYS,
	      .hint = MSG_INFORMATION_DAYS_HINT),
	FIELD(struct information_extend, ground, .choices = extend_grounds,
	      .label = MSG_INFORMATION_EXTEND_GROUND),
	FIELD(struct information_extend, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_INFORMATION_REASON, .hint = MSG_INFORMATION_REASON_HINT),
	FIELD(struct information_extend, until, .optional = true, .hidden = true,
	      .label = MSG_INFORMATION_UNTIL),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct information, extent, .choices = information_extents,
	      .label = MSG_INFORMATION_EXTENT),
	FIELD(struct information, answer, .optional = true, .sometimes = true, .lines = true,
	      .markdown = true, .max = 50000, .label = MSG_INFORMATION_ANSWER_TEXT,
	      .hint = MSG_INFORMATION_ANSWER_HINT),
	FIELD(struct information, files, .optional = true, .label = MSG_INFORMATION_ANSWER_FILES),
	FIELD(struct information, withheld, .optional = true, .sometimes = true, .lines = true,
	      .max = 2000, .label = MSG_INFORMATION_WITHHELD,
	      .hint = MSG_INFORMATION_WITHHELD_HINT),
	{ 0 },
};

static const struct field refuse_fields[] = {
	FIELD(struct information, ground, .choices = grounds, .label = MSG_INFORMATION_GROUND),
	FIELD(struct information, where, .optional = true, .sometimes = true, .max = 300,
	      .label = MSG_INFORMATION_WHERE, .hint = MSG_INFORMATION_WHERE_HINT),
	FIELD(struct information, detail, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_INFORMATION_DETAIL, .hint = MSG_INFORMATION_REASON_HINT),
	{ 0 },
};

static const struct field transfer_fields[] = {
	FIELD(struct information_transfer, to, .max = 100, .label = MSG_INFORMATION_TO,
	      .hint = MSG_INFORMATION_TO_HINT, .options = information_office_options,
	      .other = true),
	FIELD(struct information_transfer, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_INFORMATION_REASON, .hint = MSG_INFORMATION_REASON_HINT),
	FIELD(struct information_transfer, holder, .optional = true, .hidden = true,
	      .label = MSG_INFORMATION_TO),
	{ 0 },
};

static const struct field withdraw_fields[] = {
	FIELD(struct information_withdraw, reason, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_INFORMATION_REASON),
	{ 0 },
};

static const struct field publish_fields[] = {
	FIELD(struct information_publish, question, .min = 10, .max = 200,
	      .label = MSG_INFORMATION_QUESTION, .hint = MSG_INFORMATION_QUESTION_HINT),
	FIELD(struct information_publish, text, .optional = true, .lines = true, .markdown = true,
	      .max = 50000, .label = MSG_INFORMATION_SHOWN_TEXT,
	      .hint = MSG_INFORMATION_SHOWN_HINT),
	FIELD(struct information_publish, shown_files, .optional = true,
	      .label = MSG_INFORMATION_SHOWN_FILES),
	EDITORIAL_CHECKS(struct information_publish),
	{ 0 },
};

static const struct state states[] = {
	{ INFORMATION_RECEIVED, "received", MSG_INFORMATION_STATE_RECEIVED, TONE_INFO,
	  VISIBLE_PERSONAL, .waits = true },
	{ INFORMATION_WAITS, "waits", MSG_INFORMATION_STATE_WAITS, TONE_WAIT, VISIBLE_PERSONAL },
	{ INFORMATION_ACCEPTED, "accepted", MSG_INFORMATION_STATE_ACCEPTED, TONE_INFO,
	  VISIBLE_PERSONAL, .waits = true },
	{ INFORMATION_ANSWERED, "answered", MSG_INFORMATION_STATE_ANSWERED, TONE_OK,
	  VISIBLE_PERSONAL },
	{ INFORMATION_REFUSED, "refused", MSG_INFORMATION_STATE_REFUSED, TONE_WAIT,
	  VISIBLE_PERSONAL },
	{ INFORMATION_WITHDRAWN, "withdrawn", MSG_INFORMATION_STATE_WITHDRAWN, TONE_WAIT,
	  VISIBLE_PERSONAL },
	{ INFORMATION_SHOWN, "shown", MSG_INFORMATION_STATE_SHOWN, TONE_OK, VISIBLE_PERSONAL },
	{ 0 },
};

enum { IN_HAND = INFORMATION_RECEIVED | INFORMATION_ACCEPTED };

/* `enter` comes first: whoever serves at the counter there writes down what others ask. */
static const struct step steps[] = {
	{ "enter", NEW, INFORMATION_RECEIVED, CLERK, MSG_INFORMATION_ENTER,
	  MSG_INFORMATION_ENTER_DONE, sizeof(struct information), enter_fields,
	  .apply = information_apply_received },
	{ "send", NEW, INFORMATION_RECEIVED, CITIZEN, MSG_INFORMATION_SEND,
	  MSG_INFORMATION_SEND_DONE, sizeof(struct information), send_fields,
	  .begin = information_begin_send, .prepare = information_prepare_send,
	  .check = information_check_send, .apply = information_apply_received },
	{ "ask", INFORMATION_RECEIVED, INFORMATION_WAITS, CLERK | LEADER, MSG_INFORMATION_ASK,
	  MSG_INFORMATION_ASK_DONE, sizeof(struct information), ask_fields, .is_public = true,
	  .check = information_check_ask, .futile = information_ask_futile,
	  .apply = information_apply_ask },
	{ "complete", INFORMATION_WAITS, INFORMATION_RECEIVED, CITIZEN | CLERK,
	  MSG_INFORMATION_COMPLETE, MSG_INFORMATION_COMPLETE_DONE, sizeof(struct information),
	  complete_fields, .check = information_check_complete, .futile = information_is_anothers,
	  .apply = information_apply_complete },
	{ "accept", INFORMATION_RECEIVED, INFORMATION_ACCEPTED, CLERK | LEADER,
	  MSG_INFORMATION_ACCEPT, MSG_INFORMATION_ACCEPT_DONE, sizeof(struct information),
	  accept_fields, .apply = information_apply_accept },
	{ "extend", INFORMATION_ACCEPTED, 0, CLERK | LEADER, MSG_INFORMATION_EXTEND,
	  MSG_INFORMATION_EXTEND_DONE, sizeof(struct information_extend), extend_fields,
	  .is_public = true, .notice = NOTICE_LEGAL, .prepare = information_prepare_extend,
	  .check = information_check_extend, .futile = information_extend_futile,
	  .apply = information_apply_extend },
	{ "answer", IN_HAND, INFORMATION_ANSWERED, CLERK | LEADER, MSG_INFORMATION_ANSWER,
	  MSG_INFORMATION_ANSWER_DONE, sizeof(struct information), answer_fields,
	  .check = information_check_answer, .apply = information_apply_answered },
	{ "refuse", IN_HAND, INFORMATION_REFUSED, LEADER, MSG_INFORMATION_REFUSE,
	  MSG_INFORMATION_REFUSE_DONE, sizeof(struct information), refuse_fields,
	  .check = information_check_refuse, .apply = information_apply_answered },
	{ "transfer", IN_HAND, INFORMATION_RECEIVED, CLERK | LEADER, MSG_INFORMATION_TRANSFER,
	  MSG_INFORMATION_TRANSFER_DONE, sizeof(struct information_transfer), transfer_fields,
	  .is_public = true, .notice = NOTICE_LEGAL, .prepare = information_prepare_transfer,
	  .check = information_check_transfer, .apply = information_apply_transfer },
	{ "withdraw", INFORMATION_OPEN, INFORMATION_WITHDRAWN, CITIZEN | CLERK,
	  MSG_INFORMATION_WITHDRAW, MSG_INFORMATION_WITHDRAW_DONE,
	  sizeof(struct information_withdraw), withdraw_fields, .is_public = true,
	  .check = information_check_withdraw, .futile = information_is_anothers,
	  .apply = information_apply_withdraw },
	{ "publish", INFORMATION_ANSWERED, INFORMATION_SHOWN, LEADER, MSG_INFORMATION_PUBLISH,
	  MSG_INFORMATION_PUBLISH_DONE, sizeof(struct information_publish), publish_fields,
	  .begin = information_begin_publish, .check = information_check_publish,
	  .stored = information_stored_publish },
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.information", MEASURE_IN_TIME, MSG_INFORMATION_INDICATOR,
	  .means = MSG_INFORMATION_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "information.answer_at_once",
		       MSG_RULE_INFORMATION_ANSWER_AT_ONCE },
		     { COUNT_DUTIES, "information.answer_online",
		       MSG_RULE_INFORMATION_ANSWER_ONLINE },
		     { COUNT_DUTIES, "information.answer_post", MSG_RULE_INFORMATION_ANSWER_POST },
		     { COUNT_DUTIES, "information.answer_complex",
		       MSG_RULE_INFORMATION_ANSWER_COMPLEX },
		     { COUNT_DUTIES, "information.answer_complex_remote",
		       MSG_RULE_INFORMATION_ANSWER_COMPLEX_REMOTE } } },
	{ 0 },
};

const struct kind information_kind = {
	.name = "information",
	.code = "YT",
	.slug = "yeu-cau-thong-tin",
	.work = "know",
	.title = MSG_INFORMATION_KIND,
	.titles = MSG_INFORMATION_KINDS,
	.is_private = true,
	.notices = NOTICE_LEGAL,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct information),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
};
