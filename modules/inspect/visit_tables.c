/* The tables of visits: what the book says of each, where it can stand, what may be done. */
#include "modules/inspect/visit_steps.h"

#include "office/unit.h"

static const struct field_choice rounds[] = {
	{ "first", MSG_VISIT_ROUND_FIRST },
	{ "again", MSG_VISIT_ROUND_AGAIN },
	{ 0 },
};

static const struct field_choice types[] = {
	{ "complaint", MSG_VISIT_TYPE_COMPLAINT }, { "denunciation", MSG_VISIT_TYPE_DENUNCIATION },
	{ "proposal", MSG_VISIT_TYPE_PROPOSAL },   { "feedback", MSG_VISIT_TYPE_FEEDBACK },
	{ "other", MSG_VISIT_TYPE_OTHER },         { 0 },
};

/* What the site takes in as a petition: denunciations go another way (petition.h). */
static const struct field_choice petitions[] = {
	{ "feedback", MSG_PETITION_TYPE_FEEDBACK },
	{ "proposal", MSG_PETITION_TYPE_PROPOSAL },
	{ "complaint", MSG_PETITION_TYPE_COMPLAINT },
	{ 0 },
};

static const struct field_choice receivers[] = {
	{ "in_person", MSG_RECEPTION_BY_IN_PERSON },
	{ "proxy", MSG_RECEPTION_BY_PROXY },
	{ "office", MSG_RECEPTION_BY_OFFICE },
	{ 0 },
};

/* Law 42/2013 art. 9, clause by clause. */
static const struct field_choice grounds[] = {
	{ "unable", MSG_VISIT_GROUND_UNABLE },
	{ "threat", MSG_VISIT_GROUND_THREAT },
	{ "settled", MSG_VISIT_GROUND_SETTLED },
	{ "other", MSG_VISIT_GROUND_OTHER },
	{ 0 },
};

/* clang-format off */
#define PEOPLE                                                                             \
	FIELD(struct visit, people, .min = 1, .max = 100000, .label = MSG_VISIT_PEOPLE,    \
	      .hint = MSG_VISIT_PEOPLE_HINT)
#define STORY                                                                              \
	FIELD(struct visit, story, .min = 5, .max = 2000, .lines = true,                   \
	      .label = MSG_VISIT_STORY, .hint = MSG_VISIT_STORY_HINT)
#define PERSON(owner)                                                                      \
	FIELD(owner, name, .optional = true, .sometimes = true, .max = 100,                \
	      .personal = true, .internal = true, .label = MSG_VISIT_NAME,                 \
	      .hint = MSG_VISIT_NAME_HINT),                                                \
	FIELD(owner, address, .optional = true, .max = 300, .personal = true,              \
	      .internal = true, .label = MSG_VISIT_ADDRESS),                               \
	FIELD(owner, identity, .optional = true, .max = 20, .personal = true,              \
	      .internal = true, .label = MSG_VISIT_IDENTITY),                              \
	FIELD(owner, contact, .optional = true, .max = 100, .personal = true,              \
	      .internal = true, .label = MSG_VISIT_CONTACT)
/* Asked once somebody is there. */
#define CAME(needed)                                                                       \
	FIELD(struct visit, by, .optional = !(needed), .sometimes = !(needed),             \
	      .choices = receivers, .label = MSG_RECEPTION_BY),                            \
	FIELD(struct visit, type, .optional = !(needed), .sometimes = !(needed),           \
	      .choices = types, .label = MSG_VISIT_TYPE),                                  \
	FIELD(struct visit, round, .optional = !(needed), .sometimes = !(needed),          \
	      .choices = rounds, .label = MSG_VISIT_ROUND, .hint = MSG_VISIT_ROUND_HINT)
#define MADE                                                                               \
	FIELD(struct visit, title, .optional = true, .hidden = true,                       \
	      .label = MSG_VISIT_KIND),                                                    \
	FIELD(struct visit, session, .optional = true, .hidden = true,                     \
	      .label = MSG_RECEPTION_KIND),                                                \
	FIELD(struct visit, day, .optional = true, .hidden = true,                         \
	      .label = MSG_RECEPTION_DAY),                                                 \
	FIELD(struct visit, hour, .optional = true, .hidden = true,                        \
	      .label = MSG_VISIT_HOUR),                                                    \
	FIELD(struct visit, ahead, .optional = true, .hidden = true,                       \
	      .label = MSG_VISIT_AHEAD)
/* clang-format on */

static const struct field fields[] = {
	PEOPLE,
	STORY,
	CAME(false),
	FIELD(struct visit, slot, .hidden = true, .label = MSG_VISIT_SLOT),
	MADE,
	FIELD(struct visit, minutes, .lines = true, .label = MSG_VISIT_MINUTES),
	FIELD(struct visit, guided, .lines = true, .label = MSG_VISIT_GUIDED),
	FIELD(struct visit, ground, .choices = grounds, .label = MSG_VISIT_GROUND),
	FIELD(struct visit, detail, .lines = true, .label = MSG_VISIT_DETAIL),
	FIELD(struct visit, number, .label = MSG_VISIT_NUMBER),
	FIELD(struct visit, notified_on, .label = MSG_VISIT_NOTIFIED_ON),
	FIELD(struct visit, files, .label = MSG_VISIT_FILES),
	PERSON(struct visit),
	{ 0 },
};

static const struct field enter_fields[] = {
	FIELD(struct visit, slot, .max = 40, .options = visit_entry_options,
	      .label = MSG_VISIT_SLOT, .hint = MSG_VISIT_SLOT_ENTER_HINT),
	PEOPLE,
	STORY,
	CAME(false),
	PERSON(struct visit),
	MADE,
	{ 0 },
};

static const struct field book_fields[] = {
	FIELD(struct visit, slot, .max = 40, .options = visit_slot_options, .label = MSG_VISIT_SLOT,
	      .hint = MSG_VISIT_SLOT_HINT),
	STORY,
	PEOPLE,
	FIELD(struct visit, name, .min = 2, .max = 100, .personal = true, .internal = true,
	      .label = MSG_VISIT_NAME, .hint = MSG_VISIT_NAME_BOOK_HINT),
	FIELD(struct visit, address, .optional = true, .max = 300, .personal = true,
	      .internal = true, .label = MSG_VISIT_ADDRESS),
	FIELD(struct visit, contact, .optional = true, .max = 100, .personal = true,
	      .internal = true, .label = MSG_VISIT_CONTACT, .hint = MSG_VISIT_CONTACT_HINT),
	MADE,
	{ 0 },
};

static const struct field receive_fields[] = {
	PEOPLE,
	STORY,
	CAME(true),
	FIELD(struct visit, title, .optional = true, .hidden = true, .label = MSG_VISIT_KIND),
	FIELD(struct visit, day, .optional = true, .hidden = true, .label = MSG_RECEPTION_DAY),
	{ 0 },
};

static const struct field minutes_fields[] = {
	FIELD(struct visit, minutes, .min = 10, .max = 10000, .lines = true,
	      .label = MSG_VISIT_MINUTES, .hint = MSG_VISIT_MINUTES_HINT),
	{ 0 },
};

static const struct field guide_fields[] = {
	FIELD(struct visit, guided, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_VISIT_GUIDED, .hint = MSG_VISIT_GUIDED_HINT),
	{ 0 },
};

static const struct field take_fields[] = {
	FIELD(struct visit_take, which, .choices = petitions, .label = MSG_PETITION_TYPE,
	      .hint = MSG_VISIT_TAKE_HINT),
	FIELD(struct visit_take, summary, .min = 10, .max = 120, .label = MSG_PETITION_TITLE,
	      .hint = MSG_PETITION_TITLE_HINT),
	FIELD(struct visit_take, told, .min = 10, .max = 5000, .lines = true, .imperative = true,
	      .label = MSG_PETITION_BODY),
	FIELD(struct visit_take, wish, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_PETITION_WISH),
	FIELD(struct visit_take, where, .optional = true, .max = 200, .label = MSG_PETITION_PLACE,
	      .hint = MSG_PETITION_PLACE_HINT),
	FIELD(struct visit_take, papers, .optional = true, .label = MSG_PETITION_PAPERS),
	FIELD(struct visit_take, name, .min = 2, .max = 100, .personal = true, .internal = true,
	      .label = MSG_PETITION_NAME, .hint = MSG_PETITION_NAME_HINT),
	FIELD(struct visit_take, address, .max = 300, .personal = true, .internal = true,
	      .label = MSG_PETITION_ADDRESS),
	FIELD(struct visit_take, identity, .optional = true, .max = 20, .personal = true,
	      .internal = true, .label = MSG_PETITION_IDENTITY),
	FIELD(struct visit_take, contact, .optional = true, .max = 100, .personal = true,
	      .internal = true, .label = MSG_PETITION_CONTACT),
	{ 0 },
};

static const struct field link_fields[] = {
	FIELD(struct visit_link, code, .hidden = true, .label = MSG_VISIT_PETITION),
	FIELD(struct visit_link, which, .hidden = true, .choices = petitions,
	      .label = MSG_PETITION_TYPE),
	{ 0 },
};

static const struct field refuse_fields[] = {
	FIELD(struct visit, ground, .choices = grounds, .label = MSG_VISIT_GROUND),
	FIELD(struct visit, detail, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_VISIT_DETAIL, .hint = MSG_VISIT_DETAIL_HINT),
	{ 0 },
};

static const struct field notify_fields[] = {
	FIELD(struct visit, number, .max = 50, .label = MSG_VISIT_NUMBER,
	      .hint = MSG_VISIT_NUMBER_HINT),
	FIELD(struct visit, files, .optional = true, .label = MSG_VISIT_FILES),
	{ 0 },
};

static const struct field correct_fields[] = {
	FIELD(struct visit_correct, people, .min = 1, .max = 100000, .label = MSG_VISIT_PEOPLE,
	      .hint = MSG_VISIT_PEOPLE_HINT),
	FIELD(struct visit_correct, by, .choices = receivers, .label = MSG_RECEPTION_BY),
	FIELD(struct visit_correct, type, .choices = types, .label = MSG_VISIT_TYPE),
	FIELD(struct visit_correct, round, .choices = rounds, .label = MSG_VISIT_ROUND),
	FIELD(struct visit_correct, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_VISIT_REASON),
	FIELD(struct visit_correct, was_people, .optional = true, .hidden = true,
	      .label = MSG_VISIT_PEOPLE),
	FIELD(struct visit_correct, was_by, .optional = true, .hidden = true,
	      .label = MSG_RECEPTION_BY),
	FIELD(struct visit_correct, was_round, .optional = true, .hidden = true,
	      .label = MSG_VISIT_ROUND),
	{ 0 },
};

static const struct field strike_fields[] = {
	FIELD(struct visit_correct, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_VISIT_REASON),
	{ 0 },
};

static const struct field petition_line[] = {
	FIELD(struct visit_petition, code, .label = MSG_VISIT_PETITION),
	FIELD(struct visit_petition, which, .choices = petitions, .label = MSG_PETITION_TYPE),
	{ 0 },
};

static const struct line_kind lines[] = {
	{ "petition", MSG_VISIT_PETITIONS, sizeof(struct visit_petition), petition_line },
	{ 0 },
};

static const struct state states[] = {
	{ VISIT_BOOKED, "booked", MSG_VISIT_STATE_BOOKED, TONE_INFO, VISIBLE_PERSONAL },
	{ VISIT_RECEIVED, "received", MSG_VISIT_STATE_RECEIVED, TONE_INFO, VISIBLE_PERSONAL,
	  .waits = true },
	{ VISIT_GUIDED, "guided", MSG_VISIT_STATE_GUIDED, TONE_OK, VISIBLE_PERSONAL },
	{ VISIT_TAKEN, "taken", MSG_VISIT_STATE_TAKEN, TONE_OK, VISIBLE_PERSONAL },
	{ VISIT_REFUSED, "refused", MSG_VISIT_STATE_REFUSED, TONE_WAIT, VISIBLE_PERSONAL,
	  .waits = true },
	{ VISIT_NOTIFIED, "notified", MSG_VISIT_STATE_NOTIFIED, TONE_WAIT, VISIBLE_PERSONAL },
	{ VISIT_CANCELLED, "cancelled", MSG_VISIT_STATE_CANCELLED, TONE_WAIT, VISIBLE_PERSONAL },
	{ VISIT_ABSENT, "absent", MSG_VISIT_STATE_ABSENT, TONE_WAIT, VISIBLE_PERSONAL },
	{ VISIT_STRUCK, "struck", MSG_VISIT_STATE_STRUCK, TONE_WAIT, VISIBLE_PERSONAL },
	{ VISIT_SEALED, "sealed", MSG_VISIT_STATE_SEALED, TONE_WAIT, VISIBLE_SEALED },
	{ 0 },
};

/* `enter` comes first: whoever serves at the counter there writes down who comes. */
static const struct step steps[] = {
	{ "enter", NEW, VISIT_BOOKED | VISIT_RECEIVED, CLERK | LEADER, MSG_VISIT_ENTER,
	  MSG_VISIT_ENTER_DONE, sizeof(struct visit), enter_fields, .leads = visit_leads,
	  .begin = visit_begin_enter, .prepare = visit_prepare, .check = visit_check_enter,
	  .apply = visit_apply_opened },
	{ "book", NEW, VISIT_BOOKED, CITIZEN, MSG_VISIT_BOOK, MSG_VISIT_BOOK_DONE,
	  sizeof(struct visit), book_fields, .begin = visit_begin_book, .prepare = visit_prepare,
	  .check = visit_check_book, .apply = visit_apply_opened },
	{ "cancel", VISIT_BOOKED, VISIT_CANCELLED, CITIZEN | CLERK | LEADER, MSG_VISIT_CANCEL,
	  MSG_VISIT_CANCEL_DONE },
	{ "receive", VISIT_BOOKED, VISIT_RECEIVED, CLERK | LEADER, MSG_VISIT_RECEIVE,
	  MSG_VISIT_RECEIVE_DONE, sizeof(struct visit), receive_fields, .notice = NOTICE_NEVER,
	  .prepare = visit_prepare_receive, .check = visit_check_came, .futile = visit_came_futile,
	  .apply = visit_apply_received },
	{ "absent", VISIT_BOOKED, VISIT_ABSENT, CLERK | LEADER, MSG_VISIT_MISSED,
	  MSG_VISIT_MISSED_DONE, .check = visit_check_came, .futile = visit_came_futile },
	{ "minutes", VISIT_RECEIVED | VISIT_GUIDED | VISIT_TAKEN | VISIT_REFUSED, 0, CLERK | LEADER,
	  MSG_VISIT_WRITE, MSG_VISIT_WRITE_DONE, sizeof(struct visit), minutes_fields },
	{ "guide", VISIT_RECEIVED, VISIT_GUIDED, CLERK | LEADER, MSG_VISIT_GUIDE,
	  MSG_VISIT_GUIDE_DONE, sizeof(struct visit), guide_fields, .apply = visit_apply_answered },
	{ "take", VISIT_RECEIVED | VISIT_TAKEN, VISIT_TAKEN, CLERK, MSG_VISIT_TAKE,
	  MSG_VISIT_TAKE_DONE, sizeof(struct visit_take), take_fields, .begin = visit_begin_take,
	  .apply = visit_apply_answered, .stored = visit_stored_take },
	{ "link", VISIT_TAKEN, 0, SYSTEM, MSG_VISIT_LINK_DONE, MSG_VISIT_LINK_DONE,
	  sizeof(struct visit_link), link_fields, .follows = true, .apply = visit_apply_link },
	/* Who came is in the petition, apart; here his name goes. */
	{ "seal", VISIT_TAKEN, VISIT_SEALED, SYSTEM, MSG_VISIT_SEAL_DONE, MSG_VISIT_SEAL_DONE,
	  .erases = true, .follows = true },
	{ "refuse", VISIT_RECEIVED, VISIT_REFUSED, CLERK | LEADER, MSG_VISIT_REFUSE,
	  MSG_VISIT_REFUSE_DONE, sizeof(struct visit), refuse_fields, .starts = "reception.refusal",
	  .notice = NOTICE_LEGAL, .apply = visit_apply_answered },
	{ "notify", VISIT_REFUSED, VISIT_NOTIFIED, CLERK | LEADER, MSG_VISIT_NOTIFY,
	  MSG_VISIT_NOTIFY_DONE, sizeof(struct visit), notify_fields, .meets = "reception.refusal",
	  .notice = NOTICE_LEGAL, .apply = visit_apply_notified },
	{ "correct", VISIT_CAME, 0, CLERK | LEADER, MSG_VISIT_CORRECT, MSG_VISIT_CORRECT_DONE,
	  sizeof(struct visit_correct), correct_fields, .is_public = true,
	  .prepare = visit_prepare_correct, .apply = visit_apply_correct },
	{ "strike", VISIT_RECEIVED, VISIT_STRUCK, LEADER, MSG_VISIT_STRIKE, MSG_VISIT_STRIKE_DONE,
	  sizeof(struct visit_correct), strike_fields, .is_public = true,
	  .apply = visit_apply_strike },
	{ 0 },
};

#define BY(key)                                                                            \
	{                                                                                  \
		{ COUNT_FIGURE, "visit." key ".in_person", MSG_RECEPTION_BY_IN_PERSON },   \
			{ COUNT_FIGURE, "visit." key ".proxy", MSG_RECEPTION_BY_PROXY },   \
			{ COUNT_FIGURE, "visit." key ".office", MSG_RECEPTION_BY_OFFICE }, \
	}

/* The statutory table TCD01: the whole is the sum of who received. */
static const struct measure indicators[] = {
	{ "TD-01", MEASURE_SUM, .means = MSG_VISIT_MEANS_CAME, .parts = BY("came") },
	{ "TD-02", MEASURE_SUM, .means = MSG_VISIT_MEANS_PEOPLE, .parts = BY("people") },
	{ "TD-03", MEASURE_SUM, .means = MSG_VISIT_MEANS_MATTERS,
	  .parts = { { COUNT_FIGURE, "visit.matter.first", MSG_VISIT_ROUND_FIRST },
		     { COUNT_FIGURE, "visit.matter.again", MSG_VISIT_ROUND_AGAIN } } },
	/* What is owed to a visitor is owed by the same rule as to whoever writes. */
	{ "house.petition", MEASURE_IN_TIME, MSG_PETITION_INDICATOR, .means = MSG_PETITION_MEANS,
	  .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "reception.intake_answer",
		       MSG_RULE_RECEPTION_INTAKE_ANSWER } } },
	{ "TD-06", MEASURE_SUM, .means = MSG_VISIT_MEANS_GROUPS, .parts = BY("group") },
	{ 0 },
};

const struct kind visit_kind = {
	.name = "visit",
	.code = "LC",
	.slug = "tiep-dan",
	.work = "inspect",
	.title = MSG_VISIT_KIND,
	.titles = MSG_VISIT_KINDS,
	.is_private = true,
	.by_receipt = true,
	.notices = NOTICE_MINE,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct visit),
	.fields = fields,
	.states = states,
	.lines = lines,
	.steps = steps,
	.indicators = indicators,
};
