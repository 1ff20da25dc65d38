/* Forms of the steps of denunciation.h. */
#include "modules/inspect/denunciation.h"

const struct field_choice denunciation_refusals[] = {
	{ "no_name", MSG_DENUNCIATION_REFUSAL_NO_NAME },
	{ "conditions", MSG_DENUNCIATION_REFUSAL_CONDITIONS },
	{ "resolved", MSG_DENUNCIATION_REFUSAL_RESOLVED },
	{ "unverifiable", MSG_DENUNCIATION_REFUSAL_UNVERIFIABLE },
	{ "no_breach", MSG_DENUNCIATION_REFUSAL_NO_BREACH },
	{ PETITION_URGED, MSG_PETITION_GROUND_URGED },
	{ 0 },
};

const struct field_choice denunciation_ways_on[] = {
	{ "inspection", MSG_DENUNCIATION_WAY_INSPECTION },
	{ "filed", MSG_DENUNCIATION_WAY_FILED },
	{ 0 },
};

const struct field_choice denunciation_stops[] = {
	{ "withdrawn", MSG_DENUNCIATION_STOP_WITHDRAWN },
	{ "dead", MSG_DENUNCIATION_STOP_DEAD },
	{ "decided", MSG_DENUNCIATION_STOP_DECIDED },
	{ 0 },
};

const struct field_choice denunciation_protections[] = {
	{ "asked", MSG_DENUNCIATION_PROTECTION_ASKED },
	{ "granted", MSG_DENUNCIATION_PROTECTION_GRANTED },
	{ "declined", MSG_DENUNCIATION_PROTECTION_DECLINED },
	{ 0 },
};

/* Art. 40.2. */
const struct field_choice denunciation_publications[] = {
	{ "meeting", MSG_DENUNCIATION_PUBLISHED_MEETING },
	{ "posted", MSG_DENUNCIATION_PUBLISHED_POSTED },
	{ "site", MSG_DENUNCIATION_PUBLISHED_SITE },
	{ "press", MSG_DENUNCIATION_PUBLISHED_PRESS },
	{ 0 },
};

static const struct field_choice criteria[] = {
	{ "places", MSG_DENUNCIATION_CRITERION_PLACES },
	{ "many", MSG_DENUNCIATION_CRITERION_MANY },
	{ "bodies", MSG_DENUNCIATION_CRITERION_BODIES },
	{ "foreign", MSG_DENUNCIATION_CRITERION_FOREIGN },
	{ "effects", MSG_DENUNCIATION_CRITERION_EFFECTS },
	{ "expertise", MSG_DENUNCIATION_CRITERION_EXPERTISE },
	{ "opinions", MSG_DENUNCIATION_CRITERION_OPINIONS },
	{ 0 },
};

static const struct field_choice decisions[] = {
	{ "right", MSG_DENUNCIATION_RIGHT },
	{ "part", MSG_DENUNCIATION_PART },
	{ "wrong", MSG_DENUNCIATION_WRONG },
	{ 0 },
};

static const struct field_choice answers[] = {
	{ "granted", MSG_DENUNCIATION_PROTECTION_GRANTED },
	{ "declined", MSG_DENUNCIATION_PROTECTION_DECLINED },
	{ 0 },
};

/* clang-format off */
#define ACCUSED                                                                               \
	FIELD(struct petition, accused, .min = 2, .max = 300, .label = MSG_DENUNCIATION_ACCUSED, \
	      .hint = MSG_DENUNCIATION_ACCUSED_HINT),                                         \
	FIELD(struct petition, accused_leads, .optional = true,                               \
	      .label = MSG_DENUNCIATION_ACCUSED_LEADS)
#define MATTER                                                                                \
	FIELD(struct petition, title, .min = 10, .max = 120, .label = MSG_PETITION_TITLE,     \
	      .hint = MSG_DENUNCIATION_TITLE_HINT),                                           \
	FIELD(struct petition, body, .min = 10, .max = 5000, .lines = true,                   \
	      .label = MSG_DENUNCIATION_BODY, .hint = MSG_DENUNCIATION_BODY_HINT),            \
	FIELD(struct petition, place, .optional = true, .max = 200,                           \
	      .label = MSG_PETITION_PLACE, .hint = MSG_PETITION_PLACE_HINT),                  \
	FIELD(struct petition, papers, .optional = true, .label = MSG_DENUNCIATION_PAPERS,    \
	      .hint = MSG_DENUNCIATION_PAPERS_HINT)
#define PEOPLE                                                                                \
	FIELD(struct petition, people, .min = 1, .max = 100000, .label = MSG_PETITION_PEOPLE, \
	      .hint = MSG_PETITION_PEOPLE_HINT)
#define REST                                                                                  \
	FIELD(struct petition, identity, .optional = true, .max = 20, .personal = true,       \
	      .internal = true, .label = MSG_PETITION_IDENTITY),                              \
	FIELD(struct petition, contact, .optional = true, .max = 100, .personal = true,       \
	      .internal = true, .label = MSG_PETITION_CONTACT,                                \
	      .hint = MSG_PETITION_CONTACT_HINT),                                             \
	FIELD(struct petition, original, .optional = true, .personal = true, .internal = true,\
	      .label = MSG_DENUNCIATION_ORIGINAL, .hint = MSG_DENUNCIATION_ORIGINAL_HINT),    \
	FIELD(struct petition, type, .optional = true, .hidden = true,                        \
	      .label = MSG_PETITION_TYPE),                                                    \
	FIELD(struct petition, office, .optional = true, .hidden = true,                      \
	      .label = MSG_PETITION_OFFICE)
#define REASON(owner)                                                                         \
	FIELD(owner, reason, .min = 10, .max = 1000, .lines = true, .label = MSG_PETITION_REASON)
/* clang-format on */

const struct field denunciation_sent_fields[] = {
	ACCUSED,
	MATTER,
	PEOPLE,
	FIELD(struct petition, name, .min = 2, .max = 100, .personal = true, .internal = true,
	      .label = MSG_PETITION_NAME, .hint = MSG_DENUNCIATION_NAME_HINT),
	FIELD(struct petition, address, .max = 300, .personal = true, .internal = true,
	      .label = MSG_PETITION_ADDRESS),
	REST,
	{ 0 },
};

const struct field denunciation_entered_fields[] = {
	ACCUSED,
	MATTER,
	PEOPLE,
	FIELD(struct petition, anonymous, .optional = true, .label = MSG_DENUNCIATION_ANONYMOUS),
	FIELD(struct petition, name, .optional = true, .sometimes = true, .max = 100,
	      .personal = true, .internal = true, .label = MSG_PETITION_NAME),
	FIELD(struct petition, address, .optional = true, .sometimes = true, .max = 300,
	      .personal = true, .internal = true, .label = MSG_PETITION_ADDRESS),
	REST,
	{ 0 },
};

/* clang-format off */
#define MOVED(member, text)                                                                   \
	FIELD(struct denunciation_seal, member, .optional = true, .hidden = true,             \
	      .max = 300, .personal = true, .internal = true, .label = text)
/* clang-format on */

const struct field denunciation_seal_fields[] = {
	FIELD(struct denunciation_seal, accused, .min = 2, .max = 300,
	      .label = MSG_DENUNCIATION_ACCUSED, .hint = MSG_DENUNCIATION_ACCUSED_HINT),
	FIELD(struct denunciation_seal, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_DENUNCIATION_SEAL_HINT),
	FIELD(struct denunciation_seal, type, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TYPE),
	MOVED(name, MSG_PETITION_NAME),
	MOVED(address, MSG_PETITION_ADDRESS),
	MOVED(identity, MSG_PETITION_IDENTITY),
	MOVED(contact, MSG_PETITION_CONTACT),
	{ 0 },
};

const struct field denunciation_check_fields[] = {
	FIELD(struct denunciation_check, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_DENUNCIATION_CHECK_HINT),
	{ 0 },
};

const struct field denunciation_accept_fields[] = {
	FIELD(struct petition, number, .max = 50, .label = MSG_PETITION_NUMBER),
	SPHERE(struct petition, denunciation_spheres),
	{ 0 },
};

const struct field denunciation_refuse_fields[] = {
	FIELD(struct petition, refusal, .choices = denunciation_refusals,
	      .label = MSG_PETITION_GROUND),
	FIELD(struct petition, detail, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_DETAIL, .hint = MSG_DENUNCIATION_REFUSE_HINT),
	URGING,
	{ 0 },
};

const struct field denunciation_pass_fields[] = {
	FIELD(struct petition, passed_to, .choices = denunciation_ways_on,
	      .label = MSG_DENUNCIATION_PASSED_TO, .hint = MSG_DENUNCIATION_PASS_HINT),
	FIELD(struct petition, detail, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_REASON),
	SPHERE(struct petition, denunciation_spheres),
	{ 0 },
};

const struct field denunciation_extend_fields[] = {
	FIELD(struct denunciation_extend, criteria, .min = 1, .max = 7, .choices = criteria,
	      .label = MSG_DENUNCIATION_CRITERIA, .hint = MSG_DENUNCIATION_CRITERIA_HINT),
	REASON(struct denunciation_extend),
	{ 0 },
};

const struct field denunciation_suspend_fields[] = {
	FIELD(struct complaint_suspend, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_DENUNCIATION_SUSPEND_HINT),
	FIELD(struct complaint_suspend, number, .max = 50, .label = MSG_PETITION_NUMBER),
	{ 0 },
};

const struct field denunciation_ask_fields[] = {
	FIELD(struct denunciation_protect, measures, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_DENUNCIATION_MEASURES, .hint = MSG_DENUNCIATION_ASK_HINT),
	FIELD(struct denunciation_protect, protection, .optional = true, .hidden = true,
	      .label = MSG_DENUNCIATION_PROTECTION),
	{ 0 },
};

const struct field denunciation_protect_fields[] = {
	FIELD(struct denunciation_protect, protection, .choices = answers,
	      .label = MSG_DENUNCIATION_PROTECTION),
	FIELD(struct denunciation_protect, measures, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_DENUNCIATION_MEASURES, .hint = MSG_DENUNCIATION_PROTECT_HINT),
	{ 0 },
};

const struct field denunciation_leave_fields[] = {
	FIELD(struct denunciation_leave, leaving, .min = 1, .max = 100000,
	      .label = MSG_DENUNCIATION_LEAVING, .hint = MSG_DENUNCIATION_LEAVING_HINT),
	FIELD(struct denunciation_leave, reason, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON),
	FIELD(struct denunciation_leave, withdrawal, .optional = true, .sometimes = true,
	      .personal = true, .internal = true, .label = MSG_PETITION_PAPER,
	      .hint = MSG_PETITION_PAPER_HINT),
	{ 0 },
};

const struct field denunciation_stop_fields[] = {
	FIELD(struct denunciation_stop, stopped, .choices = denunciation_stops,
	      .label = MSG_DENUNCIATION_STOPPED),
	REASON(struct denunciation_stop),
	{ 0 },
};

const struct field denunciation_conclude_fields[] = {
	FIELD(struct petition, decision, .choices = decisions,
	      .label = MSG_DENUNCIATION_CONCLUSION),
	FIELD(struct petition, number, .max = 50, .label = MSG_PETITION_NUMBER),
	FIELD(struct petition, answer, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_DENUNCIATION_CONCLUSION_TEXT, .hint = MSG_DENUNCIATION_CONCLUSION_HINT),
	FIELD(struct petition, files, .label = MSG_DENUNCIATION_CONCLUSION_FILE),
	{ 0 },
};

const struct field denunciation_act_fields[] = {
	FIELD(struct denunciation_act, measures_taken, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_DENUNCIATION_MEASURES_TAKEN, .hint = MSG_DENUNCIATION_ACT_HINT),
	FIELD(struct denunciation_act, evidence, .optional = true, .label = MSG_PETITION_EVIDENCE),
	{ 0 },
};

const struct field denunciation_publish_fields[] = {
	FIELD(struct denunciation_publish, published_how, .choices = denunciation_publications,
	      .label = MSG_DENUNCIATION_PUBLISHED_HOW),
	FIELD(struct denunciation_publish, published, .min = 20, .max = 20000, .lines = true,
	      .label = MSG_DENUNCIATION_PUBLISHED, .hint = MSG_DENUNCIATION_PUBLISHED_HINT),
	FIELD(struct denunciation_publish, no_name, .optional = true, .sometimes = true,
	      .label = MSG_DENUNCIATION_NO_NAME),
	FIELD(struct denunciation_publish, no_trace, .optional = true, .sometimes = true,
	      .label = MSG_DENUNCIATION_NO_TRACE),
	FIELD(struct denunciation_publish, evidence, .optional = true,
	      .label = MSG_PETITION_EVIDENCE),
	{ 0 },
};

const struct field denunciation_renew_fields[] = {
	FIELD(struct complaint_again, reason, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_PETITION_AGAIN_REASON),
	FIELD(struct complaint_again, papers, .optional = true, .label = MSG_DENUNCIATION_PAPERS,
	      .hint = MSG_DENUNCIATION_PAPERS_HINT),
	FIELD(struct complaint_again, holder, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TO),
	FIELD(struct complaint_again, office, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TO),
	{ 0 },
};

const struct field denunciation_decline_fields[] = {
	FIELD(struct petition, detail, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_DENUNCIATION_DECLINE_HINT),
	{ 0 },
};
