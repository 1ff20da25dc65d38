/* The kind as tables: what it says, where it can stand, what may be done. */
#include "modules/know/document_steps.h"

#include "modules/know/targets.h"
#include "office/redaction.h"

static const struct field_choice types[] = {
	{ "directive", MSG_DOCUMENT_DIRECTIVE }, { "plan", MSG_DOCUMENT_PLAN },
	{ "decision", MSG_DOCUMENT_DECISION },   { "resolution", MSG_DOCUMENT_RESOLUTION },
	{ "guidance", MSG_DOCUMENT_GUIDANCE },   { "letter", MSG_DOCUMENT_LETTER },
	{ "notice", MSG_DOCUMENT_NOTICE },       { "report", MSG_DOCUMENT_REPORT },
	{ "programme", MSG_DOCUMENT_PROGRAMME }, { 0 },
};

static const struct field_choice asks[] = {
	{ "issue", MSG_ASSIGNMENT_ISSUE },
	{ "acknowledge", MSG_ASSIGNMENT_ACKNOWLEDGE },
	{ 0 },
};

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define CONTENT(asked_for)                                                                 \
	FIELD(struct document, type, .choices = types, .hidden = !(asked_for),             \
	      .label = MSG_DOCUMENT_TYPE),                                                 \
	FIELD(struct document, title, .min = 5, .max = 300, .hidden = !(asked_for),        \
	      .label = MSG_DOCUMENT_TITLE, .hint = MSG_DOCUMENT_TITLE_HINT),               \
	FIELD(struct document, number, .max = 60, .hidden = !(asked_for),                  \
	      .label = MSG_DOCUMENT_NUMBER),                                               \
	FIELD(struct document, issuer, .min = 2, .hidden = !(asked_for),                   \
	      .label = MSG_DOCUMENT_ISSUER),                                               \
	FIELD(struct document, issued_on, .past = true, .hidden = !(asked_for),            \
	      .label = MSG_DOCUMENT_ISSUED_ON),                                            \
	FIELD(struct document, effective_from, .optional = true, .hidden = !(asked_for),   \
	      .label = MSG_DOCUMENT_FROM, .hint = MSG_DOCUMENT_FROM_HINT),                 \
	FIELD(struct document, effective_until, .optional = true, .hidden = !(asked_for),  \
	      .label = MSG_DOCUMENT_UNTIL, .hint = MSG_DOCUMENT_UNTIL_HINT),               \
	FIELD(struct document, parent, .optional = true, .max = 60,                        \
	      .hidden = !(asked_for), .label = MSG_DOCUMENT_PARENT,                        \
	      .hint = MSG_DOCUMENT_PARENT_HINT, .options = document_parent_options,        \
	      .other = true),                                                              \
	FIELD(struct document, body, .optional = true, .lines = true, .markdown = true,    \
	      .max = 50000, .hidden = !(asked_for), .label = MSG_DOCUMENT_BODY,            \
	      .hint = MSG_EDITORIAL_MARKDOWN_HINT),                                        \
	FIELD(struct document, files, .optional = true, .hidden = !(asked_for),            \
	      .label = MSG_EDITORIAL_FILES, .hint = MSG_EDITORIAL_FILES_HINT),             \
	FIELD(struct document, parent_id, .optional = true, .hidden = true,                \
	      .internal = true, .label = MSG_DOCUMENT_PARENT)
#define CASCADE(asked_for)                                                                 \
	FIELD(struct document, groups, .optional = true, .hidden = !(asked_for),           \
	      .options = targets_options, .notes = targets_notes,                          \
	      .label = MSG_DOCUMENT_GROUPS, .hint = MSG_DOCUMENT_GROUPS_HINT),                                           \
	FIELD(struct document, units, .optional = true, .lines = true, .max = 4000,        \
	      .hidden = !(asked_for), .label = MSG_DOCUMENT_UNITS,                         \
	      .hint = MSG_DOCUMENT_UNITS_HINT),                                            \
	FIELD(struct document, asked, .optional = true, .sometimes = true, .choices = asks,                   \
	      .hidden = !(asked_for), .label = MSG_DOCUMENT_ASKED),                        \
	FIELD(struct document, due_on, .optional = true, .sometimes = true,                \
	      .hidden = !(asked_for), .label = MSG_DOCUMENT_DUE),                                                  \
	FIELD(struct document, targets, .optional = true, .hidden = true,                  \
	      .internal = true, .max = TARGETS_MOST, .label = MSG_DOCUMENT_GROUPS)
#define GROUP(...)                                                                         \
	FIELD(struct document_cascade, to_groups, .optional = true,                        \
	      .options = targets_options, .notes = targets_notes,                          \
	      .label = MSG_DOCUMENT_GROUPS, __VA_ARGS__),      \
	FIELD(struct document_cascade, to_units, .optional = true, .lines = true,          \
	      .max = 4000, .label = MSG_DOCUMENT_UNITS, .hint = MSG_DOCUMENT_UNITS_HINT),  \
	FIELD(struct document_cascade, to_targets, .optional = true, .hidden = true,       \
	      .internal = true, .max = TARGETS_MOST, .label = MSG_DOCUMENT_GROUPS)
/* clang-format on */

static const struct field fields[] = {
	CONTENT(true),
	CASCADE(true),
	FIELD(struct document, replaced_by, .hidden = true, .label = MSG_DOCUMENT_REPLACED_BY),
	{ 0 },
};
static const struct field recorded[] = { CONTENT(true), CASCADE(true), { 0 } };
static const struct field published[] = { CONTENT(false), CASCADE(false), { 0 } };
static const struct field corrected[] = {
	CONTENT(true),
	EDITORIAL_CORRECT_REASON(struct document),
	{ 0 },
};

static const struct field assign_fields[] = {
	GROUP(.hint = MSG_DOCUMENT_GROUPS_HINT),
	FIELD(struct document_cascade, to_asked, .choices = asks, .label = MSG_DOCUMENT_ASKED),
	FIELD(struct document_cascade, to_due, .label = MSG_DOCUMENT_DUE),
	{ 0 },
};

static const struct field move_fields[] = {
	GROUP(.hint = MSG_DOCUMENT_ALL_HINT),
	FIELD(struct document_cascade, to_due, .label = MSG_DOCUMENT_NEW_DUE),
	FIELD(struct document_cascade, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_EDITORIAL_REASON, .hint = MSG_EDITORIAL_REASON_PUBLIC),
	{ 0 },
};

static const struct field cancel_fields[] = {
	GROUP(.hint = MSG_DOCUMENT_ALL_HINT),
	FIELD(struct document_cascade, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_EDITORIAL_REASON, .hint = MSG_EDITORIAL_REASON_PUBLIC),
	{ 0 },
};

static const struct field replace_fields[] = {
	FIELD(struct document_replace, replaced_by, .max = 60, .label = MSG_DOCUMENT_REPLACED_BY,
	      .hint = MSG_DOCUMENT_REPLACED_HINT, .options = document_other_options, .other = true),
	FIELD(struct document_replace, from, .label = MSG_DOCUMENT_OVER_FROM),
	{ 0 },
};

static const struct state states[] = {
	EDITORIAL_STATES(MSG_DOCUMENT_STATE_PUBLISHED),
	{ 0 },
};

static const struct step steps[] = {
	EDITORIAL_RECORD(struct document, recorded, MSG_DOCUMENT_RECORD, MSG_DOCUMENT_RECORD_DONE,
			 .begin = document_begin, .prepare = document_prepare,
			 .check = document_check, .apply = document_apply),
	EDITORIAL_SUBMIT(EDITORIAL_CHECKLIST),
	EDITORIAL_PUBLISH(struct document, published, MSG_DOCUMENT_PUBLISH,
			  MSG_DOCUMENT_PUBLISH_DONE, .prepare = document_prepare_publish,
			  .check = document_check_publish, .apply = document_apply,
			  .stored = document_stored_publish),
	EDITORIAL_CORRECT(struct document, corrected, .prepare = document_prepare_correct,
			  .check = document_check_correct, .apply = document_apply),
	{ "assign", EDITORIAL_PUBLISHED, 0, LEADER, MSG_DOCUMENT_ASSIGN, MSG_DOCUMENT_ASSIGN_DONE,
	  sizeof(struct document_cascade), assign_fields, .is_public = true,
	  .prepare = document_prepare_cascade, .check = document_check_assign,
	  .stored = document_stored_assign },
	{ "move", EDITORIAL_PUBLISHED, 0, LEADER, MSG_DOCUMENT_MOVE, MSG_DOCUMENT_MOVE_DONE,
	  sizeof(struct document_cascade), move_fields, .is_public = true,
	  .prepare = document_prepare_cascade, .check = document_check_move,
	  .futile = document_cascade_futile, .apply = document_apply_move,
	  .stored = document_stored_move },
	{ "cancel", EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, 0, LEADER, MSG_DOCUMENT_CANCEL,
	  MSG_DOCUMENT_CANCEL_DONE, sizeof(struct document_cascade), cancel_fields,
	  .is_public = true, .prepare = document_prepare_cascade, .check = document_check_cancel,
	  .futile = document_cascade_futile, .stored = document_stored_cancel },
	{ "replace", EDITORIAL_PUBLISHED, 0, LEADER, MSG_DOCUMENT_REPLACE,
	  MSG_DOCUMENT_REPLACE_DONE, sizeof(struct document_replace), replace_fields,
	  .is_public = true, .check = document_check_replace, .apply = document_apply_replace },
	EDITORIAL_ENDINGS_WITH(.stored = document_stored_ending),
	REDACTION_TEXT_STEP_AS(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER, false,
			       redaction_check, document_stored_redact, NOTICE_BY_RULE),
	REDACTION_FILE_STEP(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER, false),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "LD-02", MEASURE_SUM, .means = MSG_DOCUMENT_LD02_MEANS,
	  .parts = { { COUNT_SHOWN, "publish", MSG_DOCUMENT_KINDS } } },
	{ 0 },
};

const struct kind document_kind = {
	.name = "document",
	.code = "VB",
	.slug = "van-ban",
	.work = "know",
	.title = MSG_DOCUMENT_KIND,
	.titles = MSG_DOCUMENT_KINDS,
	.no_clock = true,
	.size = sizeof(struct document),
	.fields = fields,
	.facet = "type",
	.not_before = "issued_on",
	.states = states,
	.steps = steps,
	.indicators = indicators,
};
