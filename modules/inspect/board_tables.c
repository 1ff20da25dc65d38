/* The tables of boards: what one says, where it can stand, what may be done. */
#include "modules/inspect/board_steps.h"

#include "office/redaction.h"
#include "office/unit.h"

static const struct field_choice roles[] = {
	{ "head", MSG_BOARD_ROLE_HEAD },
	{ "deputy", MSG_BOARD_ROLE_DEPUTY },
	{ "member", MSG_BOARD_ROLE_MEMBER },
	{ 0 },
};

static const struct field_choice reasons[] = {
	{ "term", MSG_BOARD_END_TERM },
	{ "project", MSG_BOARD_END_PROJECT },
	{ "other", MSG_BOARD_END_OTHER },
	{ 0 },
};

static const struct field member_fields[] = {
	FIELD(struct board_member, name, .label = MSG_BOARD_NAME),
	FIELD(struct board_member, role, .choices = roles, .label = MSG_BOARD_ROLE),
	FIELD(struct board_member, represents, .label = MSG_BOARD_REPRESENTS),
	FIELD(struct board_member, from, .label = MSG_BOARD_FROM),
	FIELD(struct board_member, to, .label = MSG_BOARD_TO),
	FIELD(struct board_member, reason, .lines = true, .label = MSG_BOARD_RELEASE_REASON),
	{ 0 },
};

static const struct field paper_fields[] = {
	FIELD(struct board_paper, period, .label = MSG_BOARD_PERIOD),
	FIELD(struct board_paper, text, .lines = true, .max = 10000, .label = MSG_BOARD_TEXT),
	FIELD(struct board_paper, files, .label = MSG_BOARD_FILES),
	FIELD(struct board_paper, on, .label = MSG_BOARD_ON),
	{ 0 },
};

const struct line_kind board_lines[] = {
	[LINE_MEMBER] = { "member", MSG_BOARD_MEMBERS, sizeof(struct board_member), member_fields },
	[LINE_PLAN] = { "plan", MSG_BOARD_PLANS, sizeof(struct board_paper), paper_fields },
	[LINE_REPORT] = { "report", MSG_BOARD_REPORTS, sizeof(struct board_paper), paper_fields },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct people_board, title, .label = MSG_BOARD_TITLE),
	FIELD(struct people_board, by, .choices = board_words, .label = MSG_BOARD_BY),
	FIELD(struct people_board, project, .label = MSG_BOARD_PROJECT),
	FIELD(struct people_board, elected_by, .label = MSG_BOARD_ELECTED_BY),
	FIELD(struct people_board, elected_on, .label = MSG_BOARD_ELECTED_ON),
	FIELD(struct people_board, members, .hidden = true, .lines = true,
	      .label = MSG_BOARD_MEMBERS),
	FIELD(struct people_board, compatible, .label = MSG_BOARD_COMPATIBLE_SHORT),
	FIELD(struct people_board, number, .label = MSG_BOARD_NUMBER),
	FIELD(struct people_board, term_from, .label = MSG_BOARD_TERM_FROM),
	FIELD(struct people_board, term_to, .label = MSG_BOARD_TERM_TO),
	FIELD(struct people_board, files, .label = MSG_BOARD_FILES),
	FIELD(struct people_board, first_in_year, .hidden = true, .label = MSG_BOARD_FIRST),
	FIELD(struct people_board, reason, .label = MSG_BOARD_REASON),
	FIELD(struct people_board, ended_on, .label = MSG_BOARD_ENDED_ON),
	{ 0 },
};

static const struct field elect_fields[] = {
	FIELD(struct people_board, by, .options = board_options, .label = MSG_BOARD_BY),
	FIELD(struct people_board, title, .min = 10, .max = 200, .label = MSG_BOARD_TITLE,
	      .hint = MSG_BOARD_TITLE_HINT),
	FIELD(struct people_board, project, .optional = true, .sometimes = true, .max = 200,
	      .label = MSG_BOARD_PROJECT, .hint = MSG_BOARD_PROJECT_HINT),
	FIELD(struct people_board, elected_by, .min = 5, .max = 300, .label = MSG_BOARD_ELECTED_BY,
	      .hint = MSG_BOARD_ELECTED_BY_HINT),
	FIELD(struct people_board, members, .min = 5, .max = 10000, .lines = true,
	      .label = MSG_BOARD_MEMBERS, .hint = MSG_BOARD_MEMBERS_HINT),
	FIELD(struct people_board, compatible, .label = MSG_BOARD_COMPATIBLE),
	FIELD(struct people_board, files, .optional = true, .label = MSG_BOARD_MINUTES),
	{ 0 },
};

static const struct field recognise_fields[] = {
	FIELD(struct people_board, number, .min = 2, .max = 100, .label = MSG_BOARD_NUMBER),
	FIELD(struct people_board, term_from, .label = MSG_BOARD_TERM_FROM),
	FIELD(struct people_board, term_to, .optional = true, .sometimes = true,
	      .label = MSG_BOARD_TERM_TO, .hint = MSG_BOARD_TERM_TO_HINT),
	FIELD(struct people_board, files, .optional = true, .label = MSG_BOARD_DECISION),
	FIELD(struct people_board, first_in_year, .optional = true, .hidden = true,
	      .label = MSG_BOARD_FIRST),
	{ 0 },
};

static const struct field refuse_fields[] = {
	FIELD(struct people_board, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_BOARD_REFUSE_REASON),
	{ 0 },
};

static const struct field add_fields[] = {
	FIELD(struct board_add, name, .min = 2, .max = 100, .label = MSG_BOARD_NAME),
	FIELD(struct board_add, role, .choices = roles, .label = MSG_BOARD_ROLE),
	FIELD(struct board_add, represents, .min = 2, .max = 200, .label = MSG_BOARD_REPRESENTS),
	FIELD(struct board_add, compatible, .label = MSG_BOARD_COMPATIBLE),
	{ 0 },
};

static const struct field release_fields[] = {
	FIELD(struct board_release, member, .options = board_member_options,
	      .label = MSG_BOARD_MEMBER),
	FIELD(struct board_release, reason, .min = 5, .max = 500, .lines = true,
	      .label = MSG_BOARD_RELEASE_REASON, .hint = MSG_BOARD_RELEASE_HINT),
	{ 0 },
};

static const struct field plan_fields[] = {
	FIELD(struct board_write, period, .min = 4, .max = 60, .label = MSG_BOARD_PERIOD,
	      .hint = MSG_BOARD_PLAN_PERIOD_HINT),
	FIELD(struct board_write, text, .min = 10, .max = 10000, .lines = true,
	      .label = MSG_BOARD_TEXT),
	FIELD(struct board_write, files, .optional = true, .label = MSG_BOARD_FILES),
	{ 0 },
};

static const struct field report_fields[] = {
	FIELD(struct board_write, period, .options = board_period_options,
	      .label = MSG_BOARD_PERIOD, .hint = MSG_BOARD_REPORT_PERIOD_HINT),
	FIELD(struct board_write, text, .min = 10, .max = 10000, .lines = true,
	      .label = MSG_BOARD_TEXT),
	FIELD(struct board_write, files, .optional = true, .label = MSG_BOARD_FILES),
	{ 0 },
};

static const struct field turn_fields[] = {
	FIELD(struct board_turn, over, .optional = true, .hidden = true, .label = MSG_BOARD_OVER),
	FIELD(struct board_turn, first_in_year, .optional = true, .hidden = true,
	      .label = MSG_BOARD_FIRST),
	{ 0 },
};

static const struct field end_fields[] = {
	FIELD(struct people_board, reason, .choices = reasons, .label = MSG_BOARD_REASON),
	{ 0 },
};

static const struct state states[] = {
	{ BOARD_ELECTED_STATE, "elected", MSG_BOARD_STATE_ELECTED, TONE_SOON, VISIBLE_PUBLIC,
	  .waits = true },
	{ BOARD_SITS, "sits", MSG_BOARD_STATE_SITS, TONE_OK, VISIBLE_PUBLIC },
	{ BOARD_ENDED, "ended", MSG_BOARD_STATE_ENDED, TONE_WAIT, VISIBLE_PUBLIC, .closed = true },
	{ BOARD_REFUSED, "refused", MSG_BOARD_STATE_REFUSED, TONE_WAIT, VISIBLE_PUBLIC,
	  .closed = true },
	{ 0 },
};

enum { BOARD = FRONT | INSPECTOR };

static const struct step steps[] = {
	{ "elect", NEW, BOARD_ELECTED_STATE, BOARD, MSG_BOARD_ELECT, MSG_BOARD_ELECT_DONE,
	  sizeof(struct people_board), elect_fields, .is_public = true, .version = true,
	  .begin = board_begin_elect, .check = board_check_elect, .apply = board_apply_elect },
	{ "recognise", BOARD_ELECTED_STATE, BOARD_SITS, BOARD, MSG_BOARD_RECOGNISE,
	  MSG_BOARD_RECOGNISE_DONE, sizeof(struct people_board), recognise_fields,
	  .is_public = true, .version = true, .begin = board_begin_recognise,
	  .prepare = board_prepare_recognise, .check = board_check_recognise,
	  .apply = board_apply_recognise },
	{ "refuse", BOARD_ELECTED_STATE, BOARD_REFUSED, BOARD, MSG_BOARD_REFUSE,
	  MSG_BOARD_REFUSE_DONE, sizeof(struct people_board), refuse_fields, .is_public = true,
	  .apply = board_apply_refuse },
	{ "add", BOARD_SITS, 0, BOARD, MSG_BOARD_ADD, MSG_BOARD_ADD_DONE, sizeof(struct board_add),
	  add_fields, .is_public = true, .check = board_check_add, .apply = board_apply_add },
	{ "release", BOARD_SITS, 0, BOARD, MSG_BOARD_RELEASE, MSG_BOARD_RELEASE_DONE,
	  sizeof(struct board_release), release_fields, .is_public = true,
	  .check = board_check_release, .apply = board_apply_release },
	{ "plan", BOARD_SITS, 0, BOARD, MSG_BOARD_PLAN, MSG_BOARD_PLAN_DONE,
	  sizeof(struct board_write), plan_fields, .is_public = true, .apply = board_apply_plan },
	{ "report", BOARD_SITS, 0, BOARD, MSG_BOARD_REPORT, MSG_BOARD_REPORT_DONE,
	  sizeof(struct board_write), report_fields, .is_public = true,
	  .futile = board_report_futile, .apply = board_apply_report },
	{ "end", BOARD_SITS, BOARD_ENDED, BOARD, MSG_BOARD_END, MSG_BOARD_END_DONE,
	  sizeof(struct people_board), end_fields, .is_public = true, .apply = board_apply_end },
	{ "turn", BOARD_SITS, 0, SYSTEM, MSG_BOARD_TURN_DONE, MSG_BOARD_TURN_DONE,
	  sizeof(struct board_turn), turn_fields, .is_public = true, .follows = true,
	  .apply = board_apply_turn },
	REDACTION_STEPS_AT_HOME(BOARD_ELECTED_STATE | BOARD_SITS | BOARD_ENDED | BOARD_REFUSED,
				BOARD),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "BQ-08", MEASURE_SUM, .means = MSG_BOARD_MEANS_BQ08,
	  .parts = { { COUNT_FIGURE, BOARD_ELECTED, MSG_BOARD_PART_ELECTED },
		     { COUNT_FIGURE, BOARD_RELEASED, MSG_BOARD_PART_RELEASED } } },
	{ "TT-01", MEASURE_SUM, .means = MSG_BOARD_MEANS_TT01,
	  .parts = { { COUNT_FIGURE, "board.sits.pib_commune", MSG_OVERSEER_PIB_COMMUNE } } },
	{ "TT-02", MEASURE_SUM, .means = MSG_BOARD_MEANS_TT02,
	  .parts = { { COUNT_FIGURE, "board.members.pib_commune", MSG_OVERSEER_PIB_COMMUNE },
		     { COUNT_FIGURE, "board.members.pib_agency", MSG_OVERSEER_PIB_AGENCY },
		     { COUNT_FIGURE, "board.members.pib_enterprise",
		       MSG_OVERSEER_PIB_ENTERPRISE } } },
	{ "GS-01", MEASURE_SUM, .means = MSG_BOARD_MEANS_GS01,
	  .parts = { { COUNT_FIGURE, "board.sits.cisb", MSG_OVERSEER_CISB } } },
	{ "CQ-03", MEASURE_SUM, .title = MSG_BOARD_CQ03, .means = MSG_BOARD_MEANS_CQ03,
	  .parts = { { COUNT_FIGURE, "board.sits.pib_agency", MSG_OVERSEER_PIB_AGENCY } } },
	{ "house.board.report", MEASURE_IN_TIME, MSG_BOARD_REPORT_INDICATOR,
	  .means = MSG_BOARD_MEANS_REPORT, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "pib.commune.report", MSG_RULE_PIB_COMMUNE_REPORT } } },
	{ "house.board.recognise", MEASURE_IN_TIME, MSG_BOARD_RECOGNISE_INDICATOR,
	  .means = MSG_BOARD_MEANS_RECOGNISE, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "village_decision.recognise", MSG_BOARD_PART_COMMUNE },
		     { COUNT_DUTIES, "pib.agency.recognise", MSG_OVERSEER_PIB_AGENCY } } },
	{ 0 },
};

const struct kind board_kind = {
	.name = "board",
	.code = "BG",
	.slug = "ban-giam-sat",
	.work = "inspect",
	.title = MSG_BOARD_KIND,
	.titles = MSG_BOARD_KINDS,
	.many_duties = true,
	.levels = 1u << LEVEL_COMMUNE | 1u << LEVEL_AGENCY | 1u << LEVEL_ENTERPRISE,
	.size = sizeof(struct people_board),
	.fields = fields,
	.states = states,
	.lines = board_lines,
	.steps = steps,
	.indicators = indicators,
	.wake = board_wake,
};
