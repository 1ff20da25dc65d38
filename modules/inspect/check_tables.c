/* The tables of checks: what one says, where it can stand, what may be done. */
#include "modules/inspect/check_steps.h"

#include "office/receiver.h"
#include "office/redaction.h"
#include "office/unit.h"

static const struct field fields[] = {
	FIELD(struct check, title, .label = MSG_CHECK_TITLE),
	FIELD(struct check, by, .choices = overseer_words, .label = MSG_CHECK_BY),
	FIELD(struct check, subject, .options = check_subject_options, .label_of = receiver_label,
	      .other = true, .label = MSG_CHECK_SUBJECT),
	FIELD(struct check, subject_unit, .hidden = true, .label = MSG_CHECK_SUBJECT),
	FIELD(struct check, body, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_CHECK_BODY),
	FIELD(struct check, day, .label = MSG_CHECK_DAY),
	FIELD(struct check, place, .label = MSG_CHECK_PLACE),
	FIELD(struct check, team, .lines = true, .label = MSG_CHECK_TEAM),
	FIELD(struct check, outline, .lines = true, .max = 10000, .label = MSG_CHECK_OUTLINE),
	FIELD(struct check, plan_files, .label = MSG_CHECK_PLAN_FILES),
	FIELD(struct check, announced_on, .label = MSG_CHECK_ANNOUNCED_ON),
	FIELD(struct check, subject_on, .label = MSG_CHECK_SUBJECT_ON),
	FIELD(struct check, subject_report, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_CHECK_SUBJECT_REPORT),
	FIELD(struct check, subject_files, .label = MSG_CHECK_SUBJECT_FILES),
	FIELD(struct check, held_on, .label = MSG_CHECK_HELD_ON),
	FIELD(struct check, minutes, .hidden = true, .lines = true, .markdown = true, .max = 20000,
	      .label = MSG_CHECK_MINUTES),
	FIELD(struct check, reported_on, .label = MSG_CHECK_REPORTED_ON),
	FIELD(struct check, violations, .label = MSG_CHECK_VIOLATIONS),
	FIELD(struct check, money, .label = MSG_CHECK_MONEY),
	FIELD(struct check, money_other, .label = MSG_CHECK_MONEY_OTHER),
	FIELD(struct check, land, .label = MSG_CHECK_LAND),
	FIELD(struct check, land_other, .label = MSG_CHECK_LAND_OTHER),
	FIELD(struct check, deducted, .label = MSG_CHECK_DEDUCTED),
	FIELD(struct check, gaps, .lines = true, .max = 5000, .label = MSG_CHECK_GAPS),
	FIELD(struct check, report, .hidden = true, .lines = true, .markdown = true, .max = 20000,
	      .label = MSG_CHECK_REPORT_TEXT),
	FIELD(struct check, conclusion, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_CHECK_CONCLUSION),
	FIELD(struct check, files, .label = MSG_CHECK_FILES),
	FIELD(struct check, reason, .lines = true, .label = MSG_CHECK_REASON),
	{ 0 },
};

static const struct field plan_fields[] = {
	FIELD(struct check, by, .options = overseer_options, .label = MSG_CHECK_BY),
	FIELD(struct check, title, .min = 10, .max = 200, .label = MSG_CHECK_TITLE,
	      .hint = MSG_CHECK_TITLE_HINT),
	FIELD(struct check, subject, .max = 200, .options = check_subject_options,
	      .label_of = receiver_label, .other = true, .label = MSG_CHECK_SUBJECT,
	      .hint = MSG_CHECK_SUBJECT_HINT),
	FIELD(struct check, subject_unit, .optional = true, .hidden = true,
	      .label = MSG_CHECK_SUBJECT),
	FIELD(struct check, body, .min = 10, .max = 5000, .lines = true, .markdown = true,
	      .label = MSG_CHECK_BODY, .hint = MSG_CHECK_BODY_HINT),
	FIELD(struct check, day, .label = MSG_CHECK_DAY, .hint = MSG_CHECK_DAY_HINT),
	FIELD(struct check, place, .min = 2, .max = 200, .label = MSG_CHECK_PLACE),
	FIELD(struct check, team, .min = 3, .max = 2000, .lines = true, .label = MSG_CHECK_TEAM,
	      .hint = MSG_CHECK_TEAM_HINT),
	FIELD(struct check, outline, .optional = true, .max = 10000, .lines = true,
	      .label = MSG_CHECK_OUTLINE, .hint = MSG_CHECK_OUTLINE_HINT),
	FIELD(struct check, plan_files, .optional = true, .label = MSG_CHECK_PLAN_FILES),
	{ 0 },
};

/* As it was planned: who sends the plan publishes these words. */
static const struct field announce_fields[] = {
	FIELD(struct check, title, .hidden = true, .label = MSG_CHECK_TITLE),
	FIELD(struct check, by, .hidden = true, .label = MSG_CHECK_BY),
	FIELD(struct check, subject, .hidden = true, .label = MSG_CHECK_SUBJECT),
	FIELD(struct check, body, .hidden = true, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_CHECK_BODY),
	FIELD(struct check, day, .hidden = true, .label = MSG_CHECK_DAY),
	FIELD(struct check, place, .hidden = true, .label = MSG_CHECK_PLACE),
	FIELD(struct check, team, .hidden = true, .lines = true, .label = MSG_CHECK_TEAM),
	FIELD(struct check, outline, .hidden = true, .optional = true, .lines = true, .max = 10000,
	      .label = MSG_CHECK_OUTLINE),
	FIELD(struct check, plan_files, .hidden = true, .optional = true,
	      .label = MSG_CHECK_PLAN_FILES),
	{ 0 },
};

static enum err prepare_announce(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	fields_copy(announce_fields, d->data, form);
	return OK;
}

static const struct field drop_fields[] = {
	FIELD(struct check, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_CHECK_REASON),
	{ 0 },
};

static const struct field postpone_fields[] = {
	FIELD(struct check, day, .label = MSG_CHECK_NEW_DAY),
	FIELD(struct check, place, .min = 2, .max = 200, .label = MSG_CHECK_PLACE),
	FIELD(struct check, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_CHECK_REASON, .hint = MSG_CHECK_PUBLIC_HINT),
	{ 0 },
};

static const struct field cancel_fields[] = {
	FIELD(struct check, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_CHECK_REASON, .hint = MSG_CHECK_PUBLIC_HINT),
	{ 0 },
};

static const struct field subject_fields[] = {
	FIELD(struct check, subject_report, .min = 10, .max = 20000, .lines = true,
	      .markdown = true, .label = MSG_CHECK_SUBJECT_REPORT, .hint = MSG_CHECK_PUBLIC_HINT),
	FIELD(struct check, subject_files, .optional = true, .label = MSG_CHECK_SUBJECT_FILES),
	{ 0 },
};

static const struct field hold_fields[] = {
	FIELD(struct check, minutes, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_CHECK_MINUTES, .hint = MSG_CHECK_MINUTES_HINT),
	{ 0 },
};

#define MOST 1000000000000000
#define NUMBER(member, words)                                                         \
	FIELD(struct check, member, .optional = true, .sometimes = true, .max = MOST, \
	      .label = words)

static const struct field report_fields[] = {
	FIELD(struct check, report, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_CHECK_REPORT_TEXT, .hint = MSG_CHECK_PUBLIC_HINT),
	NUMBER(violations, MSG_CHECK_VIOLATIONS),
	NUMBER(money, MSG_CHECK_MONEY),
	NUMBER(money_other, MSG_CHECK_MONEY_OTHER),
	NUMBER(land, MSG_CHECK_LAND),
	NUMBER(land_other, MSG_CHECK_LAND_OTHER),
	NUMBER(deducted, MSG_CHECK_DEDUCTED),
	FIELD(struct check, gaps, .optional = true, .max = 5000, .lines = true,
	      .label = MSG_CHECK_GAPS, .hint = MSG_CHECK_GAPS_HINT),
	FIELD(struct check, conclusion, .min = 10, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_CHECK_CONCLUSION),
	FIELD(struct check, files, .optional = true, .label = MSG_CHECK_FILES),
	{ 0 },
};

#define MORE(member, words)                                                                   \
	FIELD(struct check_recover, member, .optional = true, .sometimes = true, .max = MOST, \
	      .label = words)

static const struct field recover_fields[] = {
	MORE(more_money, MSG_CHECK_MONEY),
	MORE(more_money_other, MSG_CHECK_MONEY_OTHER),
	MORE(more_land, MSG_CHECK_LAND),
	MORE(more_land_other, MSG_CHECK_LAND_OTHER),
	MORE(more_deducted, MSG_CHECK_DEDUCTED),
	FIELD(struct check_recover, source, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_CHECK_SOURCE, .hint = MSG_CHECK_SOURCE_HINT),
	FIELD(struct check_recover, evidence, .optional = true, .label = MSG_CHECK_FILES),
	{ 0 },
};

static const struct state states[] = {
	{ CHECK_PLANNED, "planned", MSG_CHECK_STATE_PLANNED, TONE_INFO, VISIBLE_INTERNAL,
	  .waits = true },
	{ CHECK_ANNOUNCED, "announced", MSG_CHECK_STATE_ANNOUNCED, TONE_INFO, VISIBLE_PUBLIC,
	  .waits = true },
	{ CHECK_HELD, "held", MSG_CHECK_STATE_HELD, TONE_SOON, VISIBLE_PUBLIC, .waits = true },
	{ CHECK_REPORTED, "reported", MSG_CHECK_STATE_REPORTED, TONE_OK, VISIBLE_PUBLIC },
	{ CHECK_CANCELLED, "cancelled", MSG_CHECK_STATE_CANCELLED, TONE_WAIT, VISIBLE_PUBLIC,
	  .closed = true },
	{ CHECK_DROPPED, "dropped", MSG_CHECK_STATE_DROPPED, TONE_WAIT, VISIBLE_INTERNAL },
	{ 0 },
};

enum { OVERSEER = FRONT | INSPECTOR };

static const struct step steps[] = {
	{ "plan", NEW, CHECK_PLANNED, OVERSEER, MSG_CHECK_PLAN, MSG_CHECK_PLAN_DONE,
	  sizeof(struct check), plan_fields, .begin = check_begin_plan,
	  .prepare = check_prepare_plan, .check = check_check_plan, .apply = check_apply_plan },
	{ "change", CHECK_PLANNED, 0, OVERSEER, MSG_CHECK_CHANGE, MSG_CHECK_CHANGE_DONE,
	  sizeof(struct check), plan_fields, .prepare = check_prepare_plan,
	  .check = check_check_plan, .apply = check_apply_plan },
	{ "drop", CHECK_PLANNED, CHECK_DROPPED, OVERSEER, MSG_CHECK_DROP, MSG_CHECK_DROP_DONE,
	  sizeof(struct check), drop_fields, .apply = check_apply_drop },
	{ "announce", CHECK_PLANNED, CHECK_ANNOUNCED, OVERSEER, MSG_CHECK_ANNOUNCE,
	  MSG_CHECK_ANNOUNCE_DONE, sizeof(struct check), announce_fields, .is_public = true,
	  .version = true, .prepare = prepare_announce, .check = check_check_announce,
	  .apply = check_apply_announce },
	{ "postpone", CHECK_ANNOUNCED, CHECK_ANNOUNCED, OVERSEER, MSG_CHECK_POSTPONE,
	  MSG_CHECK_POSTPONE_DONE, sizeof(struct check), postpone_fields, .is_public = true,
	  .check = check_check_postpone, .apply = check_apply_postpone },
	{ "cancel", CHECK_ANNOUNCED, CHECK_CANCELLED, OVERSEER, MSG_CHECK_CANCEL,
	  MSG_CHECK_CANCEL_DONE, sizeof(struct check), cancel_fields, .is_public = true,
	  .apply = check_apply_cancel },
	{ "subject_report", CHECK_ANNOUNCED | CHECK_HELD, 0, OVERSEER, MSG_CHECK_TAKE_REPORT,
	  MSG_CHECK_TAKE_REPORT_DONE, sizeof(struct check), subject_fields, .is_public = true,
	  .check = check_check_subject_report, .futile = check_subject_report_futile,
	  .apply = check_apply_subject_report },
	{ "hold", CHECK_ANNOUNCED, CHECK_HELD, OVERSEER, MSG_CHECK_HOLD_STEP, MSG_CHECK_HOLD_DONE,
	  sizeof(struct check), hold_fields, .is_public = true, .check = check_check_hold,
	  .futile = check_hold_futile, .apply = check_apply_hold },
	{ "report", CHECK_HELD, CHECK_REPORTED, OVERSEER, MSG_CHECK_REPORT, MSG_CHECK_REPORT_DONE,
	  sizeof(struct check), report_fields, .is_public = true, .version = true,
	  .apply = check_apply_report },
	{ "recover", CHECK_REPORTED, 0, OVERSEER, MSG_CHECK_RECOVER, MSG_CHECK_RECOVER_DONE,
	  sizeof(struct check_recover), recover_fields, .is_public = true,
	  .check = check_check_recover, .apply = check_apply_recover },
	REDACTION_STEPS_AT_HOME(CHECK_ANNOUNCED | CHECK_HELD | CHECK_REPORTED | CHECK_CANCELLED,
				OVERSEER),
	{ 0 },
};

#define ONE(code, key, words, how)                                                         \
	{                                                                                  \
		code, MEASURE_SUM, .means = how, .parts = { { COUNT_FIGURE, key, words } } \
	}

static const struct measure indicators[] = {
	{ "KT-01", MEASURE_SUM, .means = MSG_CHECK_MEANS_HELD,
	  .parts = { { COUNT_FIGURE, "check.held.pib", MSG_CHECK_GROUP_PIB },
		     { COUNT_FIGURE, "check.held.cisb", MSG_OVERSEER_CISB },
		     { COUNT_FIGURE, "check.held.front", MSG_OVERSEER_FRONT } } },
	ONE("TT-03", "check.held.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_HELD),
	ONE("TT-04", "check.violations.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_FOUND),
	ONE("TT-06", "check.money.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_MONEY),
	ONE("TT-07", "check.money_other.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_MONEY),
	ONE("TT-08", "check.land.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_MONEY),
	ONE("TT-09", "check.land_other.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_MONEY),
	ONE("TT-10", "check.gaps.pib", MSG_CHECK_GROUP_PIB, MSG_CHECK_MEANS_GAPS),
	ONE("GS-02", "check.held.cisb", MSG_OVERSEER_CISB, MSG_CHECK_MEANS_HELD),
	ONE("GS-03", "check.violations.cisb", MSG_OVERSEER_CISB, MSG_CHECK_MEANS_FOUND),
	ONE("GS-05", "check.money.cisb", MSG_OVERSEER_CISB, MSG_CHECK_MEANS_MONEY),
	ONE("GS-06", "check.deducted.cisb", MSG_OVERSEER_CISB, MSG_CHECK_MEANS_MONEY),
	{ "GS-07", MEASURE_SUM, .means = MSG_CHECK_MEANS_MONEY,
	  .parts = { { COUNT_FIGURE, "check.money_other.cisb", MSG_OVERSEER_CISB } } },
	ONE("MT-01", "check.held.front", MSG_OVERSEER_FRONT, MSG_CHECK_MEANS_HELD),
	{ "house.check.notice", MEASURE_IN_TIME, MSG_CHECK_NOTICE_INDICATOR,
	  .means = MSG_CHECK_MEANS_NOTICE, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "pib.commune.plan_notice", MSG_OVERSEER_PIB_COMMUNE },
		     { COUNT_DUTIES, "pib.agency.plan_notice", MSG_OVERSEER_PIB_AGENCY },
		     { COUNT_DUTIES, "cisb.notice", MSG_OVERSEER_CISB },
		     { COUNT_DUTIES, "front_supervision.plan", MSG_OVERSEER_FRONT } } },
	{ "house.check.report", MEASURE_IN_TIME, MSG_CHECK_REPORT_INDICATOR,
	  .means = MSG_CHECK_MEANS_REPORT, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "front_supervision.subject_report", MSG_CHECK_PART_SUBJECT },
		     { COUNT_DUTIES, "front_supervision.report", MSG_CHECK_PART_TEAM } } },
	{ 0 },
};

const struct kind check_kind = {
	.name = "check",
	.code = "GS",
	.slug = "cuoc-giam-sat",
	.work = "inspect",
	.title = MSG_CHECK_KIND,
	.titles = MSG_CHECK_KINDS,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY | 1u << LEVEL_ENTERPRISE,
	.size = sizeof(struct check),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
};
