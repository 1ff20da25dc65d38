/* The dialogue at a workplace as tables. What is said there is the enterprise's until its main points are
 * published. */
#include "modules/discuss/dialogue_steps.h"

#include "office/redaction.h"
#include "office/unit.h"

static const struct field_choice bases[] = {
	{ "periodic", MSG_WORKPLACE_BASIS_PERIODIC },
	{ "event", MSG_WORKPLACE_BASIS_EVENT },
	{ 0 },
};
static const struct field_choice every_basis[] = {
	{ "periodic", MSG_WORKPLACE_BASIS_PERIODIC },
	{ "request", MSG_WORKPLACE_BASIS_REQUEST },
	{ "event", MSG_WORKPLACE_BASIS_EVENT },
	{ 0 },
};
static const struct field_choice representatives[] = {
	{ "legal", MSG_WORKPLACE_LEGAL },
	{ "proxy", MSG_WORKPLACE_PROXY },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct dialogue, title, .label = MSG_WORKPLACE_TITLE),
	FIELD(struct dialogue, body, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_WORKPLACE_BODY),
	FIELD(struct dialogue, basis, .choices = every_basis, .label = MSG_WORKPLACE_BASIS),
	FIELD(struct dialogue, day, .label = MSG_DIALOGUE_DAY),
	FIELD(struct dialogue, hour, .label = MSG_DIALOGUE_HOUR),
	FIELD(struct dialogue, place, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, workers, .label = MSG_WORKPLACE_WORKERS),
	FIELD(struct dialogue, delegates, .label = MSG_WORKPLACE_DELEGATES),
	FIELD(struct dialogue, employer_delegates, .label = MSG_WORKPLACE_EMPLOYER_DELEGATES),
	FIELD(struct dialogue, asking, .label = MSG_WORKPLACE_ASKING),
	FIELD(struct dialogue, announced_on, .label = MSG_WORKPLACE_EXCHANGED_ON),
	FIELD(struct dialogue, held_on, .label = MSG_DIALOGUE_HELD_ON),
	FIELD(struct dialogue, people, .label = MSG_WORKPLACE_PEOPLE),
	FIELD(struct dialogue, employer_people, .label = MSG_WORKPLACE_EMPLOYER_PEOPLE),
	FIELD(struct dialogue, represented, .choices = representatives,
	      .label = MSG_WORKPLACE_REPRESENTED),
	FIELD(struct dialogue, minutes, .hidden = true, .internal = true, .lines = true,
	      .markdown = true, .max = 20000, .label = MSG_DIALOGUE_MINUTES),
	FIELD(struct dialogue, minutes_files, .internal = true,
	      .label = MSG_WORKPLACE_MINUTES_FILES),
	FIELD(struct dialogue, conclusions, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_WORKPLACE_CONCLUSIONS),
	FIELD(struct dialogue, files, .label = MSG_DIALOGUE_FILES),
	FIELD(struct dialogue, reason, .lines = true, .label = MSG_DIALOGUE_REASON),
	{ 0 },
};

static const struct field request_fields[] = {
	FIELD(struct dialogue, title, .min = 10, .max = 200, .label = MSG_WORKPLACE_TITLE),
	FIELD(struct dialogue, body, .min = 10, .max = 5000, .lines = true, .markdown = true,
	      .label = MSG_WORKPLACE_BODY),
	FIELD(struct dialogue, delegates, .min = 1, .max = 1000, .label = MSG_WORKPLACE_DELEGATES),
	FIELD(struct dialogue, asking, .min = 1, .max = 1000, .label = MSG_WORKPLACE_ASKING,
	      .hint = MSG_WORKPLACE_ASKING_HINT),
	FIELD(struct dialogue, basis, .hidden = true, .label = MSG_WORKPLACE_BASIS),
	{ 0 },
};

#define MEETING                                                                                   \
	FIELD(struct dialogue, title, .min = 10, .max = 200, .label = MSG_WORKPLACE_TITLE),       \
		FIELD(struct dialogue, body, .min = 10, .max = 5000, .lines = true,               \
		      .markdown = true, .label = MSG_WORKPLACE_BODY,                              \
		      .hint = MSG_WORKPLACE_BODY_HINT),                                           \
		FIELD(struct dialogue, day, .label = MSG_DIALOGUE_DAY),                           \
		FIELD(struct dialogue, hour, .min = 2, .max = 50, .label = MSG_DIALOGUE_HOUR,     \
		      .hint = MSG_DIALOGUE_HOUR_HINT),                                            \
		FIELD(struct dialogue, place, .min = 2, .max = 200, .label = MSG_DIALOGUE_PLACE), \
		FIELD(struct dialogue, workers, .min = 1, .max = 1000000,                         \
		      .label = MSG_WORKPLACE_WORKERS),                                            \
		FIELD(struct dialogue, delegates, .min = 1, .max = 1000,                          \
		      .label = MSG_WORKPLACE_DELEGATES, .hint = MSG_WORKPLACE_DELEGATES_HINT),    \
		FIELD(struct dialogue, employer_delegates, .min = 1, .max = 1000,                 \
		      .label = MSG_WORKPLACE_EMPLOYER_DELEGATES,                                  \
		      .hint = MSG_WORKPLACE_EMPLOYER_HINT)

static const struct field plan_fields[] = {
	FIELD(struct dialogue, basis, .choices = bases, .label = MSG_WORKPLACE_BASIS),
	MEETING,
	{ 0 },
};
static const struct field agree_fields[] = { MEETING, { 0 } };

static const struct field refuse_fields[] = {
	FIELD(struct dialogue, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON),
	{ 0 },
};
static const struct field exchange_fields[] = { { 0 } };

static const struct field postpone_fields[] = {
	FIELD(struct dialogue, day, .label = MSG_DIALOGUE_NEW_DAY),
	FIELD(struct dialogue, hour, .min = 2, .max = 50, .label = MSG_DIALOGUE_HOUR),
	FIELD(struct dialogue, place, .min = 2, .max = 200, .label = MSG_DIALOGUE_PLACE),
	FIELD(struct dialogue, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON, .hint = MSG_WORKPLACE_POSTPONE_HINT),
	{ 0 },
};

static const struct field hold_fields[] = {
	FIELD(struct dialogue, people, .min = 1, .max = 1000, .label = MSG_WORKPLACE_PEOPLE,
	      .hint = MSG_WORKPLACE_PEOPLE_HINT),
	FIELD(struct dialogue, employer_people, .min = 1, .max = 1000,
	      .label = MSG_WORKPLACE_EMPLOYER_PEOPLE),
	FIELD(struct dialogue, represented, .choices = representatives,
	      .label = MSG_WORKPLACE_REPRESENTED, .hint = MSG_WORKPLACE_REPRESENTED_HINT),
	FIELD(struct dialogue, minutes, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_DIALOGUE_MINUTES, .hint = MSG_DIALOGUE_MINUTES_HINT),
	FIELD(struct dialogue, minutes_files, .label = MSG_WORKPLACE_MINUTES_FILES,
	      .hint = MSG_WORKPLACE_MINUTES_FILES_HINT),
	{ 0 },
};

#define INSIDE(bit, name, label, tone)                                  \
	{                                                               \
		bit, name, label, tone, VISIBLE_INTERNAL, .waits = true \
	}

static const struct state states[] = {
	INSIDE(DIALOGUE_REQUESTED, "requested", MSG_WORKPLACE_STATE_REQUESTED, TONE_SOON),
	INSIDE(DIALOGUE_PLANNED, "planned", MSG_DIALOGUE_STATE_PLANNED, TONE_INFO),
	INSIDE(DIALOGUE_ANNOUNCED, "announced", MSG_WORKPLACE_STATE_EXCHANGED, TONE_INFO),
	INSIDE(DIALOGUE_HELD_STATE, "held", MSG_DIALOGUE_STATE_HELD, TONE_SOON),
	{ DIALOGUE_PUBLISHED, "published", MSG_WORKPLACE_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ DIALOGUE_CANCELLED, "cancelled", MSG_DIALOGUE_STATE_CANCELLED, TONE_WAIT,
	  VISIBLE_INTERNAL },
	{ DIALOGUE_DROPPED, "dropped", MSG_DIALOGUE_STATE_DROPPED, TONE_WAIT, VISIBLE_INTERNAL },
	{ DIALOGUE_REFUSED, "refused", MSG_WORKPLACE_STATE_REFUSED, TONE_WAIT, VISIBLE_INTERNAL },
	{ 0 },
};

static enum err prepare_request(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct dialogue *)form)->basis = S("request");
	return OK;
}

static const struct step steps[] = {
	{ "plan", NEW, DIALOGUE_PLANNED, CLERK | LEADER, MSG_DIALOGUE_PLAN, MSG_DIALOGUE_PLAN_DONE,
	  sizeof(struct dialogue), plan_fields, .check = workplace_check_plan,
	  .apply = dialogue_apply_plan, .stored = dialogue_stored_plan },
	{ "request", NEW, DIALOGUE_REQUESTED, CLERK | LEADER, MSG_WORKPLACE_REQUEST,
	  MSG_WORKPLACE_REQUEST_DONE, sizeof(struct dialogue), request_fields,
	  .starts = DIALOGUE_ANSWER_REQUEST, .prepare = prepare_request,
	  .check = workplace_check_request },
	{ "agree", DIALOGUE_REQUESTED, DIALOGUE_PLANNED, LEADER, MSG_WORKPLACE_AGREE,
	  MSG_WORKPLACE_AGREE_DONE, sizeof(struct dialogue), agree_fields,
	  .meets = DIALOGUE_ANSWER_REQUEST, .check = workplace_check_plan,
	  .apply = dialogue_apply_plan, .stored = dialogue_stored_plan },
	{ "refuse", DIALOGUE_REQUESTED, DIALOGUE_REFUSED, LEADER, MSG_WORKPLACE_REFUSE,
	  MSG_WORKPLACE_REFUSE_DONE, sizeof(struct dialogue), refuse_fields,
	  .meets = DIALOGUE_ANSWER_REQUEST },
	{ "change", DIALOGUE_PLANNED, 0, CLERK | LEADER, MSG_DIALOGUE_CHANGE,
	  MSG_DIALOGUE_CHANGE_DONE, sizeof(struct dialogue), agree_fields,
	  .check = workplace_check_plan, .apply = dialogue_apply_plan },
	{ "drop", DIALOGUE_PLANNED, DIALOGUE_DROPPED, LEADER, MSG_DIALOGUE_DROP,
	  MSG_DIALOGUE_DROP_DONE, sizeof(struct dialogue_reason), dialogue_drop_fields,
	  .apply = dialogue_apply_drop },
	{ "exchange", DIALOGUE_PLANNED, DIALOGUE_ANNOUNCED, CLERK | LEADER, MSG_WORKPLACE_EXCHANGE,
	  MSG_WORKPLACE_EXCHANGE_DONE, sizeof(struct dialogue), exchange_fields,
	  .meets = DIALOGUE_CONTENT, .check = dialogue_check_announce,
	  .apply = dialogue_apply_announce },
	{ "postpone", DIALOGUE_ANNOUNCED, DIALOGUE_ANNOUNCED, LEADER, MSG_DIALOGUE_POSTPONE,
	  MSG_DIALOGUE_POSTPONE_DONE, sizeof(struct dialogue), postpone_fields,
	  .check = dialogue_check_postpone, .apply = dialogue_apply_postpone },
	{ "cancel", DIALOGUE_ANNOUNCED, DIALOGUE_CANCELLED, LEADER, MSG_DIALOGUE_CANCEL,
	  MSG_DIALOGUE_CANCEL_DONE, sizeof(struct dialogue), refuse_fields,
	  .apply = dialogue_apply_cancel },
	{ "hold", DIALOGUE_ANNOUNCED, DIALOGUE_HELD_STATE, CLERK | LEADER, MSG_DIALOGUE_HOLD,
	  MSG_DIALOGUE_HOLD_DONE, sizeof(struct dialogue), hold_fields, .starts = WORKPLACE_PUBLISH,
	  .evidence = true, .check = workplace_check_hold, .apply = dialogue_apply_hold,
	  .stored = dialogue_stored_hold },
	{ "publish", DIALOGUE_HELD_STATE, DIALOGUE_PUBLISHED, LEADER, MSG_WORKPLACE_PUBLISH,
	  MSG_DIALOGUE_PUBLISH_DONE, sizeof(struct dialogue_publish), dialogue_publish_fields,
	  .meets = WORKPLACE_PUBLISH, .is_public = true, .version = true,
	  .check = dialogue_check_publish },
	DIALOGUE_LINE_STEPS,
	REDACTION_STEPS(DIALOGUE_PUBLISHED, LEADER),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.dialogue.commitment", MEASURE_IN_TIME, MSG_DIALOGUE_COMMITMENT_INDICATOR,
	  .means = MSG_DIALOGUE_COMMITMENT_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, WORKPLACE_COMMITMENT, MSG_WORKPLACE_KINDS } } },
	{ "house.dialogue.publish", MEASURE_IN_TIME, MSG_DIALOGUE_PUBLISH_INDICATOR,
	  .means = MSG_DIALOGUE_PUBLISH_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, WORKPLACE_PUBLISH, MSG_WORKPLACE_KINDS } } },
	{ 0 },
};

const struct kind workplace_kind = {
	.name = "workplace_dialogue",
	.code = "DV",
	.slug = "doi-thoai-noi-lam-viec",
	.work = "discuss",
	.title = MSG_WORKPLACE_KIND,
	.titles = MSG_WORKPLACE_KINDS,
	.levels = 1u << LEVEL_AGENCY | 1u << LEVEL_ENTERPRISE,
	.size = sizeof(struct dialogue),
	.fields = fields,
	.states = states,
	.lines = dialogue_lines,
	.steps = steps,
	.indicators = indicators,
	.happens = dialogue_happens,
};
