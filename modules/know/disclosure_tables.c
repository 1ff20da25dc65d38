/* The kind as tables: what it says, where it can stand, what may be done. */
#include "modules/know/disclosure_steps.h"

#include "office/redaction.h"
#define CONTENT_FIELDS(owner)                                                                  \
	FIELD(owner, title, .min = 5, .max = 300, .label = MSG_KNOW_TITLE),                    \
		FIELD(owner, body, .optional = true, .lines = true, .markdown = true,          \
		      .max = 50000, .label = MSG_KNOW_BODY, .hint = MSG_KNOW_BODY_HINT),       \
		FIELD(owner, number, .optional = true, .max = 60, .label = MSG_KNOW_NUMBER),   \
		FIELD(owner, names, .optional = true, .lines = true, .max = 50000,             \
		      .personal = true, .label = MSG_KNOW_NAMES, .hint = MSG_KNOW_NAMES_HINT), \
		FIELD(owner, files, .optional = true, .label = MSG_EDITORIAL_FILES,            \
		      .hint = MSG_EDITORIAL_FILES_HINT),                                       \
		FIELD(owner, name_files, .optional = true, .personal = true,                   \
		      .label = MSG_KNOW_NAME_FILES, .hint = MSG_KNOW_NAME_FILES_HINT)

#define FACT_FIELDS                                                                        \
	FIELD(struct disclosure, regime, .optional = true, .hidden = true,                 \
	      .label = MSG_KNOW_REGIME),                                                   \
		FIELD(struct disclosure, owed, .optional = true, .hidden = true,           \
		      .label = MSG_KNOW_OWED),                                             \
		FIELD(struct disclosure, any_form, .optional = true, .hidden = true,       \
		      .label = MSG_KNOW_ANY_FORM),                                         \
		FIELD(struct disclosure, has_names, .optional = true, .hidden = true,      \
		      .label = MSG_KNOW_NAMES),                                            \
		FIELD(struct disclosure, posting_days, .min = -1, .optional = true,        \
		      .hidden = true, .label = MSG_KNOW_POSTING_DAYS),                     \
		FIELD(struct disclosure, broadcast_days, .optional = true, .hidden = true, \
		      .label = MSG_KNOW_BROADCAST_DAYS)

static const struct field fields[] = {
	FIELD(struct disclosure, matter, .label = MSG_KNOW_MATTER,
	      .options = disclosure_matter_options, .label_of = disclosure_matter_label),
	CONTENT_FIELDS(struct disclosure),
	FIELD(struct disclosure, issuer, .min = 2, .label = MSG_KNOW_ISSUER),
	FIELD(struct disclosure, issued_on, .past = true, .label = MSG_KNOW_ISSUED_ON,
	      .hint = MSG_KNOW_ISSUED_ON_HINT),
	FIELD(struct disclosure, period, .optional = true, .max = 10, .label = MSG_KNOW_PERIOD,
	      .hint = MSG_KNOW_PERIOD_HINT),
	FACT_FIELDS,
	{ 0 },
};

/* As `fields`, but filled by the program: the approval repeats what was recorded. */
static const struct field publish_fields[] = {
	FIELD(struct disclosure, matter, .hidden = true, .label = MSG_KNOW_MATTER),
	FIELD(struct disclosure, title, .max = 300, .hidden = true, .label = MSG_KNOW_TITLE),
	FIELD(struct disclosure, body, .optional = true, .lines = true, .markdown = true,
	      .max = 50000, .hidden = true, .label = MSG_KNOW_BODY),
	FIELD(struct disclosure, number, .optional = true, .hidden = true,
	      .label = MSG_KNOW_NUMBER),
	FIELD(struct disclosure, names, .optional = true, .lines = true, .max = 50000,
	      .personal = true, .hidden = true, .label = MSG_KNOW_NAMES),
	FIELD(struct disclosure, files, .optional = true, .hidden = true,
	      .label = MSG_EDITORIAL_FILES),
	FIELD(struct disclosure, name_files, .optional = true, .personal = true, .hidden = true,
	      .label = MSG_KNOW_NAME_FILES),
	FIELD(struct disclosure, issuer, .hidden = true, .label = MSG_KNOW_ISSUER),
	FIELD(struct disclosure, issued_on, .hidden = true, .label = MSG_KNOW_ISSUED_ON),
	FIELD(struct disclosure, period, .optional = true, .hidden = true,
	      .label = MSG_KNOW_PERIOD),
	FACT_FIELDS,
	{ 0 },
};

static const struct field correct_fields[] = {
	CONTENT_FIELDS(struct correction),
	EDITORIAL_CORRECT_REASON(struct correction),
	FIELD(struct correction, has_names, .optional = true, .hidden = true,
	      .label = MSG_KNOW_NAMES),
	{ 0 },
};

static const struct field post_fields[] = {
	FIELD(struct post_form, place, .label = MSG_KNOW_PLACE, .options = disclosure_place_options,
	      .label_of = disclosure_place_label, .other = true),
	FIELD(struct post_form, photos, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field torn_fields[] = {
	FIELD(struct sheet_form, sheet, .label = MSG_KNOW_SHEET,
	      .options = disclosure_sheet_options),
	FIELD(struct sheet_form, again, .optional = true, .past = true,
	      .label = MSG_KNOW_HUNG_AGAIN, .hint = MSG_KNOW_HUNG_AGAIN_HINT),
	FIELD(struct sheet_form, photos, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field sheet_fields[] = {
	FIELD(struct sheet_form, sheet, .label = MSG_KNOW_SHEET,
	      .options = disclosure_sheet_options),
	FIELD(struct sheet_form, photos, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field run_fields[] = {
	FIELD(struct run_form, sheet, .hidden = true, .label = MSG_KNOW_SHEET),
	{ 0 },
};

static const struct field broadcast_fields[] = {
	FIELD(struct broadcast_form, days, .min = 1, .max = 60, .label = MSG_KNOW_AIR_DAYS),
	FIELD(struct broadcast_form, times, .min = 1, .max = 20, .label = MSG_KNOW_AIR_TIMES),
	FIELD(struct broadcast_form, photos, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field use_fields[] = {
	FIELD(struct use_form, form, .label = MSG_KNOW_FORM, .options = disclosure_form_options),
	FIELD(struct use_form, note, .optional = true, .label = MSG_KNOW_FORM_NOTE),
	FIELD(struct use_form, photos, .optional = true, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field nothing_fields[] = {
	FIELD(struct nothing, remark, .optional = true, .hidden = true,
	      .label = MSG_EDITORIAL_REMARK),
	{ 0 },
};

static const struct field posting_line[] = {
	FIELD(struct posting, place, .label = MSG_KNOW_PLACE),
	FIELD(struct posting, from, .label = MSG_KNOW_FROM),
	FIELD(struct posting, until, .label = MSG_KNOW_UNTIL),
	FIELD(struct posting, seen_on, .label = MSG_KNOW_SEEN_ON),
	FIELD(struct posting, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field broadcast_line[] = {
	FIELD(struct broadcast, from, .label = MSG_KNOW_FROM),
	FIELD(struct broadcast, days, .label = MSG_KNOW_AIR_DAYS),
	FIELD(struct broadcast, times, .label = MSG_KNOW_AIR_TIMES),
	FIELD(struct broadcast, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct field form_line[] = {
	FIELD(struct form_used, form, .label = MSG_KNOW_FORM, .options = disclosure_form_options),
	FIELD(struct form_used, on, .label = MSG_KNOW_FROM),
	FIELD(struct form_used, note, .label = MSG_KNOW_FORM_NOTE),
	FIELD(struct form_used, photos, .label = MSG_KNOW_PHOTOS),
	{ 0 },
};

static const struct line_kind lines[] = {
	[LINE_POSTING] = { "posting", MSG_KNOW_LINE_POSTING, sizeof(struct posting), posting_line },
	[LINE_BROADCAST] = { "broadcast", MSG_KNOW_LINE_BROADCAST, sizeof(struct broadcast),
			     broadcast_line },
	[LINE_FORM] = { "form", MSG_KNOW_LINE_FORM, sizeof(struct form_used), form_line },
	{ 0 },
};

static const struct state states[] = {
	EDITORIAL_STATES(MSG_KNOW_STATE_PUBLISHED),
	{ 0 },
};

static const struct step steps[] = {
	EDITORIAL_RECORD(struct disclosure, fields, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE,
			 .prepare = disclosure_prepare_content, .check = disclosure_check_content,
			 .apply = disclosure_apply_record),
	EDITORIAL_SUBMIT(EDITORIAL_CHECKLIST),
	EDITORIAL_PUBLISH(struct disclosure, publish_fields, MSG_KNOW_PUBLISH,
			  MSG_KNOW_PUBLISH_DONE, .prepare = disclosure_prepare_publish,
			  .apply = disclosure_apply_publish, .stored = disclosure_fulfil_plan),
	{ "post", EDITORIAL_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_POST, MSG_KNOW_POST_DONE,
	  sizeof(struct post_form), post_fields, .is_public = true, .check = disclosure_check_post,
	  .apply = disclosure_apply_post },
	{ "torn", EDITORIAL_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_TORN, MSG_KNOW_TORN_DONE,
	  sizeof(struct sheet_form), torn_fields, .is_public = true, .check = disclosure_check_torn,
	  .apply = disclosure_apply_torn },
	{ "seen", EDITORIAL_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_SEEN, MSG_KNOW_SEEN_DONE,
	  sizeof(struct sheet_form), sheet_fields, .is_public = true,
	  .check = disclosure_check_seen, .apply = disclosure_apply_seen },
	{ "unpost", EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, 0, CLERK | LEADER, MSG_KNOW_UNPOST,
	  MSG_KNOW_UNPOST_DONE, sizeof(struct sheet_form), sheet_fields, .is_public = true,
	  .check = disclosure_check_taken, .apply = disclosure_apply_taken },
	{ "broadcast", EDITORIAL_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_BROADCAST,
	  MSG_KNOW_BROADCAST_DONE, sizeof(struct broadcast_form), broadcast_fields,
	  .is_public = true, .check = disclosure_check_broadcast,
	  .apply = disclosure_apply_broadcast },
	{ "use_form", EDITORIAL_PUBLISHED, 0, CLERK | LEADER, MSG_KNOW_USE_FORM,
	  MSG_KNOW_USE_FORM_DONE, sizeof(struct use_form), use_fields, .is_public = true,
	  .apply = disclosure_apply_use },
	EDITORIAL_CORRECT(struct correction, correct_fields,
			  .prepare = disclosure_prepare_correction,
			  .apply = disclosure_apply_correct),
	EDITORIAL_ENDINGS,
	{ "run_over", EDITORIAL_SHOWN, 0, SYSTEM, MSG_KNOW_RUN_OVER_DONE, MSG_KNOW_RUN_OVER_DONE,
	  sizeof(struct run_form), run_fields, .is_public = true, .follows = true,
	  .apply = disclosure_apply_run_over },
	{ "expire_names", EDITORIAL_SHOWN, 0, SYSTEM, MSG_KNOW_EXPIRE_DONE, MSG_KNOW_EXPIRE_DONE,
	  sizeof(struct nothing), nothing_fields, .erases = true, .follows = true,
	  .apply = disclosure_apply_expire },
	REDACTION_STEPS(EDITORIAL_PUBLISHED | EDITORIAL_WITHDRAWN, LEADER),
	{ 0 },
};

const struct kind disclosure_kind = {
	.name = "disclosure",
	.code = "CK",
	.slug = "cong-khai",
	.work = "know",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.size = sizeof(struct disclosure),
	.fields = fields,
	.facet = "matter",
	.not_before = "issued_on",
	.states = states,
	.lines = lines,
	.steps = steps,
	.indicators = disclosure_indicators,
	.wake = disclosure_wake,
};
