/* The tables of recommendations: what one says, where it can stand, what may be done. */
#include "modules/inspect/recommendation_steps.h"

#include "office/receiver.h"
#include "office/redaction.h"
#include "office/unit.h"

static const struct field_choice to_kinds[] = {
	{ "government", MSG_RECOMMENDATION_TO_GOVERNMENT },
	{ "party", MSG_RECOMMENDATION_TO_PARTY },
	{ "other", MSG_RECOMMENDATION_TO_OTHER },
	{ 0 },
};

static const struct field_choice outcomes[] = {
	{ "accepted", MSG_RECOMMENDATION_ACCEPTED },
	{ "part", MSG_RECOMMENDATION_PART },
	{ 0 },
};

static const struct field_choice every_outcome[] = {
	{ "accepted", MSG_RECOMMENDATION_ACCEPTED },
	{ "part", MSG_RECOMMENDATION_PART },
	{ "declined", MSG_RECOMMENDATION_DECLINED },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct recommendation, title, .label = MSG_RECOMMENDATION_TITLE),
	FIELD(struct recommendation, by, .choices = overseer_words, .label = MSG_RECOMMENDATION_BY),
	FIELD(struct recommendation, to_kind, .choices = to_kinds,
	      .label = MSG_RECOMMENDATION_TO_KIND),
	FIELD(struct recommendation, to, .options = recommendation_to_options,
	      .label_of = receiver_label, .label = MSG_RECOMMENDATION_TO),
	FIELD(struct recommendation, holder, .hidden = true, .label = MSG_RECOMMENDATION_TO),
	FIELD(struct recommendation, check, .hidden = true, .options = recommendation_check_options,
	      .label_of = recommendation_check_label, .label = MSG_RECOMMENDATION_CHECK),
	FIELD(struct recommendation, parent, .hidden = true, .label = MSG_RECOMMENDATION_CHECK),
	FIELD(struct recommendation, body, .lines = true, .markdown = true, .max = 10000,
	      .label = MSG_RECOMMENDATION_BODY),
	FIELD(struct recommendation, papers, .label = MSG_RECOMMENDATION_PAPERS),
	FIELD(struct recommendation, received_on, .label = MSG_RECOMMENDATION_RECEIVED_ON),
	FIELD(struct recommendation, answer_by, .label = MSG_RECOMMENDATION_ANSWER_BY),
	FIELD(struct recommendation, outcome, .choices = every_outcome,
	      .label = MSG_RECOMMENDATION_OUTCOME),
	FIELD(struct recommendation, answer, .hidden = true, .lines = true, .markdown = true,
	      .max = 10000, .label = MSG_RECOMMENDATION_ANSWER),
	FIELD(struct recommendation, files, .label = MSG_RECOMMENDATION_FILES),
	FIELD(struct recommendation, answered_on, .label = MSG_RECOMMENDATION_ANSWERED_ON),
	FIELD(struct recommendation, promised, .label = MSG_RECOMMENDATION_PROMISED),
	FIELD(struct recommendation, result, .hidden = true, .lines = true, .markdown = true,
	      .max = 10000, .label = MSG_RECOMMENDATION_RESULT),
	FIELD(struct recommendation, evidence, .label = MSG_RECOMMENDATION_EVIDENCE),
	FIELD(struct recommendation, done_on, .label = MSG_RECOMMENDATION_DONE_ON),
	FIELD(struct recommendation, pressed, .label = MSG_RECOMMENDATION_PRESSED),
	FIELD(struct recommendation, reason, .lines = true, .label = MSG_RECOMMENDATION_REMARK),
	{ 0 },
};

static const struct field send_fields[] = {
	FIELD(struct recommendation, by, .options = overseer_options,
	      .label = MSG_RECOMMENDATION_BY),
	FIELD(struct recommendation, check, .options = recommendation_check_options,
	      .label_of = recommendation_check_label, .label = MSG_RECOMMENDATION_CHECK),
	FIELD(struct recommendation, title, .min = 10, .max = 200,
	      .label = MSG_RECOMMENDATION_TITLE, .hint = MSG_RECOMMENDATION_TITLE_HINT),
	FIELD(struct recommendation, body, .min = 10, .max = 10000, .lines = true, .markdown = true,
	      .label = MSG_RECOMMENDATION_BODY, .hint = MSG_RECOMMENDATION_BODY_HINT),
	FIELD(struct recommendation, papers, .optional = true, .label = MSG_RECOMMENDATION_PAPERS),
	FIELD(struct recommendation, to_kind, .choices = to_kinds,
	      .label = MSG_RECOMMENDATION_TO_KIND),
	FIELD(struct recommendation, to, .max = 200, .options = recommendation_to_options,
	      .label_of = receiver_label, .other = true, .label = MSG_RECOMMENDATION_TO,
	      .hint = MSG_RECOMMENDATION_TO_HINT),
	FIELD(struct recommendation, received_on, .past = true,
	      .label = MSG_RECOMMENDATION_RECEIVED_ON, .hint = MSG_RECOMMENDATION_RECEIVED_HINT),
	FIELD(struct recommendation, answer_by, .optional = true, .sometimes = true,
	      .label = MSG_RECOMMENDATION_ANSWER_BY, .hint = MSG_RECOMMENDATION_ANSWER_BY_HINT),
	FIELD(struct recommendation, holder, .optional = true, .hidden = true,
	      .label = MSG_RECOMMENDATION_TO),
	FIELD(struct recommendation, parent, .optional = true, .hidden = true,
	      .label = MSG_RECOMMENDATION_CHECK),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct recommendation, outcome, .choices = outcomes,
	      .label = MSG_RECOMMENDATION_OUTCOME),
	FIELD(struct recommendation, answer, .min = 10, .max = 10000, .lines = true,
	      .markdown = true, .label = MSG_RECOMMENDATION_ANSWER,
	      .hint = MSG_RECOMMENDATION_ANSWER_HINT),
	FIELD(struct recommendation, promised, .label = MSG_RECOMMENDATION_PROMISED,
	      .hint = MSG_RECOMMENDATION_PROMISED_HINT),
	FIELD(struct recommendation, files, .optional = true, .label = MSG_RECOMMENDATION_FILES),
	{ 0 },
};

static const struct field decline_fields[] = {
	FIELD(struct recommendation, answer, .min = 20, .max = 10000, .lines = true,
	      .markdown = true, .label = MSG_RECOMMENDATION_EXPLANATION,
	      .hint = MSG_RECOMMENDATION_EXPLANATION_HINT),
	FIELD(struct recommendation, files, .optional = true, .label = MSG_RECOMMENDATION_FILES),
	{ 0 },
};

static const struct field press_fields[] = {
	FIELD(struct recommendation_reason, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_RECOMMENDATION_PRESS_TEXT, .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	{ 0 },
};

static const struct field extend_fields[] = {
	FIELD(struct recommendation_reason, until, .label = MSG_RECOMMENDATION_UNTIL),
	FIELD(struct recommendation_reason, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_RECOMMENDATION_REASON, .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	{ 0 },
};

static const struct field report_fields[] = {
	FIELD(struct recommendation, result, .min = 10, .max = 10000, .lines = true,
	      .markdown = true, .label = MSG_RECOMMENDATION_RESULT,
	      .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	FIELD(struct recommendation, evidence, .label = MSG_RECOMMENDATION_EVIDENCE,
	      .hint = MSG_RECOMMENDATION_EVIDENCE_HINT),
	{ 0 },
};

static const struct field confirm_fields[] = {
	FIELD(struct recommendation_reason, reason, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_RECOMMENDATION_SEEN, .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	{ 0 },
};

static const struct field reject_fields[] = {
	FIELD(struct recommendation_reason, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_RECOMMENDATION_LACKS, .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	FIELD(struct recommendation_reason, until, .label = MSG_RECOMMENDATION_UNTIL),
	{ 0 },
};

static const struct field reason_fields[] = {
	FIELD(struct recommendation, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_RECOMMENDATION_REASON, .hint = MSG_RECOMMENDATION_PUBLIC_HINT),
	{ 0 },
};

static const struct state states[] = {
	{ RECOMMENDATION_SENT, "sent", MSG_RECOMMENDATION_STATE_SENT, TONE_SOON, VISIBLE_PUBLIC,
	  .waits = true },
	{ RECOMMENDATION_AGREED, "agreed", MSG_RECOMMENDATION_STATE_AGREED, TONE_INFO,
	  VISIBLE_PUBLIC, .waits = true },
	{ RECOMMENDATION_REPORTED, "reported", MSG_RECOMMENDATION_STATE_REPORTED, TONE_SOON,
	  VISIBLE_PUBLIC, .waits = true },
	{ RECOMMENDATION_DONE, "done", MSG_RECOMMENDATION_STATE_DONE, TONE_OK, VISIBLE_PUBLIC },
	{ RECOMMENDATION_DECLINED, "declined", MSG_RECOMMENDATION_STATE_DECLINED, TONE_WAIT,
	  VISIBLE_PUBLIC, .waits = true },
	{ RECOMMENDATION_CLOSED, "closed", MSG_RECOMMENDATION_STATE_CLOSED, TONE_WAIT,
	  VISIBLE_PUBLIC },
	{ RECOMMENDATION_WITHDRAWN, "withdrawn", MSG_RECOMMENDATION_STATE_WITHDRAWN, TONE_WAIT,
	  VISIBLE_PUBLIC, .closed = true },
	{ 0 },
};

enum {
	ASKS = FRONT | INSPECTOR,
	ANSWERS = CLERK | LEADER,
	OPEN = RECOMMENDATION_SENT | RECOMMENDATION_AGREED,
	EVER = OPEN | RECOMMENDATION_REPORTED | RECOMMENDATION_DONE | RECOMMENDATION_DECLINED |
	       RECOMMENDATION_CLOSED | RECOMMENDATION_WITHDRAWN,
};

static const struct step steps[] = {
	{ "send", NEW, RECOMMENDATION_SENT, ASKS, MSG_RECOMMENDATION_SEND,
	  MSG_RECOMMENDATION_SEND_DONE, sizeof(struct recommendation), send_fields,
	  .is_public = true, .version = true, .at_home = true, .begin = recommendation_begin,
	  .prepare = recommendation_prepare, .check = recommendation_check_send,
	  .apply = recommendation_apply_send },
	{ "answer", RECOMMENDATION_SENT, RECOMMENDATION_AGREED, ANSWERS,
	  MSG_RECOMMENDATION_ANSWER_STEP, MSG_RECOMMENDATION_ANSWER_DONE,
	  sizeof(struct recommendation), answer_fields, .is_public = true, .version = true,
	  .check = recommendation_check_answer, .apply = recommendation_apply_answer },
	{ "decline", RECOMMENDATION_SENT, RECOMMENDATION_DECLINED, ANSWERS,
	  MSG_RECOMMENDATION_DECLINE, MSG_RECOMMENDATION_DECLINE_DONE,
	  sizeof(struct recommendation), decline_fields, .is_public = true, .version = true,
	  .apply = recommendation_apply_decline },
	{ "press", OPEN, 0, ASKS, MSG_RECOMMENDATION_PRESS, MSG_RECOMMENDATION_PRESS_DONE,
	  sizeof(struct recommendation_reason), press_fields, .is_public = true, .at_home = true,
	  .check = recommendation_check_press, .futile = recommendation_press_futile,
	  .apply = recommendation_apply_press },
	{ "extend", RECOMMENDATION_AGREED, 0, LEADER, MSG_RECOMMENDATION_EXTEND,
	  MSG_RECOMMENDATION_EXTEND_DONE, sizeof(struct recommendation_reason), extend_fields,
	  .is_public = true, .check = recommendation_check_extend,
	  .apply = recommendation_apply_extend },
	{ "report", RECOMMENDATION_AGREED, RECOMMENDATION_REPORTED, ANSWERS,
	  MSG_RECOMMENDATION_REPORT, MSG_RECOMMENDATION_REPORT_DONE, sizeof(struct recommendation),
	  report_fields, .is_public = true, .version = true, .evidence = true,
	  .apply = recommendation_apply_report },
	{ "confirm", RECOMMENDATION_REPORTED, RECOMMENDATION_DONE, ASKS, MSG_RECOMMENDATION_CONFIRM,
	  MSG_RECOMMENDATION_CONFIRM_DONE, sizeof(struct recommendation_reason), confirm_fields,
	  .is_public = true, .at_home = true, .apply = recommendation_apply_confirm },
	{ "reject", RECOMMENDATION_REPORTED, RECOMMENDATION_AGREED, ASKS, MSG_RECOMMENDATION_REJECT,
	  MSG_RECOMMENDATION_REJECT_DONE, sizeof(struct recommendation_reason), reject_fields,
	  .is_public = true, .at_home = true, .check = recommendation_check_reject,
	  .apply = recommendation_apply_reject },
	{ "insist", RECOMMENDATION_DECLINED, RECOMMENDATION_SENT, ASKS, MSG_RECOMMENDATION_INSIST,
	  MSG_RECOMMENDATION_INSIST_DONE, sizeof(struct recommendation), reason_fields,
	  .is_public = true, .at_home = true, .apply = recommendation_apply_insist },
	{ "close", RECOMMENDATION_DECLINED, RECOMMENDATION_CLOSED, ASKS, MSG_RECOMMENDATION_CLOSE,
	  MSG_RECOMMENDATION_CLOSE_DONE, sizeof(struct recommendation_reason), confirm_fields,
	  .is_public = true, .at_home = true },
	{ "withdraw", OPEN, RECOMMENDATION_WITHDRAWN, ASKS, MSG_RECOMMENDATION_WITHDRAW,
	  MSG_RECOMMENDATION_WITHDRAW_DONE, sizeof(struct recommendation), reason_fields,
	  .is_public = true, .at_home = true, .apply = recommendation_apply_leave },
	REDACTION_STEPS_AT_HOME(EVER, ASKS),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "KT-02", MEASURE_SUM, .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.to.party", MSG_RECOMMENDATION_TO_PARTY } } },
	{ "KT-03", MEASURE_SUM, .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.to.government",
		       MSG_RECOMMENDATION_TO_GOVERNMENT } } },
	{ "KT-04", MEASURE_SUM, .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.to.other", MSG_RECOMMENDATION_TO_OTHER } } },
	{ "TT-05", MEASURE_SUM, .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.of.pib", MSG_CHECK_GROUP_PIB } } },
	{ "TT-11", MEASURE_IN_TIME, .means = MSG_RECOMMENDATION_MEANS_TT11,
	  .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "pib.commune.answer", MSG_OVERSEER_PIB_COMMUNE },
		     { COUNT_DUTIES, "pib.agency.answer", MSG_OVERSEER_PIB_AGENCY },
		     { COUNT_DUTIES, "pib.enterprise.answer", MSG_OVERSEER_PIB_ENTERPRISE } } },
	{ "GS-04", MEASURE_SUM, .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.of.cisb", MSG_OVERSEER_CISB } } },
	{ "MT-03", MEASURE_SUM, .title = MSG_RECOMMENDATION_MT03,
	  .means = MSG_RECOMMENDATION_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, "recommendation.of.front", MSG_OVERSEER_FRONT } } },
	{ "house.recommendation.answered", MEASURE_SUM, .title = MSG_RECOMMENDATION_ANSWERED_ALL,
	  .means = MSG_RECOMMENDATION_MEANS_ANSWERED,
	  .parts = { { COUNT_FIGURE, "recommendation.answered.pib", MSG_CHECK_GROUP_PIB },
		     { COUNT_FIGURE, "recommendation.answered.cisb", MSG_OVERSEER_CISB },
		     { COUNT_FIGURE, "recommendation.answered.front", MSG_OVERSEER_FRONT } } },
	{ "house.recommendation.done", MEASURE_SUM, .title = MSG_RECOMMENDATION_DONE_ALL,
	  .means = MSG_RECOMMENDATION_MEANS_DONE,
	  .parts = { { COUNT_FIGURE, "recommendation.done.pib", MSG_CHECK_GROUP_PIB },
		     { COUNT_FIGURE, "recommendation.done.cisb", MSG_OVERSEER_CISB },
		     { COUNT_FIGURE, "recommendation.done.front", MSG_OVERSEER_FRONT } } },
	{ "house.recommendation.in_time", MEASURE_IN_TIME, MSG_RECOMMENDATION_IN_TIME,
	  .means = MSG_RECOMMENDATION_MEANS_IN_TIME, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "cisb.answer", MSG_OVERSEER_CISB },
		     { COUNT_DUTIES, RECOMMENDATION_ANSWER, MSG_OVERSEER_FRONT } } },
	{ "house.recommendation.promise", MEASURE_IN_TIME, MSG_RECOMMENDATION_PROMISE_KEPT,
	  .means = MSG_RECOMMENDATION_MEANS_PROMISE, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, RECOMMENDATION_PROMISE, MSG_RECOMMENDATION_KINDS } } },
	{ 0 },
};

const struct kind recommendation_kind = {
	.name = "recommendation",
	.code = "KG",
	.slug = "kien-nghi-giam-sat",
	.work = "inspect",
	.title = MSG_RECOMMENDATION_KIND,
	.titles = MSG_RECOMMENDATION_KINDS,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY | 1u << LEVEL_ENTERPRISE,
	.size = sizeof(struct recommendation),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
};
