/* The dialogue of a commune as tables: what it says, where it can stand, what may be done. */
#include "modules/discuss/dialogue_steps.h"

#include "office/redaction.h"
#include "office/unit.h"

static const struct field fields[] = {
	FIELD(struct dialogue, title, .label = MSG_DIALOGUE_TITLE),
	FIELD(struct dialogue, body, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_DIALOGUE_BODY),
	FIELD(struct dialogue, day, .label = MSG_DIALOGUE_DAY),
	FIELD(struct dialogue, hour, .label = MSG_DIALOGUE_HOUR),
	FIELD(struct dialogue, place, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, chair, .label = MSG_DIALOGUE_CHAIR),
	FIELD(struct dialogue, announced_on, .label = MSG_DIALOGUE_ANNOUNCED_ON),
	FIELD(struct dialogue, held_on, .label = MSG_DIALOGUE_HELD_ON),
	FIELD(struct dialogue, people, .label = MSG_DIALOGUE_PEOPLE),
	FIELD(struct dialogue, minutes, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_DIALOGUE_MINUTES),
	FIELD(struct dialogue, minutes_files, .label = MSG_DIALOGUE_MINUTES_FILES),
	FIELD(struct dialogue, conclusions, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_DIALOGUE_CONCLUSIONS),
	FIELD(struct dialogue, files, .label = MSG_DIALOGUE_FILES),
	FIELD(struct dialogue, reason, .lines = true, .label = MSG_DIALOGUE_REASON),
	{ 0 },
};

static const struct field plan_fields[] = {
	FIELD(struct dialogue, title, .min = 10, .max = 200, .label = MSG_DIALOGUE_TITLE,
	      .hint = MSG_DIALOGUE_TITLE_HINT),
	FIELD(struct dialogue, body, .min = 10, .max = 5000, .lines = true, .markdown = true,
	      .label = MSG_DIALOGUE_BODY, .hint = MSG_DIALOGUE_BODY_HINT),
	FIELD(struct dialogue, day, .label = MSG_DIALOGUE_DAY),
	FIELD(struct dialogue, hour, .min = 2, .max = 50, .label = MSG_DIALOGUE_HOUR,
	      .hint = MSG_DIALOGUE_HOUR_HINT),
	FIELD(struct dialogue, place, .min = 2, .max = 200, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, chair, .min = 2, .max = 200, .label = MSG_DIALOGUE_CHAIR,
	      .hint = MSG_DIALOGUE_CHAIR_HINT),
	{ 0 },
};

const struct field dialogue_drop_fields[] = {
	FIELD(struct dialogue_reason, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON),
	{ 0 },
};

/* As it was planned: who announces it publishes these words. */
static const struct field announce_fields[] = {
	FIELD(struct dialogue, title, .hidden = true, .label = MSG_DIALOGUE_TITLE),
	FIELD(struct dialogue, body, .hidden = true, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_DIALOGUE_BODY),
	FIELD(struct dialogue, day, .hidden = true, .label = MSG_DIALOGUE_DAY),
	FIELD(struct dialogue, hour, .hidden = true, .label = MSG_DIALOGUE_HOUR),
	FIELD(struct dialogue, place, .hidden = true, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, chair, .hidden = true, .label = MSG_DIALOGUE_CHAIR),
	{ 0 },
};

static enum err prepare_announce(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	fields_copy(announce_fields, d->data, form);
	return OK;
}

static const struct field postpone_fields[] = {
	FIELD(struct dialogue, day, .label = MSG_DIALOGUE_NEW_DAY),
	FIELD(struct dialogue, hour, .min = 2, .max = 50, .label = MSG_DIALOGUE_HOUR),
	FIELD(struct dialogue, place, .min = 2, .max = 200, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	{ 0 },
};

static const struct field cancel_fields[] = {
	FIELD(struct dialogue, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	{ 0 },
};

static const struct field hold_fields[] = {
	FIELD(struct dialogue, people, .min = 1, .max = 100000, .label = MSG_DIALOGUE_PEOPLE),
	FIELD(struct dialogue, minutes, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_DIALOGUE_MINUTES, .hint = MSG_DIALOGUE_MINUTES_HINT),
	FIELD(struct dialogue, minutes_files, .optional = true,
	      .label = MSG_DIALOGUE_MINUTES_FILES),
	{ 0 },
};

const struct field dialogue_publish_fields[] = {
	FIELD(struct dialogue_publish, conclusions, .min = 20, .max = 20000, .lines = true,
	      .markdown = true, .label = MSG_DIALOGUE_CONCLUSIONS,
	      .hint = MSG_DIALOGUE_CONCLUSIONS_HINT),
	FIELD(struct dialogue_publish, files, .optional = true, .label = MSG_DIALOGUE_FILES),
	FIELD(struct dialogue_publish, no_secret, .label = MSG_DIALOGUE_NO_SECRET),
	FIELD(struct dialogue_publish, nobody_named, .label = MSG_DIALOGUE_NOBODY_NAMED),
	{ 0 },
};

static const struct state states[] = {
	{ DIALOGUE_PLANNED, "planned", MSG_DIALOGUE_STATE_PLANNED, TONE_INFO, VISIBLE_INTERNAL,
	  .waits = true },
	{ DIALOGUE_ANNOUNCED, "announced", MSG_DIALOGUE_STATE_ANNOUNCED, TONE_INFO, VISIBLE_PUBLIC,
	  .waits = true },
	{ DIALOGUE_HELD_STATE, "held", MSG_DIALOGUE_STATE_HELD, TONE_SOON, VISIBLE_PUBLIC,
	  .waits = true },
	{ DIALOGUE_PUBLISHED, "published", MSG_DIALOGUE_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ DIALOGUE_CANCELLED, "cancelled", MSG_DIALOGUE_STATE_CANCELLED, TONE_WAIT, VISIBLE_PUBLIC,
	  .closed = true },
	{ DIALOGUE_DROPPED, "dropped", MSG_DIALOGUE_STATE_DROPPED, TONE_WAIT, VISIBLE_INTERNAL },
	{ 0 },
};

enum { TAKES_IN = DIALOGUE_ANNOUNCED | DIALOGUE_AFTER | DIALOGUE_CANCELLED };

static const struct step steps[] = {
	{ "plan", NEW, DIALOGUE_PLANNED, CLERK | LEADER, MSG_DIALOGUE_PLAN, MSG_DIALOGUE_PLAN_DONE,
	  sizeof(struct dialogue), plan_fields, .check = dialogue_check_plan,
	  .apply = dialogue_apply_plan, .stored = dialogue_stored_plan },
	{ "change", DIALOGUE_PLANNED, 0, CLERK | LEADER, MSG_DIALOGUE_CHANGE,
	  MSG_DIALOGUE_CHANGE_DONE, sizeof(struct dialogue), plan_fields,
	  .check = dialogue_check_plan, .apply = dialogue_apply_plan },
	{ "drop", DIALOGUE_PLANNED, DIALOGUE_DROPPED, LEADER, MSG_DIALOGUE_DROP,
	  MSG_DIALOGUE_DROP_DONE, sizeof(struct dialogue_reason), dialogue_drop_fields,
	  .apply = dialogue_apply_drop },
	{ "announce", DIALOGUE_PLANNED, DIALOGUE_ANNOUNCED, LEADER, MSG_DIALOGUE_ANNOUNCE,
	  MSG_DIALOGUE_ANNOUNCE_DONE, sizeof(struct dialogue), announce_fields,
	  .meets = DIALOGUE_NOTICE, .is_public = true, .version = true, .prepare = prepare_announce,
	  .check = dialogue_check_announce, .apply = dialogue_apply_announce },
	{ "postpone", DIALOGUE_ANNOUNCED, DIALOGUE_ANNOUNCED, LEADER, MSG_DIALOGUE_POSTPONE,
	  MSG_DIALOGUE_POSTPONE_DONE, sizeof(struct dialogue), postpone_fields, .is_public = true,
	  .check = dialogue_check_postpone, .apply = dialogue_apply_postpone,
	  .stored = dialogue_stored_postpone },
	{ "cancel", DIALOGUE_ANNOUNCED, DIALOGUE_CANCELLED, LEADER, MSG_DIALOGUE_CANCEL,
	  MSG_DIALOGUE_CANCEL_DONE, sizeof(struct dialogue), cancel_fields, .is_public = true,
	  .apply = dialogue_apply_cancel },
	{ "hold", DIALOGUE_ANNOUNCED, DIALOGUE_HELD_STATE, CLERK | LEADER, MSG_DIALOGUE_HOLD,
	  MSG_DIALOGUE_HOLD_DONE, sizeof(struct dialogue), hold_fields, .is_public = true,
	  .check = dialogue_check_hold, .apply = dialogue_apply_hold,
	  .stored = dialogue_stored_hold },
	{ "publish", DIALOGUE_HELD_STATE, DIALOGUE_PUBLISHED, LEADER, MSG_DIALOGUE_PUBLISH,
	  MSG_DIALOGUE_PUBLISH_DONE, sizeof(struct dialogue_publish), dialogue_publish_fields,
	  .meets = DIALOGUE_PUBLISH, .is_public = true, .version = true,
	  .check = dialogue_check_publish },
	DIALOGUE_LINE_STEPS,
	{ "take_in", TAKES_IN, 0, SYSTEM, MSG_DIALOGUE_TAKE_IN_DONE, MSG_DIALOGUE_TAKE_IN_DONE,
	  sizeof(struct dialogue_take_in), dialogue_take_in_fields, .is_public = true,
	  .follows = true, .apply = dialogue_apply_take_in },
	REDACTION_STEPS(DIALOGUE_ANNOUNCED | DIALOGUE_HELD_STATE | DIALOGUE_PUBLISHED |
				DIALOGUE_CANCELLED,
			LEADER),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "DO-01", MEASURE_SUM, .means = MSG_DIALOGUE_DO01_MEANS,
	  .parts = { { COUNT_FIGURE, DIALOGUE_HELD, MSG_DIALOGUE_KINDS } } },
	{ "DO-03", MEASURE_SUM, .means = MSG_DIALOGUE_DO03_MEANS,
	  .parts = { { COUNT_FIGURE, DIALOGUE_ASKED, MSG_DIALOGUE_QUESTIONS } } },
	{ "house.dialogue.commitment", MEASURE_IN_TIME, MSG_DIALOGUE_COMMITMENT_INDICATOR,
	  .means = MSG_DIALOGUE_COMMITMENT_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, DIALOGUE_COMMITMENT, MSG_DIALOGUE_KINDS } } },
	{ "house.dialogue.publish", MEASURE_IN_TIME, MSG_DIALOGUE_PUBLISH_INDICATOR,
	  .means = MSG_DIALOGUE_PUBLISH_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, DIALOGUE_PUBLISH, MSG_DIALOGUE_KINDS } } },
	{ 0 },
};

const struct kind dialogue_kind = {
	.name = "dialogue",
	.code = "DO",
	.slug = "doi-thoai",
	.work = "discuss",
	.title = MSG_DIALOGUE_KIND,
	.titles = MSG_DIALOGUE_KINDS,
	.levels = 1u << LEVEL_COMMUNE,
	.size = sizeof(struct dialogue),
	.fields = fields,
	.states = states,
	.lines = dialogue_lines,
	.steps = steps,
	.indicators = indicators,
	.happens = dialogue_happens,
};
